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

resource "aws_s3_directory_bucket" "change" {
  bucket = "change--use1-az4--x-s3"
  location {
    name = "use1-az4"
  }
}
resource "aws_s3_bucket_policy" "change" {
  bucket = aws_s3_directory_bucket.change.bucket
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::111122223333:root"
      }
      Action   = "s3express:CreateSession"
      Resource = "*"
    }]
  })
}
