// AWS::Serverless::Api: the resource policy of the REST API that it becomes.
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-api-resourcepolicystatement.html
// https://github.com/aws/serverless-application-model/blob/develop/samtranslator/swagger/swagger.py
#include <utility>
#include <vector>

#include "parsers/cloudformation/implied.h"
#include "parsers/cloudformation/parts.h"
#include "parsers/cloudformation/sam.h"

namespace preview::cloudformation {

using model::Value;

namespace {

// Statements for one part of an API. Those of the API itself are for all methods and paths,
// `execute-api:/*`; those of an event for its own.
struct Part {
  Value& statements;
  std::string resource;
};

Value InvokeStatement(const Part& part, std::string_view effect, Value principal,
                      const model::Place& place) {
  Value statement = Value::Object();
  statement.Set("Effect", Value::String(std::string(effect)));
  statement.Set("Principal", std::move(principal));
  statement.Set("Action", Value::String("execute-api:Invoke"));
  statement.Set("Resource", Value::String(part.resource));
  return At(std::move(statement), place);
}

void AddAccounts(const Value& policy, std::string_view member, std::string_view effect,
                 const Part& part) {
  const Value* accounts = policy.Find(member);
  if (accounts == nullptr) return;
  Value principal = Value::Object();
  principal.Set("AWS", *accounts);
  part.statements.items.push_back(
      InvokeStatement(part, effect, std::move(principal), accounts->place));
}

// Everyone may invoke, but a Deny takes out what `test` says.
void AddDeny(const Part& part, std::string_view op, Value test, const model::Place& place) {
  part.statements.items.push_back(InvokeStatement(part, "Allow", Value::String("*"), place));
  Value condition = Value::Object();
  condition.Set(op, std::move(test));
  Value deny = InvokeStatement(part, "Deny", Value::String("*"), place);
  deny.Set("Condition", At(std::move(condition), place));
  part.statements.items.push_back(std::move(deny));
}

void AddAddresses(const Value& policy, std::string_view member, std::string_view op,
                  const Part& part) {
  const Value* list = policy.Find(member);
  if (list == nullptr || (list->is_list() && list->items.empty())) return;
  Value test = Value::Object();
  test.Set("aws:SourceIp", *list);
  AddDeny(part, op, std::move(test), list->place);
}

void Append(Value& test, std::string_view key, const Value& value) {
  Value* list = test.Find(key);
  if (list == nullptr) list = &test.Set(key, Value::List());
  list->items.push_back(value);
}

// `SourceVpcWhitelist` mixes VPCs and endpoints, which are told apart by `vpce-`. All of them are
// in one test: whoever comes through one of them is not denied.
void AddVpcs(const Value& policy, std::string_view list_name, std::string_view op,
             const Part& part) {
  struct Member {
    std::string_view prefix;
    std::string_view key;  // empty: told apart
  };
  Value test = Value::Object();
  model::Place place;
  for (const Member& member : {Member{"SourceVpc", ""}, Member{"IntrinsicVpc", "aws:SourceVpc"},
                               Member{"IntrinsicVpce", "aws:SourceVpce"}}) {
    const Value* list = policy.Find(std::string(member.prefix) + std::string(list_name));
    if (list == nullptr) continue;
    place = list->place;
    const std::vector<Value> values = list->is_list() ? list->items : std::vector<Value>{*list};
    for (const Value& value : values) {
      const bool endpoint = value.is_string() && value.text.starts_with("vpce-");
      const std::string_view told_apart = endpoint ? "aws:SourceVpce" : "aws:SourceVpc";
      Append(test, member.key.empty() ? told_apart : member.key, value);
    }
  }
  if (!test.items.empty()) AddDeny(part, op, std::move(test), place);
}

void AddStatements(const Value& policy, const Part& part) {
  if (!policy.is_object()) return;
  AddAccounts(policy, "AwsAccountWhitelist", "Allow", part);
  AddAccounts(policy, "AwsAccountBlacklist", "Deny", part);
  AddAddresses(policy, "IpRangeWhitelist", "NotIpAddress", part);
  AddAddresses(policy, "IpRangeBlacklist", "IpAddress", part);
  AddVpcs(policy, "Blacklist", "StringEquals", part);
  AddVpcs(policy, "Whitelist", "StringNotEquals", part);
  const Value* custom = policy.Find("CustomStatements");
  if (custom == nullptr) return;
  std::vector<Value>& statements = part.statements.items;
  if (custom->is_list()) {
    statements.insert(statements.end(), custom->items.begin(), custom->items.end());
  } else {
    statements.push_back(*custom);
  }
}

// The statements of the policy in the API's OpenAPI document come first.
void AddOpenApiStatements(const Value& properties, Value& statements) {
  const Value* body = properties.Find("DefinitionBody");
  const Value* policy = body == nullptr ? nullptr : body->Find(kOpenApiPolicy);
  const Value* written = policy == nullptr ? nullptr : policy->Find("Statement");
  if (written == nullptr) return;
  if (written->is_list()) {
    statements.items.insert(statements.items.begin(), written->items.begin(), written->items.end());
  } else {
    statements.items.insert(statements.items.begin(), *written);
  }
}

void AddApi(SamOutput& output, const std::string& id, const Value& properties,
            const Value& origin) {
  Value statements = Value::List();
  const Value* auth = properties.Find("Auth");
  const Value* policy = auth == nullptr ? nullptr : auth->Find("ResourcePolicy");
  if (policy != nullptr) AddStatements(*policy, {statements, "execute-api:/*"});
  for (const SamEventPolicy& event : output.event_policies) {
    if (event.api == id) AddStatements(event.policy, {statements, event.resource});
  }
  if (!statements.items.empty()) AddOpenApiStatements(properties, statements);
  Value api = Value::Object();
  if (const Value* body = properties.Find("DefinitionBody")) {
    api.Set("Body", *body);
  } else if (const Value* location = properties.Find("DefinitionUri")) {
    api.Set("BodyS3Location", *location);
  }
  if (const Value* name = properties.Find("Name")) api.Set("Name", *name);
  if (const Value* endpoint = properties.Find("EndpointConfiguration")) {
    Value configuration = Value::Object();
    const Value* type = endpoint->is_object() && FunctionName(*endpoint).empty()
                            ? endpoint->Find("Type")
                            : endpoint;
    if (type != nullptr) configuration.Set("Types", Value::List({*type}));
    if (const Value* endpoints = endpoint->Find("VPCEndpointIds"))
      configuration.Set("VpcEndpointIds", *endpoints);
    api.Set("EndpointConfiguration", std::move(configuration));
  }
  if (!statements.items.empty()) {
    Value document = Value::Object();
    document.place = policy != nullptr ? policy->place : origin.place;
    document.Set("Version", Value::String("2012-10-17"));
    document.Set("Statement", std::move(statements));
    api.Set("Policy", std::move(document));
  }
  output.Add(id, "AWS::ApiGateway::RestApi", std::move(api), origin);
}

}  // namespace

void TransformApi(SamOutput& output, const std::string& id, const Value& body) {
  AddApi(output, id, SamProperties(output, "Api", body), body);
}

void AddImplicitApi(SamOutput& output) {
  Value body = Value::Object();
  body.place = output.resources->place;
  AddApi(output, "ServerlessRestApi", SamProperties(output, "Api", body), body);
}

}  // namespace preview::cloudformation
