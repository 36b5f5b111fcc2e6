locals {
  a = try(regexall("(?P<x>[a-z]+)-(\\d*)", "ab-12"), null)
  b = merge({ x = 1 }, { for i in range(3) : "k${i}" => setproduct([i], [true, "z"]) }...)
  c = cidrsubnets("10.0.0.0/8", 8, 4)
  d = yamldecode("a: &x [1, 2]\nb: *x\n")
  e = templatestring(local.f, { y = [1, null, "é"] })
  f = "%{ for i in y }${i == null ? "-" : i}%{ endfor }"
  g = provider::aws::arn_parse("arn:aws:sqs:us-east-1:111122223333:q").account_id
  h = coalescelist([], [format("%-5s|%05.1f|%x|%v", "ab", 2.25, 255, [1])])
}
resource "aws_kms_key" "k" {
  description = jsonencode([local.a, local.b, local.c, local.d, local.e, local.g, local.h])
  policy      = file("main.tf")
}
