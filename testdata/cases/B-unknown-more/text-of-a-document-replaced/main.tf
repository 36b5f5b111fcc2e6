resource "aws_sqs_queue" "q" {
  for_each = toset(["marked", "digits"])
  name     = each.key
}

data "aws_iam_policy_document" "d" {
  for_each = aws_sqs_queue.q
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [each.value.arn]
    principals {
      type        = "AWS"
      identifiers = [each.key == "marked" ? "__PARTNER__" : "111122223333"]
    }
  }
}

resource "aws_sqs_queue_policy" "marked" {
  queue_url = aws_sqs_queue.q["marked"].id
  policy    = replace(data.aws_iam_policy_document.d["marked"].json, "__PARTNER__", "999988887777")
}

resource "aws_sqs_queue_policy" "digits" {
  queue_url = aws_sqs_queue.q["digits"].id
  policy    = replace(data.aws_iam_policy_document.d["digits"].json, "111122223333", "999988887777")
}
