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

resource "aws_cognito_identity_pool" "change" {
  identity_pool_name               = "change"
  allow_unauthenticated_identities = false
}
resource "aws_cognito_identity_pool_roles_attachment" "change" {
  identity_pool_id = aws_cognito_identity_pool.change.id
  roles = {
    unauthenticated = "arn:aws:iam::111122223333:role/guest"
  }
}
