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

resource "aws_iam_role" "fires" {
  name = "fires"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = ["sts:AssumeRole", "sts:SetSourceIdentity"]
      Condition = {
        StringEquals = {
          "aws:PrincipalOrgID" = "o-zz99yy88xx"
        }
      }
    }]
  })
}

resource "aws_iam_role" "near_miss" {
  name = "near-miss"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        Service = "events.amazonaws.com"
      }
      Action = ["sts:AssumeRole", "sts:SetSourceIdentity"]
      Condition = {
        StringEquals = {
          "aws:SourceAccount" = "111122223333"
        }
      }
    }]
  })
}

resource "aws_iam_role" "unknown" {
  name               = "unknown"
  assume_role_policy = aws_cloudformation_stack.partner.outputs["Policy"]
}

resource "aws_iam_role" "change" {
  name = "change"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action = "sts:AssumeRole"
      }, {
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action = "sts:SetSourceIdentity"
      }, {
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::666677778888:root"
      }
      Action = "sts:AssumeRole"
    }]
  })
}
