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

resource "aws_redshift_data_share_authorization" "fires" {
  data_share_arn      = "arn:aws:redshift:us-east-1:111122223333:datashare:3072dae5-022b-4d45-9cd3-01f010aae4b2/fires"
  consumer_identifier = "999988887777"
}

resource "aws_redshift_data_share_authorization" "near_miss" {
  data_share_arn      = "arn:aws:redshift:us-east-1:111122223333:datashare:3072dae5-022b-4d45-9cd3-01f010aae4b2/near_miss"
  consumer_identifier = "111122223333"
}

resource "aws_redshift_data_share_authorization" "unknown" {
  data_share_arn      = "arn:aws:redshift:us-east-1:111122223333:datashare:3072dae5-022b-4d45-9cd3-01f010aae4b2/unknown"
  consumer_identifier = aws_cloudformation_stack.partner.outputs["Principal"]
}

resource "aws_redshift_data_share_authorization" "change" {
  data_share_arn      = "arn:aws:redshift:us-east-1:111122223333:datashare:3072dae5-022b-4d45-9cd3-01f010aae4b2/change"
  consumer_identifier = "999988887777"
}
