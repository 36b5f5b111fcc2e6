// Resource control policies: shown as a restriction, and subtracted only when asked for.
// https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_FindingDetails.html

#include "preview/access/resource_control.h"

#include <gtest/gtest.h>

#include "parsers/policy/policy_parser.h"
#include "parsers/text/json.h"
#include "tests/preview/access/cases.h"
#include "tests/preview/access/findings.h"

namespace preview::access {
namespace {

model::PolicyDocument Policy(const std::string& statement) {
  auto value = text::ParseJson(R"({"Version":"2012-10-17","Statement":[)" + statement + "]}", {});
  policy::ParsedPolicy parsed = policy::ParsePolicy(value.value(), {});
  EXPECT_TRUE(parsed.problems.empty());
  return parsed.document;
}

// The data perimeter of the documentation: nobody but the own organization and AWS services.
// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_examples.html
std::string Perimeter(const std::string& action) {
  return R"({"Effect":"Deny","Principal":"*","Action":")" + action +
         R"(","Resource":"*","Condition":{"StringNotEqualsIfExists":{"aws:PrincipalOrgID":"o-own"},)"
         R"("BoolIfExists":{"aws:PrincipalIsAWSService":"false"}}})";
}

model::Configuration Shared(const std::string& type, const std::string& arn,
                            const std::string& action, const std::string& extra = "") {
  return ConfigurationOf(
      type, arn, "111122223333",
      R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"444455556666"},"Action":")" +
          action + R"(","Resource":"*")" + extra + "}]}");
}

Report Under(const model::Configuration& configuration, const std::string& statement, bool apply) {
  AccessOptions options = OwnAccount();
  options.zone.organization = "o-own";
  options.resource_control_policies = {Policy(statement)};
  options.apply_resource_control_policies = apply;
  return Decide(configuration, options);
}

const char* const kQueue = "arn:aws:sqs:us-east-1:111122223333:q";

TEST(ResourceControl, WithoutAPolicyNothingIsSaid) {
  Report report = Decide(Shared("AWS::SQS::Queue", kQueue, "sqs:SendMessage"), OwnAccount());
  ASSERT_EQ(report.findings.size(), 1U);
  EXPECT_EQ(report.findings[0].resource_control_policy_restriction, "");
}

TEST(ResourceControl, APolicyThatIsNotSubtractedIsApplicable) {
  Report report =
      Under(Shared("AWS::SQS::Queue", kQueue, "sqs:SendMessage"), Perimeter("sqs:*"), false);
  ASSERT_EQ(report.findings.size(), 1U);
  EXPECT_EQ(report.findings[0].resource_control_policy_restriction, "APPLICABLE");
}

TEST(ResourceControl, SubtractedItEndsTheAccess) {
  EXPECT_TRUE(Under(Shared("AWS::SQS::Queue", kQueue, "sqs:SendMessage"), Perimeter("sqs:*"), true)
                  .findings.empty());
}

// With the account as the zone of trust the rest of the organization is outside, and stays in.
TEST(ResourceControl, SubtractedItLeavesTheOrganization) {
  AccessOptions options = OwnAccount();
  options.resource_control_policies = {Policy(Perimeter("sqs:*"))};
  options.apply_resource_control_policies = true;
  Report report = Decide(Shared("AWS::SQS::Queue", kQueue, "sqs:SendMessage"), options);
  ASSERT_EQ(report.findings.size(), 1U);
  EXPECT_EQ(report.findings[0].resource_control_policy_restriction, "APPLIED");
  EXPECT_EQ(report.findings[0].witness->context,
            (model::Witness{}.context = {{"aws:PrincipalOrgID", {"o-own"}}}));
}

TEST(ResourceControl, WhatItLeavesIsFoundAndSaidToBeUnderIt) {
  // It keeps out requests without TLS; the others remain.
  std::string no_plain =
      R"({"Effect":"Deny","Principal":"*","Action":"*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}})";
  Report report = Under(Shared("AWS::SQS::Queue", kQueue, "sqs:SendMessage"), no_plain, true);
  ASSERT_EQ(report.findings.size(), 1U);
  EXPECT_EQ(report.findings[0].resource_control_policy_restriction, "APPLIED");
  auto tls = std::find_if(report.findings[0].witness->context.begin(),
                          report.findings[0].witness->context.end(),
                          [](const auto& entry) { return entry.first == "aws:SecureTransport"; });
  ASSERT_NE(tls, report.findings[0].witness->context.end());
  EXPECT_EQ(tls->second, std::vector<std::string>{"true"});
}

TEST(ResourceControl, OtherActionsAreNotRestricted) {
  for (bool apply : {false, true}) {
    Report report = Under(Shared("AWS::SQS::Queue", kQueue, "sqs:SendMessage"),
                          Perimeter("sqs:ReceiveMessage"), apply);
    ASSERT_EQ(report.findings.size(), 1U);
    EXPECT_EQ(report.findings[0].resource_control_policy_restriction, "NOT_APPLICABLE");
  }
}

TEST(ResourceControl, OtherResourcesAreNotRestricted) {
  std::string other =
      R"({"Effect":"Deny","Principal":"*","Action":"sqs:*","Resource":"arn:aws:sqs:us-east-1:111122223333:other"})";
  Report report = Under(Shared("AWS::SQS::Queue", kQueue, "sqs:SendMessage"), other, true);
  ASSERT_EQ(report.findings.size(), 1U);
  EXPECT_EQ(report.findings[0].resource_control_policy_restriction, "NOT_APPLICABLE");
}

// A service that the policies do not reach keeps its access, whatever they say.
TEST(ResourceControl, AServiceOutOfReachKeepsItsAccess) {
  Report report =
      Under(Shared("AWS::SNS::Topic", "arn:aws:sns:us-east-1:111122223333:t", "sns:Publish"),
            Perimeter("*"), true);
  ASSERT_EQ(report.findings.size(), 1U);
  EXPECT_EQ(report.findings[0].resource_control_policy_restriction, "NOT_APPLICABLE");
}

TEST(ResourceControl, ServicesOfTheList) {
  struct Row {
    const char* type;
    const char* arn;
    const char* action;
    bool reached;
  };
  for (const Row& row : {
           Row{"AWS::DynamoDB::Table", "arn:aws:dynamodb:us-east-1:111122223333:table/t",
               "dynamodb:GetItem", true},
           Row{"AWS::ECR::Repository", "arn:aws:ecr:us-east-1:111122223333:repository/r",
               "ecr:BatchGetImage", true},
           Row{"AWS::KMS::Key", "arn:aws:kms:us-east-1:111122223333:key/k", "kms:Decrypt", true},
           Row{"AWS::EFS::FileSystem",
               "arn:aws:elasticfilesystem:us-east-1:111122223333:file-system/f",
               "elasticfilesystem:ClientMount", false},
       }) {
    EXPECT_EQ(Under(Shared(row.type, row.arn, row.action), Perimeter("*"), true).findings.empty(),
              row.reached)
        << row.type;
  }
  EXPECT_TRUE(SupportsResourceControl("s3"));
  EXPECT_FALSE(SupportsResourceControl("sns"));
  EXPECT_FALSE(SupportsResourceControl(""));
}

}  // namespace
}  // namespace preview::access
