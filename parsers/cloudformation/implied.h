// Policies that a resource gets without a property of its own: from the OpenAPI document of a REST
// API, and from the custom resource by which the CDK sets the access policies of a domain.
#pragma once

#include <vector>

#include "model/value.h"
#include "parsers/cloudformation/evaluator.h"
#include "parsers/cloudformation/inventory.h"

namespace preview::cloudformation {

inline constexpr std::string_view kOpenApiPolicy = "x-amazon-apigateway-policy";

// Sets `Policy` of an AWS::ApiGateway::RestApi (`properties` as written, `attributes` evaluated) to
// what its OpenAPI document says; one of its own goes before.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/openapi-extensions-policy.html
void AddOpenApiPolicy(Evaluator& evaluator, Stack& stack, const model::Value& properties,
                      model::Value& attributes);

// Whether the resource runs code of somebody's.
[[nodiscard]] bool IsCustomResource(std::string_view type);

// Gives the domains of `items` (those from `first` on, all of `stack`) the policies that
// Custom::OpenSearchAccessPolicy and Custom::ElasticsearchAccessPolicy set; names the custom
// resources that get a policy in another way, which is not followed.
// https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-opensearchservice/lib/opensearch-access-policy.ts
void ApplyCustomPolicies(Evaluator& evaluator, Stack& stack, std::size_t first,
                         std::vector<Item>& items);

}  // namespace preview::cloudformation
