#include "rules/catalogue.h"

#include <algorithm>

#include "rules/form.h"
#include "rules/tables.h"

namespace preview::rules {

namespace {

// The fifth part of an ARN; empty when there is none.
std::string_view AccountOf(std::string_view arn) {
  for (int part = 0; part < 4; ++part) {
    const std::size_t colon = arn.find(':');
    if (colon == std::string_view::npos) return {};
    arn.remove_prefix(colon + 1);
  }
  return arn.substr(0, arn.find(':'));
}

}  // namespace

std::span<const ResourceType> ResourceTypes() { return BuiltInTables().resource_types; }

const ResourceType* FindResourceType(std::string_view name) {
  return FindResourceTypeIn(BuiltInTables(), name);
}

const ResourceType* FindResourceTypeByMember(std::string_view member) {
  if (member.empty()) return nullptr;
  for (const ResourceType& type : BuiltInTables().resource_types) {
    if (type.member == member) return &type;
  }
  return nullptr;
}

std::span<const Binding> Bindings() { return BuiltInTables().bindings; }

std::span<const Binding> FindBindings(model::Language language, std::string_view iac_type) {
  const IacType* type = FindIacTypeIn(BuiltInTables(), language, iac_type);
  return type == nullptr ? std::span<const Binding>() : type->bindings;
}

bool BearsOnAccess(model::Language language, std::string_view iac_type) {
  const IacType* type = FindIacTypeIn(BuiltInTables(), language, iac_type);
  return type != nullptr && !(type->bindings.empty() && type->attributes.empty());
}

bool GrantsNothing(model::Language language, std::string_view iac_type) {
  const IacType* type = FindIacTypeIn(BuiltInTables(), language, iac_type);
  return type != nullptr && type->grants_nothing;
}

std::optional<std::string> BuildAttribute(model::Language language, std::string_view iac_type,
                                          std::string_view attribute,
                                          const model::Environment& environment,
                                          const AttributeText& attribute_text) {
  const Attribute* entry = FindAttributeIn(BuiltInTables(), language, iac_type, attribute);
  if (entry == nullptr || entry->form.empty()) return std::nullopt;
  return FillForm(entry->form, environment, attribute_text);
}

model::SymbolForm AttributeSymbolForm(model::Language language, std::string_view iac_type,
                                      std::string_view attribute) {
  const Attribute* entry = FindAttributeIn(BuiltInTables(), language, iac_type, attribute);
  return entry == nullptr ? model::SymbolForm::kText : entry->symbol;
}

std::string_view AttributeDefault(model::Language language, std::string_view iac_type,
                                  std::string_view attribute) {
  const Attribute* entry = FindAttributeIn(BuiltInTables(), language, iac_type, attribute);
  return entry == nullptr ? std::string_view() : entry->default_text;
}

std::span<const std::string_view> AttributesWithForm(model::Language language,
                                                     std::string_view iac_type) {
  const IacType* type = FindIacTypeIn(BuiltInTables(), language, iac_type);
  return type == nullptr ? std::span<const std::string_view>() : type->identifying;
}

std::string ArnFromName(const ResourceType& type, std::string_view name,
                        const model::Environment& environment) {
  return ArnFromNameIn(BuiltInTables(), type, name, environment);
}

bool IsAwsServiceAccount(std::string_view account) {
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
  if (account.starts_with("CloudFront Origin Access Identity ")) return true;
  if (account.starts_with("arn:")) account = AccountOf(account);
  auto accounts = BuiltInTables().service_accounts;
  return std::binary_search(accounts.begin(), accounts.end(), account);
}

const ConditionKey* FindConditionKey(std::string_view name) {
  return FindConditionKeyIn(BuiltInTables(), name);
}

}  // namespace preview::rules
