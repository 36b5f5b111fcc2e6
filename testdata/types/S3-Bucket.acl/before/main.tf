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

resource "aws_s3_bucket" "change" {
  bucket = "visitors-change"
}
resource "aws_s3_bucket_ownership_controls" "change" {
  bucket = aws_s3_bucket.change.id
  rule {
    object_ownership = "ObjectWriter"
  }
}
resource "aws_s3_bucket_acl" "change" {
  bucket = aws_s3_bucket_ownership_controls.change.bucket
  acl    = "private"
}
