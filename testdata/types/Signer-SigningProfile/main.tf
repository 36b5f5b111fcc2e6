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

resource "aws_signer_signing_profile" "fires" {
  name        = "fires"
  platform_id = "AWSLambda-SHA384-ECDSA"
}
resource "aws_signer_signing_profile_permission" "fires" {
  profile_name = aws_signer_signing_profile.fires.name
  action       = "signer:StartSigningJob"
  principal    = "999988887777"
}

resource "aws_signer_signing_profile" "near_miss" {
  name        = "near_miss"
  platform_id = "AWSLambda-SHA384-ECDSA"
}
resource "aws_signer_signing_profile_permission" "near_miss" {
  profile_name = aws_signer_signing_profile.near_miss.name
  action       = "signer:StartSigningJob"
  principal    = "111122223333"
}

resource "aws_signer_signing_profile" "unknown" {
  name        = "unknown"
  platform_id = "AWSLambda-SHA384-ECDSA"
}
resource "aws_signer_signing_profile_permission" "unknown" {
  profile_name = aws_signer_signing_profile.unknown.name
  action       = "signer:StartSigningJob"
  principal    = aws_cloudformation_stack.partner.outputs["Principal"]
}

resource "aws_signer_signing_profile" "change" {
  name        = "change"
  platform_id = "AWSLambda-SHA384-ECDSA"
}
resource "aws_signer_signing_profile_permission" "change" {
  profile_name = aws_signer_signing_profile.change.name
  action       = "signer:StartSigningJob"
  principal    = "999988887777"
}

resource "aws_signer_signing_profile" "change_ended" {
  name        = "change_ended"
  platform_id = "AWSLambda-SHA384-ECDSA"
}
