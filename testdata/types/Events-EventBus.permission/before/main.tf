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

resource "aws_cloudwatch_event_bus" "change" {
  name = "change"
}

resource "aws_cloudwatch_event_bus" "change_ended" {
  name = "change-ended"
}
resource "aws_cloudwatch_event_permission" "change_ended" {
  principal      = "999988887777"
  statement_id   = "Given"
  event_bus_name = aws_cloudwatch_event_bus.change_ended.name
}
