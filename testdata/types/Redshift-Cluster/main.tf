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

resource "aws_redshift_cluster" "fires" {
  cluster_identifier     = "fires"
  node_type              = "ra3.xlplus"
  master_username        = "admin"
  manage_master_password = true
  skip_final_snapshot    = true
}
resource "aws_redshift_resource_policy" "fires" {
  resource_arn = aws_redshift_cluster.fires.cluster_namespace_arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = ["redshift:CreateInboundIntegration", "redshift:AuthorizeInboundIntegration"]
      Resource  = aws_redshift_cluster.fires.cluster_namespace_arn
      Condition = {
        StringEquals = {
          "aws:PrincipalOrgID" = "o-zz99yy88xx"
        }
      }
    }]
  })
}

resource "aws_redshift_cluster" "near_miss" {
  cluster_identifier     = "near-miss"
  node_type              = "ra3.xlplus"
  master_username        = "admin"
  manage_master_password = true
  skip_final_snapshot    = true
}
resource "aws_redshift_resource_policy" "near_miss" {
  resource_arn = aws_redshift_cluster.near_miss.cluster_namespace_arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = ["redshift:CreateInboundIntegration", "redshift:AuthorizeInboundIntegration"]
      Resource = "*"
      Condition = {
        StringEquals = {
          "aws:PrincipalAccount" = "111122223333"
        }
      }
    }]
  })
}

resource "aws_redshift_cluster" "unknown" {
  cluster_identifier     = "unknown"
  node_type              = "ra3.xlplus"
  master_username        = "admin"
  manage_master_password = true
  skip_final_snapshot    = true
}
resource "aws_redshift_resource_policy" "unknown" {
  resource_arn = aws_redshift_cluster.unknown.cluster_namespace_arn
  policy       = aws_cloudformation_stack.partner.outputs["Policy"]
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
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = ["redshift:CreateInboundIntegration", "redshift:AuthorizeInboundIntegration"]
      Resource = "*"
    }]
  })
}
