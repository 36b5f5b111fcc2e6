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

resource "aws_ssm_document" "change" {
  name          = "change"
  document_type = "Command"
  content       = jsonencode({ schemaVersion = "1.2", description = "uptime", parameters = {}, runtimeConfig = {} })
}

resource "aws_ssm_document" "change_ended" {
  name          = "change-ended"
  document_type = "Command"
  content       = jsonencode({ schemaVersion = "1.2", description = "uptime", parameters = {}, runtimeConfig = {} })
  permissions = {
    type        = "Share"
    account_ids = "999988887777"
  }
}
