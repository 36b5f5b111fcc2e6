#include <gtest/gtest.h>

#include <map>
#include <string>

#include "model/symbol.h"
#include "rules/catalogue.h"
#include "rules/form.h"
#include "rules/tables.h"

namespace preview::rules {
namespace {

using model::Language;
using model::SymbolForm;

const model::Environment kHere = {
    .account = "111122223333", .region = "us-east-1", .partition = "aws"};
const model::Environment kChina = {
    .account = "111122223333", .region = "cn-north-1", .partition = "aws-cn"};

// Builds an attribute of a resource with the given other attributes; one that is not given is
// ⟨name⟩.
std::string Build(Language language, std::string_view type, std::string_view attribute,
                  const std::map<std::string, std::string, std::less<>>& others,
                  const model::Environment& environment = kHere) {
  auto built = BuildAttribute(language, type, attribute, environment, [&](std::string_view name) {
    auto found = others.find(name);
    return found == others.end() ? "<" + std::string(name) + ">" : found->second;
  });
  return built.value_or("no form");
}

struct Case {
  std::string name;
  Language language = Language::kTerraform;
  std::string type;
  std::string attribute;
  std::map<std::string, std::string, std::less<>> others;
  std::string expected;
};

class BuildAttributeTest : public testing::TestWithParam<Case> {};

TEST_P(BuildAttributeTest, GivesTheTextThatTheAttributeWillHave) {
  const Case& c = GetParam();
  EXPECT_EQ(Build(c.language, c.type, c.attribute, c.others), c.expected);
}

constexpr Language kTf = Language::kTerraform;
constexpr Language kCf = Language::kCloudFormation;

INSTANTIATE_TEST_SUITE_P(
    Terraform, BuildAttributeTest,
    testing::Values(
        Case{"QueueArn",
             kTf,
             "aws_sqs_queue",
             "arn",
             {{"name", "q"}},
             "arn:aws:sqs:us-east-1:111122223333:q"},
        Case{"QueueId",
             kTf,
             "aws_sqs_queue",
             "id",
             {{"name", "q"}},
             "https://sqs.us-east-1.amazonaws.com/111122223333/q"},
        Case{"BucketId", kTf, "aws_s3_bucket", "id", {{"bucket", "b"}}, "b"},
        Case{"BucketArn", kTf, "aws_s3_bucket", "arn", {{"bucket", "b"}}, "arn:aws:s3:::b"},
        Case{"BucketName", kTf, "aws_s3_bucket", "bucket", {}, "<bucket>"},
        Case{"RoleArn",
             kTf,
             "aws_iam_role",
             "arn",
             {{"name", "r"}, {"path", "/team/"}},
             "arn:aws:iam::111122223333:role/team/r"},
        Case{"RoleArnWithoutPath",
             kTf,
             "aws_iam_role",
             "arn",
             {{"name", "r"}, {"path", ""}},
             "arn:aws:iam::111122223333:role/r"},
        Case{"KeyArn",
             kTf,
             "aws_kms_key",
             "arn",
             {},
             "arn:aws:kms:us-east-1:111122223333:key/<key_id>"},
        Case{"KeyId", kTf, "aws_kms_key", "id", {{"key_id", "k"}}, "k"},
        Case{"AliasArn",
             kTf,
             "aws_kms_alias",
             "arn",
             {{"name", "alias/a"}},
             "arn:aws:kms:us-east-1:111122223333:alias/a"},
        Case{"TopicId",
             kTf,
             "aws_sns_topic",
             "id",
             {{"name", "t"}},
             "arn:aws:sns:us-east-1:111122223333:t"},
        Case{"SecretArn",
             kTf,
             "aws_secretsmanager_secret",
             "arn",
             {{"name", "s"}},
             "arn:aws:secretsmanager:us-east-1:111122223333:secret:s-<arn_suffix>"},
        Case{"SnapshotArn",
             kTf,
             "aws_ebs_snapshot",
             "arn",
             {{"id", "snap-1"}},
             "arn:aws:ec2:us-east-1::snapshot/snap-1"},
        Case{"OidcProviderArn",
             kTf,
             "aws_iam_openid_connect_provider",
             "arn",
             {{"url", "https://token.actions.githubusercontent.com"}},
             "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"},
        Case{"RuleOnDefaultBus",
             kTf,
             "aws_cloudwatch_event_rule",
             "arn",
             {{"name", "r"}, {"event_bus_name", "default"}},
             "arn:aws:events:us-east-1:111122223333:rule/r"},
        Case{"RuleOnOtherBus",
             kTf,
             "aws_cloudwatch_event_rule",
             "arn",
             {{"name", "r"}, {"event_bus_name", "orders"}},
             "arn:aws:events:us-east-1:111122223333:rule/orders/r"},
        Case{"RuleOnBusByArn",
             kTf,
             "aws_cloudwatch_event_rule",
             "arn",
             {{"name", "r"},
              {"event_bus_name", "arn:aws:events:us-east-1:111122223333:event-bus/orders"}},
             "arn:aws:events:us-east-1:111122223333:rule/orders/r"},
        Case{"AliasOfFunctionByArn",
             kTf,
             "aws_lambda_alias",
             "arn",
             {{"name", "live"},
              {"function_name", "arn:aws:lambda:us-east-1:111122223333:function:f"}},
             "arn:aws:lambda:us-east-1:111122223333:function:f:live"},
        Case{"ParameterWithPath",
             kTf,
             "aws_ssm_parameter",
             "arn",
             {{"name", "/a/b"}},
             "arn:aws:ssm:us-east-1:111122223333:parameter/a/b"},
        Case{"ParameterWithoutPath",
             kTf,
             "aws_ssm_parameter",
             "arn",
             {{"name", "b"}},
             "arn:aws:ssm:us-east-1:111122223333:parameter/b"},
        Case{"CallerIdentity", kTf, "aws_caller_identity", "account_id", {}, "111122223333"},
        Case{"StreamArn",
             kTf,
             "aws_dynamodb_table",
             "stream_arn",
             {{"name", "t"}},
             "arn:aws:dynamodb:us-east-1:111122223333:table/t/stream/<stream_label>"},
        Case{"OriginAccessIdentity",
             kTf,
             "aws_cloudfront_origin_access_identity",
             "iam_arn",
             {{"id", "E1"}},
             "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1"},
        Case{"NoForm", kTf, "aws_sqs_queue", "visibility_timeout_seconds", {}, "no form"},
        Case{"NoSuchType", kTf, "aws_no_such", "arn", {}, "no form"}),
    [](const auto& instance) { return instance.param.name; });

INSTANTIATE_TEST_SUITE_P(
    CloudFormation, BuildAttributeTest,
    testing::Values(
        Case{"QueueRef",
             kCf,
             "AWS::SQS::Queue",
             "Ref",
             {{"QueueName", "q"}},
             "https://sqs.us-east-1.amazonaws.com/111122223333/q"},
        Case{"QueueArn",
             kCf,
             "AWS::SQS::Queue",
             "Arn",
             {{"QueueName", "q"}},
             "arn:aws:sqs:us-east-1:111122223333:q"},
        Case{"QueueName", kCf, "AWS::SQS::Queue", "QueueName", {}, "<QueueName>"},
        Case{"BucketRef", kCf, "AWS::S3::Bucket", "Ref", {{"BucketName", "b"}}, "b"},
        Case{"BucketArn", kCf, "AWS::S3::Bucket", "Arn", {}, "arn:aws:s3:::<BucketName>"},
        Case{"RoleArn",
             kCf,
             "AWS::IAM::Role",
             "Arn",
             {{"RoleName", "r"}, {"Path", ""}},
             "arn:aws:iam::111122223333:role/r"},
        Case{"RoleRef", kCf, "AWS::IAM::Role", "Ref", {}, "<RoleName>"},
        Case{"RoleId", kCf, "AWS::IAM::Role", "RoleId", {}, "<RoleId>"},
        Case{"TopicRef",
             kCf,
             "AWS::SNS::Topic",
             "Ref",
             {{"TopicName", "t"}},
             "arn:aws:sns:us-east-1:111122223333:t"},
        Case{"KeyRef", kCf, "AWS::KMS::Key", "Ref", {}, "<KeyId>"},
        Case{"SecretRef",
             kCf,
             "AWS::SecretsManager::Secret",
             "Ref",
             {{"Name", "s"}},
             "arn:aws:secretsmanager:us-east-1:111122223333:secret:s-<ArnSuffix>"},
        Case{"LogGroupArnEndsInAStar",
             kCf,
             "AWS::Logs::LogGroup",
             "Arn",
             {{"LogGroupName", "/g"}},
             "arn:aws:logs:us-east-1:111122223333:log-group:/g:*"},
        Case{"StateMachineRef",
             kCf,
             "AWS::StepFunctions::StateMachine",
             "Ref",
             {{"StateMachineName", "m"}},
             "arn:aws:states:us-east-1:111122223333:stateMachine:m"}),
    [](const auto& instance) { return instance.param.name; });

TEST(BuildAttribute, FollowsThePartition) {
  EXPECT_EQ(Build(kTf, "aws_sqs_queue", "url", {{"name", "q"}}, kChina),
            "https://sqs.cn-north-1.amazonaws.com.cn/111122223333/q");
  EXPECT_EQ(Build(kTf, "aws_s3_bucket", "arn", {{"bucket", "b"}}, kChina), "arn:aws-cn:s3:::b");
}

TEST(AttributeDefault, IsWhatAwsTakes) {
  EXPECT_EQ(AttributeDefault(kTf, "aws_iam_role", "path"), "/");
  EXPECT_EQ(AttributeDefault(kCf, "AWS::IAM::Role", "Path"), "/");
  EXPECT_EQ(AttributeDefault(kTf, "aws_cloudwatch_event_permission", "event_bus_name"), "default");
  EXPECT_EQ(AttributeDefault(kTf, "aws_iam_role", "name"), "");
}

TEST(AttributeSymbolForm, TellsWhoseIdAnAttributeIs) {
  EXPECT_EQ(AttributeSymbolForm(kTf, "aws_organizations_account", "id"), SymbolForm::kNewAccount);
  EXPECT_EQ(AttributeSymbolForm(kCf, "AWS::Organizations::Account", "AccountId"),
            SymbolForm::kNewAccount);
  EXPECT_EQ(AttributeSymbolForm(kTf, "aws_organizations_organization", "id"),
            SymbolForm::kOwnOrganization);
  EXPECT_EQ(AttributeSymbolForm(kTf, "aws_vpc", "id"), SymbolForm::kOpaqueId);
  EXPECT_EQ(AttributeSymbolForm(kTf, "aws_kms_key", "key_id"), SymbolForm::kOpaqueId);
  EXPECT_EQ(AttributeSymbolForm(kTf, "aws_s3_bucket", "bucket"), SymbolForm::kText);
  EXPECT_EQ(AttributeSymbolForm(kTf, "aws_no_such", "id"), SymbolForm::kText);
}

TEST(AttributesWithForm, IdentifyTheResource) {
  const auto names = AttributesWithForm(kTf, "aws_sqs_queue");
  EXPECT_EQ(std::vector<std::string>(names.begin(), names.end()),
            (std::vector<std::string>{"arn", "id", "name", "url"}));
  // The account that owns a topic has a form, but does not say which topic it is.
  for (std::string_view name : AttributesWithForm(kTf, "aws_sns_topic")) EXPECT_NE(name, "owner");
  EXPECT_EQ(Build(kTf, "aws_sns_topic", "owner", {}), "111122223333");
  EXPECT_TRUE(AttributesWithForm(kTf, "aws_no_such").empty());
}

// Else the front end's `attribute_text` would have to call back.
TEST(BuildAttribute, AsksForBaseAttributesOnly) {
  for (const IacType& type : BuiltInTables().iac_types) {
    for (const Attribute& attribute : type.attributes) {
      for (const FormPart& part : ParseForm(attribute.form)) {
        if (part.name.empty() || IsEnvironmentName(part.name)) continue;
        const Attribute* base =
            FindAttributeIn(BuiltInTables(), type.language, type.name, part.name);
        const bool own = base == nullptr || base->form.empty() ||
                         base->form == "{" + std::string(part.name) + "}";
        EXPECT_TRUE(own) << type.name << "." << attribute.name << " asks for " << part.name;
      }
    }
  }
}

}  // namespace
}  // namespace preview::rules
