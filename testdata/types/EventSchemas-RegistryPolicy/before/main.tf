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
        AWS = "arn:aws:iam::111122223333:root"
      }
      Action   = ["schemas:DescribeRegistry", "schemas:ListSchemas"]
      Resource = "*"
    }]
  })
}
