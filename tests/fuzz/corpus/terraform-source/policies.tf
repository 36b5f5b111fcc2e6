variable "partners" {
  type    = map(object({ account = string, role = optional(string, "root") }))
  default = { "a.b" = { account = "999988887777" } }
}
locals {
  ids = [for k, v in var.partners : v.account if v.account != ""]
}
resource "aws_sqs_queue" "q" {
  for_each = var.partners
  name     = "q-${each.key}"
  policy   = jsonencode({ Statement = [{ Effect = "Allow", Principal = { AWS = local.ids[*] }, Action = "sqs:*", Resource = aws_sns_topic.t[0].arn }] })
}
resource "aws_sns_topic" "t" {
  count  = length(local.ids)
  policy = <<-EOT
    {"Statement": [%{ for i, id in local.ids ~}{"Principal": "${id}"}%{ if i < 2 },%{ endif }%{ endfor ~}]}
  EOT
}
