#include "preview/report/words.h"

#include <gtest/gtest.h>

#include "tests/preview/report/sample.h"

namespace preview::report {
namespace {

TEST(Words, NameWhoAPrincipalIs) {
  struct Case {
    model::Principal principal;
    std::string_view want;
  };
  const Case cases[] = {
      {{"AWS", "*"}, "everybody"},
      {{"AWS", "999999999999"}, "account 999999999999"},
      {{"AWS", "arn:aws:iam::999999999999:role/path/app"},
       "the role `arn:aws:iam::999999999999:role/path/app`"},
      {{"AWS", "arn:aws:iam::999999999999:user/bob"},
       "the user `arn:aws:iam::999999999999:user/bob`"},
      {{"Federated", "accounts.google.com"}, "identities federated by `accounts.google.com`"},
      {{"CanonicalUser", "http://acs.amazonaws.com/groups/global/AllUsers"}, "everybody"},
      {{"CanonicalUser", "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"},
       "everybody with an AWS account"},
      {{"CanonicalUser", "abc"}, "the canonical user `abc`"},
  };
  for (const Case& one : cases) EXPECT_EQ(Who(one.principal), one.want);
}

TEST(Words, OrderActionsByLevel) {
  const Levels levels =
      ByLevel("AWS::SQS::Queue", {"sqs:GetQueueUrl", "sqs:SendMessage", "sqs:Unheard"});
  ASSERT_EQ(levels.size(), 2U);
  EXPECT_EQ(levels[0].first, "Read");
  EXPECT_EQ(levels[0].second, std::vector<std::string_view>{"sqs:GetQueueUrl"});
  EXPECT_EQ(levels[1].first, "Write");
  EXPECT_TRUE(ByLevel("AWS::No::Type", {"a:B"}).empty());
}

TEST(Words, TellWhatAFindingDoes) {
  model::Finding finding = PartnerFinding();
  EXPECT_EQ(
      Headline(finding),
      "account 999999999999 can call sqs:SendMessage on SQS queue `module.a.aws_sqs_queue.orders`");
  finding.status = model::Status::kResolved;
  EXPECT_EQ(Headline(finding),
            "account 999999999999 can no longer call sqs:SendMessage on SQS queue "
            "`module.a.aws_sqs_queue.orders`");
  finding.status = model::Status::kActive;
  finding.resource_address.clear();
  finding.new_actions =
      finding.actions = {"sqs:DeleteMessage", "sqs:ReceiveMessage", "sqs:SendMessage"};
  EXPECT_EQ(Headline(finding),
            "account 999999999999 can call sqs:DeleteMessage and 2 more actions on SQS queue "
            "`arn:aws:sqs:us-east-1:111122223333:orders`");
}

TEST(Presentable, HidesTheLongerSecretWhole) {
  model::Finding finding = PartnerFinding();
  finding.sensitive = true;
  finding.assumptions = {"arn:aws:iam::999999999999:role/x exists"};
  EXPECT_EQ(Presentable(finding).assumptions[0], "⟨sensitive⟩ exists");
}

}  // namespace
}  // namespace preview::report
