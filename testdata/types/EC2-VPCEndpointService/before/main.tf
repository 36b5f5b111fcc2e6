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

resource "aws_vpc_endpoint_service" "change" {
  acceptance_required        = true
  network_load_balancer_arns = ["arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/net/change/50dc6c495c0c9188"]
}

resource "aws_vpc_endpoint_service" "change_inline" {
  acceptance_required        = true
  allowed_principals         = []
  network_load_balancer_arns = ["arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/net/change-inline/50dc6c495c0c9188"]
}

resource "aws_vpc_endpoint_service" "change_ended" {
  acceptance_required        = true
  network_load_balancer_arns = ["arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/net/change-ended/50dc6c495c0c9188"]
}
resource "aws_vpc_endpoint_service_allowed_principal" "change_ended" {
  vpc_endpoint_service_id = aws_vpc_endpoint_service.change_ended.id
  principal_arn           = "arn:aws:iam::999988887777:root"
}

resource "aws_vpc_endpoint_service" "change_ended_inline" {
  acceptance_required        = true
  allowed_principals         = ["arn:aws:iam::999988887777:root"]
  network_load_balancer_arns = ["arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/net/change-ended-inline/50dc6c495c0c9188"]
}
