// Attributes that are known only after apply: from the source, from references, from the
// catalogue's forms.

#include <algorithm>
#include <utility>

#include "parsers/terraform/plan_graph.h"
#include "parsers/terraform/plan_keep.h"
#include "parsers/terraform/plan_scope.h"
#include "parsers/terraform/plan_values.h"
#include "rules/catalogue.h"

namespace preview::terraform {

namespace {

using model::Value;

constexpr auto kTerraform = model::Language::kTerraform;

std::string_view FirstStep(std::string_view dotted) { return dotted.substr(0, dotted.find('.')); }

bool HasForm(std::string_view type, std::string_view attribute) {
  auto names = rules::AttributesWithForm(kTerraform, type);
  return std::find(names.begin(), names.end(), attribute) != names.end();
}

bool IsResource(std::string_view type) {
  auto bindings = rules::FindBindings(kTerraform, type);
  return std::any_of(bindings.begin(), bindings.end(), [](const rules::Binding& binding) {
    return binding.role == rules::BindingRole::kResource;
  });
}

bool IsTarget(std::string_view type, std::string_view attribute) {
  auto bindings = rules::FindBindings(kTerraform, type);
  return std::any_of(bindings.begin(), bindings.end(), [&](const rules::Binding& binding) {
    return !binding.target.empty() && FirstStep(binding.target) == attribute;
  });
}

// Whether the attribute `target` of `type` names resources of the kind that `candidate` is.
bool Fits(std::string_view type, std::string_view target, std::string_view candidate) {
  for (const rules::Binding& binding : rules::FindBindings(kTerraform, type)) {
    if (FirstStep(binding.target) != target) continue;
    for (const rules::Binding& other : rules::FindBindings(kTerraform, candidate)) {
      if (other.role == rules::BindingRole::kResource &&
          other.resource_type == binding.resource_type)
        return true;
    }
  }
  return false;
}

// Whether the attribute lists, or holds the list of, whom something is shared with.
bool IsShareList(std::string_view type, std::string_view attribute) {
  auto bindings = rules::FindBindings(kTerraform, type);
  return attribute.ends_with("s") &&
         std::any_of(bindings.begin(), bindings.end(), [&](const rules::Binding& binding) {
           return FirstStep(binding.share_accounts) == attribute ||
                  FirstStep(binding.share_organizations) == attribute;
         });
}

bool IsFlatShareList(std::string_view type, std::string_view attribute) {
  auto bindings = rules::FindBindings(kTerraform, type);
  return std::any_of(bindings.begin(), bindings.end(), [&](const rules::Binding& binding) {
    return binding.share_accounts == attribute || binding.share_organizations == attribute;
  });
}

}  // namespace

std::string WaitsFor(std::span<const Target> targets) {
  constexpr std::size_t kMost = 5;
  std::vector<std::string> names;
  for (const Target& target : targets) {
    if (target.text.empty() || std::find(names.begin(), names.end(), target.text) != names.end())
      continue;
    names.push_back(target.text);
  }
  std::string text = "known after apply";
  for (std::size_t i = 0; i < names.size() && i < kMost; ++i)
    text += (i == 0 ? ": `" : ", `") + names[i] + "`";
  if (names.size() > kMost) text += ", …";
  return text;
}

// Reads what was left out of an object, once somebody asks for `attribute`.
void PlanGraph::Load(std::size_t i, std::string_view attribute) {
  PlanObject& object = objects_[i];
  if (object.kept && (!object.partial || object.after.Find(attribute) != nullptr)) return;
  if (!loaded_.insert(i).second) return;
  std::string_view json = text_.Find(object.address);
  auto whole = json.empty() ? std::nullopt : ReadPlanObject(json, options_.limits);
  if (!whole || !whole->after.is_object()) return;
  if (!object.after.is_object()) {
    object.after = std::move(whole->after);
    return;
  }
  for (std::size_t k = 0; k < whole->after.keys.size(); ++k) {
    if (object.after.Find(whole->after.keys[k]) == nullptr) {
      object.after.Set(whole->after.keys[k], std::move(whole->after.items[k]));
    }
  }
}

void PlanGraph::Fill(std::size_t i, std::string_view attribute) {
  Load(i, attribute);
  const Value* value = objects_[i].after.Find(attribute);
  if (value == nullptr || !HoldsUnknown(*value)) return;
  if (objects_[i].data && objects_[i].type == "aws_iam_policy_document") return;  // see Document()
  Filling& filling = fillings_[i];
  if (filling.done.count(attribute) != 0 || filling.open.count(attribute) != 0) return;
  filling.open.insert(std::string(attribute));
  if (value->is_unknown()) {
    bool sensitive = value->sensitive;
    Value filled = Compute(i, attribute);
    if (filled.is_null()) fillings_[i].computed.insert(std::string(attribute));
    if (sensitive) MarkAllSensitive(filled);
    *objects_[i].after.Find(attribute) = std::move(filled);
  } else {
    FillNested(i, attribute);
  }
  Filling& after = fillings_[i];
  after.open.erase(after.open.find(attribute));
  after.done.insert(std::string(attribute));
}

Value PlanGraph::Compute(std::size_t i, std::string_view attribute) {
  const PlanObject& object = objects_[i];
  std::string name(attribute);
  const BlockConfiguration* block = BlockOf(object);
  const Value* expression = block != nullptr ? block->expressions.Find(attribute) : nullptr;
  if (IsPolicy(object, attribute)) return RecoverPolicy(i, name, expression);
  if (expression == nullptr) {
    if (auto formed = FromForm(i, attribute)) return std::move(*formed);
    // Nobody wrote it: what AWS fills in of itself is no unknown.
    if (block != nullptr) return Value::Null();
    return Value::Unknown("known after apply: `" + object.address + "." + name + "`");
  }
  if (const Value* constant = expression->Find("constant_value")) return *constant;
  if (auto value = FromSource(object, name)) return std::move(*value);
  // A name of its own may be any text around what its expression refers to; what it links to is
  // that thing itself.
  if (!IsTarget(object.type, attribute)) {
    if (auto formed = FromForm(i, attribute)) return std::move(*formed);
  }
  if (IsShareList(object.type, attribute)) return ComputeShares(i, attribute, *expression);
  return ComputeLink(i, attribute, *expression);
}

// A set with one entry that is not known is not known as a whole, and the plan shows no constants:
// what its references come to is some of it.
Value PlanGraph::ComputeShares(std::size_t i, std::string_view attribute, const Value& expression) {
  std::vector<Target> targets = UnknownTargets(expression, PositionOf(objects_[i]));
  Value rest = Value::Unknown(WaitsFor(targets));
  if (!IsFlatShareList(objects_[i].type, attribute)) return rest;
  Value list = Value::List();
  for (const Target& target : targets) {
    if (target.kind != Target::Kind::kObject) continue;
    Value value = TargetValue(target, attribute);
    if (value.is_string()) list.items.push_back(std::move(value));
  }
  list.items.push_back(std::move(rest));
  return list;
}

Value PlanGraph::ComputeLink(std::size_t i, std::string_view attribute, const Value& expression) {
  std::vector<Target> targets = UnknownTargets(expression, PositionOf(objects_[i]));
  std::vector<std::pair<Value, bool>> found;  // and whether it is of the kind that is named here
  for (const Target& target : targets) {
    if (target.kind != Target::Kind::kObject) continue;
    Value value = TargetValue(target, attribute);
    if (value.is_unknown()) continue;
    bool fits = Fits(objects_[i].type, attribute, objects_[target.object].type);
    auto same = std::find_if(found.begin(), found.end(),
                             [&](const auto& entry) { return entry.first.SameAs(value); });
    if (same == found.end()) {
      found.emplace_back(std::move(value), fits);
    } else {
      same->second |= fits;
    }
  }
  if (found.size() > 1 && std::count_if(found.begin(), found.end(),
                                        [](const auto& entry) { return entry.second; }) == 1) {
    std::erase_if(found, [](const auto& entry) { return !entry.second; });
  }
  if (found.size() == 1) return std::move(found[0].first);
  if (found.empty()) {
    if (auto only = OnlyCandidate(i, attribute)) {
      Target target;
      target.kind = Target::Kind::kObject;
      target.object = *only;
      return TargetValue(target, attribute);
    }
  }
  return Value::Unknown(WaitsFor(targets));
}

// The one resource of the plan that is new and of the kind that the attribute names.
std::optional<std::size_t> PlanGraph::OnlyCandidate(std::size_t i, std::string_view attribute) {
  std::optional<std::size_t> only;
  for (const rules::Binding& binding : rules::FindBindings(kTerraform, objects_[i].type)) {
    if (binding.target.empty() || FirstStep(binding.target) != attribute) continue;
    for (const rules::Binding& other : rules::Bindings()) {
      bool names = other.language == kTerraform && other.role == rules::BindingRole::kResource &&
                   other.resource_type == binding.resource_type;
      if (!names) continue;
      auto objects = by_type_.find(std::string(other.iac_type));
      if (objects == by_type_.end()) continue;
      for (std::size_t candidate : objects->second) {
        if (objects_[candidate].has_before || objects_[candidate].data) continue;
        if (only && *only != candidate) return std::nullopt;
        only = candidate;
      }
    }
  }
  return only;
}

std::optional<Value> PlanGraph::FromForm(std::size_t i, std::string_view attribute) {
  const PlanObject& object = objects_[i];
  if (!HasForm(object.type, attribute) || (object.data && IsResource(object.type)))
    return std::nullopt;
  model::Environment environment = EnvironmentOf(object, object.after);
  auto text = rules::BuildAttribute(kTerraform, object.type, attribute, environment,
                                    [&](std::string_view name) { return BaseText(i, name); });
  if (!text) return std::nullopt;
  return Value::String(std::move(*text));
}

// The text of an attribute that a form is built from, or its symbol.
std::string PlanGraph::BaseText(std::size_t i, std::string_view attribute) {
  PathStep step{std::string(attribute), false};
  const Value* value = objects_[i].after.Find(attribute);
  if (value != nullptr && value->is_unknown()) {
    Fill(i, attribute);
    value = objects_[i].after.Find(attribute);
  }
  auto filling = fillings_.find(i);
  bool computed = filling != fillings_.end() && filling->second.computed.count(attribute) != 0;
  if (value == nullptr || value->is_unknown() || computed) {
    bool has_default = !rules::AttributeDefault(kTerraform, objects_[i].type, attribute).empty();
    if (has_default && value == nullptr) return "";
    return SymbolOf(i, std::span(&step, 1)).text;
  }
  return ScalarText(*value);
}

Value PlanGraph::SymbolOf(std::size_t i, std::span<const PathStep> path) {
  const PlanObject& object = objects_[i];
  model::Symbol symbol;
  std::string behind = PathText(path);
  symbol.name = object.address + behind;
  symbol.resource = object.address;
  symbol.attribute = behind.empty() ? behind : behind.substr(behind[0] == '.' ? 1 : 0);
  if (path.size() == 1)
    symbol.form = rules::AttributeSymbolForm(kTerraform, object.type, path[0].name);
  if (const Value* value = At(object.after, path)) symbol.sensitive = value->sensitive;
  auto id = symbols_.Intern(symbol);
  if (!id) return Value::Unknown("known after apply: `" + symbol.name + "`");
  Value value = Value::String(model::SymbolText(*id));
  value.sensitive = symbol.sensitive;
  return value;
}

Value PlanGraph::AttributeValue(std::size_t i, std::span<const PathStep> path) {
  if (path.empty()) return Value::Unknown("known after apply: `" + objects_[i].address + "`");
  const std::string name = path[0].name;
  // What goes in comes out, though only after apply.
  // https://developer.hashicorp.com/terraform/language/resources/terraform-data#output
  if (objects_[i].type == "terraform_data" && name == "output") {
    Load(i, name);
    const Value* output = objects_[i].after.Find(name);
    if (output != nullptr && output->is_unknown()) {
      std::vector<PathStep> input(path.begin(), path.end());
      input[0].name = "input";
      return AttributeValue(i, input);
    }
  }
  bool document =
      objects_[i].type == "aws_iam_policy_document" && (name == "json" || name == "minified_json");
  Load(i, name);
  const Value* known = objects_[i].after.Find(name);
  if (document && known != nullptr && known->is_unknown()) {
    const Value& built = Document(i);
    if (HoldsUnknown(built))
      return built.is_unknown()
                 ? built
                 : Value::Unknown("known after apply: `" + objects_[i].address + "`");
    Value text = Value::String(model::ToJson(built));
    text.sensitive = HoldsSensitive(built);
    return text;
  }
  Fill(i, name);
  // What AWS fills in has a text for those who refer to it.
  auto filling = fillings_.find(i);
  if (filling != fillings_.end() && filling->second.computed.count(name) != 0) {
    if (!NamesPolicy(name)) return SymbolOf(i, path);
    return Value::Unknown("known after apply: `" + objects_[i].address + PathText(path) + "`");
  }
  const Value* value = At(objects_[i].after, path);
  if (value == nullptr) {
    bool has = objects_[i].after.Find(name) != nullptr;
    return has ? Value::Null() : SymbolOf(i, path);
  }
  if (!HoldsUnknown(*value)) return *value;
  if (value->is_unknown()) return NamesPolicy(name) ? *value : SymbolOf(i, path);
  Value copy = *value;
  std::vector<std::pair<Value*, std::vector<PathStep>>> open;
  open.emplace_back(&copy, std::vector<PathStep>(path.begin(), path.end()));
  while (!open.empty()) {
    auto [item, at] = std::move(open.back());
    open.pop_back();
    if (item->is_unknown()) {
      *item = SymbolOf(i, at);
      continue;
    }
    for (std::size_t k = 0; k < item->items.size(); ++k) {
      at.push_back({item->is_object() ? item->keys[k] : std::to_string(k), item->is_list()});
      open.emplace_back(&item->items[k], at);
      at.pop_back();
    }
  }
  return copy;
}

// What a reference to a whole object means for `attribute`: what the plan says was used of it, else
// its ARN or id.
std::vector<PathStep> PlanGraph::GuessPath(const Target& target, std::string_view attribute) {
  if (!target.path.empty()) return target.path;
  const PlanObject& object = objects_[target.object];
  if (object.type == "aws_iam_policy_document") return {{"json", false}};
  bool arn = attribute.ends_with("arn") || attribute.ends_with("arns") ||
             attribute == "resources" || attribute == "identifiers" || attribute == "values" ||
             attribute.ends_with("principal") || attribute.ends_with("principals");
  std::string guess = arn ? "arn" : "id";
  auto relevant = plan_.relevant.find(object.address);
  if (relevant != plan_.relevant.end() && relevant->second.size() == 1) guess = relevant->second[0];
  return {{guess, false}};
}

Value PlanGraph::TargetValue(const Target& target, std::string_view attribute) {
  switch (target.kind) {
    case Target::Kind::kValue:
      return target.value;
    case Target::Kind::kObject:
      return AttributeValue(target.object, GuessPath(target, attribute));
    case Target::Kind::kAbsent:
      return Value::Null();
    case Target::Kind::kOpen:
      break;
  }
  return Value::Unknown("known after apply: `" + target.text + "`");
}

void PlanGraph::FillObject(std::size_t i) {
  if (!objects_[i].kept) return;
  std::vector<std::string> names;
  const Value& after = objects_[i].after;
  for (std::size_t k = 0; k < after.keys.size(); ++k) {
    if (HoldsUnknown(after.items[k])) names.push_back(after.keys[k]);
  }
  for (const std::string& name : names) Fill(i, name);
  if (options_.source != nullptr) PlacePolicies(i);
}

}  // namespace preview::terraform
