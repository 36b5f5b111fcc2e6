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

resource "aws_ecrpublic_repository" "fires" {
  repository_name = "fires"
}
resource "aws_ecrpublic_repository_policy" "fires" {
  repository_name = aws_ecrpublic_repository.fires.repository_name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = ["ecr-public:BatchCheckLayerAvailability", "ecr-public:PutImage"]
      Condition = {
        StringEquals = {
          "aws:PrincipalOrgID" = "o-zz99yy88xx"
        }
      }
    }]
  })
}

resource "aws_ecrpublic_repository" "near_miss" {
  repository_name = "near-miss"
}
resource "aws_ecrpublic_repository_policy" "near_miss" {
  repository_name = aws_ecrpublic_repository.near_miss.repository_name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action = ["ecr-public:BatchCheckLayerAvailability", "ecr-public:PutImage"]
      Condition = {
        StringEquals = {
          "aws:PrincipalAccount" = "111122223333"
        }
      }
    }]
  })
}

resource "aws_ecrpublic_repository" "unknown" {
  repository_name = "unknown"
}
resource "aws_ecrpublic_repository_policy" "unknown" {
  repository_name = aws_ecrpublic_repository.unknown.repository_name
  policy          = aws_cloudformation_stack.partner.outputs["Policy"]
}

resource "aws_ecrpublic_repository" "change" {
  repository_name = "change"
}
resource "aws_ecrpublic_repository_policy" "change" {
  repository_name = aws_ecrpublic_repository.change.repository_name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action = "ecr-public:BatchCheckLayerAvailability"
      }, {
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action = "ecr-public:PutImage"
      }, {
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::666677778888:root"
      }
      Action = "ecr-public:BatchCheckLayerAvailability"
    }]
  })
}
