#include "parsers/terraform/policy_document.h"

#include <array>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "parsers/terraform/plan_values.h"

namespace preview::terraform {

namespace {

using model::Value;

constexpr std::string_view kOldVersion = "2008-10-17";
constexpr std::string_view kDefaultVersion = "2012-10-17";

// Policy variables are written `&{…}` in Terraform, since `${…}` is an interpolation there.
std::string WithVariables(std::string text, std::string_view version) {
  if (version == kOldVersion) return text;
  for (auto at = text.find("&{"); at != std::string::npos; at = text.find("&{", at)) text[at] = '$';
  return text;
}

bool IsSet(const Value* value) {
  return value != nullptr && !value->is_null() && !(value->is_list() && value->items.empty());
}

// A list of texts as JSON has it; a whole that is unknown stays so.
Value Texts(const Value& list, std::string_view version) {
  if (list.is_unknown()) return list;
  Value out = Value::List();
  out.sensitive = list.sensitive;
  for (const Value& item : list.items) {
    if (item.is_null()) continue;
    Value text = item;
    if (!item.is_unknown()) {
      text = Value::String(WithVariables(ScalarText(item), version));
      text.sensitive = item.sensitive;
    }
    out.items.push_back(std::move(text));
  }
  return out;
}

void AppendTexts(Value& list, Value more) {
  if (list.is_unknown()) return;
  if (more.is_unknown()) {
    list = std::move(more);
    return;
  }
  list.sensitive |= more.sensitive;
  for (Value& item : more.items) list.items.push_back(std::move(item));
}

const Value* UnknownMember(const Value& block, std::span<const std::string_view> names) {
  if (block.is_unknown()) return &block;
  for (std::string_view name : names) {
    const Value* member = block.Find(name);
    if (member != nullptr && member->is_unknown()) return member;
  }
  return nullptr;
}

bool IsEveryone(const Value& blocks) {
  if (blocks.items.size() != 1 || TextOf(blocks.items[0], "type") != "*") return false;
  const Value* identifiers = blocks.items[0].Find("identifiers");
  return identifiers != nullptr && identifiers->items.size() == 1 &&
         identifiers->items[0].text == "*";
}

// `principals` blocks as a Principal element; unknown when a type is.
Value Principals(const Value& blocks, std::string_view version) {
  static constexpr std::array<std::string_view, 1> kNeeded{"type"};
  if (blocks.is_unknown()) return blocks;
  if (IsEveryone(blocks)) return Value::String("*");
  Value out = Value::Object();
  for (const Value& block : blocks.items) {
    if (const Value* unknown = UnknownMember(block, kNeeded)) return *unknown;
    const Value* identifiers = block.Find("identifiers");
    Value texts = identifiers != nullptr ? Texts(*identifiers, version) : Value::List();
    std::string_view type = TextOf(block, "type");
    if (Value* list = out.Find(type)) {
      AppendTexts(*list, std::move(texts));
    } else {
      out.Set(type, std::move(texts));
    }
  }
  return out;
}

// `condition` blocks as a Condition element; unknown when an operator or a key is.
Value Conditions(const Value& blocks, std::string_view version) {
  static constexpr std::array<std::string_view, 2> kNeeded{"test", "variable"};
  if (blocks.is_unknown()) return blocks;
  Value out = Value::Object();
  for (const Value& block : blocks.items) {
    if (const Value* unknown = UnknownMember(block, kNeeded)) return *unknown;
    const Value* values = block.Find("values");
    Value texts = values != nullptr ? Texts(*values, version) : Value::List();
    std::string_view test = TextOf(block, "test");
    Value* keys = out.Find(test);
    if (keys == nullptr) keys = &out.Set(test, Value::Object());
    std::string_view variable = TextOf(block, "variable");
    if (Value* list = keys->Find(variable)) {
      AppendTexts(*list, std::move(texts));
    } else {
      keys->Set(variable, std::move(texts));
    }
  }
  return out;
}

Value StatementOf(const Value& block, std::string_view version) {
  static constexpr std::array<std::string_view, 2> kNeeded{"effect", "sid"};
  if (const Value* unknown = UnknownMember(block, kNeeded)) return *unknown;
  Value statement = Value::Object();
  statement.place = block.place;
  statement.sensitive = block.sensitive;
  if (std::string_view sid = TextOf(block, "sid"); !sid.empty())
    statement.Set("Sid", Value::String(std::string(sid)));
  std::string_view effect = TextOf(block, "effect");
  statement.Set("Effect", Value::String(effect.empty() ? "Allow" : std::string(effect)));
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kLists{
      {{"actions", "Action"},
       {"not_actions", "NotAction"},
       {"resources", "Resource"},
       {"not_resources", "NotResource"}}};
  for (auto [name, element] : kLists) {
    const Value* list = block.Find(name);
    if (IsSet(list)) statement.Set(element, Texts(*list, version));
  }
  const Value* principals = block.Find("principals");
  if (IsSet(principals)) statement.Set("Principal", Principals(*principals, version));
  const Value* not_principals = block.Find("not_principals");
  if (IsSet(not_principals)) statement.Set("NotPrincipal", Principals(*not_principals, version));
  const Value* conditions = block.Find("condition");
  if (IsSet(conditions)) statement.Set("Condition", Conditions(*conditions, version));
  return statement;
}

// Statements of a document: a list, or a single object, which is as good for us.
std::vector<const Value*> StatementsOf(const Value& document) {
  std::vector<const Value*> statements;
  const Value* list = document.Find("Statement");
  if (list == nullptr || list->is_null()) return statements;
  if (!list->is_list()) {
    statements.push_back(list);
    return statements;
  }
  for (const Value& item : list->items) statements.push_back(&item);
  return statements;
}

}  // namespace

Value DocumentOfArguments(const Value& attributes) {
  Value document = Value::Object();
  std::string_view version = TextOf(attributes, "version");
  if (version.empty()) version = kDefaultVersion;
  document.Set("Version", Value::String(std::string(version)));
  if (std::string_view id = TextOf(attributes, "policy_id"); !id.empty())
    document.Set("Id", Value::String(std::string(id)));
  const Value* blocks = attributes.Find("statement");
  if (blocks != nullptr && blocks->is_unknown()) return *blocks;
  Value statements = Value::List();
  if (blocks != nullptr) {
    for (const Value& block : blocks->items)
      statements.items.push_back(StatementOf(block, version));
  }
  document.Set("Statement", std::move(statements));
  return document;
}

Value EmptyDocument() {
  Value document = Value::Object();
  document.Set("Version", Value::String(""));
  document.Set("Statement", Value::List());
  return document;
}

void MergeDocument(Value& document, const Value& newer) {
  if (document.is_unknown()) return;
  document.sensitive |= newer.sensitive;
  if (newer.is_unknown()) {
    document.Find("Statement")->items.push_back(newer);
    // The provider writes the current version where nothing else is given.
    if (TextOf(document, "Version").empty())
      document.Set("Version", Value::String(std::string(kDefaultVersion)));
    return;
  }
  if (std::string_view id = TextOf(newer, "Id"); !id.empty())
    document.Set("Id", Value::String(std::string(id)));
  std::string_view version = TextOf(newer, "Version");
  if (version > TextOf(document, "Version"))
    document.Set("Version", Value::String(std::string(version)));
  Value& statements = *document.Find("Statement");
  std::unordered_map<std::string_view, std::size_t> by_sid;
  // The views stay good: the texts live in `newer` or in `sids`, which is full before the first
  // view is taken.
  std::vector<std::string> sids;
  sids.reserve(statements.items.size());
  for (std::size_t i = 0; i < statements.items.size(); ++i) {
    sids.emplace_back(TextOf(statements.items[i], "Sid"));
    if (!sids.back().empty()) by_sid.emplace(sids.back(), i);
  }
  for (const Value* statement : StatementsOf(newer)) {
    std::string_view sid = TextOf(*statement, "Sid");
    auto existing = sid.empty() ? by_sid.end() : by_sid.find(sid);
    if (existing != by_sid.end()) {
      statements.items[existing->second] = *statement;
      continue;
    }
    if (!sid.empty()) by_sid.emplace(sid, statements.items.size());
    statements.items.push_back(*statement);
  }
}

}  // namespace preview::terraform
