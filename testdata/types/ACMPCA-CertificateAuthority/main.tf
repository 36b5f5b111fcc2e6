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

resource "aws_acmpca_certificate_authority" "fires" {
  certificate_authority_configuration {
    key_algorithm     = "RSA_4096"
    signing_algorithm = "SHA512WITHRSA"
    subject {
      common_name = "fires.example.com"
    }
  }
}
resource "aws_acmpca_policy" "fires" {
  resource_arn = aws_acmpca_certificate_authority.fires.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = ["acm-pca:GetCertificate", "acm-pca:IssueCertificate"]
      Resource = aws_acmpca_certificate_authority.fires.arn
    }]
  })
}

resource "aws_acmpca_certificate_authority" "near_miss" {
  certificate_authority_configuration {
    key_algorithm     = "RSA_4096"
    signing_algorithm = "SHA512WITHRSA"
    subject {
      common_name = "near-miss.example.com"
    }
  }
}
resource "aws_acmpca_policy" "near_miss" {
  resource_arn = aws_acmpca_certificate_authority.near_miss.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = ["acm-pca:GetCertificate", "acm-pca:IssueCertificate"]
      Resource  = "*"
      Condition = {
        StringEquals = {
          "aws:PrincipalAccount" = "111122223333"
        }
      }
    }]
  })
}

resource "aws_acmpca_certificate_authority" "unknown" {
  certificate_authority_configuration {
    key_algorithm     = "RSA_4096"
    signing_algorithm = "SHA512WITHRSA"
    subject {
      common_name = "unknown.example.com"
    }
  }
}
resource "aws_acmpca_policy" "unknown" {
  resource_arn = aws_acmpca_certificate_authority.unknown.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = aws_cloudformation_stack.partner.outputs["Principal"]
      }
      Action   = ["acm-pca:GetCertificate", "acm-pca:IssueCertificate"]
      Resource = "*"
    }]
  })
}

resource "aws_acmpca_certificate_authority" "change" {
  certificate_authority_configuration {
    key_algorithm     = "RSA_4096"
    signing_algorithm = "SHA512WITHRSA"
    subject {
      common_name = "change.example.com"
    }
  }
}
resource "aws_acmpca_policy" "change" {
  resource_arn = aws_acmpca_certificate_authority.change.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = ["arn:aws:iam::999988887777:root", "arn:aws:iam::666677778888:root"]
      }
      Action   = ["acm-pca:GetCertificate", "acm-pca:IssueCertificate"]
      Resource = "*"
    }]
  })
}
