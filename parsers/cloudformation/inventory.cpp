#include "parsers/cloudformation/inventory.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "parsers/cloudformation/implied.h"
#include "parsers/cloudformation/parts.h"
#include "rules/catalogue.h"

namespace preview::cloudformation {

using model::Value;

namespace {

constexpr model::Language kLanguage = model::Language::kCloudFormation;
constexpr std::string_view kStackType = "AWS::CloudFormation::Stack";
constexpr std::size_t kMaxNesting = 20;  // of stacks; a file that nests itself ends here

// Properties that never bear on who gets in: open conditions in them are not followed.
bool IsAside(std::string_view property) {
  static constexpr std::array<std::string_view, 15> kNames = {
      "Tags",   "Description", "Environment", "Code",           "VpcConfig",
      "Layers", "MemorySize",  "Timeout",     "Runtime",        "LifecycleConfiguration",
      "Body",   "UserData",    "TableTags",   "FileSystemTags", "LoggingConfiguration"};
  return std::find(kNames.begin(), kNames.end(), property) != kNames.end();
}

bool Retains(const Value& body, std::string_view member) {
  const std::string policy = MemberText(body, member);
  return policy == "Retain" || policy == "RetainExceptOnCreate";
}

// `"Principal"` in JSON, or in JSON within a text of JSON: `\"Principal\"`.
bool HoldsPrincipalMember(std::string_view text) {
  for (std::size_t at = text.find("Principal"); at != std::string_view::npos;
       at = text.find("Principal", at + 1)) {
    const std::string_view behind = text.substr(at + 9);
    const bool begins = at > 0 && (text[at - 1] == '"' || text.substr(0, at).ends_with("\"Not"));
    if (begins && behind.find_first_not_of('\\') != std::string_view::npos &&
        behind[behind.find_first_not_of('\\')] == '"') {
      return true;
    }
  }
  return false;
}

// Whether a part looks like a policy that says who gets in.
bool NamesPrincipal(const Value& body) {
  std::vector<const Value*> open{&body};
  while (!open.empty()) {
    const Value* value = open.back();
    open.pop_back();
    if (value->is_string() && HoldsPrincipalMember(value->text)) return true;
    for (std::size_t i = 0; i < value->items.size(); ++i) {
      const bool named =
          value->is_object() && (value->keys[i] == "Principal" || value->keys[i] == "NotPrincipal");
      if (named) return true;
      open.push_back(&value->items[i]);
    }
  }
  return false;
}

Value EvaluateProperties(Evaluator& evaluator, Stack& stack, const std::string& id,
                         const Value& body) {
  Value attributes = Value::Object();
  const Value* properties = body.Find("Properties");
  attributes.place = properties != nullptr ? properties->place : body.place;
  // What only lends its name to others (no binding) opens nothing: its open conditions are not
  // followed.
  const bool follow =
      !rules::FindBindings(kLanguage, MemberText(body, "Type")).empty() || NamesPrincipal(body);
  if (properties == nullptr || !properties->is_object()) return attributes;
  if (!FunctionName(*properties).empty()) {
    std::optional<Value> value = evaluator.Evaluate(stack, *properties);
    if (!value.has_value() || value->is_object()) return value.value_or(attributes);
    evaluator.Problem(stack, properties->place,
                      fmt::format("the properties of `{}{}` are not known", stack.prefix, id));
    return attributes;
  }
  std::set<std::string_view> seen;  // of a key that is written twice the first counts
  for (std::size_t i = 0; i < properties->items.size(); ++i) {
    const std::string& name = properties->keys[i];
    if (!seen.insert(name).second) continue;
    evaluator.SetMayAsk(follow && !IsAside(name));
    std::optional<Value> value = evaluator.Property(stack, id, name, properties->items[i]);
    evaluator.SetMayAsk(true);
    if (!value.has_value()) continue;
    attributes.keys.push_back(name);
    attributes.items.push_back(std::move(*value));
    attributes.key_places.push_back(i < properties->key_places.size() ? properties->key_places[i]
                                                                      : properties->items[i].place);
  }
  if (MemberText(body, "Type") == "AWS::ApiGateway::RestApi") {
    AddOpenApiPolicy(evaluator, stack, *properties, attributes);
  }
  return attributes;
}

}  // namespace

bool IsAnalysed(std::string_view type, const Value& body) {
  return rules::BearsOnAccess(kLanguage, type) || NamesPrincipal(body);
}

std::string PhysicalName(const model::Resource& resource, const model::SymbolTable& symbols) {
  for (std::string_view attribute : rules::AttributesWithForm(kLanguage, resource.type)) {
    bool own = true;
    const auto other = [&](std::string_view name) -> std::string {
      const Value* value = resource.attributes.Find(name);
      const auto text = value == nullptr ? std::nullopt : ScalarText(*value);
      if (!text.has_value()) {
        if (rules::AttributeDefault(kLanguage, resource.type, name).empty()) own = false;
        return {};
      }
      model::ForEachSymbol(*text, [&](model::SymbolId id) {
        own = own && symbols.Get(id).resource != resource.address;
      });
      return *text;
    };
    const auto text =
        rules::BuildAttribute(kLanguage, resource.type, attribute, resource.environment, other);
    if (text.has_value() && own) return *text;
  }
  return {};
}

void CollectItems(Evaluator& evaluator, Stack& stack, std::vector<Item>& out) {
  const Value* resources = stack.source->root.Find("Resources");
  if (resources == nullptr || !resources->is_object()) return;
  const std::size_t first = out.size();
  for (std::size_t i = 0; i < resources->items.size(); ++i) {
    const std::string& id = resources->keys[i];
    const Value& body = resources->items[i];
    const std::string type = MemberText(body, "Type");
    const auto indexed = stack.source->resources.find(id);
    if (type.empty() || indexed == stack.source->resources.end() || indexed->second != &body)
      continue;
    const bool nested = type == kStackType;
    if (!nested && !IsAnalysed(type, body)) continue;
    const std::optional<bool> exists = evaluator.Exists(stack, id);
    if (exists == false) continue;
    if (!exists.has_value()) {
      evaluator.Problem(
          stack, body.place,
          fmt::format("whether `{}{}` exists depends on an open condition", stack.prefix, id),
          "give the parameters' values with --parameters");
    }
    if (nested) {
      const bool too_deep = static_cast<std::size_t>(std::count(
                                stack.prefix.begin(), stack.prefix.end(), '.')) >= kMaxNesting;
      Stack* child = too_deep ? nullptr : evaluator.Child(stack, id);
      if (child != nullptr) CollectItems(evaluator, *child, out);
      continue;
    }
    Item item;
    model::Resource& resource = item.resource;
    resource.address = stack.prefix + id;
    resource.identity = stack.scope + resource.address;
    resource.type = type;
    resource.environment = stack.environment;
    resource.stack = stack.label;
    resource.place = i < resources->key_places.size() ? resources->key_places[i] : body.place;
    if (const Value* metadata = body.Find("Metadata"))
      resource.construct = MemberText(*metadata, "aws:cdk:path");
    resource.attributes = EvaluateProperties(evaluator, stack, id, body);
    item.keep_on_delete = Retains(body, "DeletionPolicy");
    item.keep_on_replace = Retains(body, "UpdateReplacePolicy");
    out.push_back(std::move(item));
  }
  ApplyCustomPolicies(evaluator, stack, first, out);
}

void MatchSides(std::vector<Item>& before, std::vector<Item>& after, const std::string& input,
                std::vector<model::Note>& notes) {
  using Key = std::pair<std::string, std::string>;  // type and name
  std::map<Key, std::size_t> by_physical;
  std::map<Key, std::size_t> by_identity;
  for (std::size_t i = 0; i < after.size(); ++i) {
    const model::Resource& resource = after[i].resource;
    if (!after[i].physical.empty()) by_physical.emplace(Key(resource.type, after[i].physical), i);
    by_identity.emplace(Key(resource.type, resource.identity), i);
  }
  std::set<std::size_t> taken;
  std::vector<std::size_t> matched(before.size(), after.size());
  for (std::size_t i = 0; i < before.size(); ++i) {  // the same name in AWS goes first
    if (before[i].physical.empty()) continue;
    const auto found = by_physical.find(Key(before[i].resource.type, before[i].physical));
    if (found == by_physical.end() || !taken.insert(found->second).second) continue;
    matched[i] = found->second;
  }
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (matched[i] != after.size()) continue;
    const auto found = by_identity.find(Key(before[i].resource.type, before[i].resource.identity));
    if (found == by_identity.end() || !taken.insert(found->second).second) continue;
    matched[i] = found->second;
  }
  std::vector<Item> kept;
  for (std::size_t i = 0; i < before.size(); ++i) {
    model::Resource& old = before[i].resource;
    const bool gone = matched[i] == after.size();
    bool replaced = false;
    if (!gone) {
      const Item& now = after[matched[i]];
      replaced = !now.physical.empty() && !before[i].physical.empty() &&
                 now.physical != before[i].physical;
      old.identity = now.resource.identity;
    } else if (by_identity.contains(Key(old.type, old.identity))) {
      old.identity += " (before)";  // its name went to another resource
    }
    if ((gone && before[i].keep_on_delete) || (replaced && before[i].keep_on_replace)) {
      if (replaced) old.identity += " (retained)";
      kept.push_back(before[i]);
      model::Note note;
      note.input = input;
      note.resource_address = old.address;
      note.place = old.place;
      note.message =
          fmt::format("`{}` leaves the stack but is retained: it keeps its access", old.address);
      notes.push_back(std::move(note));
    }
  }
  for (Item& item : kept) after.push_back(std::move(item));
}

}  // namespace preview::cloudformation
