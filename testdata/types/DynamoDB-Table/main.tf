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

resource "aws_dynamodb_table" "fires" {
  name         = "fires"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
}
resource "aws_dynamodb_resource_policy" "fires" {
  resource_arn = aws_dynamodb_table.fires.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = ["999988887777", "arn:aws:iam::111122223333:root"]
      }
      Action   = ["dynamodb:GetItem", "dynamodb:PutItem"]
      Resource = aws_dynamodb_table.fires.arn
    }]
  })
}

resource "aws_dynamodb_table" "near_miss" {
  name         = "near-miss"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
}
resource "aws_dynamodb_resource_policy" "near_miss" {
  resource_arn = aws_dynamodb_table.near_miss.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = ["dynamodb:GetItem", "dynamodb:PutItem"]
      Resource  = "*"
      Condition = {
        ArnLike = {
          "aws:PrincipalArn" = "arn:aws:iam::111122223333:role/*"
        }
      }
    }]
  })
}

resource "aws_dynamodb_table" "unknown" {
  name         = "unknown"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
}
resource "aws_dynamodb_resource_policy" "unknown" {
  resource_arn = aws_dynamodb_table.unknown.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = aws_cloudformation_stack.partner.outputs["Principal"]
      }
      Action   = ["dynamodb:GetItem", "dynamodb:PutItem"]
      Resource = "*"
    }]
  })
}

resource "aws_dynamodb_table" "change" {
  name         = "change"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
}
resource "aws_dynamodb_resource_policy" "change" {
  resource_arn = aws_dynamodb_table.change.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = ["arn:aws:iam::666677778888:root", "arn:aws:iam::444455556666:root"]
      }
      Action   = ["dynamodb:GetItem", "dynamodb:PutItem"]
      Resource = "*"
    }]
  })
}
