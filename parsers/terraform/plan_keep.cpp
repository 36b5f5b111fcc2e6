#include "parsers/terraform/plan_keep.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "parsers/terraform/address.h"
#include "parsers/terraform/plan_values.h"
#include "rules/catalogue.h"

namespace preview::terraform {

namespace {

using model::Value;

constexpr auto kTerraform = model::Language::kTerraform;

template <std::size_t n>
bool OneOf(std::string_view text, const std::array<std::string_view, n>& texts) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

// Policies without a principal: they say what an identity may do, not who gets in.
constexpr std::array<std::string_view, 9> kIdentityPolicies{
    "aws_iam_policy",
    "aws_iam_role_policy",
    "aws_iam_user_policy",
    "aws_iam_group_policy",
    "aws_organizations_policy",
    "aws_ssoadmin_permission_set_inline_policy",
    "aws_sqs_queue_redrive_policy",
    "aws_sqs_queue_redrive_allow_policy",
    "aws_sns_topic_data_protection_policy"};

}  // namespace

Keeping KeepingOf(const Value& resource) {
  std::string_view type = TextOf(resource, "type");
  std::string_view mode = TextOf(resource, "mode");
  std::optional<ResourceAddress> address;
  if (type.empty() || mode.empty()) {  // members in another order than Terraform's
    address = ParseAddress(TextOf(resource, "address"));
    if (!address) return Keeping::kAll;
    type = address->type;
    if (mode.empty()) mode = address->data ? "data" : "managed";
  }
  if (mode == "data" || !rules::FindBindings(kTerraform, type).empty()) return Keeping::kAll;
  if (type.starts_with("aws_organizations_o") || type == "aws_organizations_account") {
    return Keeping::kAll;
  }
  if (rules::BearsOnAccess(kTerraform, type)) return Keeping::kJoining;
  bool may_carry = type.starts_with("aws_") && !OneOf(type, kIdentityPolicies);
  return may_carry ? Keeping::kPolicies : Keeping::kArn;
}

bool AttributeKeeper::Keeps(Keeping keeping, std::string_view type, std::string_view attribute) {
  static constexpr std::array<std::string_view, 3> kNeverAccess{"tags", "tags_all", "timeouts"};
  static constexpr std::array<std::string_view, 4> kNames{"arn", "id", "name", "region"};
  switch (keeping) {
    case Keeping::kAll:
      return !OneOf(attribute, kNeverAccess);
    case Keeping::kJoining:
      return OneOf(attribute, kNames) || attribute.find("kms") != std::string_view::npos ||
             attribute.find("encrypt") != std::string_view::npos ||
             JoiningNames(type).count(attribute) != 0;
    case Keeping::kPolicies:
      return NamesPolicy(attribute) || OneOf(attribute, kNames);
    case Keeping::kArn:
      return attribute == "arn";
  }
  return false;
}

const AttributeKeeper::Names& AttributeKeeper::JoiningNames(std::string_view type) {
  auto found = joining_.find(type);
  if (found != joining_.end()) return found->second;
  Names names;
  for (std::string_view name : rules::AttributesWithForm(kTerraform, type)) {
    names.emplace(name);
    // The form is asked for a text only to see which attributes it is made of.
    (void)rules::BuildAttribute(kTerraform, type, name, {}, [&](std::string_view base) {
      names.emplace(base);
      return std::string(base);
    });
  }
  return joining_.emplace(type, std::move(names)).first->second;
}

bool NamesPolicy(std::string_view attribute) {
  static constexpr std::array<std::string_view, 4> kEndings{"policy", "policies", "policy_document",
                                                            "policy_text"};
  return std::any_of(kEndings.begin(), kEndings.end(),
                     [&](std::string_view ending) { return attribute.ends_with(ending); });
}

}  // namespace preview::terraform
