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

resource "aws_s3control_access_grants_instance" "unknown" {
}
resource "aws_s3control_access_grants_instance_resource_policy" "unknown" {
  policy     = aws_cloudformation_stack.partner.outputs["Policy"]
  depends_on = [aws_s3control_access_grants_instance.unknown]
}
