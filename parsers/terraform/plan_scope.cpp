#include "parsers/terraform/plan_scope.h"

#include <array>
#include <utility>

#include "parsers/terraform/plan_values.h"

namespace preview::terraform {

using model::Value;

namespace {

// `a.b["c d"].e[0]`.
bool IsTraversal(std::string_view text) {
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (quoted && c == '\\') ++i;
    if (c == '"') quoted = !quoted;
    if (!quoted && (c == '(' || c == ' ' || c == ',')) return false;
  }
  return true;
}

}  // namespace

std::string OperationText(const Value& unknown) {
  auto first = unknown.text.find('`');
  auto last = unknown.text.rfind('`');
  if (first == std::string::npos || last <= first) return unknown.text;
  return unknown.text.substr(first + 1, last - first - 1);
}

bool NamesOperation(const Value& unknown) {
  static constexpr std::array<std::string_view, 4> kChoices{"coalesce(", "one(", "element(",
                                                            "nonsensitive("};
  if (!unknown.is_unknown() || unknown.text.empty()) return false;
  // Other reasons say what the source could not be asked, not what it says.
  if (unknown.text.starts_with("it cannot be evaluated")) return true;
  if (!unknown.text.starts_with("known after apply: `")) return false;
  std::string operation = OperationText(unknown);
  std::string_view text = operation;
  for (std::string_view choice : kChoices) {
    if (!text.starts_with(choice)) continue;
    text.remove_prefix(choice.size());
    text = text.substr(0, text.find_first_of(",)"));
    break;
  }
  return !IsTraversal(text);
}

Scope& PlanGraph::SourceScope() {
  if (scope_ == nullptr) scope_ = std::make_unique<PlanScope>(*this);
  return *scope_;
}

// What the source says of an attribute, also where that is only why it is not known.
std::optional<Value> PlanGraph::AskSource(const PlanObject& object, const std::string& attribute) {
  if (options_.source == nullptr || !object.deposed.empty()) return std::nullopt;
  return options_.source->Attribute(object.address, attribute, SourceScope(), symbols_);
}

std::optional<Value> PlanGraph::FromSource(const PlanObject& object, const std::string& attribute) {
  auto value = AskSource(object, attribute);
  if (!value || value->is_unknown()) return std::nullopt;
  return value;
}

std::vector<model::Place> PlanGraph::StatementPlaces(const PlanObject& object,
                                                     const std::string& attribute) {
  if (options_.source == nullptr) return {};
  return options_.source->StatementPlacesIn(object.address, attribute, SourceScope(), symbols_);
}

// A single instance is its object, `count` a list, `for_each` an object by key.
std::optional<Value> PlanGraph::Block(std::string_view block) {
  auto address = ParseAddress(block);
  if (!address) return std::nullopt;
  std::string name = BlockText(*address);
  auto cached = block_values_.find(name);
  if (cached != block_values_.end()) return cached->second;
  auto found = blocks_.find(name);
  if (found == blocks_.end()) {
    const ModuleConfiguration* module = Module(ModuleText(address->modules))->configuration;
    auto configured =
        module != nullptr
            ? module->blocks.find(BlockText("", address->data, address->type, address->name))
            : decltype(module->blocks.end()){};
    bool none =
        module != nullptr && configured != module->blocks.end() && configured->second.counted;
    if (!none) return std::nullopt;
    return configured->second.for_each.is_null() ? Value::List() : Value::Object();
  }
  bool settled =
      true;  // false while an attribute is being filled: what is seen then is not the last word
  Value instances;
  for (std::size_t i : found->second.all) {
    Load(i, "");  // everything
    Value value = Value::Object();
    const std::vector<std::string> keys = objects_[i].after.keys;
    for (const std::string& key : keys) {
      PathStep step{key, false};
      auto filling = fillings_.find(i);
      settled &= filling == fillings_.end() || filling->second.open.empty();
      value.keys.push_back(key);
      value.items.push_back(AttributeValue(i, std::span(&step, 1)));
    }
    const InstanceKey& key = objects_[i].key;
    if (key.kind == KeyKind::kNone) {
      instances = std::move(value);
    } else if (key.kind == KeyKind::kNumber) {
      instances.kind = model::ValueKind::kList;
      std::size_t at = key.text.size() < 7 ? std::stoul(key.text) : instances.items.size();
      if (at >= instances.items.size()) instances.items.resize(at + 1);
      instances.items[at] = std::move(value);
    } else if (key.kind == KeyKind::kString) {
      instances.kind = model::ValueKind::kObject;
      instances.keys.push_back(key.text);
      instances.items.push_back(std::move(value));
    } else {
      return std::nullopt;  // which instances there will be is not known
    }
  }
  if (settled) block_values_.emplace(std::move(name), instances);
  return instances;
}

}  // namespace preview::terraform
