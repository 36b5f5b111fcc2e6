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

resource "aws_s3control_access_grant" "fires" {
  access_grants_location_id = "default"
  permission                = "READ"
  access_grants_location_configuration {
    s3_sub_prefix = "fires/*"
  }
  grantee {
    grantee_type       = "IAM"
    grantee_identifier = "arn:aws:iam::999988887777:role/reader"
  }
}

resource "aws_s3control_access_grant" "near_miss" {
  access_grants_location_id = "default"
  permission                = "READ"
  access_grants_location_configuration {
    s3_sub_prefix = "near_miss/*"
  }
  grantee {
    grantee_type       = "IAM"
    grantee_identifier = "arn:aws:iam::111122223333:role/reader"
  }
}

resource "aws_s3control_access_grant" "unknown" {
  access_grants_location_id = "default"
  permission                = "READ"
  access_grants_location_configuration {
    s3_sub_prefix = "unknown/*"
  }
  grantee {
    grantee_type       = "IAM"
    grantee_identifier = aws_cloudformation_stack.partner.outputs["Principal"]
  }
}

resource "aws_s3control_access_grant" "change" {
  access_grants_location_id = "default"
  permission                = "READ"
  access_grants_location_configuration {
    s3_sub_prefix = "change/*"
  }
  grantee {
    grantee_type       = "IAM"
    grantee_identifier = "arn:aws:iam::999988887777:role/reader"
  }
}
