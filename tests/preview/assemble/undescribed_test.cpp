// The safety net for types that nobody described.
#include <gtest/gtest.h>

#include "tests/preview/assemble/fixture.h"

namespace preview::assemble::testing {
namespace {

TEST(Undescribed, PolicyWithAPrincipalIsAnalysedAndMarked) {
  Plan plan;
  plan.After("aws_newservice_vault.v",
             R"({"arn":"arn:aws:newservice:us-east-1:111122223333:vault/v","resource_policy":)" +
                 QuotedPolicy("*", "newservice:Get") + "}");
  const Assembled assembled = plan.Run();
  ASSERT_EQ(assembled.after.configurations.size(), 1U);
  const model::Configuration& vault = assembled.after.configurations[0];
  EXPECT_TRUE(vault.generic);
  EXPECT_EQ(vault.resource_type, "aws_newservice_vault");
  EXPECT_EQ(vault.arn, "arn:aws:newservice:us-east-1:111122223333:vault/v");
  ASSERT_EQ(vault.policies.size(), 1U);
  EXPECT_EQ(vault.policies[0].attribute, "resource_policy");
}

TEST(Undescribed, NestedPolicyOfATemplate) {
  Plan plan(model::Language::kCloudFormation);
  plan.After(
      "V",
      R"({"ResourcePolicy":{"PolicyDocument":{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*"}]}}})",
      "AWS::NewService::Vault");
  const Assembled assembled = plan.Run();
  ASSERT_EQ(assembled.after.configurations.size(), 1U);
  EXPECT_EQ(assembled.after.configurations[0].policies.at(0).attribute,
            "ResourcePolicy.PolicyDocument");
}

TEST(Undescribed, UnknownPolicyIsKeptAsUnknown) {
  Plan plan;
  plan.After("aws_newservice_vault.v", R"({"policy":"??"})");
  EXPECT_TRUE(plan.Run().after.configurations.at(0).policies.at(0).document.is_unknown());
}

struct QuietCase {
  const char* name;
  const char* address;
  const char* attributes;
};

class Quiet : public ::testing::TestWithParam<QuietCase> {};

TEST_P(Quiet, IsNoPolicyOfAResource) {
  Plan plan;
  plan.After(GetParam().address, GetParam().attributes);
  EXPECT_TRUE(plan.Run().after.configurations.empty());
}

constexpr const char* kOpen =
    R"({"policy":"{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"*\"}]}"})";

INSTANTIATE_TEST_SUITE_P(
    Types, Quiet,
    ::testing::Values(
        QuietCase{"NoPrincipal", "aws_newservice_vault.v",
                  R"({"policy":"{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\"}]}"})"},
        QuietCase{"NotAPolicy", "aws_newservice_vault.v",
                  R"({"policy":"round-robin","retention_policy":[{"days":3}]})"},
        QuietCase{
            "AnotherName", "aws_newservice_vault.v",
            R"({"content":"{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"*\"}]}"})"},
        QuietCase{"EndpointPolicyNarrows", "aws_vpc_endpoint.e", kOpen},
        QuietCase{"ControlPolicyNarrows", "aws_organizations_policy.p", kOpen},
        QuietCase{"NotAws", "minio_s3_bucket.b", kOpen}),
    [](const auto& one) { return std::string(one.param.name); });

}  // namespace
}  // namespace preview::assemble::testing
