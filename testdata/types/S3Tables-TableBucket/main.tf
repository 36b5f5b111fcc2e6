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

resource "aws_s3tables_table_bucket" "fires" {
  name = "fires"
}
resource "aws_s3tables_table_bucket_policy" "fires" {
  table_bucket_arn = aws_s3tables_table_bucket.fires.arn
  resource_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = ["999988887777", "arn:aws:iam::111122223333:root"]
      }
      Action   = ["s3tables:GetTableBucket", "s3tables:ListTables"]
      Resource = aws_s3tables_table_bucket.fires.arn
    }]
  })
}

resource "aws_s3tables_table_bucket" "near_miss" {
  name = "near-miss"
}
resource "aws_s3tables_table_bucket_policy" "near_miss" {
  table_bucket_arn = aws_s3tables_table_bucket.near_miss.arn
  resource_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = ["s3tables:GetTableBucket", "s3tables:ListTables"]
      Resource = "*"
      }, {
      Effect    = "Deny"
      Principal = "*"
      Action    = ["s3tables:GetTableBucket", "s3tables:ListTables"]
      Resource  = "*"
      Condition = {
        StringNotEquals = {
          "aws:PrincipalAccount" = "111122223333"
        }
      }
    }]
  })
}

resource "aws_s3tables_table_bucket" "unknown" {
  name = "unknown"
}
resource "aws_s3tables_table_bucket_policy" "unknown" {
  table_bucket_arn = aws_s3tables_table_bucket.unknown.arn
  resource_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = aws_cloudformation_stack.partner.outputs["Principal"]
      }
      Action   = ["s3tables:GetTableBucket", "s3tables:ListTables"]
      Resource = "*"
    }]
  })
}

resource "aws_s3tables_table_bucket" "change" {
  name = "change"
}
resource "aws_s3tables_table_bucket_policy" "change" {
  table_bucket_arn = aws_s3tables_table_bucket.change.arn
  resource_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = ["arn:aws:iam::666677778888:root", "arn:aws:iam::444455556666:root"]
      }
      Action   = ["s3tables:GetTableBucket", "s3tables:ListTables"]
      Resource = "*"
    }]
  })
}
