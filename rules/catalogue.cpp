#include "rules/catalogue.h"

#include <algorithm>

#include "rules/form.h"
#include "rules/tables.h"

namespace preview::rules {

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
  return FindIacTypeIn(BuiltInTables(), language, iac_type) != nullptr;
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
  auto accounts = BuiltInTables().service_accounts;
  return std::binary_search(accounts.begin(), accounts.end(), account);
}

const ConditionKey* FindConditionKey(std::string_view name) {
  return FindConditionKeyIn(BuiltInTables(), name);
}

}  // namespace preview::rules
