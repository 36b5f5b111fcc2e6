// Unknown entries inside lists and nested blocks.

#include <algorithm>
#include <utility>

#include "parsers/terraform/plan_graph.h"
#include "parsers/terraform/plan_scope.h"
#include "parsers/terraform/plan_values.h"
#include "rules/catalogue.h"

namespace preview::terraform {

namespace {

using model::Value;

constexpr auto kTerraform = model::Language::kTerraform;

// A value inside an attribute, with what the configuration says of it.
struct Part {
  Value* value;
  const Value*
      configuration;  // an expression, the blocks or the block it stands in; null: not there
  std::string
      dotted;  // path of names; good for the source while every list on the way has one item
  bool single = true;
};

// The configuration of item `k` of `count` items of a list.
const Value* ItemConfiguration(const Value* configuration, std::size_t k, std::size_t count) {
  if (configuration == nullptr || !configuration->is_list()) return configuration;
  if (configuration->items.size() == count) return &configuration->items[k];
  return configuration->items.size() == 1 ? &configuration->items[0] : nullptr;
}

// Whether requests name the type's resources by more than the ARN itself (`/*` of a bucket's
// objects).
bool HasLongerArns(std::string_view iac_type) {
  for (const rules::Binding& binding : rules::FindBindings(kTerraform, iac_type)) {
    if (binding.role != rules::BindingRole::kResource) continue;
    const rules::ResourceType* type = rules::FindResourceType(binding.resource_type);
    if (type != nullptr && type->forms.size() > 1) return true;
  }
  return false;
}

}  // namespace

Value PlanGraph::TextSymbol(const std::string& name) {
  auto id = symbols_.Intern({.name = name, .resource = "", .attribute = ""});
  return id ? Value::String(model::SymbolText(*id))
            : Value::Unknown("known after apply: `" + name + "`");
}

// An entry of a list that is written as one reference, as far as can be told: the plan JSON does
// not show the text around it. A resource may be longer than the ARN, so there it is the ARN and a
// text that is not known.
Value PlanGraph::Entry(const Target& target, const std::string& what, const ListUse& use) {
  Value value = TargetValue(target, use.attribute);
  if (value.is_list()) return value;
  if (!value.is_string()) return TextSymbol(what);
  if (target.kind != Target::Kind::kObject) return value;
  const PlanObject& object = objects_[target.object];
  std::vector<PathStep> path = GuessPath(target, use.attribute);
  bool arn = path.back().name.ends_with("arn");
  if (use.resources) {
    if (!arn) return TextSymbol(what);
    if (HasLongerArns(object.type)) value.text += TextSymbol(what).text;
    return value;
  }
  if (use.arns && !arn) return TextSymbol(what);
  // An account id alone is the whole account; within an ARN it could be less, which a Deny must not
  // take for more.
  if (use.principals && !arn && use.deny) return TextSymbol(what);
  return value;
}

void PlanGraph::FillList(Value& list, const Value* expression, const Position& at,
                         const std::string& what, const ListUse& use) {
  if (!HoldsUnknown(list)) return;
  bool whole = list.is_unknown();
  bool sensitive = list.sensitive;
  auto unknown = static_cast<std::size_t>(std::count_if(
      list.items.begin(), list.items.end(), [](const Value& item) { return item.is_unknown(); }));
  std::vector<Value> entries;
  if (expression != nullptr && IsExpression(*expression)) {
    for (const Target& target : UnknownTargets(*expression, at)) {
      Value entry = Entry(target, what + "[" + std::to_string(entries.size()) + "]", use);
      if (entry.is_list()) {
        for (Value& item : entry.items) entries.push_back(std::move(item));
      } else {
        entries.push_back(std::move(entry));
      }
    }
  }
  if (whole) {
    // Constants beside the references are not shown, and references may be conditions only: what is
    // there is too little, and where entries narrow the access it could be too much.
    if (use.deny != use.negated) entries.clear();
    entries.push_back(TextSymbol(what));
    list = Value::List(std::move(entries));
  } else {
    bool one_each = entries.size() == unknown;
    std::size_t next = 0;
    for (Value& item : list.items) {
      if (!item.is_unknown()) continue;
      bool marked = item.sensitive;
      item =
          one_each ? std::move(entries[next]) : TextSymbol(what + "[" + std::to_string(next) + "]");
      item.sensitive |= marked;
      ++next;
    }
  }
  if (sensitive) MarkAllSensitive(list);
}

void PlanGraph::FillNested(std::size_t i, std::string_view attribute) {
  const BlockConfiguration* block = BlockOf(objects_[i]);
  std::vector<Part> open;
  // Filled apart and put back: filling may look at other attributes of the same object.
  Value filled = *objects_[i].after.Find(attribute);
  open.push_back({&filled, block != nullptr ? block->expressions.Find(attribute) : nullptr,
                  std::string(attribute)});
  Position at = PositionOf(objects_[i]);
  while (!open.empty()) {
    Part part = std::move(open.back());
    open.pop_back();
    Value& value = *part.value;
    bool expression = part.configuration != nullptr && IsExpression(*part.configuration);
    std::string_view last = std::string_view(part.dotted).substr(part.dotted.rfind('.') + 1);
    bool flat = value.is_list() && std::any_of(value.items.begin(), value.items.end(),
                                               [](const Value& item) { return item.is_unknown(); });
    if (value.is_unknown() || flat) {
      std::optional<Value> source;
      if (part.single) source = FromSource(objects_[i], part.dotted);
      bool policy = value.is_unknown() && IsPolicy(objects_[i], part.dotted);
      if (policy) {
        value = RecoverPolicy(i, part.dotted, expression ? part.configuration : nullptr);
      } else if (source && !HoldsUnknown(*source)) {
        value = std::move(*source);
      } else if (flat) {
        FillList(value, expression ? part.configuration : nullptr, at,
                 objects_[i].address + "." + part.dotted, {.attribute = last});
      } else if (expression) {
        value = ComputeLink(i, last, *part.configuration);
      } else {
        value =
            Value::Unknown("known after apply: `" + objects_[i].address + "." + part.dotted + "`");
      }
      continue;
    }
    for (std::size_t k = 0; k < value.items.size(); ++k) {
      Value& item = value.items[k];
      if (!HoldsUnknown(item)) continue;
      const Value* inner = part.configuration;
      if (value.is_list()) {
        if (!expression) inner = ItemConfiguration(part.configuration, k, value.items.size());
        open.push_back({&item, inner, part.dotted, part.single && value.items.size() == 1});
      } else {
        if (!expression && inner != nullptr) inner = inner->Find(value.keys[k]);
        open.push_back(
            {&item, inner, part.dotted + "." + value.keys[k], part.single && !expression});
      }
    }
  }
  *objects_[i].after.Find(attribute) = std::move(filled);
}

}  // namespace preview::terraform
