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

resource "aws_cloudwatch_log_delivery_destination" "fires" {
  name = "fires"
  delivery_destination_configuration {
    destination_resource_arn = "arn:aws:s3:::logs-of-others"
  }
}
resource "aws_cloudwatch_log_delivery_destination_policy" "fires" {
  delivery_destination_name = aws_cloudwatch_log_delivery_destination.fires.name
  delivery_destination_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = "logs:CreateDelivery"
      Resource = aws_cloudwatch_log_delivery_destination.fires.arn
    }]
  })
}

resource "aws_cloudwatch_log_delivery_destination" "near_miss" {
  name = "near-miss"
  delivery_destination_configuration {
    destination_resource_arn = "arn:aws:s3:::logs-of-others"
  }
}
resource "aws_cloudwatch_log_delivery_destination_policy" "near_miss" {
  delivery_destination_name = aws_cloudwatch_log_delivery_destination.near_miss.name
  delivery_destination_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = "logs:CreateDelivery"
      Resource = "*"
      Condition = {
        StringEquals = {
          "aws:PrincipalAccount" = "111122223333"
        }
      }
    }]
  })
}

resource "aws_cloudwatch_log_delivery_destination" "unknown" {
  name = "unknown"
  delivery_destination_configuration {
    destination_resource_arn = "arn:aws:s3:::logs-of-others"
  }
}
resource "aws_cloudwatch_log_delivery_destination_policy" "unknown" {
  delivery_destination_name = aws_cloudwatch_log_delivery_destination.unknown.name
  delivery_destination_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = aws_cloudformation_stack.partner.outputs["Principal"]
      }
      Action   = "logs:CreateDelivery"
      Resource = "*"
    }]
  })
}

resource "aws_cloudwatch_log_delivery_destination" "change" {
  name = "change"
  delivery_destination_configuration {
    destination_resource_arn = "arn:aws:s3:::logs-of-others"
  }
}
resource "aws_cloudwatch_log_delivery_destination_policy" "change" {
  delivery_destination_name = aws_cloudwatch_log_delivery_destination.change.name
  delivery_destination_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = ["arn:aws:iam::999988887777:root", "arn:aws:iam::666677778888:root"]
      }
      Action   = "logs:CreateDelivery"
      Resource = "*"
    }]
  })
}
