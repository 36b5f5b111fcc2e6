// The catalogue with one data file more, tests/rules/data/made_up.yaml, and not a line of code
// more.
#include <gtest/gtest.h>

#include "rules/catalogue.h"

namespace preview::rules {
namespace {

using model::Language;

const model::Environment kHere = {
    .account = "111122223333", .region = "us-east-1", .partition = "aws"};

TEST(MadeUpType, IsFoundWithItsActionsAndForms) {
  const ResourceType* vault = FindResourceType("AWS::MadeUp::Vault");
  ASSERT_NE(vault, nullptr);
  EXPECT_EQ(vault->title, "made-up vault");
  ASSERT_EQ(vault->actions.size(), 2U);
  EXPECT_EQ(vault->actions[0].name, "madeup:OpenVault");
  EXPECT_EQ(vault->actions[1].level, AccessLevel::kRead);
  ASSERT_EQ(vault->forms.size(), 2U);
  EXPECT_EQ(vault->forms[1].suffix, "/item/*");
}

TEST(MadeUpType, IsBoundInBothLanguages) {
  const auto policy = FindBindings(Language::kTerraform, "aws_madeup_vault_policy");
  ASSERT_EQ(policy.size(), 1U);
  EXPECT_EQ(policy[0].role, BindingRole::kPolicy);
  EXPECT_EQ(policy[0].target, "vault_name");
  EXPECT_EQ(policy[0].policy, "document");
  EXPECT_EQ(FindBindings(Language::kTerraform, "aws_madeup_vault_share")[0].role,
            BindingRole::kShare);
  EXPECT_EQ(FindBindings(Language::kCloudFormation, "AWS::MadeUp::Vault")[0].policy, "Policy");
}

TEST(MadeUpType, HasFormsAndNames) {
  auto text = [](std::string_view) { return std::string("v"); };
  EXPECT_EQ(BuildAttribute(Language::kCloudFormation, "AWS::MadeUp::Vault", "Arn", kHere, text),
            "arn:aws:madeup:us-east-1:111122223333:vault/v");
  EXPECT_EQ(ArnFromName(*FindResourceType("AWS::MadeUp::Vault"), "vault://444455556666/v", kHere),
            "arn:aws:madeup:us-east-1:444455556666:vault/v");
  EXPECT_TRUE(FindConditionKey("MADEUP:Labels")->multivalued);
}

TEST(MadeUpType, StandsBesideTheRealOnes) {
  EXPECT_NE(FindResourceType("AWS::SQS::Queue"), nullptr);
  EXPECT_NE(FindConditionKey("aws:SourceIp"), nullptr);
}

}  // namespace
}  // namespace preview::rules
