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

resource "aws_db_cluster_snapshot" "change" {
  db_cluster_identifier          = "orders"
  db_cluster_snapshot_identifier = "change"
}

resource "aws_rds_cluster_snapshot_copy" "change_copy" {
  source_db_cluster_snapshot_identifier = "arn:aws:rds:us-east-1:111122223333:cluster-snapshot:orders"
  target_db_cluster_snapshot_identifier = "change-copy"
}

resource "aws_db_cluster_snapshot" "change_ended" {
  db_cluster_identifier          = "orders"
  db_cluster_snapshot_identifier = "change-ended"
  shared_accounts                = ["999988887777"]
}

resource "aws_rds_cluster_snapshot_copy" "change_ended_copy" {
  source_db_cluster_snapshot_identifier = "arn:aws:rds:us-east-1:111122223333:cluster-snapshot:orders"
  target_db_cluster_snapshot_identifier = "change-ended-copy"
  shared_accounts                       = ["999988887777"]
}
