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

resource "aws_sns_topic" "fires" {
  name = "fires"
}
resource "aws_sns_topic_policy" "fires" {
  arn = aws_sns_topic.fires.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = ["sns:Publish", "sns:Subscribe"]
      Resource  = aws_sns_topic.fires.arn
    }]
  })
}

resource "aws_sns_topic" "fires_inline" {
  name = "fires-inline"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = ["sns:Publish", "sns:Subscribe"]
      Resource  = "*"
    }]
  })
}

resource "aws_sns_topic" "near_miss" {
  name = "near-miss"
}
resource "aws_sns_topic_policy" "near_miss" {
  arn = aws_sns_topic.near_miss.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::111122223333:root"
      }
      Action   = ["sns:Publish", "sns:Subscribe"]
      Resource = "*"
    }]
  })
}

resource "aws_sns_topic" "near_miss_inline" {
  name = "near-miss-inline"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::111122223333:root"
      }
      Action   = ["sns:Publish", "sns:Subscribe"]
      Resource = "*"
    }]
  })
}

resource "aws_sns_topic" "unknown" {
  name = "unknown"
}
resource "aws_sns_topic_policy" "unknown" {
  arn = aws_sns_topic.unknown.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = aws_cloudformation_stack.partner.outputs["Principal"]
      }
      Action   = ["sns:Publish", "sns:Subscribe"]
      Resource = "*"
    }]
  })
}

resource "aws_sns_topic" "unknown_inline" {
  name = "unknown-inline"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = aws_cloudformation_stack.partner.outputs["Principal"]
      }
      Action   = ["sns:Publish", "sns:Subscribe"]
      Resource = "*"
    }]
  })
}

resource "aws_sns_topic" "change" {
  name = "change"
}
resource "aws_sns_topic_policy" "change" {
  arn = aws_sns_topic.change.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = ["arn:aws:iam::666677778888:root", "arn:aws:iam::444455556666:root"]
      }
      Action   = ["sns:Publish", "sns:Subscribe"]
      Resource = "*"
    }]
  })
}

resource "aws_sns_topic" "change_inline" {
  name = "change-inline"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = ["arn:aws:iam::666677778888:root", "arn:aws:iam::444455556666:root"]
      }
      Action   = ["sns:Publish", "sns:Subscribe"]
      Resource = "*"
    }]
  })
}
