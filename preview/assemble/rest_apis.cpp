// REST APIs whose policy stands in their OpenAPI document (Terraform's `body`).
// https://docs.aws.amazon.com/apigateway/latest/developerguide/openapi-extensions-policy.html
// CloudFormation's front end reads the document itself, where it may lie in a file of its own.
#include <algorithm>
#include <optional>

#include "model/symbol.h"
#include "parsers/text/json.h"
#include "parsers/text/yaml.h"
#include "preview/assemble/passes.h"
#include "preview/assemble/values.h"

namespace preview::assemble {

namespace {

using model::Value;

constexpr std::string_view kPolicy = "x-amazon-apigateway-policy";

// The policy in a document, JSON or YAML; unknown where a symbol keeps the document from being
// read. Null where it has none.
Value PolicyIn(const Value& body) {
  if (body.is_unknown()) return body;
  if (body.is_object()) {  // the source shows what was encoded
    const Value* policy = body.Find(kPolicy);
    return policy == nullptr ? Value::Null() : *policy;
  }
  if (!body.is_string() || body.text.find(kPolicy) == std::string::npos) {
    const bool open = body.is_string() && model::AsSingleSymbol(body.text).has_value();
    return open ? Value::Unknown("its OpenAPI document") : Value::Null();
  }
  auto document = text::ParseJsonWithSymbols(body.text, {text::Limits{}, body.place.file, false});
  if (!document.ok() && !model::HasSymbol(body.text))
    document = text::ParseYaml(body.text, {text::Limits{}, body.place.file});
  if (!document.ok()) return Value::Unknown("its OpenAPI document, which cannot be read");
  const Value* policy = document.value().Find(kPolicy);
  if (policy == nullptr) return Value::Null();
  Value out = *policy;
  out.sensitive = body.sensitive;
  out.place = body.place;
  return out;
}

void AddDocumentPolicy(Side& side, Draft& draft, const model::Resource& api, Value policy) {
  const bool same = std::any_of(draft.own.begin(), draft.own.end(),
                                [&](const auto& own) { return SamePolicy(own.document, policy); });
  if (same) return;
  if (draft.own.empty()) {
    model::PolicySource source;
    source.document = std::move(policy);
    source.carrier = api.address;
    source.attribute = "body";
    draft.own.push_back(std::move(source));
    return;
  }
  if (policy.is_unknown()) return;  // the API's own attribute goes before
  model::Undetermined undetermined;
  undetermined.attribute = "body";
  undetermined.reason =
      "its OpenAPI document has another policy than its attribute `policy`, which may only show "
      "what AWS has now";
  undetermined.hint = "write the policy in one of the two places";
  undetermined.place = api.place;
  side.AddUndetermined(draft, std::move(undetermined));
}

}  // namespace

void AddDocumentPolicies(Side& side) {
  const rules::ResourceType* type = rules::FindResourceType("AWS::ApiGateway::RestApi");
  if (type == nullptr) return;
  for (const model::Resource* api : side.OfType("aws_api_gateway_rest_api")) {
    const Value* body = FirstAt(api->attributes, "body");
    if (api->from_data_source || !IsGiven(body)) continue;
    Value policy = PolicyIn(*body);
    if (IsNoPolicy(&policy)) continue;
    AddDocumentPolicy(side, side.draft(side.ForResource(*api, *type)), *api, std::move(policy));
  }
}

}  // namespace preview::assemble
