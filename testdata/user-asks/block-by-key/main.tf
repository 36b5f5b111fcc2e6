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

variable "env" {
  type    = list(string)
  default = ["env01", "env02", "env03"]
}

# By count, as in the issue.
resource "aws_s3_bucket" "my_bucket" {
  count         = length(var.env)
  bucket_prefix = "some-random-env-"
}

resource "aws_s3_bucket_policy" "my_bucket" {
  count  = length(aws_s3_bucket.my_bucket)
  bucket = aws_s3_bucket.my_bucket[count.index].id
  policy = local.public
}

resource "aws_s3_bucket_public_access_block" "my_bucket" {
  count                   = length(aws_s3_bucket.my_bucket)
  bucket                  = aws_s3_bucket.my_bucket[count.index].id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

# By key: `site` is left open.
resource "aws_s3_bucket" "keyed" {
  for_each      = toset(["data", "site"])
  bucket_prefix = "keyed-"
}

resource "aws_s3_bucket_policy" "keyed" {
  for_each = aws_s3_bucket.keyed
  bucket   = each.value.id
  policy   = local.public
}

resource "aws_s3_bucket_public_access_block" "keyed" {
  for_each                = { data = true, site = false }
  bucket                  = aws_s3_bucket.keyed[each.key].id
  ignore_public_acls      = each.value
  restrict_public_buckets = each.value
}

locals {
  public = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:GetObject"
      Resource  = "*"
    }]
  })
}
