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

resource "aws_efs_file_system" "fires" {
  creation_token = "fires"
}
resource "aws_efs_file_system_policy" "fires" {
  file_system_id = aws_efs_file_system.fires.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]
      Resource = aws_efs_file_system.fires.arn
    }]
  })
}

resource "aws_efs_file_system" "near_miss" {
  creation_token = "near-miss"
}
resource "aws_efs_file_system_policy" "near_miss" {
  file_system_id = aws_efs_file_system.near_miss.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::111122223333:root"
      }
      Action   = ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]
      Resource = "*"
    }]
  })
}

resource "aws_efs_file_system" "unknown" {
  creation_token = "unknown"
}
resource "aws_efs_file_system_policy" "unknown" {
  file_system_id = aws_efs_file_system.unknown.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = aws_cloudformation_stack.partner.outputs["Principal"]
      }
      Action   = ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]
      Resource = "*"
    }]
  })
}

resource "aws_efs_file_system" "change" {
  creation_token = "change"
}
resource "aws_efs_file_system_policy" "change" {
  file_system_id = aws_efs_file_system.change.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = ["arn:aws:iam::666677778888:root", "arn:aws:iam::444455556666:root"]
      }
      Action   = ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]
      Resource = "*"
    }]
  })
}
