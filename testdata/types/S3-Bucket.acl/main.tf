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

resource "aws_s3_bucket" "fires" {
  bucket = "visitors-fires"
}
resource "aws_s3_bucket_ownership_controls" "fires" {
  bucket = aws_s3_bucket.fires.id
  rule {
    object_ownership = "ObjectWriter"
  }
}
resource "aws_s3_bucket_acl" "fires" {
  bucket = aws_s3_bucket_ownership_controls.fires.bucket
  acl    = "public-read"
}

resource "aws_s3_bucket" "near_miss" {
  bucket = "visitors-near-miss"
}
resource "aws_s3_bucket_ownership_controls" "near_miss" {
  bucket = aws_s3_bucket.near_miss.id
  rule {
    object_ownership = "ObjectWriter"
  }
}
resource "aws_s3_bucket_acl" "near_miss" {
  bucket = aws_s3_bucket_ownership_controls.near_miss.bucket
  acl    = "log-delivery-write"
}

resource "aws_s3_bucket" "unknown" {
  bucket = "visitors-unknown"
}
resource "aws_s3_bucket_ownership_controls" "unknown" {
  bucket = aws_s3_bucket.unknown.id
  rule {
    object_ownership = "ObjectWriter"
  }
}
resource "aws_s3_bucket_acl" "unknown" {
  bucket = aws_s3_bucket_ownership_controls.unknown.bucket
  acl    = aws_cloudformation_stack.partner.outputs["Acl"]
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
  acl    = "public-read"
}
