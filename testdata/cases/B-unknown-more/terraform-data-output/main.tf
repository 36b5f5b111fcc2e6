resource "terraform_data" "partner" {
  input = { account = "999988887777", topic = aws_sns_topic.t.arn }
}

resource "aws_sns_topic" "t" {
  name = "t"
}

resource "aws_sns_topic_policy" "t" {
  arn = aws_sns_topic.t.arn
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { AWS = terraform_data.partner.output.account }, Action = "sns:Subscribe", Resource = terraform_data.partner.output.topic }]
  })
}
