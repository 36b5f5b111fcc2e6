// 󰀀 mark �
resource "aws_sqs_queue" "󰀀" {
 name = "󰀁\u0000"
}
