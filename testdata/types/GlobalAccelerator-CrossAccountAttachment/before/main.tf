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

resource "aws_globalaccelerator_cross_account_attachment" "change" {
  name = "change"
}

resource "aws_globalaccelerator_cross_account_attachment" "change_ended" {
  name       = "change-ended"
  principals = ["999988887777"]
}
