resource aws_sqs_queue q { policy = <<A
${x
A
}
/* 
