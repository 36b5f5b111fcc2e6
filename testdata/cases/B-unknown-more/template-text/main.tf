variable "template" {
  type    = string
  default = <<-EOT
    {"Version": "2012-10-17", "Statement": [
    %%{ for account in accounts ~}
    {"Effect": "Allow", "Principal": {"AWS": "$${account}"}, "Action": "sqs:SendMessage", "Resource": "$${arn}"},
    %%{ endfor ~}
    {"Effect": "Deny", "Principal": "*", "Action": "sqs:DeleteQueue", "Resource": "$${arn}"}]}
  EOT
}

resource "aws_sqs_queue" "q" {
  name = "templated"
}

resource "aws_sqs_queue_policy" "q" {
  queue_url = aws_sqs_queue.q.id
  policy    = templatestring(var.template, { arn = aws_sqs_queue.q.arn, accounts = ["999988887777", "111122223333"] })
}
