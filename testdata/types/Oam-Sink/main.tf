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

resource "aws_oam_sink" "fires" {
  name = "fires"
}
resource "aws_oam_sink_policy" "fires" {
  sink_identifier = aws_oam_sink.fires.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = ["arn:aws:iam::999988887777:root", "arn:aws:iam::666677778888:root"]
      }
      Action   = ["oam:CreateLink", "oam:UpdateLink"]
      Resource = "*"
      }, {
      Effect = "Deny"
      Principal = {
        AWS = "arn:aws:iam::666677778888:root"
      }
      Action   = ["oam:CreateLink", "oam:UpdateLink"]
      Resource = "*"
    }]
  })
}

resource "aws_oam_sink" "near_miss" {
  name = "near-miss"
}
resource "aws_oam_sink_policy" "near_miss" {
  sink_identifier = aws_oam_sink.near_miss.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = ["oam:CreateLink", "oam:UpdateLink"]
      Resource = "*"
      }, {
      Effect = "Deny"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = "oam:*"
      Resource = "*"
    }]
  })
}

resource "aws_oam_sink" "unknown" {
  name = "unknown"
}
resource "aws_oam_sink_policy" "unknown" {
  sink_identifier = aws_oam_sink.unknown.arn
  policy          = aws_cloudformation_stack.partner.outputs["Policy"]
}

resource "aws_oam_sink" "change" {
  name = "change"
}
resource "aws_oam_sink_policy" "change" {
  sink_identifier = aws_oam_sink.change.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = "oam:CreateLink"
      Resource = "*"
      }, {
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = "oam:UpdateLink"
      Resource = "*"
      }, {
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::666677778888:root"
      }
      Action   = "oam:CreateLink"
      Resource = "*"
    }]
  })
}
