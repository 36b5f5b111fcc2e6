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

resource "aws_glacier_vault" "change" {
  name = "change"
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
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = ["glacier:UploadArchive", "glacier:InitiateJob"]
      Resource = "*"
    }]
  })
}
