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

resource "aws_sagemaker_model_package_group" "fires" {
  model_package_group_name = "fires"
}
resource "aws_sagemaker_model_package_group_policy" "fires" {
  model_package_group_name = aws_sagemaker_model_package_group.fires.model_package_group_name
  resource_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = ["sagemaker:DescribeModelPackageGroup", "sagemaker:ListModelPackages"]
      Resource = aws_sagemaker_model_package_group.fires.arn
    }]
  })
}

resource "aws_sagemaker_model_package_group" "near_miss" {
  model_package_group_name = "near-miss"
}
resource "aws_sagemaker_model_package_group_policy" "near_miss" {
  model_package_group_name = aws_sagemaker_model_package_group.near_miss.model_package_group_name
  resource_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = ["sagemaker:DescribeModelPackageGroup", "sagemaker:ListModelPackages"]
      Resource = "*"
      Condition = {
        StringEquals = {
          "aws:PrincipalAccount" = "111122223333"
        }
      }
    }]
  })
}

resource "aws_sagemaker_model_package_group" "unknown" {
  model_package_group_name = "unknown"
}
resource "aws_sagemaker_model_package_group_policy" "unknown" {
  model_package_group_name = aws_sagemaker_model_package_group.unknown.model_package_group_name
  resource_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = aws_cloudformation_stack.partner.outputs["Principal"]
      }
      Action   = ["sagemaker:DescribeModelPackageGroup", "sagemaker:ListModelPackages"]
      Resource = "*"
    }]
  })
}

resource "aws_sagemaker_model_package_group" "change" {
  model_package_group_name = "change"
}
resource "aws_sagemaker_model_package_group_policy" "change" {
  model_package_group_name = aws_sagemaker_model_package_group.change.model_package_group_name
  resource_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = ["arn:aws:iam::666677778888:root", "arn:aws:iam::444455556666:root"]
      }
      Action   = ["sagemaker:DescribeModelPackageGroup", "sagemaker:ListModelPackages"]
      Resource = "*"
    }]
  })
}
