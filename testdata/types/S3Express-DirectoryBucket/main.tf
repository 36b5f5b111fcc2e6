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

resource "aws_s3_directory_bucket" "fires" {
  bucket = "fires--use1-az4--x-s3"
  location {
    name = "use1-az4"
  }
}
resource "aws_s3_bucket_policy" "fires" {
  bucket = aws_s3_directory_bucket.fires.bucket
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = ["999988887777", "arn:aws:iam::111122223333:root"]
      }
      Action   = "s3express:CreateSession"
      Resource = aws_s3_directory_bucket.fires.arn
    }]
  })
}

resource "aws_s3_directory_bucket" "near_miss" {
  bucket = "near-miss--use1-az4--x-s3"
  location {
    name = "use1-az4"
  }
}
resource "aws_s3_bucket_policy" "near_miss" {
  bucket = aws_s3_directory_bucket.near_miss.bucket
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = "s3express:CreateSession"
      Resource = "*"
      Condition = {
        StringEquals = {
          "aws:PrincipalAccount" = "111122223333"
        }
      }
    }]
  })
}

resource "aws_s3_directory_bucket" "unknown" {
  bucket = "unknown--use1-az4--x-s3"
  location {
    name = "use1-az4"
  }
}
resource "aws_s3_bucket_policy" "unknown" {
  bucket = aws_s3_directory_bucket.unknown.bucket
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = aws_cloudformation_stack.partner.outputs["Principal"]
      }
      Action   = "s3express:CreateSession"
      Resource = "*"
    }]
  })
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
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = "s3express:CreateSession"
      Resource = "*"
    }]
  })
}
