variable "topic" {
  type = string
}

variable "partner" {
  type = object({ account = string, role = optional(string) })
}

locals {
  principal = var.partner.role == null ? "root" : "role/${var.partner.role}"
}

data "aws_iam_policy_document" "d" {
  count = var.partner.account == "" ? 0 : 1
  statement {
    actions   = ["sns:Publish"]
    resources = [var.topic]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${var.partner.account}:${local.principal}"]
    }
  }
}

output "document" {
  value = one(data.aws_iam_policy_document.d[*].json)
}
