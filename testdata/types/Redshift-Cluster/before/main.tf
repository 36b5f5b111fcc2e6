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

resource "aws_redshift_cluster" "change" {
  cluster_identifier     = "change"
  node_type              = "ra3.xlplus"
  master_username        = "admin"
  manage_master_password = true
  skip_final_snapshot    = true
}
resource "aws_redshift_resource_policy" "change" {
  resource_arn = aws_redshift_cluster.change.cluster_namespace_arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::111122223333:root"
      }
      Action   = ["redshift:CreateInboundIntegration", "redshift:AuthorizeInboundIntegration"]
      Resource = "*"
    }]
  })
}
