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

resource "aws_lambda_layer_version" "change" {
  layer_name = "change"
  s3_bucket  = "code"
  s3_key     = "layer.zip"
}

resource "aws_lambda_layer_version" "change_ended" {
  layer_name = "change-ended"
  s3_bucket  = "code"
  s3_key     = "layer.zip"
}
resource "aws_lambda_layer_version_permission" "change_ended" {
  layer_name     = aws_lambda_layer_version.change_ended.layer_name
  version_number = aws_lambda_layer_version.change_ended.version
  statement_id   = "given"
  action         = "lambda:GetLayerVersion"
  principal      = "999988887777"
}
