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

resource "aws_opensearch_domain" "fires" {
  domain_name = "fires"
}
resource "aws_opensearch_domain_policy" "fires" {
  domain_name = aws_opensearch_domain.fires.domain_name
  access_policies = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:role/reader"
      }
      Action   = ["es:ESHttpGet", "es:ESHttpPost"]
      Resource = "${aws_opensearch_domain.fires.arn}/*"
    }]
  })
}

resource "aws_opensearch_domain" "fires_inline" {
  domain_name = "fires-inline"
  access_policies = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:role/reader"
      }
      Action   = ["es:ESHttpGet", "es:ESHttpPost"]
      Resource = "*"
    }]
  })
}

resource "aws_opensearch_domain" "near_miss" {
  domain_name = "near-miss"
}
resource "aws_opensearch_domain_policy" "near_miss" {
  domain_name = aws_opensearch_domain.near_miss.domain_name
  access_policies = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = ["es:ESHttpGet", "es:ESHttpPost"]
      Resource = "*"
      }, {
      Effect    = "Deny"
      Principal = "*"
      Action    = ["es:ESHttpGet", "es:ESHttpPost"]
      Resource  = "*"
      Condition = {
        StringNotEquals = {
          "aws:PrincipalAccount" = "111122223333"
        }
      }
    }]
  })
}

resource "aws_opensearch_domain" "near_miss_inline" {
  domain_name = "near-miss-inline"
  access_policies = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = ["es:ESHttpGet", "es:ESHttpPost"]
      Resource = "*"
      }, {
      Effect    = "Deny"
      Principal = "*"
      Action    = ["es:ESHttpGet", "es:ESHttpPost"]
      Resource  = "*"
      Condition = {
        StringNotEquals = {
          "aws:PrincipalAccount" = "111122223333"
        }
      }
    }]
  })
}

resource "aws_opensearch_domain" "unknown" {
  domain_name = "unknown"
}
resource "aws_opensearch_domain_policy" "unknown" {
  domain_name     = aws_opensearch_domain.unknown.domain_name
  access_policies = aws_cloudformation_stack.partner.outputs["Policy"]
}

resource "aws_opensearch_domain" "unknown_inline" {
  domain_name     = "unknown-inline"
  access_policies = aws_cloudformation_stack.partner.outputs["Policy"]
}

resource "aws_opensearch_domain" "change" {
  domain_name = "change"
}
resource "aws_opensearch_domain_policy" "change" {
  domain_name = aws_opensearch_domain.change.domain_name
  access_policies = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = ["es:ESHttpGet", "es:ESHttpPost"]
      Resource = "*"
    }]
  })
}

resource "aws_opensearch_domain" "change_inline" {
  domain_name = "change-inline"
  access_policies = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = ["es:ESHttpGet", "es:ESHttpPost"]
      Resource = "*"
    }]
  })
}
