// Searches over generated tables: binary search throughout, the tables are sorted by the generator.
#include <algorithm>
#include <tuple>

#include "rules/form.h"
#include "rules/tables.h"

namespace preview::rules {

namespace {

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// Three-way comparison of two texts without regard to the case of ASCII letters.
int CompareWithoutCase(std::string_view a, std::string_view b) {
  const std::size_t common = std::min(a.size(), b.size());
  for (std::size_t i = 0; i < common; ++i) {
    const char x = Lower(a[i]);
    const char y = Lower(b[i]);
    if (x != y) return x < y ? -1 : 1;
  }
  if (a.size() == b.size()) return 0;
  return a.size() < b.size() ? -1 : 1;
}

const ConditionKey* FindKeyExactly(std::span<const ConditionKey> keys, std::string_view name) {
  auto found = std::lower_bound(keys.begin(), keys.end(), name,
                                [](const ConditionKey& key, std::string_view wanted) {
                                  return CompareWithoutCase(key.name, wanted) < 0;
                                });
  if (found == keys.end() || CompareWithoutCase(found->name, name) != 0) return nullptr;
  return &*found;
}

}  // namespace

const ResourceType* FindResourceTypeIn(const Tables& tables, std::string_view name) {
  auto types = tables.resource_types;
  auto found = std::lower_bound(
      types.begin(), types.end(), name,
      [](const ResourceType& type, std::string_view wanted) { return type.name < wanted; });
  return found == types.end() || found->name != name ? nullptr : &*found;
}

const IacType* FindIacTypeIn(const Tables& tables, model::Language language,
                             std::string_view name) {
  auto types = tables.iac_types;
  const std::tuple wanted(language, name);
  auto found = std::lower_bound(types.begin(), types.end(), wanted,
                                [](const IacType& type, const auto& key) {
                                  return std::tuple(type.language, type.name) < key;
                                });
  if (found == types.end() || std::tuple(found->language, found->name) != wanted) return nullptr;
  return &*found;
}

const Attribute* FindAttributeIn(const Tables& tables, model::Language language,
                                 std::string_view iac_type, std::string_view attribute) {
  const IacType* type = FindIacTypeIn(tables, language, iac_type);
  if (type == nullptr) return nullptr;
  auto found = std::lower_bound(
      type->attributes.begin(), type->attributes.end(), attribute,
      [](const Attribute& entry, std::string_view wanted) { return entry.name < wanted; });
  return found == type->attributes.end() || found->name != attribute ? nullptr : &*found;
}

const ConditionKey* FindConditionKeyIn(const Tables& tables, std::string_view name) {
  if (const ConditionKey* key = FindKeyExactly(tables.condition_keys, name)) return key;
  // `aws:PrincipalTag/team` by its family `aws:PrincipalTag/`, `kms:EncryptionContext:app` by
  // `kms:EncryptionContext:`. Families have short names; the bound keeps a hostile key from costing
  // more than a few searches.
  constexpr std::size_t kLongestFamily = 128;
  for (std::size_t end = std::min(name.size(), kLongestFamily); end > 0; --end) {
    const char c = name[end - 1];
    if ((c != '/' && c != ':') || end == name.size()) continue;
    if (const ConditionKey* key = FindKeyExactly(tables.condition_keys, name.substr(0, end))) {
      return key;
    }
  }
  return nullptr;
}

std::string ArnFromNameIn(const Tables& tables, const ResourceType& type, std::string_view name,
                          const model::Environment& environment) {
  if (name.starts_with("arn:")) return std::string(name);
  auto found = std::lower_bound(
      tables.type_names.begin(), tables.type_names.end(), type.name,
      [](const TypeNames& entry, std::string_view wanted) { return entry.resource_type < wanted; });
  std::span<const NameForm> forms;
  if (found != tables.type_names.end() && found->resource_type == type.name) forms = found->forms;
  for (const NameForm& form : forms) {
    std::optional<Captures> captures = MatchForm(form.name, name);
    if (!captures) continue;
    // A name that says region, account or partition goes before the environment.
    model::Environment told = environment;
    for (auto [key, text] : *captures) {
      if (key == "account") told.account = text;
      if (key == "region") told.region = text;
      if (key == "partition") told.partition = text;
    }
    return FillForm(form.arn, told, [&](std::string_view wanted) -> std::string {
      for (auto [key, text] : *captures) {
        if (key == wanted) return std::string(text);
      }
      return std::string(name);
    });
  }
  return FillForm(type.arn, environment, [&](std::string_view) { return std::string(name); });
}

}  // namespace preview::rules
