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

resource "aws_ebs_snapshot" "fires" {
  volume_id = "vol-0a1b2c3d4e5f60718"
}
resource "aws_snapshot_create_volume_permission" "fires" {
  snapshot_id = aws_ebs_snapshot.fires.id
  account_id  = "999988887777"
}

resource "aws_dlm_lifecycle_policy" "fires_lifecycle" {
  description        = "fires-lifecycle"
  execution_role_arn = "arn:aws:iam::111122223333:role/lifecycle"
  policy_details {
    resource_types = ["VOLUME"]
    target_tags    = { backup = "fires_lifecycle" }
    schedule {
      name = "daily"
      create_rule {
        interval = 24
      }
      retain_rule {
        count = 7
      }
      share_rule {
        target_accounts = ["999988887777"]
      }
    }
  }
}

resource "aws_ebs_snapshot" "near_miss" {
  volume_id = "vol-0a1b2c3d4e5f60718"
}
resource "aws_snapshot_create_volume_permission" "near_miss" {
  snapshot_id = aws_ebs_snapshot.near_miss.id
  account_id  = "111122223333"
}

resource "aws_dlm_lifecycle_policy" "near_miss_lifecycle" {
  description        = "near-miss-lifecycle"
  execution_role_arn = "arn:aws:iam::111122223333:role/lifecycle"
  policy_details {
    resource_types = ["VOLUME"]
    target_tags    = { backup = "near_miss_lifecycle" }
    schedule {
      name = "daily"
      create_rule {
        interval = 24
      }
      retain_rule {
        count = 7
      }
      share_rule {
        target_accounts = ["111122223333"]
      }
    }
  }
}

resource "aws_ebs_snapshot" "unknown" {
  volume_id = "vol-0a1b2c3d4e5f60718"
}
resource "aws_snapshot_create_volume_permission" "unknown" {
  snapshot_id = aws_ebs_snapshot.unknown.id
  account_id  = aws_cloudformation_stack.partner.outputs["Principal"]
}

resource "aws_dlm_lifecycle_policy" "unknown_lifecycle" {
  description        = "unknown-lifecycle"
  execution_role_arn = "arn:aws:iam::111122223333:role/lifecycle"
  policy_details {
    resource_types = ["VOLUME"]
    target_tags    = { backup = "unknown_lifecycle" }
    schedule {
      name = "daily"
      create_rule {
        interval = 24
      }
      retain_rule {
        count = 7
      }
      share_rule {
        target_accounts = [aws_cloudformation_stack.partner.outputs["Principal"]]
      }
    }
  }
}

resource "aws_ebs_snapshot" "change" {
  volume_id = "vol-0a1b2c3d4e5f60718"
}
resource "aws_snapshot_create_volume_permission" "change" {
  snapshot_id = aws_ebs_snapshot.change.id
  account_id  = "999988887777"
}

resource "aws_dlm_lifecycle_policy" "change_lifecycle" {
  description        = "change-lifecycle"
  execution_role_arn = "arn:aws:iam::111122223333:role/lifecycle"
  policy_details {
    resource_types = ["VOLUME"]
    target_tags    = { backup = "change_lifecycle" }
    schedule {
      name = "daily"
      create_rule {
        interval = 24
      }
      retain_rule {
        count = 7
      }
      share_rule {
        target_accounts = ["999988887777"]
      }
    }
  }
}

resource "aws_ebs_snapshot" "change_ended" {
  volume_id = "vol-0a1b2c3d4e5f60718"
}

resource "aws_dlm_lifecycle_policy" "change_ended_lifecycle" {
  description        = "change-ended-lifecycle"
  execution_role_arn = "arn:aws:iam::111122223333:role/lifecycle"
  policy_details {
    resource_types = ["VOLUME"]
    target_tags    = { backup = "change_ended_lifecycle" }
    schedule {
      name = "daily"
      create_rule {
        interval = 24
      }
      retain_rule {
        count = 7
      }
    }
  }
}
