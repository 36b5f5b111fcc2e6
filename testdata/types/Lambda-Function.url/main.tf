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

resource "aws_lambda_function" "fires" {
  function_name = "fires"
  role          = "arn:aws:iam::111122223333:role/function"
  handler       = "index.handler"
  runtime       = "python3.12"
  s3_bucket     = "code"
  s3_key        = "function.zip"
}
resource "aws_lambda_function_url" "fires" {
  function_name      = aws_lambda_function.fires.function_name
  authorization_type = "NONE"
}

resource "aws_lambda_function" "near_miss" {
  function_name = "near-miss"
  role          = "arn:aws:iam::111122223333:role/function"
  handler       = "index.handler"
  runtime       = "python3.12"
  s3_bucket     = "code"
  s3_key        = "function.zip"
}
resource "aws_lambda_function_url" "near_miss" {
  function_name      = aws_lambda_function.near_miss.function_name
  authorization_type = "AWS_IAM"
}

resource "aws_lambda_function" "unknown" {
  function_name = "unknown"
  role          = "arn:aws:iam::111122223333:role/function"
  handler       = "index.handler"
  runtime       = "python3.12"
  s3_bucket     = "code"
  s3_key        = "function.zip"
}
resource "aws_lambda_function_url" "unknown" {
  function_name      = aws_lambda_function.unknown.function_name
  authorization_type = aws_cloudformation_stack.partner.outputs["Auth"]
}

resource "aws_lambda_function" "change" {
  function_name = "change"
  role          = "arn:aws:iam::111122223333:role/function"
  handler       = "index.handler"
  runtime       = "python3.12"
  s3_bucket     = "code"
  s3_key        = "function.zip"
}
resource "aws_lambda_function_url" "change" {
  function_name      = aws_lambda_function.change.function_name
  authorization_type = "NONE"
}
