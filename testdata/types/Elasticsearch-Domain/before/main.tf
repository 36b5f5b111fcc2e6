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

resource "aws_elasticsearch_domain" "change" {
  domain_name = "change"
}
resource "aws_elasticsearch_domain_policy" "change" {
  domain_name = aws_elasticsearch_domain.change.domain_name
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

resource "aws_elasticsearch_domain" "change_inline" {
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
