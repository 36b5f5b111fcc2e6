resource "aws_sqs_queue" "q" {
  policy = "${"${"${[for a in [[[1]]] : !!-(a ? 1 : 2)]}"}"}"
  name = ((((({ a = [1, { b = 2 }] })))))
