// The safety net: a policy with principals on a type that the catalogue does not describe.
#include <algorithm>

#include "preview/assemble/passes.h"
#include "preview/assemble/values.h"

namespace preview::assemble {

namespace {

using model::Resource;
using model::Value;

bool IsOfAws(const Resource& resource) {
  return resource.type.starts_with("aws_") || resource.type.starts_with("awscc_") ||
         resource.type.starts_with("AWS::");
}

// `policy`, `resource_policy`, `access_policies`, `PolicyDocument`, `RepositoryPolicyText`, …
bool IsNamedLikePolicy(std::string_view name) {
  constexpr std::string_view kEndings[] = {"policy",         "policies",      "policy_document",
                                           "policydocument", "policy_text",   "policytext",
                                           "policy_json",    "policy_content"};
  return std::any_of(std::begin(kEndings), std::end(kEndings), [&](std::string_view ending) {
    return name.size() >= ending.size() &&
           EqualsWithoutCase(name.substr(name.size() - ending.size()), ending);
  });
}

// Names under which an unknown value is most likely a resource's policy (`retention_policy` is
// not).
bool IsPolicyName(std::string_view name) {
  constexpr std::string_view kNames[] = {"policy",          "policy_document", "policydocument",
                                         "resource_policy", "resourcepolicy",  "access_policy",
                                         "accesspolicy",    "access_policies", "accesspolicies"};
  return std::any_of(std::begin(kNames), std::end(kNames),
                     [&](std::string_view one) { return EqualsWithoutCase(name, one); });
}

bool HasPrincipal(const Value& policy) {
  const Value document = PolicyObject(policy);
  for (const Value* statement : ValuesAt(document, "Statement")) {
    const bool principal = statement->Find("Principal") || statement->Find("NotPrincipal");
    if (principal && statement->Find("Effect")) return true;
  }
  return false;
}

void AddPolicy(Side& side, const Resource& resource, const Value& document,
               const std::string& attribute) {
  Draft& draft = side.draft(side.ForUndescribed(resource));
  model::PolicySource source;
  source.document = document;
  if (!source.document.place.known()) source.document.place = resource.place;
  source.carrier = resource.address;
  source.attribute = attribute;
  draft.own.push_back(std::move(source));
}

// An attribute's own value, or one level below it, as CloudFormation nests policies
// (`ResourcePolicy.PolicyDocument`).
void Look(Side& side, const Resource& resource, const Value& value, const std::string& path) {
  if (value.is_unknown() ? IsPolicyName(path) : HasPrincipal(value)) {
    AddPolicy(side, resource, value, path);
    return;
  }
  if (!value.is_object()) return;
  for (std::size_t i = 0; i < value.items.size(); ++i) {
    if (IsNamedLikePolicy(value.keys[i]) && HasPrincipal(value.items[i])) {
      AddPolicy(side, resource, value.items[i], path + "." + value.keys[i]);
    }
  }
}

}  // namespace

void AddUndescribed(Side& side) {
  for (const Resource& resource : side.inventory().resources) {
    if (resource.from_data_source || !IsOfAws(resource)) continue;
    if (rules::GrantsNothing(side.language(), resource.type)) continue;
    if (!rules::FindBindings(side.language(), resource.type).empty()) continue;
    if (!resource.attributes.is_object()) continue;
    for (std::size_t i = 0; i < resource.attributes.items.size(); ++i) {
      const std::string& name = resource.attributes.keys[i];
      if (!IsNamedLikePolicy(name)) continue;
      for (const Value* value : ValuesAt(resource.attributes, name)) {
        Look(side, resource, *value, name);
      }
    }
  }
}

}  // namespace preview::assemble
