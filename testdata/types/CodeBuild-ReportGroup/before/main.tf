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

resource "aws_codebuild_report_group" "change" {
  name = "change"
  type = "TEST"
  export_config {
    type = "NO_EXPORT"
  }
}
resource "aws_codebuild_resource_policy" "change" {
  resource_arn = aws_codebuild_report_group.change.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = "codebuild:BatchGetReportGroups"
      Resource = "*"
    }]
  })
}
