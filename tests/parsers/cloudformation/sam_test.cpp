#include "tests/parsers/cloudformation/reader.h"

namespace preview::cloudformation {
namespace {

constexpr const char* kTransform = "Transform: AWS::Serverless-2016-10-31\n";

std::string TypeOf(const model::Deployment& deployment, const std::string& address) {
  const model::Resource* resource = Fixture::Find(deployment.after, address);
  return resource == nullptr ? "" : resource->type;
}

TEST(Sam, GivesAFunctionARoleThatLambdaMayAssume) {
  Fixture fixture;
  const auto deployment = fixture.ReadOne(std::string(kTransform) + R"(
Resources:
  F: {Type: AWS::Serverless::Function, Properties: {FunctionName: f}}
  Own: {Type: AWS::Serverless::Function, Properties: {Role: 'arn:aws:iam::111122223333:role/r'}}
)");
  EXPECT_EQ(TypeOf(deployment, "F"), "AWS::Lambda::Function");
  EXPECT_EQ(fixture.Attribute(deployment.after, "FRole",
                              "AssumeRolePolicyDocument.Statement.Principal.Service"),
            R"(["lambda.amazonaws.com"])");
  EXPECT_EQ(TypeOf(deployment, "OwnRole"), "");
}

TEST(Sam, KeepsAWrittenTrustPolicyAndGlobals) {
  Fixture fixture;
  const auto deployment = fixture.ReadOne(std::string(kTransform) + R"(
Globals: {Function: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {AWS: '999988887777'}, Action: 'sts:AssumeRole'}]}}}
Resources:
  F: {Type: AWS::Serverless::Function}
)");
  EXPECT_EQ(fixture.Attribute(deployment.after, "FRole",
                              "AssumeRolePolicyDocument.Statement.Principal.AWS"),
            R"("999988887777")");
}

TEST(Sam, OpensAFunctionUrlWithoutAuthorization) {
  Fixture fixture;
  const auto deployment = fixture.ReadOne(std::string(kTransform) + R"(
Parameters: {Auth: {Type: String, Default: NONE}}
Resources:
  Open: {Type: AWS::Serverless::Function, Properties: {FunctionUrlConfig: {AuthType: !Ref Auth}}}
  Shut: {Type: AWS::Serverless::Function, Properties: {FunctionUrlConfig: {AuthType: AWS_IAM}}}
)");
  EXPECT_EQ(fixture.Attribute(deployment.after, "OpenUrlPublicPermissions", "Principal"), R"("*")");
  EXPECT_EQ(fixture.Attribute(deployment.after, "OpenUrlPublicPermissions", "Action"),
            R"("lambda:InvokeFunctionUrl")");
  EXPECT_EQ(fixture.Attribute(deployment.after, "OpenUrlPublicPermissions", "FunctionUrlAuthType"),
            R"("NONE")");
  EXPECT_EQ(fixture.Attribute(deployment.after, "OpenURLInvokeAllowPublicAccess",
                              "InvokedViaFunctionUrl"),
            "true");
  EXPECT_EQ(TypeOf(deployment, "ShutUrlPublicPermissions"), "");
  EXPECT_EQ(TypeOf(deployment, "ShutUrl"), "AWS::Lambda::Url");
}

TEST(Sam, LetsTheSourcesOfEventsInvoke) {
  struct Case {
    std::string event;
    std::string id;
    std::string principal;
  };
  const std::vector<Case> cases = {
      {"{Type: Api, Properties: {Path: /, Method: get}}", "FEPermissionProd",
       R"("apigateway.amazonaws.com")"},
      {"{Type: HttpApi}", "FEPermission", R"("apigateway.amazonaws.com")"},
      {"{Type: S3, Properties: {Bucket: !Ref B, Events: 's3:*'}}", "FEPermission",
       R"("s3.amazonaws.com")"},
      {"{Type: SNS, Properties: {Topic: t}}", "FEPermission", R"("sns.amazonaws.com")"},
      {"{Type: Schedule, Properties: {Schedule: rate(1 hour)}}", "FEPermission",
       R"("events.amazonaws.com")"},
      {"{Type: EventBridgeRule}", "FEPermission", R"("events.amazonaws.com")"},
      {"{Type: CloudWatchLogs}", "FEPermission", R"("logs.amazonaws.com")"},
      {"{Type: IoTRule}", "FEPermission", R"("iot.amazonaws.com")"},
      {"{Type: AlexaSkill, Properties: {SkillId: s}}", "FEPermission",
       R"("alexa-appkit.amazon.com")"},
      {"{Type: SQS, Properties: {Queue: q}}", "FEPermission", "no resource"},
  };
  for (const Case& item : cases) {
    Fixture fixture;
    const auto deployment = fixture.ReadOne(
        std::string(kTransform) + "Resources:\n  B: {Type: AWS::S3::Bucket}\n" +
        "  F:\n    Type: AWS::Serverless::Function\n    Properties: {Events: {E: " + item.event +
        "}}\n");
    EXPECT_EQ(fixture.Attribute(deployment.after, item.id, "Principal"), item.principal)
        << item.event;
  }
}

TEST(Sam, LimitsAnAlexaPermissionToItsSkill) {
  Fixture fixture;
  const auto deployment = fixture.ReadOne(std::string(kTransform) + R"(
Resources:
  F: {Type: AWS::Serverless::Function, Properties: {Events: {E: {Type: AlexaSkill, Properties: {SkillId: amzn1.x}}}}}
)");
  EXPECT_EQ(fixture.Attribute(deployment.after, "FEPermission", "EventSourceToken"),
            R"("amzn1.x")");
}

TEST(Sam, WritesThePolicyOfAnApi) {
  Fixture fixture;
  const auto deployment = fixture.ReadOne(std::string(kTransform) + R"(
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      Auth:
        ResourcePolicy:
          AwsAccountWhitelist: ['999988887777']
          IpRangeWhitelist: [192.0.2.0/24]
          CustomStatements: [{Effect: Deny, Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/x'}]
)");
  EXPECT_EQ(TypeOf(deployment, "Api"), "AWS::ApiGateway::RestApi");
  const model::Resource* api = Fixture::Find(deployment.after, "Api");
  ASSERT_NE(api, nullptr);
  const model::Value* statements = api->attributes.FindPath("Policy.Statement");
  ASSERT_NE(statements, nullptr);
  ASSERT_EQ(statements->items.size(), 4U);
  EXPECT_EQ(fixture.Show(*statements->items[0].Find("Principal")), R"({"AWS":["999988887777"]})");
  EXPECT_EQ(fixture.Show(*statements->items[1].Find("Principal")), R"("*")");
  EXPECT_EQ(fixture.Show(*statements->items[2].Find("Condition")),
            R"({"NotIpAddress":{"aws:SourceIp":["192.0.2.0/24"]}})");
  EXPECT_EQ(fixture.Show(*statements->items[2].Find("Effect")), R"("Deny")");
  EXPECT_EQ(fixture.Show(*statements->items[3].Find("Resource")), R"("execute-api:/x")");
}

// The transform puts all VPCs and endpoints of a list into one test.
TEST(Sam, LetsInWhoComesThroughAnyVpcOfTheList) {
  Fixture fixture;
  const auto deployment = fixture.ReadOne(std::string(kTransform) + R"(
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      Auth: {ResourcePolicy: {SourceVpcWhitelist: [vpc-1, vpce-2], IntrinsicVpceWhitelist: [vpce-3]}}
)");
  const model::Resource* api = Fixture::Find(deployment.after, "Api");
  ASSERT_NE(api, nullptr);
  const model::Value* statements = api->attributes.FindPath("Policy.Statement");
  ASSERT_NE(statements, nullptr);
  ASSERT_EQ(statements->items.size(), 2U);
  EXPECT_EQ(
      fixture.Show(*statements->items[1].Find("Condition")),
      R"({"StringNotEquals":{"aws:SourceVpc":["vpc-1"],"aws:SourceVpce":["vpce-2","vpce-3"]}})");
}

TEST(Sam, KeepsThePolicyOfAnEventToWhatTheEventServes) {
  Fixture fixture;
  const auto deployment = fixture.ReadOne(std::string(kTransform) + R"(
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Shut: {Type: Api, Properties: {Path: '/orders/{id}/', Method: get, Auth: {ResourcePolicy: {IpRangeWhitelist: [192.0.2.0/24]}}}}
        Open: {Type: Api, Properties: {Path: /open, Method: any, Auth: {ResourcePolicy: {AwsAccountWhitelist: ['222233334444']}}}}
)");
  const model::Resource* api = Fixture::Find(deployment.after, "ServerlessRestApi");
  ASSERT_NE(api, nullptr);
  const model::Value* statements = api->attributes.FindPath("Policy.Statement");
  ASSERT_NE(statements, nullptr);
  ASSERT_EQ(statements->items.size(), 3U);
  for (const std::size_t shut : {0U, 1U}) {
    EXPECT_EQ(fixture.Show(*statements->items[shut].Find("Resource")),
              R"("execute-api:/*/GET/orders/*")");
  }
  EXPECT_EQ(fixture.Show(*statements->items[2].Find("Resource")), R"("execute-api:/*/*/open")");
}

TEST(Sam, JoinsThePolicyOfTheOpenApiDocument) {
  Fixture fixture;
  const auto deployment = fixture.ReadOne(std::string(kTransform) + R"(
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      DefinitionBody: {x-amazon-apigateway-policy: {Statement: {Effect: Allow, Principal: {AWS: '222233334444'}}}}
      Auth: {ResourcePolicy: {AwsAccountWhitelist: ['333344445555']}}
)");
  const model::Resource* api = Fixture::Find(deployment.after, "Api");
  ASSERT_NE(api, nullptr);
  const model::Value* statements = api->attributes.FindPath("Policy.Statement");
  ASSERT_NE(statements, nullptr);
  ASSERT_EQ(statements->items.size(), 2U);
  EXPECT_EQ(fixture.Show(*statements->items[0].Find("Principal")), R"({"AWS":"222233334444"})");
  EXPECT_EQ(fixture.Show(*statements->items[1].Find("Principal")), R"({"AWS":["333344445555"]})");
}

TEST(Sam, FollowsAnApplicationOfALocalFile) {
  TemporaryFolder folder("application");
  folder.Write("queue.yaml", R"(
Parameters: {Name: {Type: String}}
Resources: {Q: {Type: AWS::SQS::Queue, Properties: {QueueName: !Ref Name}}}
Outputs: {Arn: {Value: !GetAtt Q.Arn}}
)");
  Fixture fixture;
  fixture.folder = folder.path();
  const auto deployment = fixture.ReadOne(std::string(kTransform) + R"(
Resources:
  Local: {Type: AWS::Serverless::Application, Properties: {Location: queue.yaml, Parameters: {Name: n}}}
  Stored: {Type: AWS::Serverless::Application, Properties: {Location: {ApplicationId: a, SemanticVersion: 1.0.0}}}
  T: {Type: AWS::SNS::Topic, Properties: {TopicName: !GetAtt Local.Outputs.Arn}}
)");
  EXPECT_EQ(fixture.Attribute(deployment.after, "Local.Q", "QueueName"), R"("n")");
  EXPECT_EQ(fixture.Attribute(deployment.after, "T", "TopicName"),
            R"("arn:aws:sqs:eu-west-1:111122223333:n")");
  EXPECT_EQ(
      Fixture::Reasons(deployment),
      std::vector<std::string>{"application `Stored` comes from a repository and is not covered"});
}

TEST(Sam, ChangesNothingElse) {
  Fixture fixture;
  const auto deployment = fixture.ReadOne(std::string(kTransform) + R"(
Resources:
  Q: {Type: AWS::SQS::Queue, Properties: {QueueName: q}}
  T: {Type: AWS::Serverless::SimpleTable, Properties: {TableName: t}}
Outputs:
  Stage: {Value: !Ref ServerlessRestApiProdStage}
)");
  EXPECT_EQ(fixture.Attribute(deployment.after, "Q", "QueueName"), R"("q")");
  EXPECT_EQ(TypeOf(deployment, "T"), "AWS::DynamoDB::Table");
  EXPECT_EQ(Fixture::Reasons(deployment), std::vector<std::string>());
}

}  // namespace
}  // namespace preview::cloudformation
