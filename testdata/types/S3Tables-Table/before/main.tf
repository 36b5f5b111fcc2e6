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

resource "aws_s3tables_table" "change" {
  name             = "change"
  namespace        = "orders"
  table_bucket_arn = "arn:aws:s3tables:us-east-1:111122223333:bucket/tables"
  format           = "ICEBERG"
}
resource "aws_s3tables_table_policy" "change" {
  name             = aws_s3tables_table.change.name
  namespace        = aws_s3tables_table.change.namespace
  table_bucket_arn = aws_s3tables_table.change.table_bucket_arn
  resource_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::111122223333:root"
      }
      Action   = ["s3tables:GetTableData", "s3tables:PutTableData"]
      Resource = "*"
    }]
  })
}
