// REST APIs whose policy stands in their OpenAPI document.
#include <gtest/gtest.h>

#include "tests/preview/assemble/fixture.h"

namespace preview::assemble::testing {
namespace {

using model::Configuration;

// The API with this `body`, given as JSON of the attribute, and further attributes.
const Configuration* Api(Plan& plan, Assembled& assembled, const std::string& body,
                         const std::string& more = "") {
  plan.After("aws_api_gateway_rest_api.a", R"({"name":"a","body":)" + body + more + "}");
  assembled = plan.Run();
  return At(assembled.after, "aws_api_gateway_rest_api.a");
}

constexpr const char* kJson =
    R"("{\"openapi\":\"3.0.1\",\"x-amazon-apigateway-policy\":{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"execute-api:Invoke\",\"Resource\":\"*\"}]}}")";

TEST(RestApiDocument, HoldsThePolicyInJson) {
  Plan plan;
  Assembled assembled;
  const Configuration* api = Api(plan, assembled, kJson);
  ASSERT_NE(api, nullptr);
  ASSERT_EQ(api->policies.size(), 1U);
  EXPECT_EQ(api->policies[0].attribute, "body");
  EXPECT_NE(StatementJson(api->policies[0]).find("execute-api:Invoke"), std::string::npos);
}

TEST(RestApiDocument, HoldsThePolicyInYaml) {
  Plan plan;
  Assembled assembled;
  const Configuration* api = Api(
      plan, assembled,
      R"("openapi: 3.0.1\nx-amazon-apigateway-policy:\n  Statement:\n    - {Effect: Allow, Principal: '*', Action: 'execute-api:Invoke', Resource: '*'}\n")");
  ASSERT_NE(api, nullptr);
  ASSERT_EQ(api->policies.size(), 1U);
  EXPECT_NE(StatementJson(api->policies[0]).find("execute-api:Invoke"), std::string::npos);
}

TEST(RestApiDocument, WithoutAPolicyGrantsNothing) {
  Plan plan;
  Assembled assembled;
  const Configuration* api = Api(plan, assembled, R"("{\"openapi\":\"3.0.1\",\"paths\":{}}")");
  ASSERT_NE(api, nullptr);
  EXPECT_TRUE(api->policies.empty());
  EXPECT_TRUE(api->undetermined.empty());
}

TEST(RestApiDocument, ThatIsNotKnownIsNoSilence) {
  Plan plan;
  Assembled assembled;
  const Configuration* api = Api(plan, assembled, R"("??")");
  ASSERT_NE(api, nullptr);
  ASSERT_EQ(api->policies.size(), 1U);
  EXPECT_TRUE(api->policies[0].document.is_unknown());
}

TEST(RestApiDocument, ThatContradictsTheAttributeIsUndetermined) {
  Plan plan;
  Assembled assembled;
  const Configuration* api = Api(
      plan, assembled, kJson, R"(,"policy":)" + QuotedPolicy("111122223333", "execute-api:Invoke"));
  ASSERT_NE(api, nullptr);
  EXPECT_EQ(api->policies.size(), 1U);
  ASSERT_EQ(api->undetermined.size(), 1U);
  EXPECT_EQ(api->undetermined[0].attribute, "body");
}

}  // namespace
}  // namespace preview::assemble::testing
