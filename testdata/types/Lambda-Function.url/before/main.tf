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
  authorization_type = "AWS_IAM"
}
