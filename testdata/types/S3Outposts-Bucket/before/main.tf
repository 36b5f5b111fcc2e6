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

resource "aws_s3control_bucket" "change" {
  bucket     = "change"
  outpost_id = "op-01ac5d28a6a232904"
}
resource "aws_s3control_bucket_policy" "change" {
  bucket = aws_s3control_bucket.change.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = ["s3-outposts:GetObject", "s3-outposts:PutObject"]
      Resource = "*"
    }]
  })
}
