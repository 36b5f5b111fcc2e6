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
resource "aws_s3_bucket_policy" "fires" {
  bucket = aws_s3_bucket.fires.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = ["s3:GetObject", "s3:PutObject"]
      Resource  = "${aws_s3_bucket.fires.arn}/*"
      Condition = {
        StringEquals = {
          "aws:PrincipalOrgID" = "o-zz99yy88xx"
        }
      }
    }]
  })
}

resource "aws_s3_bucket" "fires_inline" {
  bucket = "visitors-fires-inline"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = ["s3:GetObject", "s3:PutObject"]
      Resource  = "*"
      Condition = {
        StringEquals = {
          "aws:PrincipalOrgID" = "o-zz99yy88xx"
        }
      }
    }]
  })
}

resource "aws_s3_bucket" "near_miss" {
  bucket = "visitors-near-miss"
}
resource "aws_s3_bucket_policy" "near_miss" {
  bucket = aws_s3_bucket.near_miss.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = ["s3:GetObject", "s3:PutObject"]
      Resource = "*"
      }, {
      Effect    = "Deny"
      Principal = "*"
      Action    = ["s3:GetObject", "s3:PutObject"]
      Resource  = "*"
      Condition = {
        StringNotEquals = {
          "aws:PrincipalAccount" = "111122223333"
        }
      }
    }]
  })
}

resource "aws_s3_bucket" "near_miss_inline" {
  bucket = "visitors-near-miss-inline"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = ["s3:GetObject", "s3:PutObject"]
      Resource = "*"
      }, {
      Effect    = "Deny"
      Principal = "*"
      Action    = ["s3:GetObject", "s3:PutObject"]
      Resource  = "*"
      Condition = {
        StringNotEquals = {
          "aws:PrincipalAccount" = "111122223333"
        }
      }
    }]
  })
}

resource "aws_s3_bucket" "unknown" {
  bucket = "visitors-unknown"
}
resource "aws_s3_bucket_policy" "unknown" {
  bucket = aws_s3_bucket.unknown.id
  policy = aws_cloudformation_stack.partner.outputs["Policy"]
}

resource "aws_s3_bucket" "unknown_inline" {
  bucket = "visitors-unknown-inline"
  policy = aws_cloudformation_stack.partner.outputs["Policy"]
}

resource "aws_s3_bucket" "change" {
  bucket = "visitors-change"
}
resource "aws_s3_bucket_policy" "change" {
  bucket = aws_s3_bucket.change.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = "s3:GetObject"
      Resource = "*"
      }, {
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = "s3:PutObject"
      Resource = "*"
      }, {
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::666677778888:root"
      }
      Action   = "s3:GetObject"
      Resource = "*"
    }]
  })
}

resource "aws_s3_bucket" "change_inline" {
  bucket = "visitors-change-inline"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = "s3:GetObject"
      Resource = "*"
      }, {
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = "s3:PutObject"
      Resource = "*"
      }, {
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::666677778888:root"
      }
      Action   = "s3:GetObject"
      Resource = "*"
    }]
  })
}
