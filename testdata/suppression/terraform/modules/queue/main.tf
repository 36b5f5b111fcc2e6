variable "name" {
  type = string
}

resource "aws_sqs_queue" "this" {
  name = var.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::222222222222:root" }
      Action    = "sqs:ReceiveMessage"
      Resource  = "arn:aws:sqs:us-east-1:111122223333:${var.name}"
    }]
  })
}
