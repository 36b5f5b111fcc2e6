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

resource "aws_redshift_endpoint_authorization" "fires" {
  account            = "999988887777"
  cluster_identifier = "fires"
}

resource "aws_redshift_endpoint_authorization" "near_miss" {
  account            = "111122223333"
  cluster_identifier = "near-miss"
}

resource "aws_redshift_endpoint_authorization" "unknown" {
  account            = aws_cloudformation_stack.partner.outputs["Principal"]
  cluster_identifier = "unknown"
}

resource "aws_redshift_endpoint_authorization" "change" {
  account            = "999988887777"
  cluster_identifier = "change"
}
