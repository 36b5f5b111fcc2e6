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

resource "aws_servicecatalog_portfolio" "fires" {
  name          = "fires"
  provider_name = "platform"
}
resource "aws_servicecatalog_portfolio_share" "fires" {
  portfolio_id = aws_servicecatalog_portfolio.fires.id
  principal_id = "999988887777"
  type         = "ACCOUNT"
}

resource "aws_servicecatalog_portfolio" "near_miss" {
  name          = "near-miss"
  provider_name = "platform"
}
resource "aws_servicecatalog_portfolio_share" "near_miss" {
  portfolio_id = aws_servicecatalog_portfolio.near_miss.id
  principal_id = "111122223333"
  type         = "ACCOUNT"
}

resource "aws_servicecatalog_portfolio" "unknown" {
  name          = "unknown"
  provider_name = "platform"
}
resource "aws_servicecatalog_portfolio_share" "unknown" {
  portfolio_id = aws_servicecatalog_portfolio.unknown.id
  principal_id = aws_cloudformation_stack.partner.outputs["Principal"]
  type         = "ACCOUNT"
}

resource "aws_servicecatalog_portfolio" "change" {
  name          = "change"
  provider_name = "platform"
}
resource "aws_servicecatalog_portfolio_share" "change" {
  portfolio_id = aws_servicecatalog_portfolio.change.id
  principal_id = "999988887777"
  type         = "ACCOUNT"
}

resource "aws_servicecatalog_portfolio" "change_ended" {
  name          = "change-ended"
  provider_name = "platform"
}
