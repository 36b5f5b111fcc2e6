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

resource "aws_dynamodb_table" "fires" {
  name             = "fires"
  billing_mode     = "PAY_PER_REQUEST"
  hash_key         = "id"
  stream_enabled   = true
  stream_view_type = "NEW_IMAGE"
  attribute {
    name = "id"
    type = "S"
  }
}
resource "aws_dynamodb_resource_policy" "fires" {
  resource_arn = aws_dynamodb_table.fires.stream_arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = ["dynamodb:GetRecords", "dynamodb:GetShardIterator"]
      Resource  = aws_dynamodb_table.fires.stream_arn
      Condition = {
        StringEquals = {
          "aws:PrincipalOrgID" = "o-zz99yy88xx"
        }
      }
    }]
  })
}

resource "aws_dynamodb_table" "near_miss" {
  name             = "near-miss"
  billing_mode     = "PAY_PER_REQUEST"
  hash_key         = "id"
  stream_enabled   = true
  stream_view_type = "NEW_IMAGE"
  attribute {
    name = "id"
    type = "S"
  }
}
resource "aws_dynamodb_resource_policy" "near_miss" {
  resource_arn = aws_dynamodb_table.near_miss.stream_arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = ["dynamodb:GetRecords", "dynamodb:GetShardIterator"]
      Resource  = "*"
      Condition = {
        StringEquals = {
          "aws:PrincipalAccount" = "111122223333"
        }
      }
    }]
  })
}

resource "aws_dynamodb_table" "unknown" {
  name             = "unknown"
  billing_mode     = "PAY_PER_REQUEST"
  hash_key         = "id"
  stream_enabled   = true
  stream_view_type = "NEW_IMAGE"
  attribute {
    name = "id"
    type = "S"
  }
}
resource "aws_dynamodb_resource_policy" "unknown" {
  resource_arn = aws_dynamodb_table.unknown.stream_arn
  policy       = aws_cloudformation_stack.partner.outputs["Policy"]
}

resource "aws_dynamodb_table" "change" {
  name             = "change"
  billing_mode     = "PAY_PER_REQUEST"
  hash_key         = "id"
  stream_enabled   = true
  stream_view_type = "NEW_IMAGE"
  attribute {
    name = "id"
    type = "S"
  }
}
resource "aws_dynamodb_resource_policy" "change" {
  resource_arn = aws_dynamodb_table.change.stream_arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = ["dynamodb:GetRecords", "dynamodb:GetShardIterator"]
      Resource = "*"
    }]
  })
}
