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

resource "aws_s3control_bucket" "fires" {
  bucket     = "fires"
  outpost_id = "op-01ac5d28a6a232904"
}
resource "aws_s3control_bucket_policy" "fires" {
  bucket = aws_s3control_bucket.fires.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = ["s3-outposts:GetObject", "s3-outposts:PutObject"]
      Resource  = "*"
    }]
  })
}

resource "aws_s3control_bucket" "near_miss" {
  bucket     = "near-miss"
  outpost_id = "op-01ac5d28a6a232904"
}
resource "aws_s3control_bucket_policy" "near_miss" {
  bucket = aws_s3control_bucket.near_miss.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = ["s3-outposts:GetObject", "s3-outposts:PutObject"]
      Resource = "*"
      }, {
      Effect = "Deny"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = "s3-outposts:*"
      Resource = "*"
    }]
  })
}

resource "aws_s3control_bucket" "unknown" {
  bucket     = "unknown"
  outpost_id = "op-01ac5d28a6a232904"
}
resource "aws_s3control_bucket_policy" "unknown" {
  bucket = aws_s3control_bucket.unknown.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = aws_cloudformation_stack.partner.outputs["Principal"]
      }
      Action   = ["s3-outposts:GetObject", "s3-outposts:PutObject"]
      Resource = "*"
    }]
  })
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
        AWS = ["arn:aws:iam::999988887777:root", "arn:aws:iam::666677778888:root"]
      }
      Action   = ["s3-outposts:GetObject", "s3-outposts:PutObject"]
      Resource = "*"
    }]
  })
}
