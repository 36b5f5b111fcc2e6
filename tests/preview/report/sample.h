// Hand-made findings for the tests of the reports.
#pragma once

#include "preview/report/report.h"

namespace preview::report {

// A partner account may send to a queue from one VPC.
inline model::Finding PartnerFinding() {
  model::Finding finding;
  finding.id = "0123456789abcdef";
  finding.input = "plan.json";
  finding.resource = "arn:aws:sqs:us-east-1:111122223333:orders";
  finding.resource_address = "module.a.aws_sqs_queue.orders";
  finding.resource_type = "AWS::SQS::Queue";
  finding.resource_owner_account = "111122223333";
  finding.principal = {"AWS", "999999999999"};
  finding.actions = {"sqs:SendMessage"};
  finding.new_actions = {"sqs:SendMessage"};
  finding.conditions = {{"aws:SourceVpc", "vpc-1"}};
  model::FindingSource source;
  source.statement = 0;
  source.sid = "Partner";
  finding.sources = {source};
  finding.witness = model::Witness{{"AWS", "arn:aws:iam::999999999999:role/x"},
                                   "sqs:SendMessage",
                                   "arn:aws:sqs:us-east-1:111122223333:orders",
                                   {{"aws:SourceVpc", {"vpc-1"}}}};
  return finding;
}

}  // namespace preview::report
