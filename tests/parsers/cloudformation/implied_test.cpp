#include "parsers/cloudformation/implied.h"

#include "tests/parsers/cloudformation/reader.h"

namespace preview::cloudformation {
namespace {

constexpr const char* kPartner =
    "{Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {AWS: '222233334444'}, "
    "Action: 'execute-api:Invoke', Resource: 'execute-api:/*'}]}";

std::string Policy(const Fixture& fixture, const model::Deployment& deployment,
                   const std::string& address) {
  return fixture.Attribute(deployment.after, address, "Policy.Statement.Principal");
}

TEST(OpenApiPolicies, AreThePolicyOfAnApiWithoutOne) {
  Fixture fixture;
  const auto deployment = fixture.ReadOne(std::string(R"(
Resources:
  Inline:
    Type: AWS::ApiGateway::RestApi
    Properties: {Body: {paths: {}, x-amazon-apigateway-policy: )") +
                                          kPartner + R"(}}
  Text:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Body: '{"x-amazon-apigateway-policy": {"Statement": [{"Principal": {"AWS": "333344445555"}}]}}'
  Own:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Policy: {Statement: [{Principal: {AWS: '444455556666'}}]}
      Body: {x-amazon-apigateway-policy: )" +
                                          kPartner +
                                          R"(}
  None:
    Type: AWS::ApiGateway::RestApi
    Properties: {Body: {paths: {}}}
  Stored:
    Type: AWS::ApiGateway::RestApi
    Properties: {BodyS3Location: {Bucket: b, Key: k}}
)");
  EXPECT_EQ(Policy(fixture, deployment, "Inline"), R"({"AWS":"222233334444"})");
  EXPECT_EQ(Policy(fixture, deployment, "Text"), R"({"AWS":"333344445555"})");
  EXPECT_EQ(Policy(fixture, deployment, "Own"), R"({"AWS":"444455556666"})");
  EXPECT_EQ(fixture.Attribute(deployment.after, "None", "Policy"), "absent");
  EXPECT_EQ(fixture.Attribute(deployment.after, "Stored", "Policy"),
            "unknown: the OpenAPI document of `BodyS3Location`");
}

TEST(OpenApiPolicies, AreReadFromLocalFiles) {
  TemporaryFolder folder("openapi");
  folder.Write("api.yaml", std::string("openapi: 3.0.1\nx-amazon-apigateway-policy: ") + kPartner);
  Fixture fixture;
  fixture.folder = folder.path();
  const auto deployment = fixture.ReadOne(R"(
Transform: AWS::Serverless-2016-10-31
Resources:
  Plain: {Type: AWS::ApiGateway::RestApi, Properties: {BodyS3Location: api.yaml}}
  Sam: {Type: AWS::Serverless::Api, Properties: {StageName: p, DefinitionUri: ./api.yaml}}
  Elsewhere: {Type: AWS::Serverless::Api, Properties: {StageName: p, DefinitionUri: s3://b/k}}
)");
  EXPECT_EQ(Policy(fixture, deployment, "Plain"), R"({"AWS":"222233334444"})");
  EXPECT_EQ(Policy(fixture, deployment, "Sam"), R"({"AWS":"222233334444"})");
  EXPECT_EQ(fixture.Attribute(deployment.after, "Elsewhere", "Policy"),
            "unknown: the OpenAPI document of `BodyS3Location`");
}

TEST(CustomResources, SetTheAccessPoliciesOfTheirDomain) {
  Fixture fixture;
  const auto deployment = fixture.ReadOne(R"(
Resources:
  Search: {Type: AWS::OpenSearchService::Domain, Properties: {EngineVersion: OpenSearch_2.11}}
  Other: {Type: AWS::OpenSearchService::Domain, Properties: {EngineVersion: OpenSearch_2.11}}
  Access:
    Type: Custom::OpenSearchAccessPolicy
    Properties:
      Update: !Sub
        - '{"action":"updateDomainConfig","parameters":{"DomainName":"${Search}","AccessPolicies":"${P}"}}'
        - {P: '{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"*\"},\"Action\":\"es:*\"}]}'}
)");
  EXPECT_EQ(
      fixture.Attribute(deployment.after, "Search", "AccessPolicies"),
      R"x("{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"*\"},\"Action\":\"es:*\"}]}")x");
  EXPECT_EQ(fixture.Attribute(deployment.after, "Other", "AccessPolicies"), "absent");
  EXPECT_EQ(Fixture::Reasons(deployment), std::vector<std::string>());
}

TEST(CustomResources, AreNamedWhenTheyAreGivenAPolicy) {
  Fixture fixture;
  const auto deployment = fixture.ReadOne(R"(
Resources:
  Sets: {Type: Custom::Thing, Properties: {Call: '{"policy":"{\"NotPrincipal\":\"*\"}"}'}}
  DoesNot: {Type: Custom::Thing, Properties: {PrincipalName: "the Principal"}}
  Logs:
    Type: Custom::CloudwatchLogResourcePolicy
    Properties:
      Create: '{"action":"putResourcePolicy","parameters":{"policyDocument":"{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"es.amazonaws.com\"}}]}"}}'
)");
  EXPECT_EQ(
      Fixture::Reasons(deployment),
      std::vector<std::string>{"custom resource `Sets` is given a policy with principals, and "
                               "what its code does with it is not known"});
}

}  // namespace
}  // namespace preview::cloudformation
