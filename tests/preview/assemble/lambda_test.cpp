// Statements that AWS makes out of arguments: Lambda functions, layers, event buses.
#include <gtest/gtest.h>

#include "tests/preview/assemble/fixture.h"

namespace preview::assemble::testing {
namespace {

using model::Configuration;

TEST(LambdaPermission, BecomesAStatementWithItsConditions) {
  Plan plan;
  plan.After("aws_lambda_function.f", R"({"function_name":"f"})");
  plan.After("aws_lambda_permission.p",
             R"({"function_name":"<<aws_lambda_function.f.function_name>>","statement_id":"Sid",
      "action":"lambda:InvokeFunction","principal":"s3.amazonaws.com","source_account":"999988887777","source_arn":"arn:aws:s3:::b"})");
  plan.After("aws_lambda_permission.o",
             R"({"function_name":"arn:aws:lambda:us-east-1:111122223333:function:f",
      "action":"lambda:InvokeFunctionUrl","principal":"*","principal_org_id":"o-abc","function_url_auth_type":"NONE","event_source_token":"t"})");
  const Assembled assembled = plan.Run();
  ASSERT_EQ(assembled.after.configurations.size(), 1U);
  const auto& policies = assembled.after.configurations[0].policies;
  ASSERT_EQ(policies.size(), 2U);
  EXPECT_EQ(policies[0].carrier, "aws_lambda_permission.p");
  EXPECT_EQ(
      StatementJson(policies[0]),
      R"({"Sid":"Sid","Effect":"Allow","Principal":{"Service":"s3.amazonaws.com"},"Action":"lambda:InvokeFunction",)"
      R"("Resource":"arn:aws:lambda:us-east-1:111122223333:function:f",)"
      R"("Condition":{"StringEquals":{"aws:SourceAccount":"999988887777"},"ArnLike":{"aws:SourceArn":"arn:aws:s3:::b"}}})");
  EXPECT_EQ(
      StatementJson(policies[1]),
      R"({"Effect":"Allow","Principal":"*","Action":"lambda:InvokeFunctionUrl",)"
      R"("Resource":"arn:aws:lambda:us-east-1:111122223333:function:f",)"
      R"("Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-abc","lambda:FunctionUrlAuthType":"NONE","lambda:EventSourceToken":"t"}}})");
}

struct QualifierCase {
  const char* name;
  const char* function;  // JSON members
  bool analysed;
};

class Qualifier : public ::testing::TestWithParam<QualifierCase> {};

TEST_P(Qualifier, PermissionsOnAVersionOrAliasAreNotAnalysedAndSaySo) {
  Plan plan;
  plan.After("aws_lambda_function.f", R"({"function_name":"f"})");
  plan.After("aws_lambda_alias.live", R"({"name":"live","function_name":"f"})");
  plan.After("aws_lambda_permission.p",
             std::string("{") + GetParam().function +
                 R"(,"action":"lambda:InvokeFunction","principal":"999988887777"})");
  const Assembled assembled = plan.Run();
  ASSERT_EQ(assembled.after.configurations.size(), 1U);
  const Configuration& function = assembled.after.configurations[0];
  EXPECT_EQ(function.policies.size(), GetParam().analysed ? 1U : 0U);
  EXPECT_EQ(function.notes.size(), GetParam().analysed ? 0U : 1U);
}

INSTANTIATE_TEST_SUITE_P(
    Functions, Qualifier,
    ::testing::Values(
        QualifierCase{"None", R"("function_name":"f")", true},
        QualifierCase{"Empty", R"("function_name":"f","qualifier":"")", true},
        QualifierCase{"PartialArn", R"("function_name":"111122223333:function:f")", true},
        QualifierCase{"Attribute", R"("function_name":"f","qualifier":"live")", false},
        QualifierCase{"InName", R"("function_name":"f:live")", false},
        QualifierCase{"InArn",
                      R"("function_name":"arn:aws:lambda:us-east-1:111122223333:function:f:3")",
                      false},
        QualifierCase{"AliasArn", R"("function_name":"<<aws_lambda_alias.live.arn>>")", false},
        QualifierCase{"AliasesFunction",
                      R"("function_name":"<<aws_lambda_alias.live.function_name>>")", true},
        QualifierCase{"QualifiedArn",
                      R"("function_name":"<<aws_lambda_function.f.qualified_arn>>")", false}),
    [](const auto& one) { return std::string(one.param.name); });

TEST(LambdaPermission, UnknownPrincipalStaysUnknown) {
  Plan plan;
  plan.After("aws_lambda_function.f", R"({"function_name":"f"})");
  plan.After("aws_lambda_permission.p",
             R"({"function_name":"f","action":"lambda:InvokeFunction","principal":"??"})");
  const Assembled assembled = plan.Run();
  const model::Value* statement =
      assembled.after.configurations.at(0).policies.at(0).document.FindPath("Statement");
  EXPECT_TRUE(statement->items.at(0).Find("Principal")->is_unknown());
}

TEST(FunctionUrl, WithoutAuthorizationHoldsTheHiddenGrant) {
  Plan plan;
  plan.Both("aws_lambda_function.f", R"({"function_name":"f"})");
  plan.Before("aws_lambda_function_url.u",
              R"({"function_name":"f","authorization_type":"AWS_IAM"})");
  plan.After("aws_lambda_function_url.u", R"({"function_name":"f","authorization_type":"NONE"})");
  const Assembled assembled = plan.Run();
  EXPECT_TRUE(assembled.before.configurations.at(0).policies.empty());
  ASSERT_EQ(assembled.after.configurations.at(0).policies.size(), 1U);
  EXPECT_EQ(
      StatementJson(assembled.after.configurations[0].policies[0]),
      R"({"Sid":"FunctionURLAllowPublicAccess","Effect":"Allow","Principal":"*","Action":"lambda:InvokeFunctionUrl",)"
      R"("Resource":"arn:aws:lambda:us-east-1:111122223333:function:f",)"
      R"("Condition":{"StringEquals":{"lambda:FunctionUrlAuthType":"NONE"}}})");
}

TEST(FunctionUrl, OfATemplateHasNoHiddenGrant) {
  Plan plan(model::Language::kCloudFormation);
  plan.After("F", R"({"FunctionName":"f"})", "AWS::Lambda::Function");
  plan.After("U", R"({"TargetFunctionArn":"<<F.Arn>>","AuthType":"NONE"})", "AWS::Lambda::Url");
  EXPECT_TRUE(plan.Run().after.configurations.at(0).policies.empty());
}

TEST(LayerPermission, IsJoinedByNameAndVersion) {
  Plan plan;
  plan.After("aws_lambda_layer_version.two", R"({"layer_name":"l","version":"2"})");
  plan.After("aws_lambda_layer_version.later", R"({"layer_name":"m","version":"??"})");
  plan.After(
      "aws_lambda_layer_version_permission.p",
      R"({"layer_name":"l","version_number":2,"statement_id":"s","action":"lambda:GetLayerVersion","principal":"*","organization_id":"o-abc"})");
  plan.After(
      "aws_lambda_layer_version_permission.m",
      R"({"layer_name":"m","version_number":1,"statement_id":"s","action":"lambda:GetLayerVersion","principal":"999988887777"})");
  plan.After(
      "aws_lambda_layer_version_permission.old",
      R"({"layer_name":"l","version_number":1,"statement_id":"s","action":"lambda:GetLayerVersion","principal":"999988887777"})");
  const Assembled assembled = plan.Run();
  const Configuration* two = At(assembled.after, "aws_lambda_layer_version.two");
  ASSERT_EQ(two->policies.size(), 1U);
  EXPECT_EQ(
      StatementJson(two->policies[0]),
      R"({"Sid":"s","Effect":"Allow","Principal":"*","Action":"lambda:GetLayerVersion",)"
      R"("Resource":"arn:aws:lambda:us-east-1:111122223333:layer:l:2","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-abc"}}})");
  EXPECT_EQ(At(assembled.after, "aws_lambda_layer_version.later")->policies.size(), 1U);
  EXPECT_EQ(At(assembled.after, "aws_lambda_layer_version_permission.old")->arn,
            "arn:aws:lambda:us-east-1:111122223333:layer:l:1");
}

TEST(EventPermission, AddsUpOnTheBus) {
  Plan plan;
  plan.After("aws_cloudwatch_event_bus.b", R"({"name":"b"})");
  plan.After(
      "aws_cloudwatch_event_permission.a",
      R"({"event_bus_name":"<<aws_cloudwatch_event_bus.b.name>>","statement_id":"A","principal":"999988887777"})");
  plan.After("aws_cloudwatch_event_permission.o",
             R"({"event_bus_name":"b","statement_id":"O","principal":"*",
      "condition":[{"key":"aws:PrincipalOrgID","type":"StringEquals","value":"o-abc"}]})");
  plan.After("aws_cloudwatch_event_permission.d", R"({"statement_id":"D","principal":"*"})");
  const Assembled assembled = plan.Run();
  const Configuration* bus = At(assembled.after, "aws_cloudwatch_event_bus.b");
  ASSERT_EQ(bus->policies.size(), 2U);
  EXPECT_EQ(
      StatementJson(bus->policies[0]),
      R"({"Sid":"A","Effect":"Allow","Principal":{"AWS":"999988887777"},"Action":"events:PutEvents",)"
      R"("Resource":"arn:aws:events:us-east-1:111122223333:event-bus/b"})");
  EXPECT_EQ(
      StatementJson(bus->policies[1]),
      R"({"Sid":"O","Effect":"Allow","Principal":"*","Action":"events:PutEvents",)"
      R"("Resource":"arn:aws:events:us-east-1:111122223333:event-bus/b","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-abc"}}})");
  EXPECT_EQ(At(assembled.after, "aws_cloudwatch_event_permission.d")->arn,
            "arn:aws:events:us-east-1:111122223333:event-bus/default");
}

TEST(EventPermission, TakesAWholeStatementInATemplate) {
  Plan plan(model::Language::kCloudFormation);
  plan.After(
      "P",
      R"({"StatementId":"S","Statement":{"Effect":"Allow","Principal":"*","Action":"events:PutEvents","Resource":"*"}})",
      "AWS::Events::EventBusPolicy");
  const Assembled assembled = plan.Run();
  ASSERT_EQ(assembled.after.configurations.size(), 1U);
  EXPECT_EQ(StatementJson(assembled.after.configurations[0].policies.at(0)),
            R"({"Effect":"Allow","Principal":"*","Action":"events:PutEvents","Resource":"*"})");
}

}  // namespace
}  // namespace preview::assemble::testing
