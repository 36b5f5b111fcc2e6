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

resource "aws_eks_cluster" "fires" {
  name     = "fires"
  role_arn = "arn:aws:iam::111122223333:role/cluster"
  vpc_config {
    subnet_ids = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
  }
}
resource "aws_eks_access_entry" "fires" {
  cluster_name  = aws_eks_cluster.fires.name
  principal_arn = "arn:aws:iam::999988887777:role/reader"
}

resource "aws_eks_cluster" "near_miss" {
  name     = "near-miss"
  role_arn = "arn:aws:iam::111122223333:role/cluster"
  vpc_config {
    subnet_ids = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
  }
}
resource "aws_eks_access_entry" "near_miss" {
  cluster_name  = aws_eks_cluster.near_miss.name
  principal_arn = "arn:aws:iam::111122223333:role/reader"
}

resource "aws_eks_cluster" "unknown" {
  name     = "unknown"
  role_arn = "arn:aws:iam::111122223333:role/cluster"
  vpc_config {
    subnet_ids = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
  }
}
resource "aws_eks_access_entry" "unknown" {
  cluster_name  = aws_eks_cluster.unknown.name
  principal_arn = aws_cloudformation_stack.partner.outputs["Principal"]
}

resource "aws_eks_cluster" "change" {
  name     = "change"
  role_arn = "arn:aws:iam::111122223333:role/cluster"
  vpc_config {
    subnet_ids = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
  }
}
resource "aws_eks_access_entry" "change" {
  cluster_name  = aws_eks_cluster.change.name
  principal_arn = "arn:aws:iam::999988887777:role/reader"
}

resource "aws_eks_cluster" "change_ended" {
  name     = "change-ended"
  role_arn = "arn:aws:iam::111122223333:role/cluster"
  vpc_config {
    subnet_ids = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
  }
}
