#include <gtest/gtest.h>

#include <string>

#include "rules/catalogue.h"
#include "rules/tables.h"

namespace preview::rules {
namespace {

// The documented spelling; empty when the key is not known.
std::string_view NameOf(std::string_view name) {
  const ConditionKey* key = FindConditionKey(name);
  return key == nullptr ? std::string_view() : key->name;
}

TEST(FindConditionKey, FindsEveryKeyWhateverItsCase) {
  for (const ConditionKey& key : BuiltInTables().condition_keys) {
    EXPECT_EQ(FindConditionKey(key.name), &key) << key.name;
    std::string upper(key.name);
    for (char& c : upper) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    EXPECT_EQ(FindConditionKey(upper), &key) << key.name;
  }
}

TEST(FindConditionKey, GivesTheDocumentedSpelling) {
  EXPECT_EQ(NameOf("AWS:SOURCEIP"), "aws:SourceIp");
  EXPECT_EQ(NameOf("aws:principalorgid"), "aws:PrincipalOrgID");
  EXPECT_EQ(NameOf("AWS:SourceOwner"), "aws:SourceOwner");
  EXPECT_EQ(NameOf("aws:UserId"), "aws:userid");
}

struct Row {
  std::string_view name;
  KeyType type;
  bool multivalued;
};

TEST(FindConditionKey, KnowsTypesAndWhoHasSeveralValues) {
  constexpr Row kRows[] = {
      {"aws:SourceIp", KeyType::kIp, false},
      {"aws:VpcSourceIp", KeyType::kIp, false},
      {"aws:PrincipalArn", KeyType::kArn, false},
      {"aws:SourceArn", KeyType::kArn, false},
      {"aws:SourceAccount", KeyType::kString, false},
      {"aws:PrincipalOrgPaths", KeyType::kString, true},
      {"aws:CalledVia", KeyType::kString, true},
      {"aws:TagKeys", KeyType::kString, true},
      {"aws:SecureTransport", KeyType::kBool, false},
      {"aws:MultiFactorAuthAge", KeyType::kNumber, false},
      {"aws:CurrentTime", KeyType::kDate, false},
      {"s3:x-amz-acl", KeyType::kString, false},
      {"s3:DataAccessPointAccount", KeyType::kString, false},
      {"kms:CallerAccount", KeyType::kString, false},
      {"kms:GrantIsForAWSResource", KeyType::kBool, false},
      {"lambda:FunctionUrlAuthType", KeyType::kString, false},
      {"cognito-identity.amazonaws.com:aud", KeyType::kString, false},
      {"cognito-identity.amazonaws.com:amr", KeyType::kString, true},
      {"token.actions.githubusercontent.com:sub", KeyType::kString, false},
      {"elasticfilesystem:AccessedViaMountTarget", KeyType::kBool, false},
      {"sts:ExternalId", KeyType::kString, false},
  };
  for (const Row& row : kRows) {
    const ConditionKey* key = FindConditionKey(row.name);
    ASSERT_NE(key, nullptr) << row.name;
    EXPECT_EQ(key->type, row.type) << row.name;
    EXPECT_EQ(key->multivalued, row.multivalued) << row.name;
  }
}

TEST(FindConditionKey, FindsFamiliesByTheirBeginning) {
  EXPECT_EQ(NameOf("aws:PrincipalTag/team"), "aws:PrincipalTag/");
  EXPECT_EQ(NameOf("aws:principaltag/a/b"), "aws:PrincipalTag/");
  EXPECT_EQ(NameOf("s3:ExistingObjectTag/class"), "s3:ExistingObjectTag/");
  EXPECT_EQ(NameOf("kms:EncryptionContext:app"), "kms:EncryptionContext:");
}

TEST(FindConditionKey, KnowsNothingOfOthers) {
  EXPECT_EQ(FindConditionKey(""), nullptr);
  EXPECT_EQ(FindConditionKey("aws:"), nullptr);
  EXPECT_EQ(FindConditionKey("aws:SourceI"), nullptr);
  EXPECT_EQ(FindConditionKey("aws:SourceIpp"), nullptr);
  EXPECT_EQ(FindConditionKey("sso.example.com:sub"), nullptr);
  EXPECT_EQ(FindConditionKey(std::string(1'000'000, ':')), nullptr);
}

}  // namespace
}  // namespace preview::rules
