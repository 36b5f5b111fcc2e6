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

resource "aws_licensemanager_grant" "fires" {
  name               = "fires"
  allowed_operations = ["CheckoutLicense", "CheckInLicense"]
  license_arn        = "arn:aws:license-manager::111122223333:license:l-fires"
  principal          = "arn:aws:iam::999988887777:root"
}

resource "aws_licensemanager_grant" "near_miss" {
  name               = "near-miss"
  allowed_operations = ["CheckoutLicense", "CheckInLicense"]
  license_arn        = "arn:aws:license-manager::111122223333:license:l-near_miss"
  principal          = "arn:aws:iam::111122223333:root"
}

resource "aws_licensemanager_grant" "unknown" {
  name               = "unknown"
  allowed_operations = ["CheckoutLicense", "CheckInLicense"]
  license_arn        = "arn:aws:license-manager::111122223333:license:l-unknown"
  principal          = aws_cloudformation_stack.partner.outputs["Principal"]
}

resource "aws_licensemanager_grant" "change" {
  name               = "change"
  allowed_operations = ["CheckoutLicense", "CheckInLicense"]
  license_arn        = "arn:aws:license-manager::111122223333:license:l-change"
  principal          = "arn:aws:iam::999988887777:root"
}
