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

resource "aws_ami_copy" "change" {
  name              = "change"
  source_ami_id     = "ami-0a1b2c3d4e5f60718"
  source_ami_region = "us-east-1"
}

resource "aws_ami_copy" "change_ended" {
  name              = "change-ended"
  source_ami_id     = "ami-0a1b2c3d4e5f60718"
  source_ami_region = "us-east-1"
}
resource "aws_ami_launch_permission" "change_ended" {
  image_id   = aws_ami_copy.change_ended.id
  account_id = "999988887777"
}

resource "aws_imagebuilder_distribution_configuration" "change_ended_built" {
  name = "change-ended-built"
  distribution {
    region = "us-east-1"
    ami_distribution_configuration {
      name = "change-ended-built{{ imagebuilder:buildDate }}"
      launch_permission {
        user_ids = ["999988887777"]
      }
    }
  }
}
