terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "5.100.0" }
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
resource "aws_sqs_queue" "q" { name = "jobs" }
resource "aws_api_gateway_rest_api" "open" {
  name = "open"
  body = jsonencode({
    openapi = "3.0.1", info = { title = "a", version = "1" }, paths = {}
    x-amazon-apigateway-policy = { Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = "*", Action = "execute-api:Invoke", Resource = "*" }] }
  })
}
resource "aws_api_gateway_rest_api" "late" {
  name = "late"
  body = jsonencode({
    openapi = "3.0.1", info = { title = aws_sqs_queue.q.arn, version = "1" }, paths = {}
    x-amazon-apigateway-policy = { Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { AWS = "999988887777" }, Action = "execute-api:Invoke", Resource = "*" }] }
  })
}
resource "aws_api_gateway_rest_api" "plain" {
  name = "plain"
  body = jsonencode({ openapi = "3.0.1", info = { title = aws_sqs_queue.q.arn, version = "1" }, paths = {} })
}
