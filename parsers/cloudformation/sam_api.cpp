// AWS::Serverless::Api: the resource policy of the REST API that it becomes.
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-api-resourcepolicystatement.html
// https://github.com/aws/serverless-application-model/blob/develop/samtranslator/swagger/swagger.py
#include <array>
#include <utility>

#include "parsers/cloudformation/parts.h"
#include "parsers/cloudformation/sam.h"

namespace preview::cloudformation {

using model::Value;

namespace {

// The transform writes a statement for each method and path; here it is for all of them,
// `execute-api:/*`.
Value InvokeStatement(std::string_view effect, Value principal, const model::Place& place) {
  Value statement = Value::Object();
  statement.Set("Effect", Value::String(std::string(effect)));
  statement.Set("Principal", std::move(principal));
  statement.Set("Action", Value::String("execute-api:Invoke"));
  statement.Set("Resource", Value::String("execute-api:/*"));
  return At(std::move(statement), place);
}

void AddAccounts(const Value& policy, std::string_view member, std::string_view effect,
                 Value& statements) {
  const Value* accounts = policy.Find(member);
  if (accounts == nullptr) return;
  Value principal = Value::Object();
  principal.Set("AWS", *accounts);
  statements.items.push_back(InvokeStatement(effect, std::move(principal), accounts->place));
}

// Everyone may invoke, but a Deny takes out what the list says.
void AddDenies(const Value& policy, std::string_view member, std::string_view op,
               std::string_view key, Value& statements, bool& everyone) {
  const Value* list = policy.Find(member);
  if (list == nullptr || (list->is_list() && list->items.empty())) return;
  if (!everyone)
    statements.items.push_back(InvokeStatement("Allow", Value::String("*"), list->place));
  everyone = true;
  Value test = Value::Object();
  test.Set(key, *list);
  Value condition = Value::Object();
  condition.Set(op, std::move(test));
  Value deny = InvokeStatement("Deny", Value::String("*"), list->place);
  deny.Set("Condition", At(std::move(condition), list->place));
  statements.items.push_back(std::move(deny));
}

// `SourceVpcWhitelist` mixes VPCs and endpoints, which are told apart by `vpce-`.
Value OnlyEndpoints(const Value& list, bool endpoints) {
  Value out = Value::List();
  out.place = list.place;
  if (!list.is_list()) {
    if ((list.is_string() && list.text.starts_with("vpce-")) == endpoints)
      out.items.push_back(list);
    return out;
  }
  for (const Value& item : list.items) {
    if ((item.is_string() && item.text.starts_with("vpce-")) == endpoints)
      out.items.push_back(item);
  }
  return out;
}

void AddStatements(const Value& policy, Value& statements) {
  if (!policy.is_object()) return;
  AddAccounts(policy, "AwsAccountWhitelist", "Allow", statements);
  AddAccounts(policy, "AwsAccountBlacklist", "Deny", statements);
  bool everyone = false;
  AddDenies(policy, "IpRangeWhitelist", "NotIpAddress", "aws:SourceIp", statements, everyone);
  AddDenies(policy, "IpRangeBlacklist", "IpAddress", "aws:SourceIp", statements, everyone);
  struct VpcMember {
    std::string_view name;
    std::string_view op;
  };
  for (const VpcMember& member : {VpcMember{"SourceVpcWhitelist", "StringNotEquals"},
                                  VpcMember{"SourceVpcBlacklist", "StringEquals"}}) {
    const Value* list = policy.Find(member.name);
    if (list == nullptr) continue;
    Value split = Value::Object();
    split.Set("vpc", OnlyEndpoints(*list, false));
    split.Set("endpoint", OnlyEndpoints(*list, true));
    AddDenies(split, "vpc", member.op, "aws:SourceVpc", statements, everyone);
    AddDenies(split, "endpoint", member.op, "aws:SourceVpce", statements, everyone);
  }
  AddDenies(policy, "IntrinsicVpcWhitelist", "StringNotEquals", "aws:SourceVpc", statements,
            everyone);
  AddDenies(policy, "IntrinsicVpcBlacklist", "StringEquals", "aws:SourceVpc", statements, everyone);
  AddDenies(policy, "IntrinsicVpceWhitelist", "StringNotEquals", "aws:SourceVpce", statements,
            everyone);
  AddDenies(policy, "IntrinsicVpceBlacklist", "StringEquals", "aws:SourceVpce", statements,
            everyone);
  if (const Value* custom = policy.Find("CustomStatements")) {
    if (custom->is_list()) {
      statements.items.insert(statements.items.end(), custom->items.begin(), custom->items.end());
    } else {
      statements.items.push_back(*custom);
    }
  }
}

void AddApi(SamOutput& output, const std::string& id, const Value& properties,
            const Value& origin) {
  Value statements = Value::List();
  const Value* auth = properties.Find("Auth");
  const Value* policy = auth == nullptr ? nullptr : auth->Find("ResourcePolicy");
  if (policy != nullptr) AddStatements(*policy, statements);
  for (const auto& [api, part] : output.event_policies) {
    if (api == id) AddStatements(part, statements);
  }
  Value api = Value::Object();
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
