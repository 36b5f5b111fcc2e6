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

resource "aws_lakeformation_permissions" "change_ended" {
  principal   = "999988887777"
  permissions = ["DESCRIBE"]
  database {
    name = "change_ended"
  }
}
