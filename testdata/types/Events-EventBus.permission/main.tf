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

resource "aws_cloudwatch_event_bus" "fires" {
  name = "fires"
}
resource "aws_cloudwatch_event_permission" "fires" {
  principal      = "999988887777"
  statement_id   = "Given"
  event_bus_name = aws_cloudwatch_event_bus.fires.name
}

resource "aws_cloudwatch_event_bus" "near_miss" {
  name = "near-miss"
}
resource "aws_cloudwatch_event_permission" "near_miss" {
  principal      = "111122223333"
  statement_id   = "Given"
  event_bus_name = aws_cloudwatch_event_bus.near_miss.name
}

resource "aws_cloudwatch_event_bus" "unknown" {
  name = "unknown"
}
resource "aws_cloudwatch_event_permission" "unknown" {
  principal      = aws_cloudformation_stack.partner.outputs["Principal"]
  statement_id   = "Given"
  event_bus_name = aws_cloudwatch_event_bus.unknown.name
}

resource "aws_cloudwatch_event_bus" "change" {
  name = "change"
}
resource "aws_cloudwatch_event_permission" "change" {
  principal      = "999988887777"
  statement_id   = "Given"
  event_bus_name = aws_cloudwatch_event_bus.change.name
}

resource "aws_cloudwatch_event_bus" "change_ended" {
  name = "change-ended"
}
