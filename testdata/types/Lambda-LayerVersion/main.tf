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

resource "aws_lambda_layer_version" "fires" {
  layer_name = "fires"
  s3_bucket  = "code"
  s3_key     = "layer.zip"
}
resource "aws_lambda_layer_version_permission" "fires" {
  layer_name     = aws_lambda_layer_version.fires.layer_name
  version_number = aws_lambda_layer_version.fires.version
  statement_id   = "given"
  action         = "lambda:GetLayerVersion"
  principal      = "999988887777"
}

resource "aws_lambda_layer_version" "near_miss" {
  layer_name = "near-miss"
  s3_bucket  = "code"
  s3_key     = "layer.zip"
}
resource "aws_lambda_layer_version_permission" "near_miss" {
  layer_name     = aws_lambda_layer_version.near_miss.layer_name
  version_number = aws_lambda_layer_version.near_miss.version
  statement_id   = "given"
  action         = "lambda:GetLayerVersion"
  principal      = "111122223333"
}

resource "aws_lambda_layer_version" "unknown" {
  layer_name = "unknown"
  s3_bucket  = "code"
  s3_key     = "layer.zip"
}
resource "aws_lambda_layer_version_permission" "unknown" {
  layer_name     = aws_lambda_layer_version.unknown.layer_name
  version_number = aws_lambda_layer_version.unknown.version
  statement_id   = "given"
  action         = "lambda:GetLayerVersion"
  principal      = aws_cloudformation_stack.partner.outputs["Principal"]
}

resource "aws_lambda_layer_version" "change" {
  layer_name = "change"
  s3_bucket  = "code"
  s3_key     = "layer.zip"
}
resource "aws_lambda_layer_version_permission" "change" {
  layer_name     = aws_lambda_layer_version.change.layer_name
  version_number = aws_lambda_layer_version.change.version
  statement_id   = "given"
  action         = "lambda:GetLayerVersion"
  principal      = "999988887777"
}

resource "aws_lambda_layer_version" "change_ended" {
  layer_name = "change-ended"
  s3_bucket  = "code"
  s3_key     = "layer.zip"
}
