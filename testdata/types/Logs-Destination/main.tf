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

resource "aws_cloudwatch_log_destination" "fires" {
  name       = "fires"
  role_arn   = "arn:aws:iam::111122223333:role/logs"
  target_arn = "arn:aws:kinesis:us-east-1:111122223333:stream/logs"
}
resource "aws_cloudwatch_log_destination_policy" "fires" {
  destination_name = aws_cloudwatch_log_destination.fires.name
  access_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:role/reader"
      }
      Action   = "logs:PutSubscriptionFilter"
      Resource = aws_cloudwatch_log_destination.fires.arn
    }]
  })
}

resource "aws_cloudwatch_log_destination" "near_miss" {
  name       = "near-miss"
  role_arn   = "arn:aws:iam::111122223333:role/logs"
  target_arn = "arn:aws:kinesis:us-east-1:111122223333:stream/logs"
}
resource "aws_cloudwatch_log_destination_policy" "near_miss" {
  destination_name = aws_cloudwatch_log_destination.near_miss.name
  access_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "logs:PutSubscriptionFilter"
      Resource  = "*"
      Condition = {
        StringEquals = {
          "aws:PrincipalAccount" = "111122223333"
        }
      }
    }]
  })
}

resource "aws_cloudwatch_log_destination" "unknown" {
  name       = "unknown"
  role_arn   = "arn:aws:iam::111122223333:role/logs"
  target_arn = "arn:aws:kinesis:us-east-1:111122223333:stream/logs"
}
resource "aws_cloudwatch_log_destination_policy" "unknown" {
  destination_name = aws_cloudwatch_log_destination.unknown.name
  access_policy    = aws_cloudformation_stack.partner.outputs["Policy"]
}

resource "aws_cloudwatch_log_destination" "change" {
  name       = "change"
  role_arn   = "arn:aws:iam::111122223333:role/logs"
  target_arn = "arn:aws:kinesis:us-east-1:111122223333:stream/logs"
}
resource "aws_cloudwatch_log_destination_policy" "change" {
  destination_name = aws_cloudwatch_log_destination.change.name
  access_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = "logs:PutSubscriptionFilter"
      Resource = "*"
    }]
  })
}
