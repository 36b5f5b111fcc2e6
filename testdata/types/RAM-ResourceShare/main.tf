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

resource "aws_ram_resource_share" "fires" {
  name                      = "fires"
  allow_external_principals = true
}
resource "aws_ram_principal_association" "fires" {
  resource_share_arn = aws_ram_resource_share.fires.arn
  principal          = "999988887777"
}

resource "aws_ram_resource_share" "near_miss" {
  name                      = "near-miss"
  allow_external_principals = true
}
resource "aws_ram_principal_association" "near_miss" {
  resource_share_arn = aws_ram_resource_share.near_miss.arn
  principal          = "111122223333"
}

resource "aws_ram_resource_share" "unknown" {
  name                      = "unknown"
  allow_external_principals = true
}
resource "aws_ram_principal_association" "unknown" {
  resource_share_arn = aws_ram_resource_share.unknown.arn
  principal          = aws_cloudformation_stack.partner.outputs["Principal"]
}

resource "aws_ram_resource_share" "change" {
  name                      = "change"
  allow_external_principals = true
}
resource "aws_ram_principal_association" "change" {
  resource_share_arn = aws_ram_resource_share.change.arn
  principal          = "999988887777"
}

resource "aws_ram_resource_share" "change_ended" {
  name                      = "change-ended"
  allow_external_principals = true
}
