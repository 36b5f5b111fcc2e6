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

resource "aws_media_store_container" "fires" {
  name = "fires"
}
resource "aws_media_store_container_policy" "fires" {
  container_name = aws_media_store_container.fires.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:role/reader"
      }
      Action   = ["mediastore:GetObject", "mediastore:DescribeObject"]
      Resource = "${aws_media_store_container.fires.arn}/*"
    }]
  })
}

resource "aws_media_store_container" "near_miss" {
  name = "near_miss"
}
resource "aws_media_store_container_policy" "near_miss" {
  container_name = aws_media_store_container.near_miss.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = ["mediastore:GetObject", "mediastore:DescribeObject"]
      Resource = "*"
      Condition = {
        StringEquals = {
          "aws:PrincipalAccount" = "111122223333"
        }
      }
    }]
  })
}

resource "aws_media_store_container" "unknown" {
  name = "unknown"
}
resource "aws_media_store_container_policy" "unknown" {
  container_name = aws_media_store_container.unknown.name
  policy         = aws_cloudformation_stack.partner.outputs["Policy"]
}

resource "aws_media_store_container" "change" {
  name = "change"
}
resource "aws_media_store_container_policy" "change" {
  container_name = aws_media_store_container.change.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = "mediastore:GetObject"
      Resource = "*"
      }, {
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = "mediastore:DescribeObject"
      Resource = "*"
      }, {
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::666677778888:root"
      }
      Action   = "mediastore:GetObject"
      Resource = "*"
    }]
  })
}
