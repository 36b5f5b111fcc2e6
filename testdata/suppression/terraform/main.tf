terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

provider "aws" {
  region                      = "us-east-1"
  access_key                  = "mock"
  secret_key                  = "mock"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

# Two statements; one of them is accepted.
resource "aws_sqs_queue" "orders" {
  name = "orders"
}

resource "aws_sqs_queue_policy" "orders" {
  queue_url = aws_sqs_queue.orders.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      # preview: ignore[PV002] the partner sends orders -- until=2027-01-31
      {
        Sid       = "Partner"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::999999999999:root" }
        Action    = "sqs:SendMessage"
        Resource  = "arn:aws:sqs:us-east-1:111122223333:orders"
      },
      {
        Sid       = "Auditor"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::888888888888:root" }
        Action    = "sqs:GetQueueAttributes"
        Resource  = "arn:aws:sqs:us-east-1:111122223333:orders"
      },
    ]
  })
}

# preview: ignore[PV001] news are for everybody
resource "aws_sns_topic" "news" {
  name = "news"
}

resource "aws_sns_topic_policy" "news" {
  arn = aws_sns_topic.news.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "sns:Subscribe"
      Resource  = "arn:aws:sns:us-east-1:111122223333:news"
    }]
  })
}

data "aws_iam_policy_document" "events" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = ["arn:aws:sqs:us-east-1:111122223333:events"]
    principals {
      type        = "AWS"
      identifiers = ["777777777777"] # preview: ignore[PV002] the shop of the other brand
    }
  }
}

resource "aws_sqs_queue" "events" {
  name   = "events"
  policy = data.aws_iam_policy_document.events.json
}

module "shared" {
  # preview: ignore[PV002] every shared queue is read by the platform team
  source   = "./modules/queue"
  for_each = toset(["a", "b"])
  name     = each.key
}

# preview: ignore[PV002] a whole heredoc -- until=2026-01-31
resource "aws_sqs_queue" "old" {
  name   = "old"
  policy = <<-JSON
    {
      "Version": "2012-10-17",
      "Statement": {
        "Sid": "Text",
        "Effect": "Allow",
        "Principal": {"AWS": "666666666666"},
        "Action": "sqs:ReceiveMessage",
        "Resource": "arn:aws:sqs:us-east-1:111122223333:old"
      }
    }
  JSON
}

resource "aws_sqs_queue" "texts" {
  name   = "texts"
  tags = {
    Note = "# preview: ignore[PV002] a text is no comment"
    More = <<-TEXT
      # preview: ignore[PV002] neither is a line of a heredoc
    TEXT
  }
  policy = <<-JSON
    {
      "Version": "2012-10-17",
      "Id": "texts",
      "Statement": {
        "Effect": "Allow",
        "Principal": {"AWS": "555555555555"},
        "Action": "sqs:ReceiveMessage",
        "Resource": "arn:aws:sqs:us-east-1:111122223333:texts"
      }
    }
  JSON
}

# preview: ignore[PV002]
resource "aws_sqs_queue" "bare" {
  name = "bare"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { AWS = "444444444444" }, Action = "sqs:SendMessage", Resource = "arn:aws:sqs:us-east-1:111122223333:bare" }]
  })
}

# preview: ignore[PV001] the wrong code
resource "aws_sqs_queue" "wrong" {
  name = "wrong"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { AWS = "333333333333" }, Action = "sqs:SendMessage", Resource = "arn:aws:sqs:us-east-1:111122223333:wrong" }]
  })
}

# preview: ignore[PV002] nobody else gets in here
resource "aws_sqs_queue" "closed" {
  name = "closed"
}
