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

resource "aws_glacier_vault" "fires" {
  name = "fires"
  access_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = ["glacier:UploadArchive", "glacier:InitiateJob"]
      Resource = "*"
    }]
  })
}

resource "aws_glacier_vault" "fires_lock" {
  name = "fires-lock"
}
resource "aws_glacier_vault_lock" "fires_lock" {
  complete_lock = false
  vault_name    = aws_glacier_vault.fires_lock.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = ["glacier:UploadArchive", "glacier:InitiateJob"]
      Resource = "*"
    }]
  })
}

resource "aws_glacier_vault" "near_miss" {
  name = "near-miss"
  access_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = ["glacier:UploadArchive", "glacier:InitiateJob"]
      Resource  = "*"
      Condition = {
        ArnLike = {
          "aws:PrincipalArn" = "arn:aws:iam::111122223333:role/*"
        }
      }
    }]
  })
}

resource "aws_glacier_vault" "near_miss_lock" {
  name = "near-miss-lock"
}
resource "aws_glacier_vault_lock" "near_miss_lock" {
  complete_lock = false
  vault_name    = aws_glacier_vault.near_miss_lock.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = ["glacier:UploadArchive", "glacier:InitiateJob"]
      Resource  = "*"
      Condition = {
        ArnLike = {
          "aws:PrincipalArn" = "arn:aws:iam::111122223333:role/*"
        }
      }
    }]
  })
}

resource "aws_glacier_vault" "unknown" {
  name = "unknown"
  access_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = aws_cloudformation_stack.partner.outputs["Principal"]
      }
      Action   = ["glacier:UploadArchive", "glacier:InitiateJob"]
      Resource = "*"
    }]
  })
}

resource "aws_glacier_vault" "unknown_lock" {
  name = "unknown-lock"
}
resource "aws_glacier_vault_lock" "unknown_lock" {
  complete_lock = false
  vault_name    = aws_glacier_vault.unknown_lock.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = aws_cloudformation_stack.partner.outputs["Principal"]
      }
      Action   = ["glacier:UploadArchive", "glacier:InitiateJob"]
      Resource = "*"
    }]
  })
}

resource "aws_glacier_vault" "change" {
  name = "change"
  access_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = ["arn:aws:iam::999988887777:root", "arn:aws:iam::666677778888:root"]
      }
      Action   = ["glacier:UploadArchive", "glacier:InitiateJob"]
      Resource = "*"
    }]
  })
}

resource "aws_glacier_vault" "change_lock" {
  name = "change-lock"
}
resource "aws_glacier_vault_lock" "change_lock" {
  complete_lock = false
  vault_name    = aws_glacier_vault.change_lock.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = ["arn:aws:iam::999988887777:root", "arn:aws:iam::666677778888:root"]
      }
      Action   = ["glacier:UploadArchive", "glacier:InitiateJob"]
      Resource = "*"
    }]
  })
}
