// The key is part of the access: secrets, and snapshots that are shared.

#include <gtest/gtest.h>

#include <algorithm>

#include "rules/catalogue.h"
#include "tests/preview/access/cases.h"
#include "tests/preview/access/findings.h"

namespace preview::access {
namespace {

using model::EncryptionKind;

const char* const kKeyArn = "arn:aws:kms:us-east-1:111122223333:key/k";
const char* const kOpenKey =
    R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"kms:*","Resource":"*"},{"Effect":"Allow","Principal":{"AWS":"444455556666"},"Action":["kms:Decrypt","kms:CreateGrant","kms:DescribeKey","kms:ReEncrypt*"],"Resource":"*"}]})";
// What AWS asks for a shared snapshot
// (https://docs.aws.amazon.com/ebs/latest/userguide/share-kms-key.html).
const char* const kSnapshotKey =
    R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"kms:*","Resource":"*"},{"Effect":"Allow","Principal":{"AWS":"444455556666"},"Action":["kms:Decrypt","kms:CreateGrant","kms:DescribeKey","kms:ReEncrypt*","kms:GenerateDataKey","kms:GenerateDataKeyWithoutPlaintext"],"Resource":"*"}]})";
const char* const kShutKey =
    R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"kms:*","Resource":"*"}})";

// A resource with the key that encrypts it behind it.
struct Encrypted {
  model::Assembly assembly;

  Encrypted(model::Configuration resource, EncryptionKind kind, const char* key_policy) {
    resource.encryption.emplace();
    resource.encryption->kind = kind;
    if (kind == EncryptionKind::kCustomerKey) resource.encryption->key = kKeyArn;
    if (key_policy != nullptr) resource.encryption->key_configuration = 1;
    assembly.configurations.push_back(std::move(resource));
    if (key_policy != nullptr) {
      assembly.configurations.push_back(
          ConfigurationOf("AWS::KMS::Key", kKeyArn, "111122223333", key_policy));
    }
  }
};

Report From(const Encrypted* before, const Encrypted& after) {
  static const model::Assembly kNone;
  model::SymbolTable symbols;
  return Compare(before == nullptr ? nullptr : &before->assembly.configurations[0],
                 before == nullptr ? kNone : before->assembly, &after.assembly.configurations[0],
                 after.assembly, OwnAccount(), symbols);
}

model::Configuration Secret(const char* actions) {
  return ConfigurationOf(
      "AWS::SecretsManager::Secret",
      "arn:aws:secretsmanager:us-east-1:111122223333:secret:s-AbCdEf", "111122223333",
      std::string(
          R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"444455556666"},"Resource":"*","Action":)") +
          actions + "}}");
}

const char* const kThree =
    R"(["secretsmanager:GetSecretValue","secretsmanager:DescribeSecret","secretsmanager:PutSecretValue"])";

TEST(Encryption, ASecretUnderTheAwsManagedKeyGivesNothingThatNeedsTheKey) {
  Encrypted secret(Secret(kThree), EncryptionKind::kAwsManaged, nullptr);
  EXPECT_EQ(Spell(From(nullptr, secret)),
            (Lines{"AWS 444455556666 {} [secretsmanager:DescribeSecret]"}));
  Encrypted only(Secret(R"("secretsmanager:GetSecretValue")"), EncryptionKind::kAwsManaged,
                 nullptr);
  EXPECT_EQ(Spell(From(nullptr, only)), Lines{});
}

TEST(Encryption, ASecretUnderACustomerKeyGivesWhatTheKeyGives) {
  Encrypted open(Secret(kThree), EncryptionKind::kCustomerKey, kOpenKey);
  EXPECT_EQ(Spell(From(nullptr, open)),
            (Lines{"AWS 444455556666 {} [secretsmanager:DescribeSecret "
                   "secretsmanager:GetSecretValue]"}));  // kms:GenerateDataKey is not granted
  Encrypted shut(Secret(kThree), EncryptionKind::kCustomerKey, kShutKey);
  EXPECT_EQ(Spell(From(nullptr, shut)),
            (Lines{"AWS 444455556666 {} [secretsmanager:DescribeSecret]"}));
}

TEST(Encryption, AKeyThatIsNotInTheInputIsTakenAsOpenAndSaidSo) {
  Encrypted secret(Secret(kThree), EncryptionKind::kCustomerKey, nullptr);
  Report report = From(nullptr, secret);
  ASSERT_EQ(report.findings.size(), 1U);
  EXPECT_EQ(report.findings[0].actions.size(), 3U);
  ASSERT_EQ(report.findings[0].assumptions.size(), 1U);
  EXPECT_NE(report.findings[0].assumptions[0].find("taken as open"), std::string::npos);
}

TEST(Encryption, AKeyThatOpensIsNewAccessToTheSecret) {
  Encrypted before(Secret(kThree), EncryptionKind::kCustomerKey, kShutKey);
  Encrypted after(Secret(kThree), EncryptionKind::kCustomerKey, kOpenKey);
  EXPECT_EQ(SpellChanges(From(&before, after)),
            (Lines{"CHANGED +[secretsmanager:GetSecretValue] AWS 444455556666 {} "
                   "[secretsmanager:DescribeSecret secretsmanager:GetSecretValue]"}));
  Encrypted only_before(Secret(R"("secretsmanager:GetSecretValue")"), EncryptionKind::kCustomerKey,
                        kShutKey);
  Encrypted only_after(Secret(R"("secretsmanager:GetSecretValue")"), EncryptionKind::kCustomerKey,
                       kOpenKey);
  EXPECT_EQ(SpellChanges(From(&only_before, only_after)),
            (Lines{"NEW AWS 444455556666 {} [secretsmanager:GetSecretValue]"}));
}

TEST(Encryption, AKeysDenyAndItsViaServiceConditionCount) {
  std::string denied = kOpenKey;
  denied.insert(
      denied.rfind(']'),
      R"(,{"Effect":"Deny","Principal":{"AWS":"444455556666"},"Action":"kms:Decrypt","Resource":"*"})");
  Encrypted shut(Secret(R"("secretsmanager:GetSecretValue")"), EncryptionKind::kCustomerKey,
                 denied.c_str());
  EXPECT_EQ(Spell(From(nullptr, shut)), Lines{});
  auto via = [](const char* service) {
    return std::string(
               R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"kms:Decrypt","Resource":"*","Condition":{"StringEquals":{"kms:ViaService":")") +
           service + R"(.us-east-1.amazonaws.com"}}}})";
  };
  Encrypted through(Secret(R"("secretsmanager:GetSecretValue")"), EncryptionKind::kCustomerKey,
                    via("secretsmanager").c_str());
  EXPECT_EQ(Spell(From(nullptr, through)).size(), 1U);
  Encrypted elsewhere(Secret(R"("secretsmanager:GetSecretValue")"), EncryptionKind::kCustomerKey,
                      via("s3").c_str());
  EXPECT_EQ(Spell(From(nullptr, elsewhere)), Lines{});
}

model::Configuration Snapshot(const char* account) {
  model::Configuration out = ConfigurationOf(
      "AWS::EC2::Snapshot", "arn:aws:ec2:us-east-1::snapshot/snap-1", "111122223333", "");
  model::Sharing share;
  if (std::string_view(account) == "all") {
    share.everyone = true;
  } else {
    share.principals.push_back(model::Value::String(account));
  }
  share.carrier = "permission";
  out.shares.push_back(share);
  return out;
}

// The experiment that started this project: two snapshots shared with another account, one
// unencrypted, one under a key that knows only the own account.
TEST(Encryption, TwoSharedSnapshots) {
  const std::vector<std::pair<std::string, rules::AccessLevel>> actions = {
      {"ec2:CopySnapshot", rules::AccessLevel::kWrite},
      {"ec2:CreateVolume", rules::AccessLevel::kWrite},
      {"ec2:DescribeFastSnapshotRestores", rules::AccessLevel::kRead},
      {"ec2:DescribeSnapshotAttribute", rules::AccessLevel::kList},
      {"ec2:DescribeSnapshots", rules::AccessLevel::kList},
      {"ec2:DisableFastSnapshotRestores", rules::AccessLevel::kWrite},
      {"ec2:EnableFastSnapshotRestores", rules::AccessLevel::kWrite}};
  const rules::ResourceType* type = rules::FindResourceType("AWS::EC2::Snapshot");
  ASSERT_NE(type, nullptr);
  for (auto kind : {EncryptionKind::kNone, EncryptionKind::kCustomerKey}) {
    bool encrypted = kind == EncryptionKind::kCustomerKey;
    Encrypted snapshot(Snapshot("444455556666"), kind, encrypted ? kShutKey : nullptr);
    Report report = From(nullptr, snapshot);
    ASSERT_EQ(report.findings.size(), 1U);
    const model::Finding& finding = report.findings[0];
    EXPECT_EQ(finding.principal, (model::Principal{"AWS", "444455556666"}));
    EXPECT_EQ(finding.code, model::Code::kPV006);
    ASSERT_EQ(finding.actions.size(), actions.size());
    for (std::size_t i = 0; i < actions.size(); ++i) {
      EXPECT_EQ(finding.actions[i], actions[i].first);
      auto row = std::find_if(type->actions.begin(), type->actions.end(),
                              [&](const rules::Action& a) { return a.name == actions[i].first; });
      ASSERT_NE(row, type->actions.end());
      EXPECT_EQ(row->level, actions[i].second) << actions[i].first;
    }
    ASSERT_TRUE(finding.encryption);
    EXPECT_EQ(finding.encryption->usable_by_principal, !encrypted);
    if (!encrypted) continue;
    EXPECT_EQ(finding.encryption->kms_key_id, kKeyArn);
    EXPECT_EQ(finding.encryption->missing_actions,
              (std::vector<std::string>{
                  "kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey",
                  "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncryptFrom", "kms:ReEncryptTo"}));
    EXPECT_NE(finding.encryption->reason.find("creating a volume"), std::string::npos);
  }
}

TEST(Encryption, AnOpenKeyMakesTheSnapshotUsable) {
  Encrypted shut(Snapshot("444455556666"), EncryptionKind::kCustomerKey, kShutKey);
  Encrypted open(Snapshot("444455556666"), EncryptionKind::kCustomerKey, kSnapshotKey);
  Report report = From(nullptr, open);
  ASSERT_EQ(report.findings.size(), 1U);
  EXPECT_EQ(report.findings[0].encryption->usable_by_principal, true);
  EXPECT_TRUE(report.findings[0].encryption->missing_actions.empty());
  EXPECT_EQ(
      SpellChanges(From(&shut, open)),
      (Lines{"CHANGED +[ec2:CopySnapshot ec2:CreateVolume] AWS 444455556666 {} [7 actions]"}));
  EXPECT_EQ(SpellChanges(From(&open, open)), (Lines{"UNCHANGED AWS 444455556666 {} [7 actions]"}));
}

// Whether AWS is content with less than it asks for is not known: it may be usable, so it counts.
TEST(Encryption, AKeyThatOpensInPartIsNewAccessAndNoSafeNo) {
  Encrypted shut(Snapshot("444455556666"), EncryptionKind::kCustomerKey, kShutKey);
  Encrypted part(Snapshot("444455556666"), EncryptionKind::kCustomerKey, kOpenKey);
  Report report = From(&shut, part);
  EXPECT_EQ(
      SpellChanges(report),
      (Lines{"CHANGED +[ec2:CopySnapshot ec2:CreateVolume] AWS 444455556666 {} [7 actions]"}));
  ASSERT_EQ(report.findings.size(), 1U);
  EXPECT_FALSE(report.findings[0].encryption->usable_by_principal.has_value());
  EXPECT_EQ(
      report.findings[0].encryption->missing_actions,
      (std::vector<std::string>{"kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext"}));
  EXPECT_EQ(SpellChanges(From(&part, shut)), (Lines{"UNCHANGED AWS 444455556666 {} [7 actions]"}));
}

TEST(Encryption, WhatAwsRefusesIsANoteAndNoFinding) {
  Encrypted managed(Snapshot("444455556666"), EncryptionKind::kAwsManaged, nullptr);
  Report report = From(nullptr, managed);
  EXPECT_TRUE(report.findings.empty());
  ASSERT_EQ(report.notes.size(), 1U);
  EXPECT_TRUE(report.notes[0].matters);
  Encrypted everyone(Snapshot("all"), EncryptionKind::kCustomerKey, kOpenKey);
  report = From(nullptr, everyone);
  EXPECT_TRUE(report.findings.empty());
  EXPECT_EQ(report.notes.size(), 1U);
  Encrypted plain(Snapshot("all"), EncryptionKind::kNone, nullptr);
  EXPECT_EQ(Spell(From(nullptr, plain)), (Lines{"AWS * {} [7 actions] public"}));
}

TEST(Encryption, AKeyNobodyKnowsLeavesItOpen) {
  Encrypted unknown(Snapshot("444455556666"), EncryptionKind::kUnknownKey, nullptr);
  Report report = From(nullptr, unknown);
  ASSERT_EQ(report.findings.size(), 1U);
  EXPECT_FALSE(report.findings[0].encryption->usable_by_principal.has_value());
  Encrypted secret(Secret(kThree), EncryptionKind::kUnknownKey, nullptr);
  report = From(nullptr, secret);
  ASSERT_EQ(report.findings.size(), 1U);
  EXPECT_EQ(report.findings[0].actions.size(), 3U);
  EXPECT_EQ(report.findings[0].assumptions.size(), 1U);
}

TEST(Encryption, AGrantOpensAKeyToo) {
  model::Configuration key = ConfigurationOf("AWS::KMS::Key", kKeyArn, "111122223333", kShutKey);
  model::KmsGrant grant;
  grant.operations = {"Decrypt",
                      "CreateGrant",
                      "DescribeKey",
                      "ReEncryptFrom",
                      "ReEncryptTo",
                      "GenerateDataKey",
                      "GenerateDataKeyWithoutPlaintext"};
  grant.grantee_principal = "arn:aws:iam::444455556666:root";
  key.grants.push_back(grant);
  Encrypted snapshot(Snapshot("444455556666"), EncryptionKind::kCustomerKey, kShutKey);
  snapshot.assembly.configurations[1] = key;
  Report report = From(nullptr, snapshot);
  ASSERT_EQ(report.findings.size(), 1U);
  EXPECT_EQ(report.findings[0].encryption->usable_by_principal, true);
}

}  // namespace
}  // namespace preview::access
