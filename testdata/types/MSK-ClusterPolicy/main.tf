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

resource "aws_msk_serverless_cluster" "fires" {
  cluster_name = "fires"
  client_authentication {
    sasl {
      iam {
        enabled = true
      }
    }
  }
  vpc_config {
    subnet_ids = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
  }
}
resource "aws_msk_cluster_policy" "fires" {
  cluster_arn = aws_msk_serverless_cluster.fires.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = ["999988887777", "arn:aws:iam::111122223333:root"]
      }
      Action   = ["kafka:CreateVpcConnection", "kafka:DescribeCluster"]
      Resource = aws_msk_serverless_cluster.fires.arn
    }]
  })
}

resource "aws_msk_serverless_cluster" "near_miss" {
  cluster_name = "near-miss"
  client_authentication {
    sasl {
      iam {
        enabled = true
      }
    }
  }
  vpc_config {
    subnet_ids = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
  }
}
resource "aws_msk_cluster_policy" "near_miss" {
  cluster_arn = aws_msk_serverless_cluster.near_miss.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = ["kafka:CreateVpcConnection", "kafka:DescribeCluster"]
      Resource = "*"
      }, {
      Effect = "Deny"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = "kafka:*"
      Resource = "*"
    }]
  })
}

resource "aws_msk_serverless_cluster" "unknown" {
  cluster_name = "unknown"
  client_authentication {
    sasl {
      iam {
        enabled = true
      }
    }
  }
  vpc_config {
    subnet_ids = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
  }
}
resource "aws_msk_cluster_policy" "unknown" {
  cluster_arn = aws_msk_serverless_cluster.unknown.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = aws_cloudformation_stack.partner.outputs["Principal"]
      }
      Action   = ["kafka:CreateVpcConnection", "kafka:DescribeCluster"]
      Resource = "*"
    }]
  })
}

resource "aws_msk_serverless_cluster" "change" {
  cluster_name = "change"
  client_authentication {
    sasl {
      iam {
        enabled = true
      }
    }
  }
  vpc_config {
    subnet_ids = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
  }
}
resource "aws_msk_cluster_policy" "change" {
  cluster_arn = aws_msk_serverless_cluster.change.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = ["arn:aws:iam::999988887777:root", "arn:aws:iam::666677778888:root"]
      }
      Action   = ["kafka:CreateVpcConnection", "kafka:DescribeCluster"]
      Resource = "*"
    }]
  })
}
