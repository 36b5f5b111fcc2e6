variable "extra" {
  type    = list(string)
  default = ["{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"Extra\",\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"444455556666\"},\"Action\":\"sqs:SendMessage\",\"Resource\":\"*\"}]}"]
}

resource "aws_sqs_queue" "q" {
  name = "chain"
}

data "aws_iam_policy_document" "first" {
  statement {
    sid       = "A"
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.q.arn]
    principals {
      type        = "AWS"
      identifiers = ["999988887777"]
    }
  }
}

data "aws_iam_policy_document" "second" {
  source_policy_documents = [data.aws_iam_policy_document.first.json]
  statement {
    sid       = "B"
    actions   = ["sqs:*"]
    resources = [aws_sqs_queue.q.arn]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}

data "aws_iam_policy_document" "instead" {
  statement {
    sid       = "B"
    actions   = ["sqs:ReceiveMessage"]
    resources = [aws_sqs_queue.q.arn]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::666677778888:root"]
    }
  }
}

data "aws_iam_policy_document" "third" {
  source_policy_documents   = concat([data.aws_iam_policy_document.second.json], var.extra)
  override_policy_documents = [for document in [data.aws_iam_policy_document.instead] : document.json]
}

resource "aws_sqs_queue_policy" "q" {
  queue_url = aws_sqs_queue.q.id
  policy    = data.aws_iam_policy_document.third.minified_json
}
