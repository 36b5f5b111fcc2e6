resource "aws_cloudformation_stack" "s" {
  name          = "partners"
  template_body = "{}"
}

locals {
  readers = {
    known   = "999988887777"
    unknown = aws_cloudformation_stack.s.outputs["Partner"]
    own     = "111122223333"
  }
}

resource "aws_sqs_queue" "q" {
  for_each = toset(["known", "unknown", "own"])
  name     = each.key
}

resource "aws_sqs_queue_policy" "q" {
  for_each  = toset(["known", "unknown", "own"])
  queue_url = aws_sqs_queue.q[each.key].id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { AWS = local.readers[each.key] }, Action = "sqs:ReceiveMessage", Resource = aws_sqs_queue.q[each.key].arn }]
  })
}
