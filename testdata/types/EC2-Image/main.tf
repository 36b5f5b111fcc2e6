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

resource "aws_ami_copy" "fires" {
  name              = "fires"
  source_ami_id     = "ami-0a1b2c3d4e5f60718"
  source_ami_region = "us-east-1"
}
resource "aws_ami_launch_permission" "fires" {
  image_id   = aws_ami_copy.fires.id
  account_id = "999988887777"
}

resource "aws_imagebuilder_distribution_configuration" "fires_built" {
  name = "fires-built"
  distribution {
    region = "us-east-1"
    ami_distribution_configuration {
      name = "fires-built{{ imagebuilder:buildDate }}"
      launch_permission {
        user_ids = ["999988887777"]
      }
    }
  }
}

resource "aws_ami_copy" "near_miss" {
  name              = "near-miss"
  source_ami_id     = "ami-0a1b2c3d4e5f60718"
  source_ami_region = "us-east-1"
}
resource "aws_ami_launch_permission" "near_miss" {
  image_id   = aws_ami_copy.near_miss.id
  account_id = "111122223333"
}

resource "aws_imagebuilder_distribution_configuration" "near_miss_built" {
  name = "near-miss-built"
  distribution {
    region = "us-east-1"
    ami_distribution_configuration {
      name = "near-miss-built{{ imagebuilder:buildDate }}"
      launch_permission {
        user_ids = ["111122223333"]
      }
    }
  }
}

resource "aws_ami_copy" "unknown" {
  name              = "unknown"
  source_ami_id     = "ami-0a1b2c3d4e5f60718"
  source_ami_region = "us-east-1"
}
resource "aws_ami_launch_permission" "unknown" {
  image_id   = aws_ami_copy.unknown.id
  account_id = aws_cloudformation_stack.partner.outputs["Principal"]
}

resource "aws_imagebuilder_distribution_configuration" "unknown_built" {
  name = "unknown-built"
  distribution {
    region = "us-east-1"
    ami_distribution_configuration {
      name = "unknown-built{{ imagebuilder:buildDate }}"
      launch_permission {
        user_ids = [aws_cloudformation_stack.partner.outputs["Principal"]]
      }
    }
  }
}

resource "aws_ami_copy" "change" {
  name              = "change"
  source_ami_id     = "ami-0a1b2c3d4e5f60718"
  source_ami_region = "us-east-1"
}
resource "aws_ami_launch_permission" "change" {
  image_id   = aws_ami_copy.change.id
  account_id = "999988887777"
}

resource "aws_imagebuilder_distribution_configuration" "change_built" {
  name = "change-built"
  distribution {
    region = "us-east-1"
    ami_distribution_configuration {
      name = "change-built{{ imagebuilder:buildDate }}"
      launch_permission {
        user_ids = ["999988887777"]
      }
    }
  }
}

resource "aws_ami_copy" "change_ended" {
  name              = "change-ended"
  source_ami_id     = "ami-0a1b2c3d4e5f60718"
  source_ami_region = "us-east-1"
}
