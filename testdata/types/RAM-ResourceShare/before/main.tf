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

resource "aws_ram_resource_share" "change" {
  name                      = "change"
  allow_external_principals = true
}

resource "aws_ram_resource_share" "change_ended" {
  name                      = "change-ended"
  allow_external_principals = true
}
resource "aws_ram_principal_association" "change_ended" {
  resource_share_arn = aws_ram_resource_share.change_ended.arn
  principal          = "999988887777"
}
