#include "rules/catalogue.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "rules/tables.h"

namespace preview::rules {
namespace {

using model::Language;

std::vector<std::string> NamesOfActions(std::string_view type) {
  std::vector<std::string> names;
  const ResourceType* found = FindResourceType(type);
  if (found == nullptr) return names;
  for (const Action& action : found->actions) names.emplace_back(action.name);
  return names;
}

const Action* FindAction(std::string_view type, std::string_view name) {
  for (const Action& action : FindResourceType(type)->actions) {
    if (action.name == name) return &action;
  }
  return nullptr;
}

TEST(Catalogue, IsSortedAndFindsEveryType) {
  ASSERT_FALSE(ResourceTypes().empty());
  std::string_view previous;
  for (const ResourceType& type : ResourceTypes()) {
    EXPECT_LT(previous, type.name);
    previous = type.name;
    EXPECT_EQ(FindResourceType(type.name), &type);
  }
  EXPECT_EQ(FindResourceType("AWS::No::Such"), nullptr);
  EXPECT_EQ(FindResourceType(""), nullptr);
}

TEST(Catalogue, EveryRowHasASource) {
  for (const ResourceType& type : ResourceTypes()) {
    EXPECT_TRUE(type.source.starts_with("https://")) << type.name;
  }
  for (const Binding& binding : Bindings()) {
    EXPECT_TRUE(binding.source.starts_with("https://")) << binding.iac_type;
  }
  for (const IacType& type : BuiltInTables().iac_types) {
    EXPECT_TRUE(type.source.starts_with("https://")) << type.name;
  }
}

TEST(Catalogue, ActionsAreSortedAndAskedOfAFormThatExists) {
  for (const ResourceType& type : ResourceTypes()) {
    ASSERT_FALSE(type.forms.empty()) << type.name;
    ASSERT_FALSE(type.actions.empty()) << type.name;
    std::string_view previous;
    for (const Action& action : type.actions) {
      EXPECT_LT(previous, action.name) << type.name;
      previous = action.name;
      EXPECT_NE(action.forms, 0) << type.name << " " << action.name;
      EXPECT_LT(action.forms >> type.forms.size(), 1) << type.name << " " << action.name;
      EXPECT_NE(action.name.find(':'), std::string_view::npos) << action.name;
    }
  }
}

TEST(Catalogue, EveryFormIsAskedForSomething) {
  for (const ResourceType& type : ResourceTypes()) {
    unsigned asked = 0;
    for (const Action& action : type.actions) asked |= action.forms;
    for (std::size_t i = 0; i < type.forms.size(); ++i) {
      const bool account_policy = type.forms[i].suffix.empty() && type.forms.size() > 1;
      EXPECT_TRUE((asked >> i & 1U) != 0 || account_policy)
          << type.name << " " << type.forms[i].name;
    }
  }
}

// https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_Configuration.html
TEST(Catalogue, HasEveryMemberOfTheAccessPreviewConfiguration) {
  struct Member {
    std::string_view member, policy, type;
  };
  constexpr Member kMembers[] = {
      {"dynamodbStream", "streamPolicy", "AWS::DynamoDB::Stream"},
      {"dynamodbTable", "tablePolicy", "AWS::DynamoDB::Table"},
      {"ebsSnapshot", "", "AWS::EC2::Snapshot"},
      {"ecrRepository", "repositoryPolicy", "AWS::ECR::Repository"},
      {"efsFileSystem", "fileSystemPolicy", "AWS::EFS::FileSystem"},
      {"iamRole", "trustPolicy", "AWS::IAM::Role"},
      {"kmsKey", "keyPolicies", "AWS::KMS::Key"},
      {"rdsDbClusterSnapshot", "", "AWS::RDS::DBClusterSnapshot"},
      {"rdsDbSnapshot", "", "AWS::RDS::DBSnapshot"},
      {"s3Bucket", "bucketPolicy", "AWS::S3::Bucket"},
      {"s3ExpressDirectoryBucket", "bucketPolicy", "AWS::S3Express::DirectoryBucket"},
      {"secretsManagerSecret", "secretPolicy", "AWS::SecretsManager::Secret"},
      {"snsTopic", "topicPolicy", "AWS::SNS::Topic"},
      {"sqsQueue", "queuePolicy", "AWS::SQS::Queue"},
  };
  for (const Member& member : kMembers) {
    const ResourceType* type = FindResourceTypeByMember(member.member);
    ASSERT_NE(type, nullptr) << member.member;
    EXPECT_EQ(type->name, member.type);
    EXPECT_EQ(type->policy_member, member.policy);
    EXPECT_TRUE(type->in_access_preview);
    EXPECT_TRUE(type->in_access_analyzer);
  }
  const auto previewed =
      std::count_if(ResourceTypes().begin(), ResourceTypes().end(),
                    [](const ResourceType& type) { return type.in_access_preview; });
  EXPECT_EQ(previewed, std::ssize(kMembers));
  EXPECT_EQ(FindResourceTypeByMember(""), nullptr);
  EXPECT_EQ(FindResourceTypeByMember("SqsQueue"), nullptr);
}

// The analyzer reports these too, but previews neither.
TEST(Catalogue, LambdaIsReportedAndNotPreviewed) {
  for (const char* name : {"AWS::Lambda::Function", "AWS::Lambda::LayerVersion"}) {
    EXPECT_TRUE(FindResourceType(name)->in_access_analyzer) << name;
    EXPECT_FALSE(FindResourceType(name)->in_access_preview) << name;
  }
  EXPECT_FALSE(FindResourceType("AWS::Backup::BackupVault")->in_access_analyzer);
}

TEST(Catalogue, BucketActionsPairWithTheBucketAndObjectActionsWithObjects) {
  const ResourceType* bucket = FindResourceType("AWS::S3::Bucket");
  ASSERT_EQ(bucket->forms.size(), 2U);
  EXPECT_EQ(bucket->forms[0].suffix, "");
  EXPECT_EQ(bucket->forms[1].suffix, "/*");
  EXPECT_EQ(FindAction(bucket->name, "s3:ListBucket")->forms, 1);
  EXPECT_EQ(FindAction(bucket->name, "s3:ListBucket")->level, AccessLevel::kList);
  EXPECT_EQ(FindAction(bucket->name, "s3:GetObject")->forms, 2);
  EXPECT_EQ(FindAction(bucket->name, "s3:PutObjectAcl")->level, AccessLevel::kPermissions);
  EXPECT_EQ(FindAction(bucket->name, "s3:ListAllMyBuckets"), nullptr);
  EXPECT_EQ(FindAction(bucket->name, "s3:DescribeJob"), nullptr);
  EXPECT_EQ(FindAction(bucket->name, "s3:GetAccessPoint"), nullptr);
}

// What a published finding of the service on a key opened to everyone listed (2024), and what the
// API has since marked "Cross-account use: Yes".
TEST(Catalogue, KeyActionsAreThoseThatWorkAcrossAccounts) {
  const std::vector<std::string> expected = {"kms:CreateGrant",
                                             "kms:Decapsulate",
                                             "kms:Decrypt",
                                             "kms:DeriveSharedSecret",
                                             "kms:DescribeKey",
                                             "kms:Encapsulate",
                                             "kms:Encrypt",
                                             "kms:GenerateDataKey",
                                             "kms:GenerateDataKeyPair",
                                             "kms:GenerateDataKeyPairWithoutPlaintext",
                                             "kms:GenerateDataKeyWithoutPlaintext",
                                             "kms:GenerateMac",
                                             "kms:GetKeyRotationStatus",
                                             "kms:GetPublicKey",
                                             "kms:ListGrants",
                                             "kms:ReEncryptFrom",
                                             "kms:ReEncryptTo",
                                             "kms:RetireGrant",
                                             "kms:RevokeGrant",
                                             "kms:Sign",
                                             "kms:Verify",
                                             "kms:VerifyMac"};
  EXPECT_EQ(NamesOfActions("AWS::KMS::Key"), expected);
}

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-limitations-of-custom-policies.html
TEST(Catalogue, QueueActionsAreThoseThatWorkAcrossAccounts) {
  const std::vector<std::string> expected = {"sqs:ChangeMessageVisibility",
                                             "sqs:DeleteMessage",
                                             "sqs:GetQueueAttributes",
                                             "sqs:GetQueueUrl",
                                             "sqs:ListDeadLetterSourceQueues",
                                             "sqs:PurgeQueue",
                                             "sqs:ReceiveMessage",
                                             "sqs:SendMessage"};
  EXPECT_EQ(NamesOfActions("AWS::SQS::Queue"), expected);
}

TEST(Catalogue, SnapshotHasTheSevenActionsWithTheirLevels) {
  struct Row {
    std::string_view name;
    AccessLevel level;
  };
  constexpr Row kRows[] = {{"ec2:CopySnapshot", AccessLevel::kWrite},
                           {"ec2:CreateVolume", AccessLevel::kWrite},
                           {"ec2:DescribeFastSnapshotRestores", AccessLevel::kRead},
                           {"ec2:DescribeSnapshotAttribute", AccessLevel::kList},
                           {"ec2:DescribeSnapshots", AccessLevel::kList},
                           {"ec2:DisableFastSnapshotRestores", AccessLevel::kWrite},
                           {"ec2:EnableFastSnapshotRestores", AccessLevel::kWrite}};
  const ResourceType* snapshot = FindResourceType("AWS::EC2::Snapshot");
  ASSERT_EQ(snapshot->actions.size(), std::size(kRows));
  for (std::size_t i = 0; i < std::size(kRows); ++i) {
    EXPECT_EQ(snapshot->actions[i].name, kRows[i].name);
    EXPECT_EQ(snapshot->actions[i].level, kRows[i].level) << kRows[i].name;
  }
  EXPECT_TRUE(snapshot->shared_image);
}

TEST(Catalogue, SecretActionsNameTheKeyActionThatTheyTake) {
  constexpr std::string_view kSecret = "AWS::SecretsManager::Secret";
  EXPECT_EQ(FindAction(kSecret, "secretsmanager:GetSecretValue")->key_action, "kms:Decrypt");
  EXPECT_EQ(FindAction(kSecret, "secretsmanager:BatchGetSecretValue")->key_action, "kms:Decrypt");
  EXPECT_EQ(FindAction(kSecret, "secretsmanager:PutSecretValue")->key_action,
            "kms:GenerateDataKey");
  EXPECT_EQ(FindAction(kSecret, "secretsmanager:UpdateSecret")->key_action, "kms:GenerateDataKey");
  EXPECT_EQ(FindAction(kSecret, "secretsmanager:DescribeSecret")->key_action, "");
}

TEST(Catalogue, TableActionsOnIndexesAreThoseThatReadThem) {
  constexpr std::string_view kTable = "AWS::DynamoDB::Table";
  EXPECT_EQ(FindAction(kTable, "dynamodb:Query")->forms, 3);
  EXPECT_EQ(FindAction(kTable, "dynamodb:PutItem")->forms, 1);
  EXPECT_EQ(FindAction(kTable, "dynamodb:PutResourcePolicy"), nullptr);
  EXPECT_EQ(FindAction(kTable, "dynamodb:PartiQLSelect"), nullptr);
}

TEST(Bindings, NameTypesAndFormsThatExist) {
  for (const Binding& binding : Bindings()) {
    EXPECT_NE(FindResourceType(binding.resource_type), nullptr) << binding.iac_type;
    if (binding.role != BindingRole::kResource) continue;
    const Attribute* arn =
        FindAttributeIn(BuiltInTables(), binding.language, binding.iac_type, binding.arn);
    ASSERT_NE(arn, nullptr) << binding.iac_type;
    EXPECT_FALSE(arn->form.empty()) << binding.iac_type;
  }
}

TEST(Bindings, EveryTypeHasOneThatLeadsToIt) {
  for (const ResourceType& type : ResourceTypes()) {
    bool bound = false;
    for (const Binding& binding : Bindings()) bound = bound || binding.resource_type == type.name;
    EXPECT_TRUE(bound) << type.name;
  }
}

TEST(Bindings, OneBucketPolicyMayConcernTwoKindsOfBucket) {
  std::set<std::string> types;
  for (const Binding& binding : FindBindings(Language::kTerraform, "aws_s3_bucket_policy")) {
    EXPECT_EQ(binding.role, BindingRole::kPolicy);
    EXPECT_EQ(binding.target, "bucket");
    EXPECT_EQ(binding.policy, "policy");
    types.insert(std::string(binding.resource_type));
  }
  EXPECT_EQ(types, (std::set<std::string>{"AWS::S3::Bucket", "AWS::S3Express::DirectoryBucket"}));
}

TEST(Bindings, AStreamExistsOnlyWhenTheTableHasOne) {
  int streams = 0;
  for (const Binding& binding : FindBindings(Language::kTerraform, "aws_dynamodb_table")) {
    if (binding.resource_type != "AWS::DynamoDB::Stream") continue;
    ++streams;
    EXPECT_EQ(binding.arn, "stream_arn");
    EXPECT_EQ(binding.exists_when, "stream_enabled");
  }
  EXPECT_EQ(streams, 1);
}

TEST(Bindings, AreFoundInTheirOwnLanguageOnly) {
  EXPECT_FALSE(FindBindings(Language::kCloudFormation, "AWS::SQS::QueuePolicy").empty());
  EXPECT_TRUE(FindBindings(Language::kTerraform, "AWS::SQS::QueuePolicy").empty());
  EXPECT_TRUE(FindBindings(Language::kCloudFormation, "aws_sqs_queue").empty());
  EXPECT_TRUE(FindBindings(Language::kTerraform, "").empty());
}

TEST(Bindings, ExistForEveryTypeThatCarriesAccess) {
  std::ifstream file(PREVIEW_RULES_TESTDATA "/carriers.txt");
  std::string name;
  int carriers = 0;
  while (std::getline(file, name)) {
    if (name.empty() || name[0] == '#') continue;
    ++carriers;
    const Language language =
        name.starts_with("aws_") ? Language::kTerraform : Language::kCloudFormation;
    EXPECT_FALSE(FindBindings(language, name).empty()) << name;
    EXPECT_TRUE(BearsOnAccess(language, name)) << name;
    EXPECT_FALSE(GrantsNothing(language, name)) << name;
  }
  EXPECT_GT(carriers, 200);
}

TEST(Catalogue, KnowsWhatDoesNotBearOnAccess) {
  EXPECT_FALSE(BearsOnAccess(Language::kTerraform, "aws_route_table"));
  EXPECT_FALSE(BearsOnAccess(Language::kTerraform, "random_id"));
  EXPECT_TRUE(BearsOnAccess(Language::kTerraform, "aws_vpc"));  // named by aws:SourceVpc
  EXPECT_TRUE(GrantsNothing(Language::kTerraform, "aws_vpc_endpoint"));
  EXPECT_TRUE(GrantsNothing(Language::kCloudFormation, "AWS::EC2::VPCEndpoint"));
  EXPECT_FALSE(GrantsNothing(Language::kTerraform, "aws_sqs_queue"));
}

}  // namespace
}  // namespace preview::rules
