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

resource "aws_networkfirewall_rule_group" "fires" {
  name     = "fires"
  capacity = 100
  type     = "STATEFUL"
  rules    = "pass tcp any any -> any 443 (sid: 1;)"
}
resource "aws_networkfirewall_resource_policy" "fires" {
  resource_arn = aws_networkfirewall_rule_group.fires.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = ["network-firewall:ListRuleGroups", "network-firewall:CreateFirewallPolicy"]
      Resource  = aws_networkfirewall_rule_group.fires.arn
      Condition = {
        StringEquals = {
          "aws:PrincipalOrgID" = "o-zz99yy88xx"
        }
      }
    }]
  })
}

resource "aws_networkfirewall_rule_group" "near_miss" {
  name     = "near-miss"
  capacity = 100
  type     = "STATEFUL"
  rules    = "pass tcp any any -> any 443 (sid: 1;)"
}
resource "aws_networkfirewall_resource_policy" "near_miss" {
  resource_arn = aws_networkfirewall_rule_group.near_miss.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = ["network-firewall:ListRuleGroups", "network-firewall:CreateFirewallPolicy"]
      Resource  = "*"
      Condition = {
        ArnLike = {
          "aws:PrincipalArn" = "arn:aws:iam::111122223333:role/*"
        }
      }
    }]
  })
}

resource "aws_networkfirewall_rule_group" "unknown" {
  name     = "unknown"
  capacity = 100
  type     = "STATEFUL"
  rules    = "pass tcp any any -> any 443 (sid: 1;)"
}
resource "aws_networkfirewall_resource_policy" "unknown" {
  resource_arn = aws_networkfirewall_rule_group.unknown.arn
  policy       = aws_cloudformation_stack.partner.outputs["Policy"]
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
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = ["network-firewall:ListRuleGroups", "network-firewall:CreateFirewallPolicy"]
      Resource = "*"
    }]
  })
}
