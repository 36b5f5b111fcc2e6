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

resource "aws_s3tables_table" "fires" {
  name             = "fires"
  namespace        = "orders"
  table_bucket_arn = "arn:aws:s3tables:us-east-1:111122223333:bucket/tables"
  format           = "ICEBERG"
}
resource "aws_s3tables_table_policy" "fires" {
  name             = aws_s3tables_table.fires.name
  namespace        = aws_s3tables_table.fires.namespace
  table_bucket_arn = aws_s3tables_table.fires.table_bucket_arn
  resource_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = ["s3tables:GetTableData", "s3tables:PutTableData"]
      Resource  = aws_s3tables_table.fires.arn
      Condition = {
        StringEquals = {
          "aws:PrincipalOrgID" = "o-zz99yy88xx"
        }
      }
    }]
  })
}

resource "aws_s3tables_table" "near_miss" {
  name             = "near_miss"
  namespace        = "orders"
  table_bucket_arn = "arn:aws:s3tables:us-east-1:111122223333:bucket/tables"
  format           = "ICEBERG"
}
resource "aws_s3tables_table_policy" "near_miss" {
  name             = aws_s3tables_table.near_miss.name
  namespace        = aws_s3tables_table.near_miss.namespace
  table_bucket_arn = aws_s3tables_table.near_miss.table_bucket_arn
  resource_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        Service = "events.amazonaws.com"
      }
      Action   = ["s3tables:GetTableData", "s3tables:PutTableData"]
      Resource = "*"
      Condition = {
        StringEquals = {
          "aws:SourceAccount" = "111122223333"
        }
      }
    }]
  })
}

resource "aws_s3tables_table" "unknown" {
  name             = "unknown"
  namespace        = "orders"
  table_bucket_arn = "arn:aws:s3tables:us-east-1:111122223333:bucket/tables"
  format           = "ICEBERG"
}
resource "aws_s3tables_table_policy" "unknown" {
  name             = aws_s3tables_table.unknown.name
  namespace        = aws_s3tables_table.unknown.namespace
  table_bucket_arn = aws_s3tables_table.unknown.table_bucket_arn
  resource_policy  = aws_cloudformation_stack.partner.outputs["Policy"]
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
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = ["s3tables:GetTableData", "s3tables:PutTableData"]
      Resource = "*"
    }]
  })
}
