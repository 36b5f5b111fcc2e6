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

resource "aws_kms_key" "change" {
  description = "change"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = "*"
    }]
  })
}

resource "aws_kms_key" "change_policy" {
  description = "change-policy"
}
resource "aws_kms_key_policy" "change_policy" {
  key_id = aws_kms_key.change_policy.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = "*"
    }]
  })
}

resource "aws_kms_external_key" "change_external" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = "*"
    }]
  })
}

resource "aws_kms_replica_key" "change_replica" {
  primary_key_arn = "arn:aws:kms:eu-west-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = "*"
    }]
  })
}

resource "aws_kms_replica_external_key" "change_replica_external" {
  primary_key_arn = "arn:aws:kms:eu-west-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = "*"
    }]
  })
}
