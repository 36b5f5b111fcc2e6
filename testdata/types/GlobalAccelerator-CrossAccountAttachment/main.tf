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

resource "aws_globalaccelerator_cross_account_attachment" "fires" {
  name       = "fires"
  principals = ["999988887777"]
}

resource "aws_globalaccelerator_cross_account_attachment" "near_miss" {
  name       = "near-miss"
  principals = ["111122223333"]
}

resource "aws_globalaccelerator_cross_account_attachment" "unknown" {
  name       = "unknown"
  principals = [aws_cloudformation_stack.partner.outputs["Principal"]]
}

resource "aws_globalaccelerator_cross_account_attachment" "change" {
  name       = "change"
  principals = ["999988887777"]
}

resource "aws_globalaccelerator_cross_account_attachment" "change_ended" {
  name = "change-ended"
}
