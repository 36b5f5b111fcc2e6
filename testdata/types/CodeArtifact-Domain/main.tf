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

resource "aws_codeartifact_domain" "fires" {
  domain = "fires"
}
resource "aws_codeartifact_domain_permissions_policy" "fires" {
  domain = aws_codeartifact_domain.fires.domain
  policy_document = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = ["codeartifact:GetAuthorizationToken", "codeartifact:CreateRepository"]
      Resource = aws_codeartifact_domain.fires.arn
    }]
  })
}

resource "aws_codeartifact_domain" "near_miss" {
  domain = "near-miss"
}
resource "aws_codeartifact_domain_permissions_policy" "near_miss" {
  domain = aws_codeartifact_domain.near_miss.domain
  policy_document = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = ["codeartifact:GetAuthorizationToken", "codeartifact:CreateRepository"]
      Resource = "*"
      }, {
      Effect    = "Deny"
      Principal = "*"
      Action    = ["codeartifact:GetAuthorizationToken", "codeartifact:CreateRepository"]
      Resource  = "*"
      Condition = {
        StringNotEquals = {
          "aws:PrincipalAccount" = "111122223333"
        }
      }
    }]
  })
}

resource "aws_codeartifact_domain" "unknown" {
  domain = "unknown"
}
resource "aws_codeartifact_domain_permissions_policy" "unknown" {
  domain = aws_codeartifact_domain.unknown.domain
  policy_document = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = aws_cloudformation_stack.partner.outputs["Principal"]
      }
      Action   = ["codeartifact:GetAuthorizationToken", "codeartifact:CreateRepository"]
      Resource = "*"
    }]
  })
}

resource "aws_codeartifact_domain" "change" {
  domain = "change"
}
resource "aws_codeartifact_domain_permissions_policy" "change" {
  domain = aws_codeartifact_domain.change.domain
  policy_document = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = ["arn:aws:iam::999988887777:root", "arn:aws:iam::666677778888:root"]
      }
      Action   = ["codeartifact:GetAuthorizationToken", "codeartifact:CreateRepository"]
      Resource = "*"
    }]
  })
}
