data "aws_iam_policy_document" "d" {
  source_policy_documents = [jsonencode({ Statement = [] }), data.aws_iam_policy_document.e.json]
  dynamic "statement" {
    for_each = toset(["a", "b"])
    content {
      sid     = upper(statement.key)
      actions = ["s3:Get${title(statement.value)}"]
      principals {
        type        = "AWS"
        identifiers = formatlist("arn:aws:iam::%012d:root", [1, 2])
      }
    }
  }
}
data "aws_iam_policy_document" "e" {}
resource "aws_s3_bucket_policy" "p" {
  bucket = "b"
  policy = replace(data.aws_iam_policy_document.d.minified_json, "/(a+)/", "$1$1")
}
