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

resource "aws_network_interface" "fires" {
  subnet_id = "subnet-0a1b2c3d4e5f60718"
}
resource "aws_network_interface_permission" "fires" {
  network_interface_id = aws_network_interface.fires.id
  aws_account_id       = "999988887777"
  permission           = "INSTANCE-ATTACH"
}

resource "aws_network_interface" "near_miss" {
  subnet_id = "subnet-0a1b2c3d4e5f60718"
}
resource "aws_network_interface_permission" "near_miss" {
  network_interface_id = aws_network_interface.near_miss.id
  aws_account_id       = "111122223333"
  permission           = "INSTANCE-ATTACH"
}

resource "aws_network_interface" "unknown" {
  subnet_id = "subnet-0a1b2c3d4e5f60718"
}
resource "aws_network_interface_permission" "unknown" {
  network_interface_id = aws_network_interface.unknown.id
  aws_account_id       = aws_cloudformation_stack.partner.outputs["Principal"]
  permission           = "INSTANCE-ATTACH"
}

resource "aws_network_interface" "change" {
  subnet_id = "subnet-0a1b2c3d4e5f60718"
}
resource "aws_network_interface_permission" "change" {
  network_interface_id = aws_network_interface.change.id
  aws_account_id       = "999988887777"
  permission           = "INSTANCE-ATTACH"
}

resource "aws_network_interface" "change_ended" {
  subnet_id = "subnet-0a1b2c3d4e5f60718"
}
