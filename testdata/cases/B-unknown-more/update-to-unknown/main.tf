resource "aws_sns_topic" "events" {
  name_prefix = "events-"
}

resource "aws_sqs_queue" "orders" {
  name = "orders"
}

resource "aws_sqs_queue_policy" "orders" {
  queue_url = aws_sqs_queue.orders.id
  policy = jsonencode({
    Version = "2012-10-17"
    Id      = aws_sns_topic.events.arn
    Statement = [
      { Effect = "Allow", Principal = { AWS = "999988887777" }, Action = "sqs:SendMessage", Resource = aws_sqs_queue.orders.arn },
      { Effect = "Allow", Principal = { AWS = "666677778888" }, Action = "sqs:ReceiveMessage", Resource = aws_sqs_queue.orders.arn },
    ]
  })
}

# The queue is replaced by one with another name, and so is its policy.
resource "aws_sqs_queue" "renamed" {
  name = "after"
}

data "aws_iam_policy_document" "renamed" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.renamed.arn]
    principals {
      type        = "AWS"
      identifiers = ["999988887777"]
    }
  }
}

resource "aws_sqs_queue_policy" "renamed" {
  queue_url = aws_sqs_queue.renamed.id
  policy    = data.aws_iam_policy_document.renamed.json
}

# Moved to an instance key, with a policy that is unknown after.
resource "aws_sqs_queue" "moved" {
  count = 1
  name  = "moved"
}

moved {
  from = aws_sqs_queue.before
  to   = aws_sqs_queue.moved[0]
}

resource "aws_sqs_queue_policy" "moved" {
  for_each  = { "x.y" = "999988887777" }
  queue_url = aws_sqs_queue.moved[0].id
  policy = jsonencode({
    Version   = "2012-10-17"
    Id        = aws_sns_topic.events.arn
    Statement = [{ Effect = "Allow", Principal = { AWS = each.value }, Action = "sqs:SendMessage", Resource = aws_sqs_queue.moved[0].arn }]
  })
}

moved {
  from = aws_sqs_queue_policy.before
  to   = aws_sqs_queue_policy.moved["x.y"]
}

# No policy is written any more: an optional and computed attribute keeps what it has.
resource "aws_sqs_queue" "inline" {
  name = "inline"
}

# Was open to everybody; its new policy is for the own account only.
resource "aws_sns_topic" "narrowed" {
  name = "narrowed"
  policy = jsonencode({
    Version   = "2012-10-17"
    Id        = aws_sns_topic.events.id
    Statement = [{ Effect = "Allow", Principal = "*", Action = "sns:Publish", Resource = "*", Condition = { StringEquals = { "aws:SourceAccount" = "111122223333" } } }]
  })
}
