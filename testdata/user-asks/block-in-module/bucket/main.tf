variable "create_module" {
  type    = bool
  default = true
}

# The name is known only after apply.
resource "aws_s3_bucket" "s3_bucket" {
  count         = var.create_module ? 1 : 0
  bucket_prefix = "minimal-s3-"
}

resource "aws_s3_bucket_policy" "public" {
  count  = var.create_module ? 1 : 0
  bucket = aws_s3_bucket.s3_bucket[0].bucket
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:GetObject"
      Resource  = "*"
    }]
  })
}

# One hop through the policy, as the bucket module of terraform-aws-modules does it.
resource "aws_s3_bucket_public_access_block" "s3_public_access_block" {
  count                   = var.create_module ? 1 : 0
  bucket                  = aws_s3_bucket_policy.public[0].id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

# The same without a block.
resource "aws_s3_bucket" "open" {
  bucket_prefix = "open-"
}

resource "aws_s3_bucket_policy" "open" {
  bucket = aws_s3_bucket.open.id
  policy = aws_s3_bucket_policy.public[0].policy
}
