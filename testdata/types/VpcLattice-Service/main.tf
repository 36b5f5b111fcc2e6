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

resource "aws_vpclattice_service" "fires" {
  name      = "fires"
  auth_type = "AWS_IAM"
}
resource "aws_vpclattice_auth_policy" "fires" {
  resource_identifier = aws_vpclattice_service.fires.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = ["999988887777", "arn:aws:iam::111122223333:root"]
      }
      Action   = "vpc-lattice-svcs:Invoke"
      Resource = "*"
    }]
  })
}

resource "aws_vpclattice_service" "fires_shared" {
  name      = "fires-shared"
  auth_type = "AWS_IAM"
}
resource "aws_vpclattice_resource_policy" "fires_shared" {
  resource_arn = aws_vpclattice_service.fires_shared.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = ["999988887777", "arn:aws:iam::111122223333:root"]
      }
      Action   = "vpc-lattice:GetService"
      Resource = "*"
    }]
  })
}

resource "aws_vpclattice_service" "near_miss" {
  name      = "near-miss"
  auth_type = "AWS_IAM"
}
resource "aws_vpclattice_auth_policy" "near_miss" {
  resource_identifier = aws_vpclattice_service.near_miss.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = "vpc-lattice-svcs:Invoke"
      Resource = "*"
      }, {
      Effect = "Deny"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = "vpc-lattice-svcs:*"
      Resource = "*"
    }]
  })
}

resource "aws_vpclattice_service" "near_miss_shared" {
  name      = "near-miss-shared"
  auth_type = "AWS_IAM"
}
resource "aws_vpclattice_resource_policy" "near_miss_shared" {
  resource_arn = aws_vpclattice_service.near_miss_shared.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = "vpc-lattice:GetService"
      Resource = "*"
      }, {
      Effect = "Deny"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = "vpc-lattice:*"
      Resource = "*"
    }]
  })
}

resource "aws_vpclattice_service" "unknown" {
  name      = "unknown"
  auth_type = "AWS_IAM"
}
resource "aws_vpclattice_auth_policy" "unknown" {
  resource_identifier = aws_vpclattice_service.unknown.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = aws_cloudformation_stack.partner.outputs["Principal"]
      }
      Action   = "vpc-lattice-svcs:Invoke"
      Resource = "*"
    }]
  })
}

resource "aws_vpclattice_service" "unknown_shared" {
  name      = "unknown-shared"
  auth_type = "AWS_IAM"
}
resource "aws_vpclattice_resource_policy" "unknown_shared" {
  resource_arn = aws_vpclattice_service.unknown_shared.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = aws_cloudformation_stack.partner.outputs["Principal"]
      }
      Action   = "vpc-lattice:GetService"
      Resource = "*"
    }]
  })
}

resource "aws_vpclattice_service" "change" {
  name      = "change"
  auth_type = "AWS_IAM"
}
resource "aws_vpclattice_auth_policy" "change" {
  resource_identifier = aws_vpclattice_service.change.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = "vpc-lattice-svcs:Invoke"
      Resource = "*"
    }]
  })
}

resource "aws_vpclattice_service" "change_shared" {
  name      = "change-shared"
  auth_type = "AWS_IAM"
}
resource "aws_vpclattice_resource_policy" "change_shared" {
  resource_arn = aws_vpclattice_service.change_shared.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = "vpc-lattice:GetService"
      Resource = "*"
    }]
  })
}
