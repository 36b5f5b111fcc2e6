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

resource "aws_ecr_repository" "fires" {
  name = "fires"
}
resource "aws_ecr_repository_policy" "fires" {
  repository = aws_ecr_repository.fires.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = ["arn:aws:iam::999988887777:root", "arn:aws:iam::666677778888:root"]
      }
      Action = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
      }, {
      Effect = "Deny"
      Principal = {
        AWS = "arn:aws:iam::666677778888:root"
      }
      Action = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
    }]
  })
}

resource "aws_ecr_repository_creation_template" "fires_template" {
  prefix      = "fires-template"
  applied_for = ["PULL_THROUGH_CACHE"]
  repository_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = ["arn:aws:iam::999988887777:root", "arn:aws:iam::666677778888:root"]
      }
      Action = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
      }, {
      Effect = "Deny"
      Principal = {
        AWS = "arn:aws:iam::666677778888:root"
      }
      Action = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
    }]
  })
}

resource "aws_ecr_repository" "near_miss" {
  name = "near-miss"
}
resource "aws_ecr_repository_policy" "near_miss" {
  repository = aws_ecr_repository.near_miss.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
      Condition = {
        ArnLike = {
          "aws:PrincipalArn" = "arn:aws:iam::111122223333:role/*"
        }
      }
    }]
  })
}

resource "aws_ecr_repository_creation_template" "near_miss_template" {
  prefix      = "near-miss-template"
  applied_for = ["PULL_THROUGH_CACHE"]
  repository_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
      Condition = {
        ArnLike = {
          "aws:PrincipalArn" = "arn:aws:iam::111122223333:role/*"
        }
      }
    }]
  })
}

resource "aws_ecr_repository" "unknown" {
  name = "unknown"
}
resource "aws_ecr_repository_policy" "unknown" {
  repository = aws_ecr_repository.unknown.name
  policy     = aws_cloudformation_stack.partner.outputs["Policy"]
}

resource "aws_ecr_repository_creation_template" "unknown_template" {
  prefix            = "unknown-template"
  applied_for       = ["PULL_THROUGH_CACHE"]
  repository_policy = aws_cloudformation_stack.partner.outputs["Policy"]
}

resource "aws_ecr_repository" "change" {
  name = "change"
}
resource "aws_ecr_repository_policy" "change" {
  repository = aws_ecr_repository.change.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
    }]
  })
}

resource "aws_ecr_repository_creation_template" "change_template" {
  prefix      = "change-template"
  applied_for = ["PULL_THROUGH_CACHE"]
  repository_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
    }]
  })
}
