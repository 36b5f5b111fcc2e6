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

resource "aws_s3control_object_lambda_access_point" "change" {
  name = "change"
  configuration {
    supporting_access_point = "arn:aws:s3:us-east-1:111122223333:accesspoint/plain"
    transformation_configuration {
      actions = ["GetObject"]
      content_transformation {
        aws_lambda {
          function_arn = "arn:aws:lambda:us-east-1:111122223333:function:redact"
        }
      }
    }
  }
}
resource "aws_s3control_object_lambda_access_point_policy" "change" {
  name = aws_s3control_object_lambda_access_point.change.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = ["arn:aws:iam::999988887777:root", "arn:aws:iam::666677778888:root"]
      }
      Action   = ["s3-object-lambda:GetObject", "s3-object-lambda:ListBucket"]
      Resource = "*"
    }]
  })
}
