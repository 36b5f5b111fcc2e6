resource "aws_s3_bucket" "prefixed" {
  bucket_prefix = "logs-"
}

resource "aws_s3_bucket_policy" "prefixed" {
  bucket = aws_s3_bucket.prefixed.bucket
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { AWS = "999988887777" }, Action = "s3:GetObject", Resource = "${aws_s3_bucket.prefixed.arn}/*" }]
  })
}
