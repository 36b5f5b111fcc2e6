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
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = "logs:CreateDelivery"
      Resource = "*"
    }]
  })
}
