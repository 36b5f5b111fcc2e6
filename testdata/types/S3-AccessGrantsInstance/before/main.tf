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

resource "aws_s3control_access_grant" "change_ended" {
  access_grants_location_id = "default"
  permission                = "READ"
  access_grants_location_configuration {
    s3_sub_prefix = "change_ended/*"
  }
  grantee {
    grantee_type       = "IAM"
    grantee_identifier = "arn:aws:iam::999988887777:role/reader"
  }
}
