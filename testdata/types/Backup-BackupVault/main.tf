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

resource "aws_backup_vault" "fires" {
  name = "fires"
}
resource "aws_backup_vault_policy" "fires" {
  backup_vault_name = aws_backup_vault.fires.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = ["arn:aws:iam::999988887777:root", "arn:aws:iam::666677778888:root"]
      }
      Action   = ["backup:CopyIntoBackupVault", "backup:DescribeBackupVault"]
      Resource = aws_backup_vault.fires.arn
      }, {
      Effect = "Deny"
      Principal = {
        AWS = "arn:aws:iam::666677778888:root"
      }
      Action   = ["backup:CopyIntoBackupVault", "backup:DescribeBackupVault"]
      Resource = aws_backup_vault.fires.arn
    }]
  })
}

resource "aws_backup_logically_air_gapped_vault" "fires_gapped" {
  name               = "fires-gapped"
  max_retention_days = 30
  min_retention_days = 7
}
resource "aws_backup_vault_policy" "fires_gapped" {
  backup_vault_name = aws_backup_logically_air_gapped_vault.fires_gapped.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = ["arn:aws:iam::999988887777:root", "arn:aws:iam::666677778888:root"]
      }
      Action   = ["backup:CopyIntoBackupVault", "backup:DescribeBackupVault"]
      Resource = aws_backup_logically_air_gapped_vault.fires_gapped.arn
      }, {
      Effect = "Deny"
      Principal = {
        AWS = "arn:aws:iam::666677778888:root"
      }
      Action   = ["backup:CopyIntoBackupVault", "backup:DescribeBackupVault"]
      Resource = aws_backup_logically_air_gapped_vault.fires_gapped.arn
    }]
  })
}

resource "aws_backup_vault" "near_miss" {
  name = "near-miss"
}
resource "aws_backup_vault_policy" "near_miss" {
  backup_vault_name = aws_backup_vault.near_miss.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = ["backup:CopyIntoBackupVault", "backup:DescribeBackupVault"]
      Resource = "*"
      }, {
      Effect    = "Deny"
      Principal = "*"
      Action    = ["backup:CopyIntoBackupVault", "backup:DescribeBackupVault"]
      Resource  = "*"
      Condition = {
        StringNotEquals = {
          "aws:PrincipalAccount" = "111122223333"
        }
      }
    }]
  })
}

resource "aws_backup_logically_air_gapped_vault" "near_miss_gapped" {
  name               = "near-miss-gapped"
  max_retention_days = 30
  min_retention_days = 7
}
resource "aws_backup_vault_policy" "near_miss_gapped" {
  backup_vault_name = aws_backup_logically_air_gapped_vault.near_miss_gapped.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = ["backup:CopyIntoBackupVault", "backup:DescribeBackupVault"]
      Resource = "*"
      }, {
      Effect    = "Deny"
      Principal = "*"
      Action    = ["backup:CopyIntoBackupVault", "backup:DescribeBackupVault"]
      Resource  = "*"
      Condition = {
        StringNotEquals = {
          "aws:PrincipalAccount" = "111122223333"
        }
      }
    }]
  })
}

resource "aws_backup_vault" "unknown" {
  name = "unknown"
}
resource "aws_backup_vault_policy" "unknown" {
  backup_vault_name = aws_backup_vault.unknown.name
  policy            = aws_cloudformation_stack.partner.outputs["Policy"]
}

resource "aws_backup_logically_air_gapped_vault" "unknown_gapped" {
  name               = "unknown-gapped"
  max_retention_days = 30
  min_retention_days = 7
}
resource "aws_backup_vault_policy" "unknown_gapped" {
  backup_vault_name = aws_backup_logically_air_gapped_vault.unknown_gapped.name
  policy            = aws_cloudformation_stack.partner.outputs["Policy"]
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
        AWS = "arn:aws:iam::999988887777:root"
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
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = ["backup:CopyIntoBackupVault", "backup:DescribeBackupVault"]
      Resource = "*"
    }]
  })
}
