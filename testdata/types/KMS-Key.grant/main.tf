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

resource "aws_kms_key" "fires" {
  description = "fires"
}
resource "aws_kms_grant" "fires" {
  key_id            = aws_kms_key.fires.key_id
  grantee_principal = "arn:aws:iam::999988887777:role/reader"
  operations        = ["Decrypt", "DescribeKey"]
}

resource "aws_kms_key" "near_miss" {
  description = "near-miss"
}
resource "aws_kms_grant" "near_miss" {
  key_id            = aws_kms_key.near_miss.key_id
  grantee_principal = "arn:aws:iam::111122223333:role/reader"
  operations        = ["Decrypt", "DescribeKey"]
}

resource "aws_kms_key" "unknown" {
  description = "unknown"
}
resource "aws_kms_grant" "unknown" {
  key_id            = aws_kms_key.unknown.key_id
  grantee_principal = aws_cloudformation_stack.partner.outputs["Principal"]
  operations        = ["Decrypt", "DescribeKey"]
}

resource "aws_kms_key" "change" {
  description = "change"
}
resource "aws_kms_grant" "change" {
  key_id            = aws_kms_key.change.key_id
  grantee_principal = "arn:aws:iam::999988887777:role/reader"
  operations        = ["Decrypt", "DescribeKey"]
}

resource "aws_kms_key" "change_ended" {
  description = "change-ended"
}
