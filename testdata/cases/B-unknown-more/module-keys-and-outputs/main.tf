locals {
  partners = {
    "a.b"  = { account = "999988887777" }
    "c\"d" = { account = "666677778888", role = "reader" }
    "e[0]" = { account = "111122223333" }
  }
}

module "share" {
  source   = "./share"
  for_each = local.partners
  partner  = each.value
  topic    = aws_sns_topic.t[each.key].arn
}

resource "aws_sns_topic" "t" {
  for_each = local.partners
  name     = "t-${each.value.account}"
}

resource "aws_sns_topic_policy" "t" {
  for_each = local.partners
  arn      = aws_sns_topic.t[each.key].arn
  policy   = module.share[each.key].document
}
