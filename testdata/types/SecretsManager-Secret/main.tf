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

resource "aws_secretsmanager_secret" "fires" {
  name       = "fires"
  kms_key_id = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}
resource "aws_secretsmanager_secret_policy" "fires" {
  secret_arn = aws_secretsmanager_secret.fires.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:role/reader"
      }
      Action   = ["secretsmanager:DescribeSecret", "secretsmanager:ListSecretVersionIds"]
      Resource = aws_secretsmanager_secret.fires.arn
    }]
  })
}

resource "aws_secretsmanager_secret" "fires_inline" {
  name       = "fires-inline"
  kms_key_id = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:role/reader"
      }
      Action   = ["secretsmanager:DescribeSecret", "secretsmanager:ListSecretVersionIds"]
      Resource = "*"
    }]
  })
}

resource "aws_secretsmanager_secret" "near_miss" {
  name       = "near-miss"
  kms_key_id = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}
resource "aws_secretsmanager_secret_policy" "near_miss" {
  secret_arn = aws_secretsmanager_secret.near_miss.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = ["secretsmanager:DescribeSecret", "secretsmanager:ListSecretVersionIds"]
      Resource  = "*"
      Condition = {
        StringEquals = {
          "aws:PrincipalAccount" = "111122223333"
        }
      }
    }]
  })
}

resource "aws_secretsmanager_secret" "near_miss_inline" {
  name       = "near-miss-inline"
  kms_key_id = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = ["secretsmanager:DescribeSecret", "secretsmanager:ListSecretVersionIds"]
      Resource  = "*"
      Condition = {
        StringEquals = {
          "aws:PrincipalAccount" = "111122223333"
        }
      }
    }]
  })
}

resource "aws_secretsmanager_secret" "unknown" {
  name       = "unknown"
  kms_key_id = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}
resource "aws_secretsmanager_secret_policy" "unknown" {
  secret_arn = aws_secretsmanager_secret.unknown.arn
  policy     = aws_cloudformation_stack.partner.outputs["Policy"]
}

resource "aws_secretsmanager_secret" "unknown_inline" {
  name       = "unknown-inline"
  kms_key_id = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  policy     = aws_cloudformation_stack.partner.outputs["Policy"]
}

resource "aws_secretsmanager_secret" "change" {
  name       = "change"
  kms_key_id = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}
resource "aws_secretsmanager_secret_policy" "change" {
  secret_arn = aws_secretsmanager_secret.change.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = "secretsmanager:DescribeSecret"
      Resource = "*"
      }, {
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = "secretsmanager:ListSecretVersionIds"
      Resource = "*"
      }, {
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::666677778888:root"
      }
      Action   = "secretsmanager:DescribeSecret"
      Resource = "*"
    }]
  })
}

resource "aws_secretsmanager_secret" "change_inline" {
  name       = "change-inline"
  kms_key_id = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = "secretsmanager:DescribeSecret"
      Resource = "*"
      }, {
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = "secretsmanager:ListSecretVersionIds"
      Resource = "*"
      }, {
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::666677778888:root"
      }
      Action   = "secretsmanager:DescribeSecret"
      Resource = "*"
    }]
  })
}
