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

resource "aws_backup_vault" "change" {
  name = "change"
}
resource "aws_backup_vault_policy" "change" {
  backup_vault_name = aws_backup_vault.change.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::111122223333:root"
      }
      Action   = ["backup:CopyIntoBackupVault", "backup:DescribeBackupVault"]
      Resource = "*"
    }]
  })
}

resource "aws_backup_logically_air_gapped_vault" "change_gapped" {
  name               = "change-gapped"
  max_retention_days = 30
  min_retention_days = 7
}
resource "aws_backup_vault_policy" "change_gapped" {
  backup_vault_name = aws_backup_logically_air_gapped_vault.change_gapped.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::111122223333:root"
      }
      Action   = ["backup:CopyIntoBackupVault", "backup:DescribeBackupVault"]
      Resource = "*"
    }]
  })
}
