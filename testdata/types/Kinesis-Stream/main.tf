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

resource "aws_kinesis_stream" "fires" {
  name        = "fires"
  shard_count = 1
}
resource "aws_kinesis_resource_policy" "fires" {
  resource_arn = aws_kinesis_stream.fires.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = ["arn:aws:iam::999988887777:root", "arn:aws:iam::666677778888:root"]
      }
      Action   = ["kinesis:GetRecords", "kinesis:GetShardIterator"]
      Resource = aws_kinesis_stream.fires.arn
      }, {
      Effect = "Deny"
      Principal = {
        AWS = "arn:aws:iam::666677778888:root"
      }
      Action   = ["kinesis:GetRecords", "kinesis:GetShardIterator"]
      Resource = aws_kinesis_stream.fires.arn
    }]
  })
}

resource "aws_kinesis_stream" "near_miss" {
  name        = "near-miss"
  shard_count = 1
}
resource "aws_kinesis_resource_policy" "near_miss" {
  resource_arn = aws_kinesis_stream.near_miss.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = ["kinesis:GetRecords", "kinesis:GetShardIterator"]
      Resource = "*"
      Condition = {
        StringEquals = {
          "aws:PrincipalAccount" = "111122223333"
        }
      }
    }]
  })
}

resource "aws_kinesis_stream" "unknown" {
  name        = "unknown"
  shard_count = 1
}
resource "aws_kinesis_resource_policy" "unknown" {
  resource_arn = aws_kinesis_stream.unknown.arn
  policy       = aws_cloudformation_stack.partner.outputs["Policy"]
}

resource "aws_kinesis_stream" "change" {
  name        = "change"
  shard_count = 1
}
resource "aws_kinesis_resource_policy" "change" {
  resource_arn = aws_kinesis_stream.change.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = ["kinesis:GetRecords", "kinesis:GetShardIterator"]
      Resource = "*"
    }]
  })
}
