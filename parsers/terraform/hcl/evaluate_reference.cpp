// Traversals: `local.a.b[0]`, `aws_x.y[each.key].arn`, `module.m["k"].out`.
#include <algorithm>
#include <utility>

#include "parsers/terraform/hcl/depth.h"
#include "parsers/terraform/hcl/evaluate.h"
#include "parsers/terraform/hcl/number.h"
#include "parsers/terraform/hcl/values.h"
#include "rules/catalogue.h"

namespace preview::hcl {

using model::Value;

namespace {

std::optional<terraform::InstanceKey> KeyOf(const Value& value) {
  if (value.is_number()) return terraform::InstanceKey{terraform::KeyKind::kNumber, value.text};
  if (value.is_string()) return terraform::InstanceKey{terraform::KeyKind::kString, value.text};
  return std::nullopt;
}

// Marks the instances in the value of a block with their addresses.
Value Named(Value value, const ModuleInstance& module, std::string_view name,
            const std::string& address) {
  const Declarations& declared = module.node->module->resources;
  auto declaration = declared.find(name);
  bool by_key = declaration != declared.end() && declaration->second.Value("for_each");
  if (value.is_list()) {
    for (std::size_t i = 0; i < value.items.size(); ++i) {
      if (value.items[i].is_object()) value.items[i].text = address + "[" + std::to_string(i) + "]";
    }
  } else if (value.is_object() && by_key) {
    for (std::size_t i = 0; i < value.items.size(); ++i) {
      terraform::InstanceKey key{terraform::KeyKind::kString, value.keys[i]};
      if (value.items[i].is_object()) value.items[i].text = address + terraform::KeyText(key);
    }
  } else if (value.is_object()) {
    value.text = address;
  }
  return value;
}

// An attribute that the scope knows nothing of is a symbol, as texts are; it may be a list or a
// map.
void OpenAttributes(Value& instance, const std::string& address,
                    const model::SymbolTable& symbols) {
  auto parsed = terraform::ParseAddress(address);
  auto texts = parsed ? rules::AttributesWithForm(model::Language::kTerraform, parsed->type)
                      : std::span<const std::string_view>();
  for (std::size_t i = 0; i < instance.keys.size(); ++i) {
    Value& item = instance.items[i];
    auto id = item.is_string() ? model::AsSingleSymbol(item.text) : std::nullopt;
    if (!id || IsTextAttribute(instance.keys[i])) continue;
    if (std::find(texts.begin(), texts.end(), instance.keys[i]) != texts.end()) continue;
    if (symbols.Get(*id).name != address + "." + instance.keys[i]) continue;
    bool sensitive = item.sensitive;
    item = Undefined(symbols.Get(*id).name);
    item.sensitive = sensitive;
  }
}

void OpenInstances(Value& block, const std::string& address, const model::SymbolTable& symbols) {
  if (std::string_view own = InstanceAddress(block); !own.empty()) {
    OpenAttributes(block, address, symbols);
    return;
  }
  for (Value& instance : block.items) {
    std::string own(InstanceAddress(instance));
    if (!own.empty()) OpenAttributes(instance, own, symbols);
  }
}

Value Sensitive(Value value, bool sensitive) {
  value.sensitive |= sensitive;
  return value;
}

}  // namespace

Evaluator::Traversal Evaluator::Flatten(const ExprRef& expr) {
  Traversal traversal{expr, {}};
  while (true) {
    const Expr& node = traversal.root.expr();
    bool attribute = node.kind == ExprKind::kGetAttr;
    if (!attribute && node.kind != ExprKind::kIndex) break;
    auto children = expr.syntax->Children(node);
    Step step;
    if (attribute) {
      step.name = node.text;
    } else {
      step.index = {expr.syntax, children[1]};
    }
    traversal.steps.push_back(step);
    traversal.root.id = children[0];
  }
  std::reverse(traversal.steps.begin(), traversal.steps.end());
  return traversal;
}

Operand Evaluator::EvaluateTraversal(const ExprRef& expr, const Frame& frame) {
  DepthGuard guard(*this);
  if (guard.too_deep()) return Operand(guard.Refuse(expr.expr().place));
  if (!Spend(1)) return Operand(Exhausted());
  Traversal traversal = Flatten(expr);
  const Expr& root = traversal.root.expr();
  if (root.kind == ExprKind::kSplatItem && frame.splat_item != nullptr) {
    return Walk(Operand(frame.splat_item), traversal.steps, frame);
  }
  if (root.kind != ExprKind::kVariable) {
    return Walk(Operand(Evaluate(traversal.root, frame)), traversal.steps, frame);
  }
  for (const Binding* binding = frame.bindings; binding != nullptr; binding = binding->outer) {
    if (binding->name == root.text) {
      return Walk(Operand(binding->value), traversal.steps, frame);
    }
  }
  if (frame.is_template) {
    return Operand(Failure("the template is given no variable `" + root.text + "`"));
  }
  return EvaluateReference(traversal, frame);
}

Operand Evaluator::Walk(Operand start, std::span<const Step> steps, const Frame& frame) {
  Operand storage = std::move(start);
  const Value* at = &*storage;
  bool sensitive = false;
  for (const Step& step : steps) {
    sensitive |= at->sensitive;
    const Value* member = step.index ? nullptr : FindMember(*at, step.name);
    if (member != nullptr) {
      at = member;
      continue;
    }
    Value next = step.index ? GetIndex(*at, *EvaluateOperand(step.index, frame))
                            : GetAttribute(*at, step.name);
    storage = Operand(std::move(next));
    at = &*storage;
  }
  bool mark = sensitive && !at->sensitive;
  if (storage.borrowed() && !mark) return Operand(at);
  if (at == &*storage) return Operand(Sensitive(std::move(storage).Take(), sensitive));
  if (!Spend(CountValues(*at))) return Operand(Exhausted());
  return Operand(Sensitive(*at, sensitive));
}

Value Evaluator::GetAttribute(const Value& value, std::string_view name) {
  if (IsFailure(value)) return value;
  if (value.is_unknown()) {
    std::string definition = DefinitionOf(value);
    Value attribute = terraform::ParseAddress(definition)
                          ? AttributeOfInstance(definition, name)
                          : Undefined(definition + "." + std::string(name));
    return Sensitive(std::move(attribute), value.sensitive);
  }
  if (const Value* member = FindMember(value, name)) return Sensitive(*member, value.sensitive);
  if (std::string_view address = InstanceAddress(value); !address.empty()) {
    return Sensitive(AttributeOfInstance(std::string(address), name), value.sensitive);
  }
  if (value.is_null()) return Failure("a null value has no attribute `" + std::string(name) + "`");
  return Failure("there is no attribute `" + std::string(name) + "`");
}

Value Evaluator::GetIndex(const Value& value, const Value& key) {
  if (IsFailure(value)) return value;
  if (IsFailure(key)) return key;
  if (value.is_unknown() || key.is_unknown()) {
    auto instance = KeyOf(key);
    std::string text = instance ? terraform::KeyText(*instance) : "[" + Quote(key, symbols()) + "]";
    return Sensitive(Undefined(Quote(value, symbols()) + text), value.sensitive || key.sensitive);
  }
  if (value.is_object()) {
    auto text = ToText(key);
    if (!text) return Failure("an index is no text");
    if (const Value* member = FindMember(value, *text)) return Sensitive(*member, value.sensitive);
    if (model::HasSymbol(*text)) {
      return Undefined(Quote(value, symbols()) + "[" + Quote(key, symbols()) + "]");
    }
    return Failure("there is no element `" + (key.sensitive ? "⟨sensitive⟩" : *text) + "`");
  }
  if (!value.is_list() || IsSet(value)) return Failure("a value that is no list has no elements");
  if (key.is_string() && model::HasSymbol(key.text)) {
    return Undefined(Quote(value, symbols()) + "[" + Quote(key, symbols()) + "]");
  }
  auto number = ToNumberText(key);
  auto index = number ? ToInteger(*number) : std::nullopt;
  if (!index || *index < 0 || static_cast<std::size_t>(*index) >= value.items.size()) {
    return Failure("there is no element `" + key.text + "` in a list of " +
                   std::to_string(value.items.size()));
  }
  const Value& item = value.items[static_cast<std::size_t>(*index)];
  if (!Spend(CountValues(item))) return Exhausted();
  return Sensitive(item, value.sensitive);
}

Operand Evaluator::EvaluateReference(const Traversal& traversal, const Frame& frame) {
  const std::string& root = traversal.root.expr().text;
  if (traversal.steps.empty() || traversal.steps[0].index) {
    return Operand(Failure("`" + root + "` is no reference"));
  }
  std::span<const Step> steps(traversal.steps);
  std::string_view name = steps[0].name;
  if (root == "local") return Walk(Operand(&Local(*frame.module, name)), steps.subspan(1), frame);
  if (root == "var") {
    return Walk(Operand(&Variable(*frame.module, name)), steps.subspan(1), frame);
  }
  if (root == "each" || root == "count") {
    const Value* value = EachOrCount(root, name, frame);
    if (value == nullptr) {
      return Operand(Failure("there is no `" + root + "." + std::string(name) + "` here"));
    }
    return Walk(Operand(value), steps.subspan(1), frame);
  }
  if (root == "path" || root == "terraform") return EvaluatePath(traversal, frame);
  if (root == "module") return EvaluateModuleReference(traversal, frame);
  if (root == "self" || root == "ephemeral") {
    return Operand(
        Unique("`" + std::string(traversal.root.syntax->TextOf(traversal.root.expr())) + "`",
               traversal.root));
  }
  return EvaluateBlockReference(traversal, frame);
}

const Value* Evaluator::EachOrCount(std::string_view root, std::string_view name,
                                    const Frame& frame) {
  if (frame.repetition == nullptr) return nullptr;
  const Repetition& repetition = *frame.repetition;
  const std::optional<Value>* value = nullptr;
  if (root == "count" && name == "index") value = &repetition.count_index;
  if (root == "each" && name == "key") value = &repetition.each_key;
  if (root == "each" && name == "value") value = &repetition.each_value;
  return value != nullptr && value->has_value() ? &**value : nullptr;
}

// `path.cwd` is a symbol: no folder of the machine gets into a result.
Operand Evaluator::EvaluatePath(const Traversal& traversal, const Frame& frame) {
  std::string_view name = traversal.steps[0].name;
  std::string full = traversal.root.expr().text + "." + std::string(name);
  if (full == "path.module") return Operand(Value::String(frame.module->node->module->folder));
  if (full == "path.root") return Operand(Value::String("."));
  if (auto value = input_.scope.Builtin(full)) {
    return Walk(Operand(Enter(std::move(*value))), std::span(traversal.steps).subspan(1), frame);
  }
  return Operand(SymbolOf(Undefined(full)));
}

Operand Evaluator::EvaluateBlockReference(const Traversal& traversal, const Frame& frame) {
  std::span<const Step> steps(traversal.steps);
  const std::string& root = traversal.root.expr().text;
  std::string type = root;
  bool data = root == "data";
  if (data) {
    type = steps[0].name;
    steps = steps.subspan(1);
  }
  if (steps.empty() || steps[0].index) return Operand(Failure("`" + root + "` is no reference"));
  std::string name = terraform::BlockText("", data, type, steps[0].name);
  std::string address = terraform::BlockText(frame.module->address, data, type, steps[0].name);
  steps = steps.subspan(1);
  const auto& declared = frame.module->node->module->resources;
  const Value* value = BlockValue(*frame.module, name);
  if (value != nullptr) return Walk(Operand(value), steps, frame);
  if (declared.find(name) == declared.end()) {
    return Operand(Failure("there is no `" + name + "`"));
  }
  return Walk(Operand(Undefined(address)), steps, frame);
}

const Value* Evaluator::BlockValue(ModuleInstance& module, std::string_view name) {
  std::string address =
      module.address.empty() ? std::string(name) : module.address + "." + std::string(name);
  auto known = blocks_.find(address);
  if (known != blocks_.end()) return known->second ? &*known->second : nullptr;
  auto value = input_.scope.Block(address);
  if (value) {
    value = Named(Enter(std::move(*value)), module, name, address);
    OpenInstances(*value, address, symbols());
  }
  if (!value && name.starts_with("data.aws_iam_policy_document.")) {
    value = PolicyDocument(module, name);
  }
  if (value) Spend(CountValues(*value));
  if (open_blocks_.contains(address)) {
    if (!value) return nullptr;
    unsettled_.push_back(std::move(*value));
    return &unsettled_.back();
  }
  auto& kept = blocks_.try_emplace(std::move(address), std::move(value)).first->second;
  return kept ? &*kept : nullptr;
}

Operand Evaluator::EvaluateModuleReference(const Traversal& traversal, const Frame& frame) {
  std::span<const Step> steps(traversal.steps);
  std::string name(steps[0].name);
  ModuleInstance& parent = *frame.module;
  auto call = parent.node->module->calls.find(name);
  if (call == parent.node->module->calls.end()) {
    return Operand(Failure("there is no `module." + name + "`"));
  }
  steps = steps.subspan(1);
  bool repeated = call->second.Value("count") || call->second.Value("for_each");
  terraform::ModuleStep step{name, {}};
  if (repeated && (steps.empty() || !steps[0].index)) {
    Frame outer;
    outer.module = &parent;
    Instances instances = InstancesOf(call->second, outer);
    if (instances.kind == Instances::Kind::kUnknown)
      return Walk(Operand(instances.why), steps, frame);
    Members members;
    std::vector<Value> list;
    for (const auto& key : instances.keys) {
      Value outputs = ModuleOutputs(parent, name, key);
      if (key.kind == terraform::KeyKind::kString)
        members.emplace_back(key.text, std::move(outputs));
      else
        list.push_back(std::move(outputs));
    }
    bool by_key = instances.kind == Instances::Kind::kForEach;
    Value all = by_key ? MakeObject(std::move(members)) : Value::List(std::move(list));
    return Walk(Operand(std::move(all)), steps, frame);
  }
  if (repeated) {
    Operand key = EvaluateOperand(steps[0].index, frame);
    auto instance = KeyOf(*key);
    if (!instance)
      return Operand(IsFailure(*key) ? *key : Unique("module." + name, traversal.root));
    step.key = *instance;
    steps = steps.subspan(1);
  }
  if (steps.empty() || steps[0].index) {
    return Walk(Operand(ModuleOutputs(parent, name, step.key)), steps, frame);
  }
  ModuleInstance* child = Child(parent, step);
  Value value = child != nullptr ? Output(*child, steps[0].name)
                                 : MissingOutput(parent, name, step.key, steps[0].name);
  return Walk(Operand(std::move(value)), steps.subspan(1), frame);
}

Value Evaluator::ModuleOutputs(ModuleInstance& parent, const std::string& call,
                               const terraform::InstanceKey& key) {
  ModuleInstance* child = Child(parent, {call, key});
  if (child == nullptr) return MissingOutput(parent, call, key, "");
  Members members;
  for (const auto& [name, output] : child->node->module->outputs) {
    members.emplace_back(name, Output(*child, name));
  }
  Value outputs = MakeObject(std::move(members));
  Spend(CountValues(outputs));
  return outputs;
}

Value Evaluator::MissingOutput(const ModuleInstance& parent, const std::string& call,
                               const terraform::InstanceKey& key, std::string_view name) {
  terraform::ModuleStep step{call, key};
  std::string address = parent.address.empty() ? "" : parent.address + ".";
  address += terraform::ModuleText(std::span(&step, 1));
  if (auto outputs = input_.scope.Block(address)) {
    Value value = Enter(std::move(*outputs));
    return name.empty() ? value : GetAttribute(value, name);
  }
  return Undefined(name.empty() ? address : address + "." + std::string(name));
}

}  // namespace preview::hcl
