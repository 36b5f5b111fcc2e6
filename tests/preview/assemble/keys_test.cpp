// KMS keys: policies, grants, and what they encrypt.
#include <gtest/gtest.h>

#include "tests/preview/assemble/fixture.h"

namespace preview::assemble::testing {
namespace {

using model::Configuration;
using model::EncryptionKind;

TEST(KeyGrant, IsJoinedToItsKey) {
  Plan plan;
  plan.After("aws_kms_key.k", "{}");
  plan.After(
      "aws_kms_grant.g",
      R"({"key_id":"<<aws_kms_key.k.key_id>>","grantee_principal":"arn:aws:iam::666677778888:role/ci",
      "retiring_principal":"arn:aws:iam::111122223333:role/admin","operations":["Encrypt","Decrypt"]})");
  const Assembled assembled = plan.Run();
  ASSERT_EQ(assembled.after.configurations.size(), 1U);
  const auto& grants = assembled.after.configurations[0].grants;
  ASSERT_EQ(grants.size(), 1U);
  EXPECT_EQ(grants[0].grantee_principal, "arn:aws:iam::666677778888:role/ci");
  EXPECT_EQ(grants[0].retiring_principal, "arn:aws:iam::111122223333:role/admin");
  EXPECT_EQ(grants[0].operations, (std::vector<std::string>{"Encrypt", "Decrypt"}));
  EXPECT_EQ(grants[0].carrier, "aws_kms_grant.g");
}

TEST(KeyGrant, UnknownGranteeIsUndetermined) {
  Plan plan;
  plan.After("aws_kms_key.k", "{}");
  plan.After(
      "aws_kms_grant.g",
      R"({"key_id":"<<aws_kms_key.k.key_id>>","grantee_principal":"??","operations":["Decrypt"]})");
  const Assembled assembled = plan.Run();
  const auto& undetermined = assembled.after.configurations.at(0).undetermined;
  ASSERT_EQ(undetermined.size(), 1U);
  EXPECT_EQ(undetermined[0].attribute, "grantee_principal");
}

TEST(KeyGrant, BeforeAndAfterAreApart) {
  Plan plan;
  plan.Both("aws_kms_key.k",
            R"({"key_id":"0f1e","arn":"arn:aws:kms:us-east-1:111122223333:key/0f1e"})");
  plan.Before(
      "aws_kms_grant.g",
      R"({"key_id":"arn:aws:kms:us-east-1:111122223333:key/0f1e","grantee_principal":"arn:aws:iam::666677778888:root","operations":["Decrypt"]})");
  const Assembled assembled = plan.Run();
  EXPECT_EQ(assembled.before.configurations.at(0).grants.size(), 1U);
  EXPECT_TRUE(assembled.after.configurations.at(0).grants.empty());
}

struct SecretCase {
  const char* name;
  const char* key;  // JSON
  EncryptionKind kind;
  bool joined;  // to aws_kms_key.k
};

class SecretKey : public ::testing::TestWithParam<SecretCase> {};

TEST_P(SecretKey, IsOneOfFourAnswers) {
  Plan plan;
  plan.After("aws_kms_key.k", "{}");
  plan.After("aws_kms_alias.a",
             R"({"name":"alias/app","target_key_id":"<<aws_kms_key.k.key_id>>"})");
  plan.Data(
      "aws_kms_alias.managed",
      R"({"name":"alias/aws/secretsmanager","id":"arn:aws:kms:us-east-1:111122223333:alias/aws/secretsmanager"})");
  plan.Data(
      "aws_kms_key.read",
      R"({"key_id":"1234","arn":"arn:aws:kms:us-east-1:111122223333:key/1234","key_manager":"AWS"})");
  plan.After("aws_secretsmanager_secret.s",
             std::string(R"({"name":"s","kms_key_id":)") + GetParam().key + "}");
  const Assembled assembled = plan.Run();
  const Configuration* secret = At(assembled.after, "aws_secretsmanager_secret.s");
  ASSERT_NE(secret, nullptr);
  ASSERT_TRUE(secret->encryption.has_value());
  EXPECT_EQ(secret->encryption->kind, GetParam().kind);
  if (GetParam().joined) {
    ASSERT_GE(secret->encryption->key_configuration, 0);
    EXPECT_EQ(assembled.after.configurations
                  .at(static_cast<std::size_t>(secret->encryption->key_configuration))
                  .address,
              "aws_kms_key.k");
  } else {
    EXPECT_EQ(secret->encryption->key_configuration, -1);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Keys, SecretKey,
    ::testing::Values(
        SecretCase{"None", "null", EncryptionKind::kAwsManaged, false},
        SecretCase{"Empty", R"("")", EncryptionKind::kAwsManaged, false},
        SecretCase{"ManagedAlias", R"("alias/aws/secretsmanager")", EncryptionKind::kAwsManaged,
                   false},
        SecretCase{"ManagedAliasRead", R"("<<data.aws_kms_alias.managed.target_key_arn>>")",
                   EncryptionKind::kAwsManaged, false},
        SecretCase{"ManagedKeyRead", R"("<<data.aws_kms_key.read.arn>>")",
                   EncryptionKind::kAwsManaged, false},
        SecretCase{"ManagedKeyById", R"("1234")", EncryptionKind::kAwsManaged, false},
        SecretCase{"OwnKeyByArn", R"("<<aws_kms_key.k.arn>>")", EncryptionKind::kCustomerKey, true},
        SecretCase{"OwnKeyById", R"("<<aws_kms_key.k.key_id>>")", EncryptionKind::kCustomerKey,
                   true},
        SecretCase{"OwnKeyByAliasName", R"("alias/app")", EncryptionKind::kCustomerKey, true},
        SecretCase{"OwnKeyByAliasArn", R"("arn:aws:kms:us-east-1:111122223333:alias/app")",
                   EncryptionKind::kCustomerKey, true},
        SecretCase{"OwnKeyByAliasSymbol", R"("<<aws_kms_alias.a.arn>>")",
                   EncryptionKind::kCustomerKey, true},
        SecretCase{"OwnKeyThroughTheAlias", R"("<<aws_kms_alias.a.target_key_arn>>")",
                   EncryptionKind::kCustomerKey, true},
        SecretCase{"KeyNotInInput", R"("arn:aws:kms:us-east-1:111122223333:key/abcd")",
                   EncryptionKind::kCustomerKey, false},
        SecretCase{"AliasNotInInput", R"("alias/other")", EncryptionKind::kCustomerKey, false},
        SecretCase{"Unknown", R"("??")", EncryptionKind::kUnknownKey, false},
        SecretCase{"TextDecidedElsewhere", R"("<<var.key>>")", EncryptionKind::kUnknownKey, false}),
    [](const auto& one) { return std::string(one.param.name); });

TEST(SecretKey, ChangesBetweenBeforeAndAfter) {
  Plan plan;
  plan.Before("aws_secretsmanager_secret.s", R"({"name":"s","kms_key_id":null})");
  plan.After("aws_secretsmanager_secret.s",
             R"({"name":"s","kms_key_id":"arn:aws:kms:us-east-1:111122223333:key/abcd"})");
  const Assembled assembled = plan.Run();
  EXPECT_EQ(assembled.before.configurations.at(0).encryption->kind, EncryptionKind::kAwsManaged);
  EXPECT_EQ(assembled.after.configurations.at(0).encryption->kind, EncryptionKind::kCustomerKey);
}

TEST(SecretKey, OfACloudFormationSecret) {
  Plan plan(model::Language::kCloudFormation);
  plan.After("K", "{}", "AWS::KMS::Key");
  plan.After("S", R"({"Name":"s","KmsKeyId":"<<K.Arn>>"})", "AWS::SecretsManager::Secret");
  const Assembled assembled = plan.Run();
  EXPECT_EQ(At(assembled.after, "S")->encryption->kind, EncryptionKind::kCustomerKey);
  EXPECT_EQ(At(assembled.after, "S")->encryption->key_configuration, 0);
}

struct SnapshotCase {
  const char* name;
  const char* volume;    // attributes of aws_ebs_volume.v; empty: not in the input
  const char* snapshot;  // attributes beside volume_id
  EncryptionKind kind;
};

class SnapshotKey : public ::testing::TestWithParam<SnapshotCase> {};

TEST_P(SnapshotKey, IsOneOfFourAnswers) {
  Plan plan;
  plan.After("aws_kms_key.k", "{}");
  const std::string volume = GetParam().volume;
  if (!volume.empty()) plan.After("aws_ebs_volume.v", volume);
  plan.After("aws_ebs_snapshot.s", std::string(R"({"volume_id":")") +
                                       (volume.empty() ? "vol-1" : "<<aws_ebs_volume.v.id>>") +
                                       "\"" + GetParam().snapshot + "}");
  plan.After("aws_snapshot_create_volume_permission.p",
             R"({"snapshot_id":"<<aws_ebs_snapshot.s.id>>","account_id":"999988887777"})");
  const Assembled assembled = plan.Run();
  const Configuration* snapshot = At(assembled.after, "aws_ebs_snapshot.s");
  ASSERT_NE(snapshot, nullptr);
  EXPECT_EQ(snapshot->encryption->kind, GetParam().kind);
  ASSERT_EQ(snapshot->shares.size(), 1U);
  EXPECT_EQ(snapshot->shares[0].carrier, "aws_snapshot_create_volume_permission.p");
  ASSERT_EQ(snapshot->shares[0].principals.size(), 1U);
  EXPECT_EQ(snapshot->shares[0].principals[0].text, "999988887777");
}

INSTANTIATE_TEST_SUITE_P(
    Volumes, SnapshotKey,
    ::testing::Values(
        SnapshotCase{"Plain", R"({"encrypted":false})", "", EncryptionKind::kNone},
        SnapshotCase{"NotAskedFor", R"({"size":8})", "", EncryptionKind::kNone},
        SnapshotCase{"CustomerKey", R"({"encrypted":true,"kms_key_id":"<<aws_kms_key.k.arn>>"})",
                     "", EncryptionKind::kCustomerKey},
        SnapshotCase{"AwsKey", R"({"encrypted":true,"kms_key_id":"alias/aws/ebs"})", "",
                     EncryptionKind::kAwsManaged},
        SnapshotCase{"DefaultKey", R"({"encrypted":true})", "", EncryptionKind::kUnknownKey},
        SnapshotCase{"UnknownKey", R"({"encrypted":true,"kms_key_id":"??"})", "",
                     EncryptionKind::kUnknownKey},
        SnapshotCase{"FromUnreadSnapshot", R"({"snapshot_id":"snap-1"})", "",
                     EncryptionKind::kUnknownKey},
        SnapshotCase{"VolumeNotInInput", "", "", EncryptionKind::kUnknownKey},
        SnapshotCase{"KnownPlain", "", R"(,"encrypted":false,"kms_key_id":"")",
                     EncryptionKind::kNone},
        SnapshotCase{"KnownKey", "",
                     R"(,"encrypted":true,"kms_key_id":"arn:aws:kms:us-east-1:111122223333:key/1")",
                     EncryptionKind::kCustomerKey}),
    [](const auto& one) { return std::string(one.param.name); });

TEST(SnapshotCopy, FollowsItsSource) {
  Plan plan;
  plan.After("aws_ebs_snapshot.plain", R"({"encrypted":false})");
  plan.After("aws_ebs_snapshot_copy.of_plain",
             R"({"source_snapshot_id":"<<aws_ebs_snapshot.plain.id>>"})");
  plan.After("aws_ebs_snapshot_copy.elsewhere", R"({"source_snapshot_id":"snap-1"})");
  plan.After("aws_ebs_snapshot_copy.aws",
             R"({"source_snapshot_id":"snap-1","encrypted":true,"kms_key_id":"alias/aws/ebs"})");
  plan.After(
      "aws_ebs_snapshot_copy.key",
      R"({"source_snapshot_id":"snap-1","encrypted":true,"kms_key_id":"arn:aws:kms:us-east-1:111122223333:key/1"})");
  const Assembled assembled = plan.Run();
  EXPECT_EQ(At(assembled.after, "aws_ebs_snapshot_copy.of_plain")->encryption->kind,
            EncryptionKind::kNone);
  EXPECT_EQ(At(assembled.after, "aws_ebs_snapshot_copy.elsewhere")->encryption->kind,
            EncryptionKind::kUnknownKey);
  EXPECT_EQ(At(assembled.after, "aws_ebs_snapshot_copy.aws")->encryption->kind,
            EncryptionKind::kAwsManaged);
  EXPECT_EQ(At(assembled.after, "aws_ebs_snapshot_copy.key")->encryption->kind,
            EncryptionKind::kCustomerKey);
}

TEST(SnapshotCopy, OfItselfEndsUndecided) {
  Plan plan;
  plan.After("aws_ebs_snapshot_copy.a",
             R"({"source_snapshot_id":"<<aws_ebs_snapshot_copy.b.id>>"})");
  plan.After("aws_ebs_snapshot_copy.b",
             R"({"source_snapshot_id":"<<aws_ebs_snapshot_copy.a.id>>"})");
  EXPECT_EQ(plan.Run().after.configurations.at(0).encryption->kind, EncryptionKind::kUnknownKey);
}

TEST(DefaultKey, OfTheInputIsUsed) {
  Plan plan;
  plan.After("aws_kms_key.k", "{}");
  plan.After("aws_ebs_default_kms_key.d", R"({"key_arn":"<<aws_kms_key.k.arn>>"})");
  plan.After("aws_ebs_encryption_by_default.e", R"({"enabled":true})");
  plan.After("aws_ebs_volume.v", R"({"size":8})");
  plan.After("aws_ebs_snapshot.s", R"({"volume_id":"<<aws_ebs_volume.v.id>>"})");
  const auto encryption = At(plan.Run().after, "aws_ebs_snapshot.s")->encryption;
  EXPECT_EQ(encryption->kind, EncryptionKind::kCustomerKey);
  EXPECT_EQ(encryption->key_configuration, 0);
}

TEST(DatabaseSnapshot, TakesItsDatabasesKey) {
  Plan plan;
  plan.After("aws_db_instance.plain", R"({"identifier":"plain"})");
  plan.After("aws_db_instance.managed", R"({"identifier":"managed","storage_encrypted":true})");
  plan.After(
      "aws_db_snapshot.plain",
      R"({"db_instance_identifier":"plain","db_snapshot_identifier":"a","shared_accounts":["all"]})");
  plan.After(
      "aws_db_snapshot.managed",
      R"({"db_instance_identifier":"<<aws_db_instance.managed.identifier>>","db_snapshot_identifier":"b"})");
  plan.After("aws_db_snapshot.elsewhere",
             R"({"db_instance_identifier":"prod","db_snapshot_identifier":"c"})");
  plan.After(
      "aws_db_snapshot_copy.copy",
      R"({"source_db_snapshot_identifier":"<<aws_db_snapshot.managed.db_snapshot_arn>>","target_db_snapshot_identifier":"d"})");
  const Assembled assembled = plan.Run();
  EXPECT_EQ(At(assembled.after, "aws_db_snapshot.plain")->encryption->kind, EncryptionKind::kNone);
  EXPECT_TRUE(At(assembled.after, "aws_db_snapshot.plain")->shares.at(0).everyone);
  EXPECT_EQ(At(assembled.after, "aws_db_snapshot.managed")->encryption->kind,
            EncryptionKind::kAwsManaged);
  EXPECT_EQ(At(assembled.after, "aws_db_snapshot.elsewhere")->encryption->kind,
            EncryptionKind::kUnknownKey);
  EXPECT_EQ(At(assembled.after, "aws_db_snapshot_copy.copy")->encryption->kind,
            EncryptionKind::kAwsManaged);
}

}  // namespace
}  // namespace preview::assemble::testing
