// The shape of the tables that rules/generate writes, and the searches over them.
//
// catalogue.cpp answers catalogue.h's questions from BuiltInTables(); tests generate further tables
// from data of their own and search them with the same functions.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "rules/catalogue.h"

namespace preview::rules {

// What is known of one attribute of a type of an input language.
struct Attribute {
  std::string_view name;
  std::string_view form;          // text with `{placeholders}`; empty: none
  std::string_view default_text;  // what AWS takes when it is absent
  model::SymbolForm symbol = model::SymbolForm::kText;
};

// A type of an input language with all that is known of it.
struct IacType {
  model::Language language = model::Language::kTerraform;
  std::string_view name;
  std::span<const Binding> bindings;
  std::span<const Attribute> attributes;  // sorted by name
  std::span<const std::string_view>
      identifying;  // attributes whose texts identify the resource, sorted
  bool grants_nothing = false;
  std::string_view source;
};

// How an input may name a resource: a text that matches `name` (with `{placeholders}`) has the ARN
// `arn`.
struct NameForm {
  std::string_view name;
  std::string_view arn;
};

struct TypeNames {
  std::string_view resource_type;
  std::span<const NameForm> forms;  // the first that matches counts
};

struct Tables {
  std::span<const ResourceType> resource_types;        // sorted by name
  std::span<const TypeNames> type_names;               // sorted by resource type
  std::span<const Binding> bindings;                   // sorted by language and IaC type
  std::span<const IacType> iac_types;                  // likewise
  std::span<const ConditionKey> condition_keys;        // sorted by name in lower case
  std::span<const std::string_view> service_accounts;  // sorted
};

// The tables of rules/data.
[[nodiscard]] const Tables& BuiltInTables();

[[nodiscard]] const ResourceType* FindResourceTypeIn(const Tables& tables, std::string_view name);
[[nodiscard]] const IacType* FindIacTypeIn(const Tables& tables, model::Language language,
                                           std::string_view name);
[[nodiscard]] const Attribute* FindAttributeIn(const Tables& tables, model::Language language,
                                               std::string_view iac_type,
                                               std::string_view attribute);
[[nodiscard]] const ConditionKey* FindConditionKeyIn(const Tables& tables, std::string_view name);
[[nodiscard]] std::string ArnFromNameIn(const Tables& tables, const ResourceType& type,
                                        std::string_view name,
                                        const model::Environment& environment);

}  // namespace preview::rules
