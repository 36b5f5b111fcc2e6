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

resource "aws_signer_signing_profile" "change" {
  name        = "change"
  platform_id = "AWSLambda-SHA384-ECDSA"
}

resource "aws_signer_signing_profile" "change_ended" {
  name        = "change_ended"
  platform_id = "AWSLambda-SHA384-ECDSA"
}
resource "aws_signer_signing_profile_permission" "change_ended" {
  profile_name = aws_signer_signing_profile.change_ended.name
  action       = "signer:StartSigningJob"
  principal    = "999988887777"
}
