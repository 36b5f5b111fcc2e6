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

resource "aws_redshiftserverless_snapshot" "fires" {
  namespace_name = "orders"
  snapshot_name  = "fires"
}
resource "aws_redshiftserverless_resource_policy" "fires" {
  resource_arn = aws_redshiftserverless_snapshot.fires.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = ["redshift-serverless:RestoreFromSnapshot", "redshift-serverless:GetSnapshot"]
      Resource = "*"
    }]
  })
}

resource "aws_redshiftserverless_snapshot" "near_miss" {
  namespace_name = "orders"
  snapshot_name  = "near-miss"
}
resource "aws_redshiftserverless_resource_policy" "near_miss" {
  resource_arn = aws_redshiftserverless_snapshot.near_miss.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::111122223333:root"
      }
      Action   = ["redshift-serverless:RestoreFromSnapshot", "redshift-serverless:GetSnapshot"]
      Resource = "*"
    }]
  })
}

resource "aws_redshiftserverless_snapshot" "unknown" {
  namespace_name = "orders"
  snapshot_name  = "unknown"
}
resource "aws_redshiftserverless_resource_policy" "unknown" {
  resource_arn = aws_redshiftserverless_snapshot.unknown.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = aws_cloudformation_stack.partner.outputs["Principal"]
      }
      Action   = ["redshift-serverless:RestoreFromSnapshot", "redshift-serverless:GetSnapshot"]
      Resource = "*"
    }]
  })
}

resource "aws_redshiftserverless_snapshot" "change" {
  namespace_name = "orders"
  snapshot_name  = "change"
}
resource "aws_redshiftserverless_resource_policy" "change" {
  resource_arn = aws_redshiftserverless_snapshot.change.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = ["arn:aws:iam::999988887777:root", "arn:aws:iam::666677778888:root"]
      }
      Action   = ["redshift-serverless:RestoreFromSnapshot", "redshift-serverless:GetSnapshot"]
      Resource = "*"
    }]
  })
}
