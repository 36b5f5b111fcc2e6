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

resource "aws_vpclattice_service_network" "fires" {
  name      = "fires"
  auth_type = "AWS_IAM"
}
resource "aws_vpclattice_auth_policy" "fires" {
  resource_identifier = aws_vpclattice_service_network.fires.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = ["arn:aws:iam::999988887777:root", "arn:aws:iam::666677778888:root"]
      }
      Action   = "vpc-lattice-svcs:Invoke"
      Resource = "*"
      }, {
      Effect = "Deny"
      Principal = {
        AWS = "arn:aws:iam::666677778888:root"
      }
      Action   = "vpc-lattice-svcs:Invoke"
      Resource = "*"
    }]
  })
}

resource "aws_vpclattice_service_network" "fires_shared" {
  name      = "fires-shared"
  auth_type = "AWS_IAM"
}
resource "aws_vpclattice_resource_policy" "fires_shared" {
  resource_arn = aws_vpclattice_service_network.fires_shared.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = ["arn:aws:iam::999988887777:root", "arn:aws:iam::666677778888:root"]
      }
      Action   = "vpc-lattice:GetServiceNetwork"
      Resource = "*"
      }, {
      Effect = "Deny"
      Principal = {
        AWS = "arn:aws:iam::666677778888:root"
      }
      Action   = "vpc-lattice:GetServiceNetwork"
      Resource = "*"
    }]
  })
}

resource "aws_vpclattice_service_network" "near_miss" {
  name      = "near-miss"
  auth_type = "AWS_IAM"
}
resource "aws_vpclattice_auth_policy" "near_miss" {
  resource_identifier = aws_vpclattice_service_network.near_miss.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        Service = "events.amazonaws.com"
      }
      Action   = "vpc-lattice-svcs:Invoke"
      Resource = "*"
      Condition = {
        StringEquals = {
          "aws:SourceAccount" = "111122223333"
        }
      }
    }]
  })
}

resource "aws_vpclattice_service_network" "near_miss_shared" {
  name      = "near-miss-shared"
  auth_type = "AWS_IAM"
}
resource "aws_vpclattice_resource_policy" "near_miss_shared" {
  resource_arn = aws_vpclattice_service_network.near_miss_shared.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        Service = "events.amazonaws.com"
      }
      Action   = "vpc-lattice:GetServiceNetwork"
      Resource = "*"
      Condition = {
        StringEquals = {
          "aws:SourceAccount" = "111122223333"
        }
      }
    }]
  })
}

resource "aws_vpclattice_service_network" "unknown" {
  name      = "unknown"
  auth_type = "AWS_IAM"
}
resource "aws_vpclattice_auth_policy" "unknown" {
  resource_identifier = aws_vpclattice_service_network.unknown.arn
  policy              = aws_cloudformation_stack.partner.outputs["Policy"]
}

resource "aws_vpclattice_service_network" "unknown_shared" {
  name      = "unknown-shared"
  auth_type = "AWS_IAM"
}
resource "aws_vpclattice_resource_policy" "unknown_shared" {
  resource_arn = aws_vpclattice_service_network.unknown_shared.arn
  policy       = aws_cloudformation_stack.partner.outputs["Policy"]
}

resource "aws_vpclattice_service_network" "change" {
  name      = "change"
  auth_type = "AWS_IAM"
}
resource "aws_vpclattice_auth_policy" "change" {
  resource_identifier = aws_vpclattice_service_network.change.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = ["arn:aws:iam::666677778888:root", "arn:aws:iam::444455556666:root"]
      }
      Action   = "vpc-lattice-svcs:Invoke"
      Resource = "*"
    }]
  })
}

resource "aws_vpclattice_service_network" "change_shared" {
  name      = "change-shared"
  auth_type = "AWS_IAM"
}
resource "aws_vpclattice_resource_policy" "change_shared" {
  resource_arn = aws_vpclattice_service_network.change_shared.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = ["arn:aws:iam::666677778888:root", "arn:aws:iam::444455556666:root"]
      }
      Action   = "vpc-lattice:GetServiceNetwork"
      Resource = "*"
    }]
  })
}
