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

resource "aws_cognito_identity_pool" "fires" {
  identity_pool_name               = "fires"
  allow_unauthenticated_identities = true
}
resource "aws_cognito_identity_pool_roles_attachment" "fires" {
  identity_pool_id = aws_cognito_identity_pool.fires.id
  roles = {
    unauthenticated = "arn:aws:iam::111122223333:role/guest"
  }
}

resource "aws_cognito_identity_pool" "near_miss" {
  identity_pool_name               = "near-miss"
  allow_unauthenticated_identities = false
}
resource "aws_cognito_identity_pool_roles_attachment" "near_miss" {
  identity_pool_id = aws_cognito_identity_pool.near_miss.id
  roles = {
    unauthenticated = "arn:aws:iam::111122223333:role/guest"
  }
}

resource "aws_cognito_identity_pool" "unknown" {
  identity_pool_name               = "unknown"
  allow_unauthenticated_identities = aws_cloudformation_stack.partner.outputs["Guests"] == "yes"
}
resource "aws_cognito_identity_pool_roles_attachment" "unknown" {
  identity_pool_id = aws_cognito_identity_pool.unknown.id
  roles = {
    unauthenticated = "arn:aws:iam::111122223333:role/guest"
  }
}

resource "aws_cognito_identity_pool" "change" {
  identity_pool_name               = "change"
  allow_unauthenticated_identities = true
}
resource "aws_cognito_identity_pool_roles_attachment" "change" {
  identity_pool_id = aws_cognito_identity_pool.change.id
  roles = {
    unauthenticated = "arn:aws:iam::111122223333:role/guest"
  }
}
