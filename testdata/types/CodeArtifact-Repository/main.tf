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

resource "aws_codeartifact_repository" "fires" {
  domain     = "tools"
  repository = "fires"
}
resource "aws_codeartifact_repository_permissions_policy" "fires" {
  domain     = aws_codeartifact_repository.fires.domain
  repository = aws_codeartifact_repository.fires.repository
  policy_document = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:role/reader"
      }
      Action   = ["codeartifact:ReadFromRepository", "codeartifact:DescribeRepository"]
      Resource = aws_codeartifact_repository.fires.arn
    }]
  })
}

resource "aws_codeartifact_repository" "near_miss" {
  domain     = "tools"
  repository = "near-miss"
}
resource "aws_codeartifact_repository_permissions_policy" "near_miss" {
  domain     = aws_codeartifact_repository.near_miss.domain
  repository = aws_codeartifact_repository.near_miss.repository
  policy_document = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = ["codeartifact:ReadFromRepository", "codeartifact:DescribeRepository"]
      Resource = "*"
      Condition = {
        StringEquals = {
          "aws:PrincipalAccount" = "111122223333"
        }
      }
    }]
  })
}

resource "aws_codeartifact_repository" "unknown" {
  domain     = "tools"
  repository = "unknown"
}
resource "aws_codeartifact_repository_permissions_policy" "unknown" {
  domain          = aws_codeartifact_repository.unknown.domain
  repository      = aws_codeartifact_repository.unknown.repository
  policy_document = aws_cloudformation_stack.partner.outputs["Policy"]
}

resource "aws_codeartifact_repository" "change" {
  domain     = "tools"
  repository = "change"
}
resource "aws_codeartifact_repository_permissions_policy" "change" {
  domain     = aws_codeartifact_repository.change.domain
  repository = aws_codeartifact_repository.change.repository
  policy_document = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = ["codeartifact:ReadFromRepository", "codeartifact:DescribeRepository"]
      Resource = "*"
    }]
  })
}
