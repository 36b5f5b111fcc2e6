// What users asked of tools like this one, one test an ask, with the policies of the threads where
// those show one (account and organization ids replaced by well-formed ones). The threads are named
// beside each test.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "preview/cli/git.h"

namespace preview {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

class UserAsks : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("preview_asks_" + std::to_string(getpid()));
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  struct Result {
    int status = -1;
    json report;
    [[nodiscard]] const json& findings() const { return report["findings"]; }
    [[nodiscard]] bool Open() const { return !report["undetermined"].empty(); }
  };

  // `check` of one input.
  static Result Check(const fs::path& input, std::vector<std::string> options = {}) {
    std::vector<std::string> arguments = {PREVIEW_PROGRAM, "--account", "111122223333", "--region",
                                          "us-east-1",     "--format",  "json"};
    arguments.insert(arguments.end(), options.begin(), options.end());
    arguments.push_back(input.string());
    const cli::ProgramResult run = cli::RunProgram(arguments, std::size_t{16} << 20);
    Result result{run.status, json::parse(run.out, nullptr, false)};
    EXPECT_TRUE(result.report.is_object()) << run.out << run.error;
    EXPECT_EQ(result.report["errors"], json::array());
    return result;
  }
  // `check` of a template with these resources.
  [[nodiscard]] Result CheckResources(const std::string& resources,
                                      std::vector<std::string> options = {}) const {
    const fs::path file = folder_ / "template.yaml";
    std::ofstream(file, std::ios::binary) << "Parameters:\n  Own: {Type: String, Default: "
                                             "'111122223333'}\nResources:\n"
                                          << resources;
    return Check(file, std::move(options));
  }
  // A queue with a policy of one statement, which is given as YAML in one line.
  [[nodiscard]] Result CheckQueue(const std::string& statement,
                                  const std::string& more = "") const {
    return CheckResources(
        "  Queue: {Type: AWS::SQS::Queue, Properties: {QueueName: orders}}\n"
        "  Policy:\n    Type: AWS::SQS::QueuePolicy\n    Properties:\n"
        "      Queues: [!Ref Queue]\n      PolicyDocument: {Version: '2012-10-17', "
        "Statement: [" +
        statement + "]}\n" + more);
  }
  static Result CheckPlan(const std::string& folder) {
    return Check(fs::path(PREVIEW_ROOT) / "testdata" / folder / "plan.json");
  }
  static void ExpectNothing(const Result& result) {
    EXPECT_EQ(result.findings(), json::array());
    EXPECT_FALSE(result.Open()) << result.report["undetermined"];
    EXPECT_EQ(result.status, 0);
  }

  fs::path folder_;
};

constexpr const char* kOrgAndRole =
    R"(  Bucket: {Type: AWS::S3::Bucket, Properties: {BucketName: shared}}
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Bucket
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal: '*'
            Action: s3:GetObject
            Resource: !Sub '${Bucket.Arn}/*'
            Condition:
              ArnLike:
                aws:PrincipalArn:
                  - arn:aws:iam::*:role/special_role
              StringEquals:
                aws:PrincipalOrgID: o-1234567890
)";

// Ask 5. https://github.com/awslabs/aws-cloudformation-iam-policy-validator/issues/48
// https://github.com/cloud-custodian/cloud-custodian/pull/8665
TEST_F(UserAsks, PrincipalOrgIdWithPrincipalArnCountsAsInsideTheOrganization) {
  ExpectNothing(CheckResources(kOrgAndRole, {"--organization", "o-1234567890"}));
}

TEST_F(UserAsks, PrincipalOrgIdOfAnotherOrganizationIsOutside) {
  const Result result = CheckResources(kOrgAndRole, {"--organization", "o-0987654321"});
  ASSERT_EQ(result.findings().size(), 1U);
  EXPECT_EQ(result.findings()[0]["isPublic"], false);
  EXPECT_EQ(result.findings()[0]["condition"]["aws:PrincipalOrgID"], "o-1234567890");
  EXPECT_EQ(result.status, 1);
}

// https://github.com/cloud-custodian/cloud-custodian/issues/10500
TEST_F(UserAsks, PrincipalOrgIdWithPrincipalArnOfAKeyCountsAsInsideTheOrganization) {
  ExpectNothing(CheckResources(R"(  Key:
    Type: AWS::KMS::Key
    Properties:
      KeyPolicy:
        Statement:
          - Sid: test
            Effect: Allow
            Principal: {AWS: '*'}
            Action: kms:DescribeKey
            Resource: '*'
            Condition:
              StringEquals: {'AWS:PrincipalOrgID': o-1234567890}
              ArnLike: {'aws:PrincipalArn': 'arn:aws:iam::*:role/sometestrole-1'}
)",
                               {"--organization", "o-1234567890"}));
}

// Ask 6. https://github.com/stelligent/cfn_nag/issues/497
TEST_F(UserAsks, WildcardPrincipalWithTheOwnSourceAccountIsNotPublic) {
  ExpectNothing(CheckResources(R"(  SNSTopic: {Type: AWS::SNS::Topic}
  TopicPolicy:
    Type: AWS::SNS::TopicPolicy
    Properties:
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          Resource:
            - !Ref SNSTopic
          Effect: Allow
          Principal: '*'
          Action:
            - sns:Publish
          Condition:
            StringEquals:
              AWS:SourceAccount: !Ref Own
      Topics:
        - Ref: SNSTopic
)"));
}

// https://github.com/nccgroup/Scout2/issues/184 https://github.com/prowler-cloud/prowler/issues/247
TEST_F(UserAsks, WildcardPrincipalWithATopicOfTheOwnAccountIsNotPublic) {
  ExpectNothing(CheckQueue(
      "{Sid: Sid12345, Effect: Allow, Principal: {AWS: '*'}, Action: ['SQS:SendMessage'], "
      "Resource: "
      "'arn:aws:sqs:us-east-1:111122223333:orders', Condition: {ArnEquals: {'aws:SourceArn': "
      "'arn:aws:sns:us-east-1:111122223333:sns-topic'}}}"));
}

// https://github.com/prowler-cloud/prowler/issues/2565
TEST_F(UserAsks, AllActionsForATopicOfTheOwnAccountAreNotPublic) {
  ExpectNothing(CheckQueue(
      "{Sid: __owner_statement, Effect: Allow, Principal: '*', Action: 'SQS:*', Resource: "
      "'arn:aws:sqs:us-east-1:111122223333:orders', Condition: {ArnEquals: {'aws:SourceArn': "
      "'arn:aws:sns:us-east-1:111122223333:xxxxxxxxxxxxxxxxxxxxx'}}}"));
}

// https://github.com/prowler-cloud/prowler/issues/3199: another account's topic is access from
// outside, but not public.
TEST_F(UserAsks, WildcardPrincipalWithATopicOfAnotherAccountIsAFindingThatIsNotPublic) {
  const Result result = CheckQueue(
      "{Sid: Stmt1234, Effect: Allow, Principal: '*', Action: sqs:SendMessage, Resource: "
      "'arn:aws:sqs:us-east-1:111122223333:orders', Condition: {ArnEquals: {'aws:SourceArn': "
      "'arn:aws:sns:us-west-2:555555555555:TopicName'}}}");
  ASSERT_EQ(result.findings().size(), 1U);
  EXPECT_EQ(result.findings()[0]["isPublic"], false);
  EXPECT_EQ(result.findings()[0]["condition"]["aws:SourceArn"],
            "arn:aws:sns:us-west-2:555555555555:TopicName");
}

// The ones that stay public whatever their condition says.
TEST_F(UserAsks, WildcardPrincipalWithAConditionThatBoundsNobodyStaysPublic) {
  const Result result = CheckQueue(
      "{Effect: Allow, Principal: '*', Action: sqs:SendMessage, Resource: '*', Condition: {Bool: "
      "{'aws:SecureTransport': 'true'}}}");
  ASSERT_EQ(result.findings().size(), 1U);
  EXPECT_EQ(result.findings()[0]["isPublic"], true);
}

constexpr const char* kFromBucket =
    "{Sid: '', Effect: Allow, Principal: '*', Action: sqs:SendMessage, Resource: "
    "'arn:aws:sqs:*:*:orders', Condition: {ArnEquals: {'aws:SourceArn': 'arn:aws:s3:::uploads'}}}";

// Ask 7. https://github.com/prowler-cloud/prowler/issues/3212
TEST_F(UserAsks, SourceArnOfABucketOfTheSameTemplateIsTheOwnAccount) {
  ExpectNothing(CheckQueue(
      kFromBucket, "  Uploads: {Type: AWS::S3::Bucket, Properties: {BucketName: uploads}}\n"));
}

TEST_F(UserAsks, SourceArnOfABucketOfUnknownOwnerAsksForASourceAccount) {
  const Result result = CheckQueue(kFromBucket);
  ASSERT_EQ(result.findings().size(), 1U);
  const json& finding = result.findings()[0];
  EXPECT_EQ(finding["isPublic"], false);
  EXPECT_EQ(finding["condition"]["aws:SourceArn"], "arn:aws:s3:::uploads");
  EXPECT_NE((finding.dump() + result.report["notes"].dump()).find("aws:SourceAccount"),
            std::string::npos)
      << finding;
}

// Ask 12. https://github.com/bridgecrewio/checkov/issues/6287: the principal goes from `*` to a
// role.
TEST_F(UserAsks, ANarrowingChangeDoesNotFail) {
  const Result result = CheckPlan("user-asks/narrowing");
  EXPECT_EQ(result.status, 0);
  std::set<std::string> changes;
  for (const json& finding : result.findings()) {
    EXPECT_EQ(finding["newAction"], json::array());
    changes.insert(finding["principal"]["AWS"].get<std::string>() + " " +
                   finding["changeType"].get<std::string>() + " " +
                   finding["status"].get<std::string>());
  }
  EXPECT_EQ(changes,
            (std::set<std::string>{"* CHANGED RESOLVED",
                                   "arn:aws:iam::123456789012:role/rolename UNCHANGED ACTIVE"}));
}

// Ask 14. https://github.com/bridgecrewio/checkov/issues/4401
// https://github.com/bridgecrewio/checkov/issues/5934
TEST_F(UserAsks, ADenyOfEveryoneIsNoGrant) {
  ExpectNothing(CheckResources(R"(  Migrations: {Type: AWS::S3::Bucket}
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Migrations
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Sid: DenyObjectDelete
            Effect: Deny
            Principal: {AWS: '*'}
            Action: [s3:DeleteObject]
            Resource: !Sub '${Migrations.Arn}/*'
            Condition: {ArnNotLike: {'aws:PrincipalArn': ['arn:aws:iam::111122223333:role/RW']}}
          - Effect: Deny
            Principal: '*'
            Action: [s3:DeleteObject, s3:DeleteObjectVersion]
            Resource: !Sub '${Migrations.Arn}/*'
)"));
}

// https://github.com/bridgecrewio/checkov/issues/4394
TEST_F(UserAsks, ADenyOfEveryoneInAKeyPolicyIsNoGrant) {
  ExpectNothing(CheckResources(R"(  TheKey:
    Type: AWS::KMS::Key
    Properties:
      KeyPolicy:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal: {AWS: !Sub 'arn:aws:iam::${AWS::AccountId}:root'}
            Action: kms:*
            Resource: '*'
          - Effect: Deny
            Principal: '*'
            Action: kms:ScheduleKeyDeletion
            Resource: '*'
)"));
}

// https://github.com/boogy/iam-policy-validator/pull/153: what a Deny with a carve-out leaves open
// is what remains.
TEST_F(UserAsks, ADenyWithACarveOutLeavesWhatItCarvesOut) {
  for (const char* deny :
       {"{Effect: Deny, NotPrincipal: {AWS: 'arn:aws:iam::999988887777:role/partner'}, Action: "
        "'sqs:*', Resource: '*'}",
        "{Effect: Deny, Principal: '*', Action: 'sqs:*', Resource: '*', Condition: {ArnNotEquals: "
        "{'aws:PrincipalArn': 'arn:aws:iam::999988887777:role/partner'}}}"}) {
    const Result result =
        CheckQueue("{Effect: Allow, Principal: '*', Action: sqs:SendMessage, Resource: '*'}, " +
                   std::string(deny));
    ASSERT_EQ(result.findings().size(), 1U) << deny;
    const json& finding = result.findings()[0];
    EXPECT_EQ(finding["isPublic"], false) << deny;
    EXPECT_NE((finding["principal"].dump() + finding["condition"].dump())
                  .find("arn:aws:iam::999988887777:role/partner"),
              std::string::npos)
        << deny;
  }
}

// Ask 16. https://github.com/aquasecurity/tfsec/issues/1450
// https://github.com/aquasecurity/tfsec/issues/1766 https://github.com/fugue/regula/issues/335: in
// a module, by `count`, the bucket's name not known, by `.bucket` and by the id of the bucket's
// policy.
TEST_F(UserAsks, ThePublicAccessBlockOfAModuleIsLinkedToItsBucket) {
  const Result result = CheckPlan("user-asks/block-in-module");
  ASSERT_EQ(result.findings().size(), 1U) << result.findings();
  EXPECT_EQ(result.findings()[0]["resourceAddress"], "module.minimal_s3_bucket.aws_s3_bucket.open");
  EXPECT_FALSE(result.Open()) << result.report["undetermined"];
}

// Ask 17. https://github.com/aquasecurity/tfsec/issues/1678 (the policy of `count`),
// https://github.com/bridgecrewio/checkov/issues/6113 (of `for_each`).
TEST_F(UserAsks, InstancesOfForEachAndCountKeepTheirLinks) {
  const Result result = CheckPlan("user-asks/block-by-key");
  ASSERT_EQ(result.findings().size(), 1U) << result.findings();
  EXPECT_EQ(result.findings()[0]["resourceAddress"], "aws_s3_bucket.keyed[\"site\"]");
  EXPECT_FALSE(result.Open()) << result.report["undetermined"];
}

// Ask 18. https://github.com/hashicorp/terraform/issues/38641: what is forgotten keeps its access.
TEST_F(UserAsks, AForgottenResourceKeepsItsAccess) {
  const Result result = CheckPlan("terraform/removed-forget");
  EXPECT_EQ(result.status, 0);
  ASSERT_EQ(result.findings().size(), 1U) << result.findings();
  EXPECT_EQ(result.findings()[0]["changeType"], "UNCHANGED");
  EXPECT_EQ(result.findings()[0]["status"], "ACTIVE");
  EXPECT_FALSE(result.report["notes"].empty());
}

}  // namespace
}  // namespace preview
