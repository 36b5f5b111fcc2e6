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

resource "aws_cloudwatch_log_resource_policy" "fires" {
  policy_name = "fires"
  policy_document = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = ["logs:PutLogEvents", "logs:CreateLogStream"]
      Resource  = "*"
      Condition = {
        StringEquals = {
          "aws:PrincipalOrgID" = "o-zz99yy88xx"
        }
      }
    }]
  })
}

resource "aws_cloudwatch_log_resource_policy" "near_miss" {
  policy_name = "near-miss"
  policy_document = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::111122223333:root"
      }
      Action   = ["logs:PutLogEvents", "logs:CreateLogStream"]
      Resource = "*"
    }]
  })
}

resource "aws_cloudwatch_log_resource_policy" "unknown" {
  policy_name     = "unknown"
  policy_document = aws_cloudformation_stack.partner.outputs["Policy"]
}

resource "aws_cloudwatch_log_resource_policy" "change" {
  policy_name = "change"
  policy_document = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = "logs:PutLogEvents"
      Resource = "*"
      }, {
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = "logs:CreateLogStream"
      Resource = "*"
      }, {
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::666677778888:root"
      }
      Action   = "logs:PutLogEvents"
      Resource = "*"
    }]
  })
}
