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

# What this stack puts out is known only after apply.
resource "aws_cloudformation_stack" "partner" {
  name         = "partner"
  template_url = "https://example.s3.amazonaws.com/partner.yaml"
}

resource "aws_sqs_queue" "fires" {
  name = "fires"
}
resource "aws_sqs_queue_policy" "fires" {
  queue_url = aws_sqs_queue.fires.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = ["sqs:SendMessage", "sqs:ReceiveMessage"]
      Resource  = aws_sqs_queue.fires.arn
      Condition = {
        StringEquals = {
          "aws:PrincipalOrgID" = "o-zz99yy88xx"
        }
      }
    }]
  })
}

resource "aws_sqs_queue" "fires_inline" {
  name = "fires-inline"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = ["sqs:SendMessage", "sqs:ReceiveMessage"]
      Resource  = "*"
      Condition = {
        StringEquals = {
          "aws:PrincipalOrgID" = "o-zz99yy88xx"
        }
      }
    }]
  })
}

resource "aws_sqs_queue" "near_miss" {
  name = "near-miss"
}
resource "aws_sqs_queue_policy" "near_miss" {
  queue_url = aws_sqs_queue.near_miss.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = ["sqs:SendMessage", "sqs:ReceiveMessage"]
      Resource = "*"
      }, {
      Effect = "Deny"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = "sqs:*"
      Resource = "*"
    }]
  })
}

resource "aws_sqs_queue" "near_miss_inline" {
  name = "near-miss-inline"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = ["sqs:SendMessage", "sqs:ReceiveMessage"]
      Resource = "*"
      }, {
      Effect = "Deny"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = "sqs:*"
      Resource = "*"
    }]
  })
}

resource "aws_sqs_queue" "unknown" {
  name = "unknown"
}
resource "aws_sqs_queue_policy" "unknown" {
  queue_url = aws_sqs_queue.unknown.id
  policy    = aws_cloudformation_stack.partner.outputs["Policy"]
}

resource "aws_sqs_queue" "unknown_inline" {
  name   = "unknown-inline"
  policy = aws_cloudformation_stack.partner.outputs["Policy"]
}

resource "aws_sqs_queue" "change" {
  name = "change"
}
resource "aws_sqs_queue_policy" "change" {
  queue_url = aws_sqs_queue.change.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = "sqs:SendMessage"
      Resource = "*"
      }, {
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = "sqs:ReceiveMessage"
      Resource = "*"
      }, {
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::666677778888:root"
      }
      Action   = "sqs:SendMessage"
      Resource = "*"
    }]
  })
}

resource "aws_sqs_queue" "change_inline" {
  name = "change-inline"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = "sqs:SendMessage"
      Resource = "*"
      }, {
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = "sqs:ReceiveMessage"
      Resource = "*"
      }, {
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::666677778888:root"
      }
      Action   = "sqs:SendMessage"
      Resource = "*"
    }]
  })
}
