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

resource "aws_ses_domain_identity" "fires" {
  domain = "fires.example.com"
}
resource "aws_ses_identity_policy" "fires" {
  identity = aws_ses_domain_identity.fires.arn
  name     = "given"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = ["ses:SendEmail", "ses:SendRawEmail"]
      Resource = aws_ses_domain_identity.fires.arn
    }]
  })
}

resource "aws_ses_email_identity" "fires_email" {
  email = "fires-emailfires_emailexample.com"
}
resource "aws_ses_identity_policy" "fires_email" {
  identity = aws_ses_email_identity.fires_email.email
  name     = "given"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = ["ses:SendEmail", "ses:SendRawEmail"]
      Resource = aws_ses_email_identity.fires_email.arn
    }]
  })
}

resource "aws_sesv2_email_identity" "fires_second" {
  email_identity = "fires-second.example.com"
}
resource "aws_sesv2_email_identity_policy" "fires_second" {
  email_identity = aws_sesv2_email_identity.fires_second.email_identity
  policy_name    = "given"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = ["ses:SendEmail", "ses:SendRawEmail"]
      Resource = aws_sesv2_email_identity.fires_second.arn
    }]
  })
}

resource "aws_ses_domain_identity" "near_miss" {
  domain = "near-miss.example.com"
}
resource "aws_ses_identity_policy" "near_miss" {
  identity = aws_ses_domain_identity.near_miss.arn
  name     = "given"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = ["ses:SendEmail", "ses:SendRawEmail"]
      Resource  = "*"
      Condition = {
        StringEquals = {
          "aws:PrincipalAccount" = "111122223333"
        }
      }
    }]
  })
}

resource "aws_ses_email_identity" "near_miss_email" {
  email = "near-miss-emailnear_miss_emailexample.com"
}
resource "aws_ses_identity_policy" "near_miss_email" {
  identity = aws_ses_email_identity.near_miss_email.email
  name     = "given"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = ["ses:SendEmail", "ses:SendRawEmail"]
      Resource  = "*"
      Condition = {
        StringEquals = {
          "aws:PrincipalAccount" = "111122223333"
        }
      }
    }]
  })
}

resource "aws_sesv2_email_identity" "near_miss_second" {
  email_identity = "near-miss-second.example.com"
}
resource "aws_sesv2_email_identity_policy" "near_miss_second" {
  email_identity = aws_sesv2_email_identity.near_miss_second.email_identity
  policy_name    = "given"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = ["ses:SendEmail", "ses:SendRawEmail"]
      Resource  = "*"
      Condition = {
        StringEquals = {
          "aws:PrincipalAccount" = "111122223333"
        }
      }
    }]
  })
}

resource "aws_ses_domain_identity" "unknown" {
  domain = "unknown.example.com"
}
resource "aws_ses_identity_policy" "unknown" {
  identity = aws_ses_domain_identity.unknown.arn
  name     = "given"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = aws_cloudformation_stack.partner.outputs["Principal"]
      }
      Action   = ["ses:SendEmail", "ses:SendRawEmail"]
      Resource = "*"
    }]
  })
}

resource "aws_ses_email_identity" "unknown_email" {
  email = "unknown-emailunknown_emailexample.com"
}
resource "aws_ses_identity_policy" "unknown_email" {
  identity = aws_ses_email_identity.unknown_email.email
  name     = "given"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = aws_cloudformation_stack.partner.outputs["Principal"]
      }
      Action   = ["ses:SendEmail", "ses:SendRawEmail"]
      Resource = "*"
    }]
  })
}

resource "aws_sesv2_email_identity" "unknown_second" {
  email_identity = "unknown-second.example.com"
}
resource "aws_sesv2_email_identity_policy" "unknown_second" {
  email_identity = aws_sesv2_email_identity.unknown_second.email_identity
  policy_name    = "given"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = aws_cloudformation_stack.partner.outputs["Principal"]
      }
      Action   = ["ses:SendEmail", "ses:SendRawEmail"]
      Resource = "*"
    }]
  })
}

resource "aws_ses_domain_identity" "change" {
  domain = "change.example.com"
}
resource "aws_ses_identity_policy" "change" {
  identity = aws_ses_domain_identity.change.arn
  name     = "given"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = ["arn:aws:iam::999988887777:root", "arn:aws:iam::666677778888:root"]
      }
      Action   = ["ses:SendEmail", "ses:SendRawEmail"]
      Resource = "*"
    }]
  })
}

resource "aws_ses_email_identity" "change_email" {
  email = "change-emailchange_emailexample.com"
}
resource "aws_ses_identity_policy" "change_email" {
  identity = aws_ses_email_identity.change_email.email
  name     = "given"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = ["arn:aws:iam::999988887777:root", "arn:aws:iam::666677778888:root"]
      }
      Action   = ["ses:SendEmail", "ses:SendRawEmail"]
      Resource = "*"
    }]
  })
}

resource "aws_sesv2_email_identity" "change_second" {
  email_identity = "change-second.example.com"
}
resource "aws_sesv2_email_identity_policy" "change_second" {
  email_identity = aws_sesv2_email_identity.change_second.email_identity
  policy_name    = "given"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = ["arn:aws:iam::999988887777:root", "arn:aws:iam::666677778888:root"]
      }
      Action   = ["ses:SendEmail", "ses:SendRawEmail"]
      Resource = "*"
    }]
  })
}
