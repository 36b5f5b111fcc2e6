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

resource "aws_servicecatalog_portfolio" "change" {
  name          = "change"
  provider_name = "platform"
}

resource "aws_servicecatalog_portfolio" "change_ended" {
  name          = "change-ended"
  provider_name = "platform"
}
resource "aws_servicecatalog_portfolio_share" "change_ended" {
  portfolio_id = aws_servicecatalog_portfolio.change_ended.id
  principal_id = "999988887777"
  type         = "ACCOUNT"
}
