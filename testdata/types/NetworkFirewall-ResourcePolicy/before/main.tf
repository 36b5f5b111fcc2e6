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

resource "aws_networkfirewall_rule_group" "change" {
  name     = "change"
  capacity = 100
  type     = "STATEFUL"
  rules    = "pass tcp any any -> any 443 (sid: 1;)"
}
resource "aws_networkfirewall_resource_policy" "change" {
  resource_arn = aws_networkfirewall_rule_group.change.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::111122223333:root"
      }
      Action   = ["network-firewall:ListRuleGroups", "network-firewall:CreateFirewallPolicy"]
      Resource = "*"
    }]
  })
}
