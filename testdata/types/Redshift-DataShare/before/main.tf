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

resource "aws_redshift_data_share_authorization" "change_ended" {
  data_share_arn      = "arn:aws:redshift:us-east-1:111122223333:datashare:3072dae5-022b-4d45-9cd3-01f010aae4b2/change_ended"
  consumer_identifier = "999988887777"
}
