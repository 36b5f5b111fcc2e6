terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

provider "aws" {
  region                      = "us-east-1"
  access_key                  = "mock"
  secret_key                  = "mock"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

# What this stack puts out is known only after apply.
resource "aws_cloudformation_stack" "partner" {
  name         = "partner"
  template_url = "https://example.s3.amazonaws.com/partner.yaml"
}

resource "aws_api_gateway_rest_api" "fires" {
  name = "fires"
}
resource "aws_api_gateway_rest_api_policy" "fires" {
  rest_api_id = aws_api_gateway_rest_api.fires.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = ["999988887777", "arn:aws:iam::111122223333:root"]
      }
      Action   = ["execute-api:Invoke", "execute-api:InvalidateCache"]
      Resource = "${aws_api_gateway_rest_api.fires.execution_arn}/*"
    }]
  })
}

resource "aws_api_gateway_rest_api" "fires_inline" {
  name = "fires-inline"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = ["999988887777", "arn:aws:iam::111122223333:root"]
      }
      Action   = ["execute-api:Invoke", "execute-api:InvalidateCache"]
      Resource = "*"
    }]
  })
}

resource "aws_api_gateway_rest_api" "near_miss" {
  name = "near-miss"
}
resource "aws_api_gateway_rest_api_policy" "near_miss" {
  rest_api_id = aws_api_gateway_rest_api.near_miss.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        Service = "events.amazonaws.com"
      }
      Action   = ["execute-api:Invoke", "execute-api:InvalidateCache"]
      Resource = "*"
      Condition = {
        StringEquals = {
          "aws:SourceAccount" = "111122223333"
        }
      }
    }]
  })
}

resource "aws_api_gateway_rest_api" "near_miss_inline" {
  name = "near-miss-inline"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        Service = "events.amazonaws.com"
      }
      Action   = ["execute-api:Invoke", "execute-api:InvalidateCache"]
      Resource = "*"
      Condition = {
        StringEquals = {
          "aws:SourceAccount" = "111122223333"
        }
      }
    }]
  })
}

resource "aws_api_gateway_rest_api" "unknown" {
  name = "unknown"
}
resource "aws_api_gateway_rest_api_policy" "unknown" {
  rest_api_id = aws_api_gateway_rest_api.unknown.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = aws_cloudformation_stack.partner.outputs["Principal"]
      }
      Action   = ["execute-api:Invoke", "execute-api:InvalidateCache"]
      Resource = "*"
    }]
  })
}

resource "aws_api_gateway_rest_api" "unknown_inline" {
  name = "unknown-inline"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = aws_cloudformation_stack.partner.outputs["Principal"]
      }
      Action   = ["execute-api:Invoke", "execute-api:InvalidateCache"]
      Resource = "*"
    }]
  })
}

resource "aws_api_gateway_rest_api" "change" {
  name = "change"
}
resource "aws_api_gateway_rest_api_policy" "change" {
  rest_api_id = aws_api_gateway_rest_api.change.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = ["arn:aws:iam::999988887777:root", "arn:aws:iam::666677778888:root"]
      }
      Action   = ["execute-api:Invoke", "execute-api:InvalidateCache"]
      Resource = "*"
    }]
  })
}

resource "aws_api_gateway_rest_api" "change_inline" {
  name = "change-inline"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = ["arn:aws:iam::999988887777:root", "arn:aws:iam::666677778888:root"]
      }
      Action   = ["execute-api:Invoke", "execute-api:InvalidateCache"]
      Resource = "*"
    }]
  })
}
