locals {
 a = local.b
 b = [local.a, local.b[0].c["d"]]
}
resource "aws_sns_topic" "t" {
 count = local.a
 policy = aws_sns_topic.t[count.index].policy
}
