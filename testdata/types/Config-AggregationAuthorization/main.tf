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

resource "aws_config_aggregate_authorization" "fires" {
  account_id = "999988887777"
  region     = "eu-west-1"
}

resource "aws_config_aggregate_authorization" "near_miss" {
  account_id = "111122223333"
  region     = "eu-west-2"
}

resource "aws_config_aggregate_authorization" "unknown" {
  account_id = aws_cloudformation_stack.partner.outputs["Principal"]
  region     = "eu-west-3"
}

resource "aws_config_aggregate_authorization" "change" {
  account_id = "999988887777"
  region     = "us-east-2"
}
