resource "aws_ebs_volume" "plain" {
  availability_zone = "us-east-1a"
  size              = 8
  encrypted         = false
}

resource "aws_ebs_volume" "locked" {
  availability_zone = "us-east-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = aws_kms_key.data.arn
}

# A key that knows only its own account.
resource "aws_kms_key" "data" {
  description = "data"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Own"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::111122223333:root" }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })
}

resource "aws_ebs_snapshot" "plain" {
  volume_id = aws_ebs_volume.plain.id
}

resource "aws_ebs_snapshot" "locked" {
  volume_id = aws_ebs_volume.locked.id
}

resource "aws_snapshot_create_volume_permission" "plain" {
  snapshot_id = aws_ebs_snapshot.plain.id
  account_id  = "999988887777"
}

resource "aws_snapshot_create_volume_permission" "locked" {
  snapshot_id = aws_ebs_snapshot.locked.id
  account_id  = "999988887777"
}
