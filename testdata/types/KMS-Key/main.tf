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

resource "aws_kms_key" "fires" {
  description = "fires"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = ["999988887777", "arn:aws:iam::111122223333:root"]
      }
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = "*"
    }]
  })
}

resource "aws_kms_key" "fires_policy" {
  description = "fires-policy"
}
resource "aws_kms_key_policy" "fires_policy" {
  key_id = aws_kms_key.fires_policy.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = ["999988887777", "arn:aws:iam::111122223333:root"]
      }
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = "*"
    }]
  })
}

resource "aws_kms_external_key" "fires_external" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = ["999988887777", "arn:aws:iam::111122223333:root"]
      }
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = "*"
    }]
  })
}

resource "aws_kms_replica_key" "fires_replica" {
  primary_key_arn = "arn:aws:kms:eu-west-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = ["999988887777", "arn:aws:iam::111122223333:root"]
      }
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = "*"
    }]
  })
}

resource "aws_kms_replica_external_key" "fires_replica_external" {
  primary_key_arn = "arn:aws:kms:eu-west-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = ["999988887777", "arn:aws:iam::111122223333:root"]
      }
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = "*"
    }]
  })
}

resource "aws_kms_key" "near_miss" {
  description = "near-miss"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = "*"
      }, {
      Effect    = "Deny"
      Principal = "*"
      Action    = ["kms:Decrypt", "kms:Encrypt"]
      Resource  = "*"
      Condition = {
        StringNotEquals = {
          "aws:PrincipalAccount" = "111122223333"
        }
      }
    }]
  })
}

resource "aws_kms_key" "near_miss_policy" {
  description = "near-miss-policy"
}
resource "aws_kms_key_policy" "near_miss_policy" {
  key_id = aws_kms_key.near_miss_policy.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = "*"
      }, {
      Effect    = "Deny"
      Principal = "*"
      Action    = ["kms:Decrypt", "kms:Encrypt"]
      Resource  = "*"
      Condition = {
        StringNotEquals = {
          "aws:PrincipalAccount" = "111122223333"
        }
      }
    }]
  })
}

resource "aws_kms_external_key" "near_miss_external" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = "*"
      }, {
      Effect    = "Deny"
      Principal = "*"
      Action    = ["kms:Decrypt", "kms:Encrypt"]
      Resource  = "*"
      Condition = {
        StringNotEquals = {
          "aws:PrincipalAccount" = "111122223333"
        }
      }
    }]
  })
}

resource "aws_kms_replica_key" "near_miss_replica" {
  primary_key_arn = "arn:aws:kms:eu-west-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = "*"
      }, {
      Effect    = "Deny"
      Principal = "*"
      Action    = ["kms:Decrypt", "kms:Encrypt"]
      Resource  = "*"
      Condition = {
        StringNotEquals = {
          "aws:PrincipalAccount" = "111122223333"
        }
      }
    }]
  })
}

resource "aws_kms_replica_external_key" "near_miss_replica_external" {
  primary_key_arn = "arn:aws:kms:eu-west-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = "arn:aws:iam::999988887777:root"
      }
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = "*"
      }, {
      Effect    = "Deny"
      Principal = "*"
      Action    = ["kms:Decrypt", "kms:Encrypt"]
      Resource  = "*"
      Condition = {
        StringNotEquals = {
          "aws:PrincipalAccount" = "111122223333"
        }
      }
    }]
  })
}

resource "aws_kms_key" "unknown" {
  description = "unknown"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = aws_cloudformation_stack.partner.outputs["Principal"]
      }
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = "*"
    }]
  })
}

resource "aws_kms_key" "unknown_policy" {
  description = "unknown-policy"
}
resource "aws_kms_key_policy" "unknown_policy" {
  key_id = aws_kms_key.unknown_policy.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = aws_cloudformation_stack.partner.outputs["Principal"]
      }
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = "*"
    }]
  })
}

resource "aws_kms_external_key" "unknown_external" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = aws_cloudformation_stack.partner.outputs["Principal"]
      }
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = "*"
    }]
  })
}

resource "aws_kms_replica_key" "unknown_replica" {
  primary_key_arn = "arn:aws:kms:eu-west-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = aws_cloudformation_stack.partner.outputs["Principal"]
      }
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = "*"
    }]
  })
}

resource "aws_kms_replica_external_key" "unknown_replica_external" {
  primary_key_arn = "arn:aws:kms:eu-west-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = aws_cloudformation_stack.partner.outputs["Principal"]
      }
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = "*"
    }]
  })
}

resource "aws_kms_key" "change" {
  description = "change"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = ["arn:aws:iam::999988887777:root", "arn:aws:iam::666677778888:root"]
      }
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = "*"
    }]
  })
}

resource "aws_kms_key" "change_policy" {
  description = "change-policy"
}
resource "aws_kms_key_policy" "change_policy" {
  key_id = aws_kms_key.change_policy.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = ["arn:aws:iam::999988887777:root", "arn:aws:iam::666677778888:root"]
      }
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = "*"
    }]
  })
}

resource "aws_kms_external_key" "change_external" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = ["arn:aws:iam::999988887777:root", "arn:aws:iam::666677778888:root"]
      }
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = "*"
    }]
  })
}

resource "aws_kms_replica_key" "change_replica" {
  primary_key_arn = "arn:aws:kms:eu-west-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = ["arn:aws:iam::999988887777:root", "arn:aws:iam::666677778888:root"]
      }
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = "*"
    }]
  })
}

resource "aws_kms_replica_external_key" "change_replica_external" {
  primary_key_arn = "arn:aws:kms:eu-west-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = {
        AWS = ["arn:aws:iam::999988887777:root", "arn:aws:iam::666677778888:root"]
      }
      Action   = ["kms:Decrypt", "kms:Encrypt"]
      Resource = "*"
    }]
  })
}
