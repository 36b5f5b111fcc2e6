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

resource "aws_schemas_registry" "fires" {
  name = "fires"
}
resource "aws_schemas_registry_policy" "fires" {
  registry_name = aws_schemas_registry.fires.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = ["schemas:DescribeRegistry", "schemas:ListSchemas"]
      Resource  = aws_schemas_registry.fires.arn
      Condition = {
        StringEquals = {
          "aws:PrincipalOrgID" = "o-zz99yy88xx"
        }
      }
    }]
  })
}

resource "aws_schemas_registry" "near_miss" {
  name = "near-miss"
}
resource "aws_schemas_registry_policy" "near_miss" {
  registry_name = aws_schemas_registry.near_miss.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = ["schemas:DescribeRegistry", "schemas:ListSchemas"]
      Resource = "*"
      }, {
      Effect    = "Deny"
      Principal = "*"
      Action    = ["schemas:DescribeRegistry", "schemas:ListSchemas"]
      Resource  = "*"
      Condition = {
        StringNotEquals = {
          "aws:PrincipalAccount" = "111122223333"
        }
      }
    }]
  })
}

resource "aws_schemas_registry" "unknown" {
  name = "unknown"
}
resource "aws_schemas_registry_policy" "unknown" {
  registry_name = aws_schemas_registry.unknown.name
  policy        = aws_cloudformation_stack.partner.outputs["Policy"]
}

resource "aws_schemas_registry" "change" {
  name = "change"
}
resource "aws_schemas_registry_policy" "change" {
  registry_name = aws_schemas_registry.change.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = ["schemas:DescribeRegistry", "schemas:ListSchemas"]
      Resource = "*"
    }]
  })
}
