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

resource "aws_cloudwatch_event_bus" "fires" {
  name = "fires"
}
resource "aws_cloudwatch_event_bus_policy" "fires" {
  event_bus_name = aws_cloudwatch_event_bus.fires.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = ["events:PutEvents", "events:PutRule"]
      Resource = aws_cloudwatch_event_bus.fires.arn
    }]
  })
}

resource "aws_cloudwatch_event_bus" "near_miss" {
  name = "near-miss"
}
resource "aws_cloudwatch_event_bus_policy" "near_miss" {
  event_bus_name = aws_cloudwatch_event_bus.near_miss.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = ["events:PutEvents", "events:PutRule"]
      Resource  = "*"
      Condition = {
        StringEquals = {
          "aws:PrincipalAccount" = "111122223333"
        }
      }
    }]
  })
}

resource "aws_cloudwatch_event_bus" "unknown" {
  name = "unknown"
}
resource "aws_cloudwatch_event_bus_policy" "unknown" {
  event_bus_name = aws_cloudwatch_event_bus.unknown.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = aws_cloudformation_stack.partner.outputs["Principal"]
      }
      Action   = ["events:PutEvents", "events:PutRule"]
      Resource = "*"
    }]
  })
}

resource "aws_cloudwatch_event_bus" "change" {
  name = "change"
}
resource "aws_cloudwatch_event_bus_policy" "change" {
  event_bus_name = aws_cloudwatch_event_bus.change.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = ["events:PutEvents", "events:PutRule"]
      Resource = "*"
    }]
  })
}
