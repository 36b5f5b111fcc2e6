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

resource "aws_vpc_endpoint_service" "fires" {
  acceptance_required        = true
  network_load_balancer_arns = ["arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/net/fires/50dc6c495c0c9188"]
}
resource "aws_vpc_endpoint_service_allowed_principal" "fires" {
  vpc_endpoint_service_id = aws_vpc_endpoint_service.fires.id
  principal_arn           = "arn:aws:iam::999988887777:root"
}

resource "aws_vpc_endpoint_service" "fires_inline" {
  acceptance_required        = true
  allowed_principals         = ["arn:aws:iam::999988887777:root"]
  network_load_balancer_arns = ["arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/net/fires-inline/50dc6c495c0c9188"]
}

resource "aws_vpc_endpoint_service" "near_miss" {
  acceptance_required        = true
  network_load_balancer_arns = ["arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/net/near-miss/50dc6c495c0c9188"]
}
resource "aws_vpc_endpoint_service_allowed_principal" "near_miss" {
  vpc_endpoint_service_id = aws_vpc_endpoint_service.near_miss.id
  principal_arn           = "arn:aws:iam::111122223333:root"
}

resource "aws_vpc_endpoint_service" "near_miss_inline" {
  acceptance_required        = true
  allowed_principals         = ["arn:aws:iam::111122223333:root"]
  network_load_balancer_arns = ["arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/net/near-miss-inline/50dc6c495c0c9188"]
}

resource "aws_vpc_endpoint_service" "unknown" {
  acceptance_required        = true
  network_load_balancer_arns = ["arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/net/unknown/50dc6c495c0c9188"]
}
resource "aws_vpc_endpoint_service_allowed_principal" "unknown" {
  vpc_endpoint_service_id = aws_vpc_endpoint_service.unknown.id
  principal_arn           = aws_cloudformation_stack.partner.outputs["Principal"]
}

resource "aws_vpc_endpoint_service" "unknown_inline" {
  acceptance_required        = true
  allowed_principals         = [aws_cloudformation_stack.partner.outputs["Principal"]]
  network_load_balancer_arns = ["arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/net/unknown-inline/50dc6c495c0c9188"]
}

resource "aws_vpc_endpoint_service" "change" {
  acceptance_required        = true
  network_load_balancer_arns = ["arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/net/change/50dc6c495c0c9188"]
}
resource "aws_vpc_endpoint_service_allowed_principal" "change" {
  vpc_endpoint_service_id = aws_vpc_endpoint_service.change.id
  principal_arn           = "arn:aws:iam::999988887777:root"
}

resource "aws_vpc_endpoint_service" "change_inline" {
  acceptance_required        = true
  allowed_principals         = ["arn:aws:iam::999988887777:root"]
  network_load_balancer_arns = ["arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/net/change-inline/50dc6c495c0c9188"]
}

resource "aws_vpc_endpoint_service" "change_ended" {
  acceptance_required        = true
  network_load_balancer_arns = ["arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/net/change-ended/50dc6c495c0c9188"]
}

resource "aws_vpc_endpoint_service" "change_ended_inline" {
  acceptance_required        = true
  allowed_principals         = []
  network_load_balancer_arns = ["arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/net/change-ended-inline/50dc6c495c0c9188"]
}
