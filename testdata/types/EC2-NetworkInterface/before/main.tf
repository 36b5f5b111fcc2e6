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

resource "aws_network_interface" "change" {
  subnet_id = "subnet-0a1b2c3d4e5f60718"
}

resource "aws_network_interface" "change_ended" {
  subnet_id = "subnet-0a1b2c3d4e5f60718"
}
resource "aws_network_interface_permission" "change_ended" {
  network_interface_id = aws_network_interface.change_ended.id
  aws_account_id       = "999988887777"
  permission           = "INSTANCE-ATTACH"
}
