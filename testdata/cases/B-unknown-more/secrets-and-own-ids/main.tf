variable "secret" {
  type      = string
  sensitive = true
  default   = "correct-horse"
}

resource "aws_iam_user" "u" {
  name = "u"
}

resource "aws_iam_role" "own" {
  name_prefix = "own-"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "ec2.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_iam_role" "trust" {
  name = "trust"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = [aws_iam_user.u.arn, aws_iam_role.own.arn, aws_iam_user.u.unique_id, aws_iam_role.own.unique_id] }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "sts:ExternalId" = var.secret } }
    }]
  })
}

resource "aws_sqs_queue" "q" {
  name = "q"
}

resource "aws_sqs_queue_policy" "q" {
  queue_url = aws_sqs_queue.q.id
  policy    = aws_iam_role.own.unique_id == var.secret ? jsonencode({ a = var.secret }) : jsonencode({ b = var.secret })
}

resource "aws_s3_bucket" "site" {
  bucket = "site-111122223333"
}

resource "aws_cloudfront_origin_access_identity" "site" {}

resource "aws_s3_bucket_policy" "site" {
  bucket = aws_s3_bucket.site.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = aws_cloudfront_origin_access_identity.site.iam_arn }, Action = "s3:GetObject", Resource = "${aws_s3_bucket.site.arn}/*" },
      { Effect = "Allow", Principal = { CanonicalUser = aws_cloudfront_origin_access_identity.site.s3_canonical_user_id }, Action = "s3:GetObject", Resource = "${aws_s3_bucket.site.arn}/*" },
    ]
  })
}
