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

resource "aws_licensemanager_grant" "change_ended" {
  name               = "change-ended"
  allowed_operations = ["CheckoutLicense", "CheckInLicense"]
  license_arn        = "arn:aws:license-manager::111122223333:license:l-change_ended"
  principal          = "arn:aws:iam::999988887777:root"
}
