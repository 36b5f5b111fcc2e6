resource "aws_cloudformation_stack" "s" {
  name          = "sources"
  template_body = "{}"
}

resource "aws_eip" "e" {
  domain = "vpc"
}

resource "aws_sqs_queue" "arn" {
  name = "arn"
}

resource "aws_sqs_queue_policy" "arn" {
  queue_url = aws_sqs_queue.arn.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.arn.arn
      Condition = { ArnLike = { "aws:SourceArn" = "${aws_cloudformation_stack.s.outputs["Arn"]}/*" } }
    }]
  })
}

resource "aws_sqs_queue" "address" {
  name = "address"
}

resource "aws_sqs_queue_policy" "address" {
  queue_url = aws_sqs_queue.address.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.address.arn
      Condition = { IpAddress = { "aws:SourceIp" = "${aws_eip.e.public_ip}/32" } }
    }]
  })
}

resource "aws_sqs_queue" "service" {
  name = "service"
}

resource "aws_sqs_queue_policy" "service" {
  queue_url = aws_sqs_queue.service.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "sns.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.service.arn
      Condition = { ArnLike = { "aws:SourceArn" = "${aws_cloudformation_stack.s.outputs["Arn"]}/*" } }
    }]
  })
}
