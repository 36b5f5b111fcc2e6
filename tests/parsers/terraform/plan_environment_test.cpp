// Account, region, partition and organization that a plan itself names.

#include <gtest/gtest.h>

#include <string>

#include "tests/parsers/terraform/plan_test_support.h"

namespace preview::terraform {
namespace {

const std::string kNewQueue = ChangeOf(
    "aws_sqs_queue.q",
    R"("actions":["create"],"before":null,"after":{"name":"q"},"after_unknown":{"arn":true})");

std::string ExistingQueue(const std::string& name, const std::string& account) {
  std::string queue =
      R"({"name":")" + name + R"(","arn":"arn:aws:sqs:us-east-1:)" + account + ":" + name + R"("})";
  return ChangeOf("aws_sqs_queue." + name,
                  R"("actions":["no-op"],"before":)" + queue + R"(,"after":)" + queue);
}

std::string DataSources(const std::string& resources) {
  return R"(,"prior_state":{"values":{"root_module":{"resources":[)" + resources + "]}}}";
}

std::string DataSource(const std::string& type, const std::string& values) {
  return R"({"address":"data.)" + type + R"(.x","mode":"data","type":")" + type +
         R"(","name":"x","values":)" + values + "}";
}

TEST(PlanEnvironment, WhatNobodySaysIsASymbol) {
  ReadingOfPlan reading;
  reading.Read(PlanOf(kNewQueue));
  auto account = model::AsSingleSymbol(reading.deployment.environment.account);
  ASSERT_TRUE(account);
  EXPECT_EQ(reading.symbols.Get(*account).form, model::SymbolForm::kOwnAccount);
  auto region = model::AsSingleSymbol(reading.deployment.environment.region);
  ASSERT_TRUE(region);
  EXPECT_EQ(reading.symbols.Get(*region).form, model::SymbolForm::kRegion);
  EXPECT_EQ(reading.deployment.environment.partition, "aws");
  EXPECT_EQ(reading.deployment.account_inferred_from, "");
}

TEST(PlanEnvironment, OptionsWinOverWhatThePlanSays) {
  ReadingOfPlan reading;
  reading.options.environment.account = "333344445555";
  reading.Read(PlanOf(kNewQueue, DataSources(DataSource("aws_caller_identity",
                                                        R"({"account_id":"111122223333"})"))));
  EXPECT_EQ(reading.deployment.environment.account, "333344445555");
  EXPECT_EQ(reading.deployment.account_inferred_from, "");
  EXPECT_EQ(reading.Attribute("aws_sqs_queue.q", "arn"), "arn:aws:sqs:⟨region⟩:333344445555:q");
}

TEST(PlanEnvironment, TheCallerIsTheAccount) {
  ReadingOfPlan reading;
  reading.Read(
      PlanOf(ExistingQueue("old", "999988887777") + "," + kNewQueue,
             DataSources(DataSource("aws_caller_identity", R"({"account_id":"111122223333"})") +
                         "," + DataSource("aws_partition", R"({"partition":"aws-us-gov"})") + "," +
                         DataSource("aws_region", R"({"name":"us-gov-west-1"})"))));
  EXPECT_EQ(reading.deployment.environment.account, "111122223333");
  EXPECT_NE(reading.deployment.account_inferred_from.find("aws_caller_identity"),
            std::string::npos);
  EXPECT_EQ(reading.Attribute("aws_sqs_queue.q", "arn"),
            "arn:aws-us-gov:sqs:us-gov-west-1:111122223333:q");
}

TEST(PlanEnvironment, MostOfTheArnsThatExistSayTheAccount) {
  ReadingOfPlan reading;
  reading.Read(PlanOf(ExistingQueue("a", "111122223333") + "," +
                      ExistingQueue("b", "999988887777") + "," +
                      ExistingQueue("c", "111122223333") + "," + kNewQueue));
  EXPECT_EQ(reading.deployment.environment.account, "111122223333");
  EXPECT_NE(reading.deployment.account_inferred_from.find("ARNs"), std::string::npos);
}

// testdata/terraform/accounts: the partner's provider assumes a role in another account and gets
// its region from a variable; a module gets that provider, another one the default; a third
// provider is for China.
TEST(PlanEnvironment, EachProviderConfigurationHasItsOwnAccountAndRegion) {
  ReadingOfPlan reading;
  reading.ReadCase("accounts");
  EXPECT_EQ(reading.Attribute("aws_sqs_queue.own", "arn"),
            "arn:aws:sqs:us-east-1:111122223333:own");
  EXPECT_EQ(reading.Attribute("module.partner.aws_sqs_queue.q", "arn"),
            "arn:aws:sqs:eu-west-1:222233334444:q");
  EXPECT_EQ(reading.After("module.partner.aws_sqs_queue.q")->environment.account, "222233334444");
  EXPECT_EQ(reading.Attribute("module.implicit.aws_sqs_queue.q", "arn"),
            "arn:aws:sqs:us-east-1:111122223333:q");
  EXPECT_EQ(reading.Attribute("aws_sqs_queue.china", "arn"),
            "arn:aws-cn:sqs:cn-north-1:111122223333:china");
  EXPECT_EQ(reading.Attribute("aws_sqs_queue.china", "url"),
            "https://sqs.cn-north-1.amazonaws.com.cn/111122223333/china");
  // A role of the partner's account is a principal of that account.
  EXPECT_NE(reading.Attribute("aws_sqs_queue_policy.own", "policy")
                .find("arn:aws:iam::222233334444:role/sender"),
            std::string::npos);
}

TEST(PlanEnvironment, AnOptionIsTheAccountOfTheDefaultProviderOnly) {
  ReadingOfPlan reading;
  reading.options.environment.account = "333344445555";
  reading.ReadCase("accounts");
  EXPECT_EQ(reading.Attribute("aws_sqs_queue.own", "arn"),
            "arn:aws:sqs:us-east-1:333344445555:own");
  EXPECT_EQ(reading.Attribute("module.partner.aws_sqs_queue.q", "arn"),
            "arn:aws:sqs:eu-west-1:222233334444:q");
  EXPECT_EQ(reading.Attribute("aws_sqs_queue.china", "arn"),
            "arn:aws-cn:sqs:cn-north-1:111122223333:china");
}

TEST(PlanEnvironment, AliasesMayDifferInRegionAlone) {
  ReadingOfPlan reading;
  reading.options.environment.account = "111122223333";
  reading.ReadCase("provider-aliases");
  EXPECT_EQ(reading.Attribute("aws_sqs_queue.here", "arn"), "arn:aws:sqs:us-east-1:111122223333:h");
  EXPECT_EQ(reading.Attribute("aws_sqs_queue.there", "arn"),
            "arn:aws:sqs:us-west-2:111122223333:t");
}

// Since version 6 of the provider.
TEST(PlanEnvironment, AResourceMayHaveARegionOfItsOwn) {
  ReadingOfPlan reading;
  reading.options.environment.account = "111122223333";
  reading.Read(PlanOf(
      ChangeOf(
          "aws_sqs_queue.q",
          R"("actions":["create"],"before":null,"after":{"name":"q","region":"ap-south-1"},"after_unknown":{"arn":true})"),
      ConfigurationOf(BlockOf("aws_sqs_queue.q", ""))));
  EXPECT_EQ(reading.Attribute("aws_sqs_queue.q", "arn"), "arn:aws:sqs:ap-south-1:111122223333:q");
  EXPECT_EQ(reading.deployment.environment.region, "us-east-1");
}

// `role_arn = "arn:aws:iam::${var.account}:role/${var.role}"` shows its references only.
TEST(PlanEnvironment, AnAccountIsFoundAmongTheReferencesOfARole) {
  const std::string providers =
      R"(,"variables":{"account":{"value":"222233334444"},"role":{"value":"deploy"}},"configuration":{"provider_config":{)"
      R"("aws":{"name":"aws","expressions":{"region":{"constant_value":"us-east-1"},"assume_role":[{"role_arn":{"references":["var.account","var.role"]}}]}}},)"
      R"("root_module":{"resources":[)" +
      BlockOf("aws_sqs_queue.q", "") + "]}}";
  ReadingOfPlan reading;
  reading.Read(PlanOf(kNewQueue, providers));
  EXPECT_EQ(reading.deployment.environment.account, "222233334444");
  EXPECT_EQ(reading.deployment.account_inferred_from, "`assume_role` of provider `aws`");
}

// A role that cannot be told from the plan: perhaps another account than the default one, but one
// of ours.
TEST(PlanEnvironment, AnUnknownRoleIsAnotherAccountThatIsDeployedTo) {
  const std::string providers =
      R"(,"configuration":{"provider_config":{"aws":{"name":"aws","expressions":{"allowed_account_ids":{"constant_value":["111122223333"]}}},)"
      R"("aws.x":{"name":"aws","alias":"x","expressions":{"assume_role":[{"role_arn":{"references":["local.role"]}}]}}},)"
      R"("root_module":{"resources":[{"address":"aws_sqs_queue.q","mode":"managed","type":"aws_sqs_queue","name":"q","provider_config_key":"aws.x"}]}})";
  ReadingOfPlan reading;
  reading.Read(PlanOf(kNewQueue, providers));
  EXPECT_EQ(reading.deployment.environment.account, "111122223333");
  auto account = model::AsSingleSymbol(reading.After("aws_sqs_queue.q")->environment.account);
  ASSERT_TRUE(account);
  EXPECT_EQ(reading.symbols.Get(*account).form, model::SymbolForm::kOwnAccount);
  EXPECT_EQ(reading.symbols.Get(*account).name, "account of provider aws.x");
}

TEST(PlanEnvironment, TheOrganizationAndTheOwnerAreTakenFromDataSources) {
  ReadingOfPlan reading;
  reading.Read(PlanOf(
      kNewQueue,
      DataSources(
          DataSource(
              "aws_organizations_organization",
              R"({"id":"o-abcdefghij","master_account_id":"000011112222","accounts":[{"id":"111122223333"},{"id":"000011112222"}]})") +
          "," +
          DataSource("aws_organizations_organizational_unit_descendant_accounts",
                     R"({"accounts":[{"id":"444455556666"},{"id":"111122223333"}]})") +
          "," + DataSource("aws_canonical_user_id", R"({"id":"0123abcd"})"))));
  EXPECT_EQ(reading.deployment.organization, "o-abcdefghij");
  EXPECT_EQ(reading.deployment.organization_accounts,
            (std::vector<std::string>{"111122223333", "000011112222", "444455556666"}));
  EXPECT_EQ(reading.deployment.canonical_user, "0123abcd");
}

}  // namespace
}  // namespace preview::terraform
