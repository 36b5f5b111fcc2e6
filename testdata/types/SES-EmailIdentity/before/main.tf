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

resource "aws_ses_domain_identity" "change" {
  domain = "change.example.com"
}
resource "aws_ses_identity_policy" "change" {
  identity = aws_ses_domain_identity.change.arn
  name     = "given"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = ["ses:SendEmail", "ses:SendRawEmail"]
      Resource = "*"
    }]
  })
}

resource "aws_ses_email_identity" "change_email" {
  email = "change-emailchange_emailexample.com"
}
resource "aws_ses_identity_policy" "change_email" {
  identity = aws_ses_email_identity.change_email.email
  name     = "given"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = ["ses:SendEmail", "ses:SendRawEmail"]
      Resource = "*"
    }]
  })
}

resource "aws_sesv2_email_identity" "change_second" {
  email_identity = "change-second.example.com"
}
resource "aws_sesv2_email_identity_policy" "change_second" {
  email_identity = aws_sesv2_email_identity.change_second.email_identity
  policy_name    = "given"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = ["ses:SendEmail", "ses:SendRawEmail"]
      Resource = "*"
    }]
  })
}
