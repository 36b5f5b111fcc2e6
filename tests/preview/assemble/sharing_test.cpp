// Shares: images, snapshots made later, RAM, endpoint services, documents, streams beside tables,
// identity pools.
#include <gtest/gtest.h>

#include "tests/preview/assemble/fixture.h"

namespace preview::assemble::testing {
namespace {

using model::Configuration;

TEST(LaunchPermission, ListsAccountsOrganizationsUnitsAndEveryone) {
  Plan plan;
  const std::string image = R"({"image_id":"<<aws_ami.i.id>>",)";
  plan.After("aws_ami.i", R"({"name":"i"})");
  plan.After("aws_ami_launch_permission.account", image + R"("account_id":"999988887777"})");
  plan.After("aws_ami_launch_permission.all", image + R"("group":"all"})");
  plan.After("aws_ami_launch_permission.org",
             image + R"("organization_arn":"arn:aws:organizations::1:organization/o-a"})");
  plan.After("aws_ami_launch_permission.unit",
             image + R"("organizational_unit_arn":"arn:aws:organizations::1:ou/o-a/ou-b"})");
  const Assembled assembled = plan.Run();
  ASSERT_EQ(assembled.after.configurations.size(), 1U);
  const Configuration& shared = assembled.after.configurations[0];
  EXPECT_EQ(shared.resource_type, "AWS::EC2::Image");
  ASSERT_EQ(shared.shares.size(), 4U);
  EXPECT_EQ(shared.shares[0].principals.at(0).text, "999988887777");
  EXPECT_TRUE(shared.shares[1].everyone);
  EXPECT_EQ(shared.shares[2].organizations.size(), 1U);
  EXPECT_EQ(shared.shares[3].organizations.size(), 1U);
  EXPECT_EQ(shared.shares[3].carrier, "aws_ami_launch_permission.unit");
}

TEST(LaunchPermission, OfAnImageThatIsOnlyNamedIsReportedUnderItsOwnAddress) {
  Plan plan;
  for (const char* name : {"one", "two"}) {
    plan.After(std::string("aws_ami_launch_permission.") + name,
               std::string(R"({"image_id":"ami-1","account_id":")") +
                   (name == std::string("one") ? "999988887777" : "666677778888") + "\"}");
  }
  const Assembled assembled = plan.Run();
  ASSERT_EQ(assembled.after.configurations.size(), 2U);
  for (const Configuration& image : assembled.after.configurations) {
    ASSERT_EQ(image.shares.size(), 1U) << image.address;
    EXPECT_EQ(image.shares[0].carrier, image.address);
    EXPECT_EQ(image.identity, image.address);
    EXPECT_EQ(image.arn, assembled.after.configurations[0].arn);
  }
}

TEST(Share, UnknownEntryStaysUnknown) {
  Plan plan;
  plan.After("aws_ami_launch_permission.p", R"({"image_id":"ami-1","account_id":"??"})");
  EXPECT_TRUE(plan.Run().after.configurations.at(0).shares.at(0).principals.at(0).is_unknown());
}

TEST(Share, EmptyListIsNone) {
  Plan plan;
  plan.After("aws_vpc_endpoint_service.s", R"({"allowed_principals":[]})");
  plan.After("aws_db_snapshot.d", R"({"db_snapshot_identifier":"d","shared_accounts":null})");
  for (const Configuration& configuration : plan.Run().after.configurations) {
    EXPECT_TRUE(configuration.shares.empty()) << configuration.address;
  }
}

TEST(EndpointService, JoinsItsOwnAndSeparatePrincipals) {
  Plan plan;
  plan.After("aws_vpc_endpoint_service.s", R"({"id":"vpce-svc-1","allowed_principals":["*"]})");
  plan.After(
      "aws_vpc_endpoint_service_allowed_principal.p",
      R"({"vpc_endpoint_service_id":"<<aws_vpc_endpoint_service.s.id>>","principal_arn":"arn:aws:iam::999988887777:root"})");
  const Assembled assembled = plan.Run();
  ASSERT_EQ(assembled.after.configurations.size(), 1U);
  ASSERT_EQ(assembled.after.configurations[0].shares.size(), 2U);
  EXPECT_TRUE(assembled.after.configurations[0].shares[0].everyone);
  EXPECT_EQ(assembled.after.configurations[0].shares[1].principals.size(), 1U);
}

TEST(Document, AccountsAreOneText) {
  Plan plan;
  plan.After(
      "aws_ssm_document.d",
      R"({"name":"d","permissions":{"type":"Share","account_ids":"999988887777, 666677778888"}})");
  plan.After("aws_ssm_document.all",
             R"({"name":"all","permissions":{"type":"Share","account_ids":"All"}})");
  const Assembled assembled = plan.Run();
  EXPECT_EQ(At(assembled.after, "aws_ssm_document.d")->shares.at(0).principals.size(), 2U);
  EXPECT_TRUE(At(assembled.after, "aws_ssm_document.all")->shares.at(0).everyone);
}

TEST(ResourceShare, JoinsPrincipalsAndResources) {
  Plan plan;
  plan.Both(
      "aws_ram_resource_share.r",
      R"({"name":"r","arn":"arn:aws:ram:us-east-1:111122223333:resource-share/1","id":"arn:aws:ram:us-east-1:111122223333:resource-share/1"})");
  plan.Both(
      "aws_ram_resource_association.a",
      R"({"resource_arn":"arn:aws:ec2:us-east-1:111122223333:subnet/subnet-1","resource_share_arn":"<<aws_ram_resource_share.r.arn>>"})");
  plan.After(
      "aws_ram_principal_association.p",
      R"({"principal":"999988887777","resource_share_arn":"<<aws_ram_resource_share.r.arn>>"})");
  plan.After(
      "aws_ram_principal_association.ou",
      R"({"principal":"arn:aws:organizations::111122223333:ou/o-a/ou-b","resource_share_arn":"<<aws_ram_resource_share.r.id>>"})");
  plan.After(
      "aws_ram_principal_association.service",
      R"({"principal":"pca-connector-ad.amazonaws.com","resource_share_arn":"<<aws_ram_resource_share.r.id>>"})");
  const Assembled assembled = plan.Run();
  EXPECT_TRUE(assembled.before.configurations.at(0).shares.empty());
  ASSERT_EQ(assembled.after.configurations.size(), 1U);
  const Configuration& share = assembled.after.configurations[0];
  ASSERT_EQ(share.shares.size(), 2U);
  EXPECT_EQ(share.shares[0].principals.size(), 1U);
  EXPECT_TRUE(share.shares[0].organizations.empty());
  EXPECT_EQ(share.shares[1].organizations.size(), 1U);
  EXPECT_TRUE(share.shares[1].principals.empty());
  ASSERT_EQ(share.notes.size(), 1U);
  EXPECT_NE(share.notes[0].message.find("subnet-1"), std::string::npos);
}

TEST(LifecyclePolicy, StandsForTheSnapshotsThatItShares) {
  Plan plan;
  plan.After(
      "aws_dlm_lifecycle_policy.d",
      R"({"policy_details":[{"schedule":[{"share_rule":[{"target_accounts":["999988887777"]}]},{"share_rule":[]}]}]})");
  plan.After("aws_dlm_lifecycle_policy.quiet",
             R"({"policy_details":[{"schedule":[{"name":"daily"}]}]})");
  const Assembled assembled = plan.Run();
  ASSERT_EQ(assembled.after.configurations.size(), 1U);
  const Configuration& snapshots = assembled.after.configurations[0];
  EXPECT_EQ(snapshots.resource_type, "AWS::EC2::Snapshot");
  EXPECT_EQ(snapshots.address, "aws_dlm_lifecycle_policy.d");
  EXPECT_EQ(snapshots.shares.at(0).principals.size(), 1U);
  EXPECT_EQ(snapshots.encryption->kind, model::EncryptionKind::kUnknownKey);
  Plan again(model::Language::kCloudFormation);
  again.After(
      "D",
      R"({"PolicyDetails":{"Schedules":[{"ShareRules":[{"TargetAccounts":["999988887777"]}]}]}})",
      "AWS::DLM::LifecyclePolicy");
  EXPECT_EQ(again.Run().after.configurations.at(0).shares.at(0).principals.at(0).text,
            "999988887777");
}

TEST(TableAndStream, EachTakesItsOwnPolicy) {
  Plan plan;
  plan.After("aws_dynamodb_table.t", R"({"name":"t","stream_enabled":true})");
  plan.After("aws_dynamodb_table.plain", R"({"name":"plain","stream_enabled":false})");
  plan.After("aws_dynamodb_resource_policy.table",
             R"({"resource_arn":"<<aws_dynamodb_table.t.arn>>","policy":)" +
                 QuotedPolicy("*", "dynamodb:GetItem") + "}");
  plan.After("aws_dynamodb_resource_policy.stream",
             R"({"resource_arn":"<<aws_dynamodb_table.t.stream_arn>>","policy":)" +
                 QuotedPolicy("*", "dynamodb:GetRecords") + "}");
  plan.After(
      "aws_dynamodb_resource_policy.named",
      R"({"resource_arn":"arn:aws:dynamodb:us-east-1:111122223333:table/x/stream/2024","policy":)" +
          QuotedPolicy("*", "dynamodb:GetRecords") + "}");
  plan.After("aws_dynamodb_resource_policy.other",
             R"({"resource_arn":"arn:aws:dynamodb:us-east-1:111122223333:table/x","policy":)" +
                 QuotedPolicy("*", "dynamodb:GetItem") + "}");
  const Assembled assembled = plan.Run();
  const Configuration* table = At(assembled.after, "aws_dynamodb_table.t", "AWS::DynamoDB::Table");
  const Configuration* stream =
      At(assembled.after, "aws_dynamodb_table.t", "AWS::DynamoDB::Stream");
  ASSERT_NE(table, nullptr);
  ASSERT_NE(stream, nullptr);
  ASSERT_EQ(table->policies.size(), 1U);
  EXPECT_EQ(table->policies[0].carrier, "aws_dynamodb_resource_policy.table");
  ASSERT_EQ(stream->policies.size(), 1U);
  EXPECT_EQ(stream->policies[0].carrier, "aws_dynamodb_resource_policy.stream");
  EXPECT_EQ(At(assembled.after, "aws_dynamodb_table.plain", "AWS::DynamoDB::Stream"), nullptr);
  EXPECT_EQ(At(assembled.after, "aws_dynamodb_resource_policy.named")->resource_type,
            "AWS::DynamoDB::Stream");
  EXPECT_EQ(At(assembled.after, "aws_dynamodb_resource_policy.other")->resource_type,
            "AWS::DynamoDB::Table");
}

TEST(IdentityPool, WithARoleForCallersWithoutCredentialsIsOpen) {
  for (const char* allow : {"true", "false"}) {
    Plan plan;
    plan.After("aws_cognito_identity_pool.p",
               std::string(R"({"identity_pool_name":"p","allow_unauthenticated_identities":)") +
                   allow + "}");
    plan.After("aws_iam_role.r", R"({"name":"r","assume_role_policy":)" +
                                     QuotedPolicy("111122223333", "sts:AssumeRole") + "}");
    plan.After(
        "aws_cognito_identity_pool_roles_attachment.a",
        R"({"identity_pool_id":"<<aws_cognito_identity_pool.p.id>>","roles":{"unauthenticated":"<<aws_iam_role.r.arn>>"}})");
    const Assembled assembled = plan.Run();
    const Configuration* pool = At(assembled.after, "aws_cognito_identity_pool.p");
    ASSERT_NE(pool, nullptr);
    EXPECT_EQ(pool->policies.size(), std::string(allow) == "true" ? 1U : 0U);
    EXPECT_EQ(At(assembled.after, "aws_iam_role.r")->notes.size(), 1U);
  }
}

TEST(Role, TrustPolicyIsItsOwn) {
  Plan plan;
  plan.After("aws_iam_role.r", R"({"name":"r","path":"/ci/","assume_role_policy":)" +
                                   QuotedPolicy("999988887777", "sts:AssumeRole") + "}");
  const Assembled assembled = plan.Run();
  const Configuration& role = assembled.after.configurations.at(0);
  EXPECT_EQ(role.arn, "arn:aws:iam::111122223333:role/ci/r");
  EXPECT_EQ(role.policies.at(0).attribute, "assume_role_policy");
}

}  // namespace
}  // namespace preview::assemble::testing
