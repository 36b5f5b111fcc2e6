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

resource "aws_db_cluster_snapshot" "fires" {
  db_cluster_identifier          = "orders"
  db_cluster_snapshot_identifier = "fires"
  shared_accounts                = ["999988887777"]
}

resource "aws_rds_cluster_snapshot_copy" "fires_copy" {
  source_db_cluster_snapshot_identifier = "arn:aws:rds:us-east-1:111122223333:cluster-snapshot:orders"
  target_db_cluster_snapshot_identifier = "fires-copy"
  shared_accounts                       = ["999988887777"]
}

resource "aws_db_cluster_snapshot" "near_miss" {
  db_cluster_identifier          = "orders"
  db_cluster_snapshot_identifier = "near-miss"
  shared_accounts                = ["111122223333"]
}

resource "aws_rds_cluster_snapshot_copy" "near_miss_copy" {
  source_db_cluster_snapshot_identifier = "arn:aws:rds:us-east-1:111122223333:cluster-snapshot:orders"
  target_db_cluster_snapshot_identifier = "near-miss-copy"
  shared_accounts                       = ["111122223333"]
}

resource "aws_db_cluster_snapshot" "unknown" {
  db_cluster_identifier          = "orders"
  db_cluster_snapshot_identifier = "unknown"
  shared_accounts                = [aws_cloudformation_stack.partner.outputs["Principal"]]
}

resource "aws_rds_cluster_snapshot_copy" "unknown_copy" {
  source_db_cluster_snapshot_identifier = "arn:aws:rds:us-east-1:111122223333:cluster-snapshot:orders"
  target_db_cluster_snapshot_identifier = "unknown-copy"
  shared_accounts                       = [aws_cloudformation_stack.partner.outputs["Principal"]]
}

resource "aws_db_cluster_snapshot" "change" {
  db_cluster_identifier          = "orders"
  db_cluster_snapshot_identifier = "change"
  shared_accounts                = ["999988887777"]
}

resource "aws_rds_cluster_snapshot_copy" "change_copy" {
  source_db_cluster_snapshot_identifier = "arn:aws:rds:us-east-1:111122223333:cluster-snapshot:orders"
  target_db_cluster_snapshot_identifier = "change-copy"
  shared_accounts                       = ["999988887777"]
}

resource "aws_db_cluster_snapshot" "change_ended" {
  db_cluster_identifier          = "orders"
  db_cluster_snapshot_identifier = "change-ended"
}

resource "aws_rds_cluster_snapshot_copy" "change_ended_copy" {
  source_db_cluster_snapshot_identifier = "arn:aws:rds:us-east-1:111122223333:cluster-snapshot:orders"
  target_db_cluster_snapshot_identifier = "change-ended-copy"
}
