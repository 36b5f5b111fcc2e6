#include "parsers/cloudformation/implied.h"

#include <fmt/core.h>

#include <optional>
#include <string>
#include <utility>

#include "parsers/cloudformation/parts.h"
#include "parsers/text/json.h"

namespace preview::cloudformation {

using model::Value;

namespace {

// An object, or the object that a text of JSON holds; null when it is neither.
Value ObjectOf(const Value& value) {
  if (value.is_object()) return value;
  if (!value.is_string()) return {};
  auto parsed = text::ParseJsonWithSymbols(value.text, {text::Limits{}, value.place.file, false});
  if (!parsed.ok() || !parsed.value().is_object()) return {};
  return At(std::move(parsed).value(), value.place);
}

// The policy in an OpenAPI document as it is written in the template; nothing when it has none.
std::optional<Value> PolicyIn(Evaluator& evaluator, Stack& stack, const Value& body) {
  if (body.is_object() && FunctionName(body).empty()) {
    // The rest of the document does not bear on access, and is not evaluated.
    const Value* written = body.Find(kOpenApiPolicy);
    return written == nullptr ? std::nullopt : evaluator.Evaluate(stack, *written);
  }
  const std::optional<Value> whole = evaluator.Evaluate(stack, body);
  if (!whole.has_value() || whole->is_unknown()) return whole;
  const Value document = ObjectOf(*whole);
  const Value* found = document.Find(kOpenApiPolicy);
  return found == nullptr ? std::nullopt : std::optional<Value>(*found);
}

bool IsAccessPolicyResource(std::string_view type) {
  return type == "Custom::OpenSearchAccessPolicy" || type == "Custom::ElasticsearchAccessPolicy";
}

// The domain and its policy in the call that the custom resource makes: {"action": …, "parameters":
// {"DomainName": …, "AccessPolicies": "{…}"}}.
struct DomainPolicy {
  std::string domain;
  Value policy;
};

std::optional<DomainPolicy> DomainPolicyOf(const model::Resource& resource) {
  const Value* call = resource.attributes.Find("Update");
  if (call == nullptr) call = resource.attributes.Find("Create");
  if (call == nullptr) return std::nullopt;
  const Value object = ObjectOf(*call);
  const Value* domain = object.FindPath("parameters.DomainName");
  const Value* policy = object.FindPath("parameters.AccessPolicies");
  if (domain == nullptr || policy == nullptr || !domain->is_string()) return std::nullopt;
  return DomainPolicy{domain->text, At(*policy, call->place)};
}

// Whether a domain was found for it.
bool SetDomainPolicy(Evaluator& evaluator, Stack& stack, const DomainPolicy& found,
                     std::size_t first, std::vector<Item>& items) {
  for (std::size_t i = first; i < items.size(); ++i) {
    model::Resource& resource = items[i].resource;
    if (resource.type != "AWS::OpenSearchService::Domain" &&
        resource.type != "AWS::Elasticsearch::Domain") {
      continue;
    }
    const std::string id = resource.address.substr(stack.prefix.size());
    if (!stack.source->resources.contains(id)) continue;  // of a stack nested in this one
    const Value name = evaluator.ResourceAttribute(stack, id, "Ref", resource.place);
    if (!name.is_string() || name.text != found.domain) continue;
    resource.attributes.Set("AccessPolicies", found.policy);
    return true;
  }
  return false;
}

// Whether every `Principal` in the value, and in the texts of JSON in it, is a service: whatever
// the custom resource does with the policy, nobody else gets in. (The CDK lets services write to
// log groups so.)
bool NamesOnlyServices(const Value& value) {
  std::vector<Value> open{value};
  while (!open.empty()) {
    Value current = std::move(open.back());
    open.pop_back();
    if (current.is_string() && (current.text.find("Principal\"") != std::string::npos ||
                                current.text.find("Principal\\") != std::string::npos)) {
      current = ObjectOf(current);
      if (current.is_null()) return false;
    }
    for (std::size_t i = 0; i < current.items.size(); ++i) {
      Value& item = current.items[i];
      const std::string_view key = current.is_object() ? std::string_view(current.keys[i]) : "";
      if (key == "NotPrincipal") return false;
      if (key != "Principal") {
        open.push_back(std::move(item));
      } else if (!item.is_object() || item.keys != std::vector<std::string>{"Service"}) {
        return false;
      }
    }
  }
  return true;
}

}  // namespace

void AddOpenApiPolicy(Evaluator& evaluator, Stack& stack, const Value& properties,
                      Value& attributes) {
  if (attributes.Find("Policy") != nullptr) return;
  std::optional<Value> policy;
  if (const Value* body = properties.Find("Body")) {
    policy = PolicyIn(evaluator, stack, *body);
  } else if (const Value* location = properties.Find("BodyS3Location")) {
    policy = Value::Unknown("the OpenAPI document of `BodyS3Location`");
    policy->place = location->place;
  }
  if (policy.has_value() && !policy->is_null()) attributes.Set("Policy", std::move(*policy));
}

bool IsCustomResource(std::string_view type) {
  return type.starts_with("Custom::") || type == "AWS::CloudFormation::CustomResource";
}

void ApplyCustomPolicies(Evaluator& evaluator, Stack& stack, std::size_t first,
                         std::vector<Item>& items) {
  std::vector<Item> left(
      std::make_move_iterator(items.begin() + static_cast<std::ptrdiff_t>(first)),
      std::make_move_iterator(items.end()));
  items.resize(first);
  std::vector<Item> custom;
  for (Item& item : left) {
    (IsCustomResource(item.resource.type) ? custom : items).push_back(std::move(item));
  }
  for (const Item& item : custom) {
    if (IsAccessPolicyResource(item.resource.type)) {
      const auto found = DomainPolicyOf(item.resource);
      if (found.has_value() && SetDomainPolicy(evaluator, stack, *found, first, items)) continue;
    }
    if (NamesOnlyServices(item.resource.attributes)) continue;
    evaluator.Problem(
        stack, item.resource.place,
        fmt::format("custom resource `{}` is given a policy with principals, and what "
                    "its code does with it is not known",
                    item.resource.address));
  }
}

}  // namespace preview::cloudformation
