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
}

resource "aws_kms_key" "change_ended" {
  description = "change-ended"
}
resource "aws_kms_grant" "change_ended" {
  key_id            = aws_kms_key.change_ended.key_id
  grantee_principal = "arn:aws:iam::999988887777:role/reader"
  operations        = ["Decrypt", "DescribeKey"]
}
