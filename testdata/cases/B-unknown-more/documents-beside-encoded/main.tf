resource "aws_sqs_queue" "q" {
  name = "merged"
}

data "aws_iam_policy_document" "own" {
  statement {
    sid       = "Own"
    actions   = ["sqs:*"]
    resources = [aws_sqs_queue.q.arn]
    principals {
      type        = "AWS"
      identifiers = ["111122223333"]
    }
  }
}

data "aws_iam_policy_document" "all" {
  source_policy_documents = [
    data.aws_iam_policy_document.own.json,
    jsonencode({
      Version = "2012-10-17"
      Statement = [{
        Sid       = "Partner"
        Effect    = "Allow"
        Principal = { AWS = "999988887777" }
        Action    = "sqs:SendMessage"
        Resource  = aws_sqs_queue.q.arn
      }]
    }),
  ]
}

resource "aws_sqs_queue_policy" "q" {
  queue_url = aws_sqs_queue.q.id
  policy    = data.aws_iam_policy_document.all.json
}
