#include "preview/cli/request.h"

#include <gtest/gtest.h>

#include "parsers/text/json.h"

namespace preview::cli {
namespace {

using model::Configuration;

model::Value Json(std::string_view text) {
  auto read = text::ParseJson(text, {});
  EXPECT_TRUE(read.ok()) << text;
  return read.ok() ? std::move(read).value() : model::Value();
}

class Request : public testing::Test {
 protected:
  Configuration Read(std::string_view json, std::string_view type = "", std::string_view arn = "",
                     bool is_new = true) {
    auto read = ReadConfiguration(
        Json(json),
        {std::string(type), std::string(arn), {"111122223333", "us-east-1", ""}, is_new}, symbols_);
    EXPECT_TRUE(read.ok()) << read.error().message;
    return read.ok() ? std::move(read).value() : Configuration();
  }
  std::string ErrorOf(std::string_view json, std::string_view type = "") {
    auto read = ReadConfiguration(Json(json), {std::string(type), "", {}, true}, symbols_);
    EXPECT_FALSE(read.ok()) << json;
    return read.ok() ? std::string() : read.error().message;
  }
  model::SymbolTable symbols_;
};

TEST_F(Request, TellsTheTypeFromTheMember) {
  const Configuration queue =
      Read(R"({"sqsQueue":{"queuePolicy":"{}"}})", "", "arn:aws:sqs:eu-west-1:999999999999:q");
  EXPECT_EQ(queue.resource_type, "AWS::SQS::Queue");
  EXPECT_EQ(queue.environment.account, "999999999999");
  EXPECT_EQ(queue.environment.region, "eu-west-1");
  ASSERT_EQ(queue.policies.size(), 1U);
  EXPECT_EQ(queue.policies[0].document.text, "{}");
}

TEST_F(Request, MakesUpAResourceWithASymbolForItsName) {
  const Configuration queue = Read(R"({"sqsQueue":{}})");
  EXPECT_EQ(model::Display(queue.arn, symbols_), "arn:aws:sqs:us-east-1:111122223333:⟨name⟩");
  EXPECT_TRUE(queue.policies.empty());
}

TEST_F(Request, TakesTheAccountOfTheLineForAnArnWithoutOne) {
  EXPECT_EQ(Read(R"({"s3Bucket":{}})", "", "arn:aws:s3:::b").environment.account, "111122223333");
}

// https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-preview-access-apis.html
TEST_F(Request, AbsentMembersMeanTheDefaultsOfANewResource) {
  const Configuration bucket = Read(
      R"({"s3Bucket":{"accessPoints":{"arn:aws:s3:us-east-1:111122223333:accesspoint/p":{}}}})", "",
      "arn:aws:s3:::b");
  EXPECT_FALSE(bucket.bucket_block.has_value());
  ASSERT_EQ(bucket.access_points.size(), 1U);
  EXPECT_TRUE(bucket.access_points[0].block.restrict_public_buckets);
  EXPECT_TRUE(bucket.access_points[0].block.ignore_public_acls);
  EXPECT_FALSE(bucket.access_points[0].vpc_only);
  EXPECT_FALSE(bucket.access_points[0].policy.has_value());
  EXPECT_EQ(Read(R"({"ebsSnapshot":{}})").encryption->kind, model::EncryptionKind::kNone);
  EXPECT_EQ(Read(R"({"secretsManagerSecret":{}})").encryption->kind,
            model::EncryptionKind::kAwsManaged);
  EXPECT_EQ(Read(R"({"secretsManagerSecret":{"kmsKeyId":""}})").encryption->kind,
            model::EncryptionKind::kAwsManaged);
  EXPECT_TRUE(Read(R"({"kmsKey":{}})").policies.empty());
  EXPECT_TRUE(Read(R"({"sqsQueue":{"queuePolicy":""}})").policies.empty());
}

TEST_F(Request, ReadsABucketInFull) {
  const Configuration bucket = Read(R"({"s3Bucket":{
      "bucketPolicy":"{\"Statement\":[]}",
      "bucketAclGrants":[{"permission":"READ","grantee":{"uri":"http://acs.amazonaws.com/groups/global/AllUsers"}},
                         {"permission":"FULL_CONTROL","grantee":{"id":"abc"}}],
      "bucketPublicAccessBlock":{"ignorePublicAcls":true,"restrictPublicBuckets":false},
      "accessPoints":{"arn:aws:s3:us-east-1:222233334444:accesspoint/p":
                        {"accessPointPolicy":"{}","publicAccessBlock":{"ignorePublicAcls":false,"restrictPublicBuckets":false},
                         "networkOrigin":{"vpcConfiguration":{"vpcId":"vpc-0a1b2c3d"}}},
                      "arn:aws:s3::111122223333:accesspoint/m.mrap":{"networkOrigin":{"internetConfiguration":{}}}}}})",
                                    "", "arn:aws:s3:::b");
  EXPECT_EQ(bucket.acl_grants.size(), 2U);
  EXPECT_TRUE(bucket.bucket_block->ignore_public_acls);
  EXPECT_FALSE(bucket.bucket_block->restrict_public_buckets);
  ASSERT_EQ(bucket.access_points.size(), 2U);
  EXPECT_TRUE(bucket.access_points[0].vpc_only);
  EXPECT_EQ(bucket.access_points[0].account, "222233334444");
  EXPECT_FALSE(bucket.access_points[0].block.restrict_public_buckets);
  EXPECT_TRUE(bucket.access_points[1].multi_region);
  EXPECT_EQ(bucket.access_points[1].account, "");
}

TEST_F(Request, ReadsSharesGrantsAndKeys) {
  const Configuration snapshot = Read(
      R"({"ebsSnapshot":{"userIds":["999999999999"],"groups":["all"],"kmsKeyId":"alias/aws/ebs"}})");
  ASSERT_EQ(snapshot.shares.size(), 1U);
  EXPECT_TRUE(snapshot.shares[0].everyone);
  EXPECT_EQ(snapshot.shares[0].principals[0].text, "999999999999");
  EXPECT_EQ(snapshot.encryption->kind, model::EncryptionKind::kAwsManaged);
  const Configuration rds =
      Read(R"({"rdsDbSnapshot":{"attributes":{"restore":{"accountIds":["all"]}},"kmsKeyId":"k"}})");
  EXPECT_TRUE(rds.shares.at(0).everyone);
  EXPECT_EQ(rds.encryption->kind, model::EncryptionKind::kCustomerKey);
  const Configuration key = Read(
      R"({"kmsKey":{"keyPolicies":{"default":"{}"},"grants":[{"operations":["Decrypt"],"granteePrincipal":"arn:aws:iam::999999999999:role/r","issuingAccount":"111122223333"}]}})");
  EXPECT_EQ(key.policies.size(), 1U);
  EXPECT_EQ(key.grants.at(0).operations, std::vector<std::string>{"Decrypt"});
}

TEST_F(Request, TypesOutsideTheUnionTakeAPolicyOrSharing) {
  EXPECT_EQ(Read(R"({"policy":"{}"})", "AWS::Events::EventBus").policies.size(), 1U);
  const Configuration shared =
      Read(R"({"sharing":{"accounts":["999999999999"],"organizations":["o-x"],"public":false}})",
           "AWS::EC2::Image");
  EXPECT_EQ(shared.shares.at(0).organizations.at(0).text, "o-x");
  EXPECT_TRUE(Read(R"({"policy":"{}"})", "AWS::Nobody::Knows").generic);
}

TEST_F(Request, RefusesWhatCouldPassInSilence) {
  struct Case {
    std::string_view json, type, part;
  };
  const Case cases[] = {
      {R"({"sqsQueue":{"queuePolcy":"{}"}})", "", "unknown member `queuePolcy`"},
      {R"({"sqsqueue":{}})", "", "unknown member `sqsqueue`"},
      {R"({"sqsQueue":{}, "snsTopic":{}})", "", "one member only"},
      {R"({"sqsQueue":{}})", "AWS::SNS::Topic", "configures AWS::SQS::Queue, not AWS::SNS::Topic"},
      {R"({"sqsQueue":[]})", "", "must be an object"},
      {R"({"sqsQueue":{"queuePolicy":7}})", "", "must be a string"},
      {R"({"policy":"{}"})", "", "`resourceType` is missing"},
      {R"({"iamRole":{}})", "", "a new role needs `trustPolicy`"},
      {R"({"iamRole":{"trustPolicy":""}})", "", "must not be empty"},
      {R"({"kmsKey":{"keyPolicies":{"other":"{}"}}})", "", "unknown member `other`"},
      {R"({"ebsSnapshot":{"groups":["some"]}})", "", "unknown group `some`"},
      {R"({"s3Bucket":{"bucketAclGrants":[{"permission":"EAT","grantee":{"id":"x"}}]}})", "",
       "unknown permission `EAT`"},
      {R"({"s3Bucket":{"bucketAclGrants":[{"permission":"READ","grantee":{}}]}})", "",
       "either `id` or `uri`"},
      {R"({"s3Bucket":{"accessPoints":{"arn:aws:s3:us-east-1:1:accesspoint/p":{"networkOrigin":{"vpcConfiguration":{"vpcId":"NotAValidVpc"}}}}}})",
       "", "no VPC id"},
      {R"([])", "AWS::SQS::Queue", "must be an object"},
  };
  for (const Case& one : cases) {
    const std::string message = ErrorOf(one.json, one.type);
    EXPECT_NE(message.find(one.part), std::string::npos) << one.json << ": " << message;
  }
}

TEST(Overlay, KeepsWhatIsNotSaid) {
  struct Case {
    std::string_view name, existing, proposed, want;
  };
  const Case cases[] = {
      {"policy kept", R"({"s3Bucket":{"bucketPolicy":"p"}})",
       R"({"s3Bucket":{"bucketAclGrants":[]}})",
       R"({"s3Bucket":{"bucketAclGrants":[],"bucketPolicy":"p"}})"},
      {"policy deleted", R"({"s3Bucket":{"bucketPolicy":"p"}})",
       R"({"s3Bucket":{"bucketPolicy":""}})", R"({"s3Bucket":{"bucketPolicy":""}})"},
      {"list replaced", R"({"kmsKey":{"grants":[1]}})", R"({"kmsKey":{"grants":[2]}})",
       R"({"kmsKey":{"grants":[2]}})"},
      {"access points replaced, their policies kept",
       R"({"s3Bucket":{"accessPoints":{"a":{"accessPointPolicy":"p"},"b":{}}}})",
       R"({"s3Bucket":{"accessPoints":{"a":{}}}})",
       R"({"s3Bucket":{"accessPoints":{"a":{"accessPointPolicy":"p"}}}})"},
      {"an empty key of a snapshot keeps the old", R"({"ebsSnapshot":{"kmsKeyId":"k"}})",
       R"({"ebsSnapshot":{"kmsKeyId":""}})", R"({"ebsSnapshot":{"kmsKeyId":"k"}})"},
      {"an empty key of a secret is AWS's", R"({"secretsManagerSecret":{"kmsKeyId":"k"}})",
       R"({"secretsManagerSecret":{"kmsKeyId":""}})",
       R"({"secretsManagerSecret":{"kmsKeyId":""}})"},
  };
  for (const Case& one : cases)
    EXPECT_EQ(model::ToJson(Overlay(Json(one.existing), Json(one.proposed))), one.want) << one.name;
}

TEST_F(Request, JoinsAKeyThatIsRelated) {
  struct Case {
    std::string_view name, key, related;
    int want;
  };
  const Case cases[] = {
      {"ARN", "arn:aws:kms:us-east-1:1:key/abc", "arn:aws:kms:us-east-1:1:key/abc", 1},
      {"id", "abc", "arn:aws:kms:us-east-1:1:key/abc", 1},
      {"alias ARN", "alias/data", "arn:aws:kms:us-east-1:1:alias/data", 1},
      {"the only key there is", "alias/data", "arn:aws:kms:us-east-1:1:key/abc", 1},
      {"another key", "arn:aws:kms:us-east-1:1:key/xyz", "arn:aws:kms:us-east-1:1:key/abc", -1},
      {"a part of an id", "bc", "arn:aws:kms:us-east-1:1:key/abc", -1},
  };
  for (const Case& one : cases) {
    model::Assembly assembly;
    assembly.configurations.push_back(
        Read(R"({"ebsSnapshot":{"kmsKeyId":")" + std::string(one.key) + R"("}})"));
    const auto error = AddRelated(Json(R"({")" + std::string(one.related) + R"(":{"kmsKey":{}}})"),
                                  assembly, symbols_);
    EXPECT_FALSE(error.has_value()) << one.name;
    EXPECT_EQ(assembly.configurations[0].encryption->key_configuration, one.want) << one.name;
  }
}

TEST_F(Request, TakesTheAccountsBlock) {
  model::Assembly assembly;
  assembly.configurations.push_back(Read(R"({"s3Bucket":{}})", "", "arn:aws:s3:::b"));
  const auto error = AddRelated(
      Json(
          R"({"arn:aws:iam::111122223333:root":{"accountPublicAccessBlock":{"ignorePublicAcls":true,"restrictPublicBuckets":true}}})"),
      assembly, symbols_);
  EXPECT_FALSE(error.has_value());
  EXPECT_TRUE(assembly.configurations[0].account_block->restrict_public_buckets);
  EXPECT_EQ(assembly.configurations.size(), 1U);
}

TEST_F(Request, ABadRelatedIsAnError) {
  model::Assembly assembly;
  assembly.configurations.push_back(Read(R"({"s3Bucket":{}})", "", "arn:aws:s3:::b"));
  EXPECT_TRUE(AddRelated(Json("[]"), assembly, symbols_).has_value());
  EXPECT_TRUE(AddRelated(Json(R"({"a":{"nonsense":{}}})"), assembly, symbols_).has_value());
  EXPECT_TRUE(
      AddRelated(Json(R"({"a":{"accountPublicAccessBlock":{"x":true}}})"), assembly, symbols_)
          .has_value());
}

}  // namespace
}  // namespace preview::cli
