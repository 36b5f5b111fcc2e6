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

resource "aws_kinesis_stream_consumer" "change" {
  name       = "change"
  stream_arn = "arn:aws:kinesis:us-east-1:111122223333:stream/orders"
}
resource "aws_kinesis_resource_policy" "change" {
  resource_arn = aws_kinesis_stream_consumer.change.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = ["arn:aws:iam::999988887777:root", "arn:aws:iam::666677778888:root"]
      }
      Action   = ["kinesis:SubscribeToShard", "kinesis:DescribeStreamConsumer"]
      Resource = "*"
    }]
  })
}
