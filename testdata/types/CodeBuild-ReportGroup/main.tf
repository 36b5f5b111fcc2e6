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

resource "aws_codebuild_report_group" "fires" {
  name = "fires"
  type = "TEST"
  export_config {
    type = "NO_EXPORT"
  }
}
resource "aws_codebuild_resource_policy" "fires" {
  resource_arn = aws_codebuild_report_group.fires.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = ["codebuild:BatchGetReportGroups", "codebuild:BatchGetReports"]
      Resource  = aws_codebuild_report_group.fires.arn
      Condition = {
        StringEquals = {
          "aws:PrincipalOrgID" = "o-zz99yy88xx"
        }
      }
    }]
  })
}

resource "aws_codebuild_report_group" "near_miss" {
  name = "near-miss"
  type = "TEST"
  export_config {
    type = "NO_EXPORT"
  }
}
resource "aws_codebuild_resource_policy" "near_miss" {
  resource_arn = aws_codebuild_report_group.near_miss.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = ["codebuild:BatchGetReportGroups", "codebuild:BatchGetReports"]
      Resource  = "*"
      Condition = {
        ArnLike = {
          "aws:PrincipalArn" = "arn:aws:iam::111122223333:role/*"
        }
      }
    }]
  })
}

resource "aws_codebuild_report_group" "unknown" {
  name = "unknown"
  type = "TEST"
  export_config {
    type = "NO_EXPORT"
  }
}
resource "aws_codebuild_resource_policy" "unknown" {
  resource_arn = aws_codebuild_report_group.unknown.arn
  policy       = aws_cloudformation_stack.partner.outputs["Policy"]
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
      }, {
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = "codebuild:BatchGetReports"
      Resource = "*"
      }, {
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::666677778888:root"
      }
      Action   = "codebuild:BatchGetReportGroups"
      Resource = "*"
    }]
  })
}
