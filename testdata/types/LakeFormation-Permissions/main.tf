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

resource "aws_lakeformation_permissions" "fires" {
  principal   = "999988887777"
  permissions = ["DESCRIBE"]
  database {
    name = "fires"
  }
}

resource "aws_lakeformation_permissions" "near_miss" {
  principal   = "111122223333"
  permissions = ["DESCRIBE"]
  database {
    name = "near_miss"
  }
}

resource "aws_lakeformation_permissions" "unknown" {
  principal   = aws_cloudformation_stack.partner.outputs["Principal"]
  permissions = ["DESCRIBE"]
  database {
    name = "unknown"
  }
}

resource "aws_lakeformation_permissions" "change" {
  principal   = "999988887777"
  permissions = ["DESCRIBE"]
  database {
    name = "change"
  }
}
