#include "parsers/terraform/plan_graph.h"

#include <algorithm>
#include <utility>

#include "parsers/terraform/plan_values.h"

namespace preview::terraform {

namespace {

using model::Value;

constexpr int kMaxDepth = 64;                     // of references that lead to references
constexpr std::size_t kMaxSteps = 20'000;         // of one expansion
constexpr std::size_t kMaxAllSteps = 20'000'000;  // of a whole plan

std::vector<PathStep> Join(std::span<const PathStep> first, std::span<const PathStep> second) {
  std::vector<PathStep> joined(first.begin(), first.end());
  joined.insert(joined.end(), second.begin(), second.end());
  return joined;
}

Target OfKind(Target::Kind kind, const std::string& text) {
  Target target;
  target.kind = kind;
  target.text = text;
  return target;
}

// A value the plan knows, at `path`; open where that path leads nowhere.
Target OfValue(const Value& value, std::span<const PathStep> path, const std::string& text) {
  Target target = OfKind(Target::Kind::kValue, text);
  if (const Value* found = At(value, path)) target.value = *found;
  return target;
}

bool Keyed(const Reference& use) {
  return use.kind == ReferenceKind::kEachKey || use.kind == ReferenceKind::kEachValue ||
         use.kind == ReferenceKind::kCountIndex;
}

}  // namespace

PlanGraph::PlanGraph(PlanFile plan, std::string_view json, const PlanOptions& options,
                     model::SymbolTable& symbols)
    : plan_(std::move(plan)), text_(json), options_(options), symbols_(symbols) {
  Index();
  FindEnvironments();
}

void PlanGraph::Index() {
  std::unordered_map<std::string, bool> taken;  // addresses of the changes
  objects_ = std::move(plan_.changes);
  for (const PlanObject& object : objects_) {
    if (object.deposed.empty()) taken[object.address] = true;
    if (!object.previous_address.empty()) taken.emplace(object.previous_address, true);
  }
  for (PlanObject& object : plan_.state) {
    if (taken.count(object.address) == 0) objects_.push_back(std::move(object));
  }
  plan_.state.clear();
  for (std::size_t i = 0; i < objects_.size(); ++i) {
    const PlanObject& object = objects_[i];
    if (!object.deposed.empty() || !object.has_after) continue;
    Instances& instances = blocks_[BlockText(object.module, object.data, object.type, object.name)];
    instances.all.push_back(i);
    instances.by_key.emplace(KeyText(object.key), i);
    if (object.kept) by_type_[object.type].push_back(i);
    Module(object.module);
  }
}

ModuleContext* PlanGraph::Module(const std::string& text) {
  auto found = modules_.find(text);
  if (found != modules_.end()) return found->second.get();
  ModuleContext* context = nullptr;
  std::vector<ModuleStep> steps;
  if (!text.empty()) {
    if (auto address = ParseAddress(text + ".x.x")) steps = std::move(address->modules);
  }
  // From the root down, so that depth costs no stack.
  for (std::size_t i = 0; i <= steps.size(); ++i) {
    std::string name = ModuleText(std::span(steps).first(i));
    auto& slot = modules_[name];
    if (slot == nullptr) {
      slot = std::make_unique<ModuleContext>();
      slot->text = name;
      slot->parent = context;
      if (i == 0) {
        slot->configuration = plan_.configuration.present ? &plan_.configuration.root : nullptr;
      } else {
        slot->key = steps[i - 1].key;
        if (context->configuration != nullptr) {
          auto call = context->configuration->calls.find(steps[i - 1].name);
          if (call != context->configuration->calls.end()) {
            slot->call = &call->second;
            slot->configuration = call->second.module.get();
          }
        }
      }
    }
    context = slot.get();
  }
  return context;
}

const BlockConfiguration* PlanGraph::BlockOf(const PlanObject& object) {
  const ModuleConfiguration* module = Module(object.module)->configuration;
  if (module == nullptr) return nullptr;
  auto found = module->blocks.find(BlockText("", object.data, object.type, object.name));
  return found == module->blocks.end() ? nullptr : &found->second;
}

Position PlanGraph::PositionOf(const PlanObject& object) {
  const BlockConfiguration* block = BlockOf(object);
  return {Module(object.module), object.key, block != nullptr ? &block->for_each : nullptr};
}

std::vector<Target> PlanGraph::Targets(const Value& expression, const Position& at) {
  std::vector<Target> targets;
  steps_ = 0;
  Expand(expression, at, {}, 0, targets);
  return targets;
}

// Recursion is bounded by kMaxDepth, work by kMaxSteps.
void PlanGraph::Expand(const Value& expression, const Position& at,
                       std::span<const PathStep> suffix, int depth, std::vector<Target>& out) {
  Expression read = ReadExpression(expression);
  if (read.constant != nullptr) {
    out.push_back(OfValue(*read.constant, suffix, ""));
    return;
  }
  if (read.uses.empty()) out.push_back(OfKind(Target::Kind::kValue, ""));
  bool keyed = std::any_of(read.uses.begin(), read.uses.end(), Keyed);
  for (const Reference& use : read.uses) {
    ++all_steps_;
    if (++steps_ > kMaxSteps || depth >= kMaxDepth) {
      out.push_back(OfKind(Target::Kind::kOpen, use.text));
      return;
    }
    // The key of an instance is what it is used for here: `aws_sqs_queue.q[each.key]`.
    if (Keyed(use) && use.kind != ReferenceKind::kEachValue && read.uses.size() > 1) continue;
    ExpandUse(use, at, keyed, suffix, depth, out);
  }
}

void PlanGraph::ExpandUse(const Reference& use, const Position& at, bool keyed,
                          std::span<const PathStep> suffix, int depth, std::vector<Target>& out) {
  std::vector<PathStep> path = Join(use.path, suffix);
  switch (use.kind) {
    case ReferenceKind::kResource:
      ExpandResource(use, at, keyed, path, out);
      return;
    case ReferenceKind::kVariable:
      ExpandVariable(use, at, path, depth, out);
      return;
    case ReferenceKind::kModule:
      ExpandModule(use, at, keyed, path, depth, out);
      return;
    case ReferenceKind::kEachValue:
      ExpandEachValue(use, at, path, depth, out);
      return;
    case ReferenceKind::kEachKey:
    case ReferenceKind::kCountIndex: {
      Target target = OfKind(Target::Kind::kValue, use.text);
      target.value = use.kind == ReferenceKind::kEachKey ? Value::String(at.key.text)
                                                         : Value::Number(at.key.text);
      out.push_back(std::move(target));
      return;
    }
    case ReferenceKind::kLocal:
      out.push_back(OfKind(Target::Kind::kOpen, use.text));
      return;
    case ReferenceKind::kOther:
      out.push_back(OfKind(Target::Kind::kValue, use.text));
      return;
  }
}

void PlanGraph::ExpandVariable(const Reference& use, const Position& at,
                               std::span<const PathStep> path, int depth,
                               std::vector<Target>& out) {
  if (at.module->parent == nullptr) {
    auto value = RootVariable(use.name);
    out.push_back(value ? OfValue(*value, path, use.text) : OfKind(Target::Kind::kOpen, use.text));
    return;
  }
  if (const CallConfiguration* call = at.module->call) {
    if (const Value* expression = call->expressions.Find(use.name)) {
      Expand(*expression, {at.module->parent, at.module->key, &call->for_each}, path, depth + 1,
             out);
      return;
    }
  }
  const ModuleConfiguration* module = at.module->configuration;
  if (module == nullptr) {
    out.push_back(OfKind(Target::Kind::kOpen, use.text));
    return;
  }
  auto variable = module->variables.find(use.name);
  const Value* value =
      variable == module->variables.end() ? nullptr : variable->second.Find("default");
  out.push_back(value != nullptr ? OfValue(*value, path, use.text)
                                 : OfKind(Target::Kind::kValue, use.text));
}

// `each.value` is an instance of another block where `for_each` is that block, or comes from a
// value that is known.
void PlanGraph::ExpandEachValue(const Reference& use, const Position& at,
                                std::span<const PathStep> path, int depth,
                                std::vector<Target>& out) {
  if (at.for_each == nullptr || at.for_each->is_null()) {
    out.push_back(OfKind(Target::Kind::kOpen, use.text));
    return;
  }
  Expression for_each = ReadExpression(*at.for_each);
  bool block = for_each.uses.size() == 1 && for_each.uses[0].kind == ReferenceKind::kResource &&
               for_each.uses[0].path.empty() && for_each.uses[0].key.kind == KeyKind::kNone;
  if (block) {
    Reference instance = for_each.uses[0];
    instance.key = at.key;
    instance.text = use.text;
    ExpandResource(instance, at, false, path, out);
    return;
  }
  std::vector<Target> sources;
  Expand(*at.for_each, at, {}, depth + 1, sources);
  for (Target& source : sources) {
    source.text = use.text;
    if (source.kind == Target::Kind::kObject && source.path.empty() &&
        objects_[source.object].key == at.key) {
      source.path.assign(path.begin(), path.end());
      out.push_back(std::move(source));
      return;
    }
  }
  bool known = sources.size() == 1 && sources[0].kind == Target::Kind::kValue;
  if (known && sources[0].value.is_object()) {
    const Value* member = sources[0].value.Find(at.key.text);
    if (member != nullptr) {
      out.push_back(OfValue(*member, path, use.text));
      return;
    }
  }
  if (known && path.empty() && !sources[0].value.is_object()) {  // a set: the value is the key
    Target target = OfKind(Target::Kind::kValue, use.text);
    target.value = Value::String(at.key.text);
    out.push_back(std::move(target));
    return;
  }
  out.push_back(OfKind(Target::Kind::kOpen, use.text));
}

void PlanGraph::ExpandModule(const Reference& use, const Position& at, bool keyed,
                             std::span<const PathStep> path, int depth, std::vector<Target>& out) {
  InstanceKey key = use.key;
  if (key.kind == KeyKind::kNone && keyed) key = at.key;
  auto child = [&](const InstanceKey& of) {
    ModuleStep step{use.name, of};
    std::string text = ModuleText(std::span(&step, 1));
    return at.module->text.empty() ? text : at.module->text + "." + text;
  };
  std::string text = child(key);
  // A module that is one instance, used next to a key that has nothing to do with it.
  if (modules_.count(text) == 0 && modules_.count(child({})) != 0) text = child({});
  ModuleContext* module = modules_.count(text) != 0 ? Module(text) : nullptr;
  if (module == nullptr && at.module->configuration != nullptr) {
    auto call = at.module->configuration->calls.find(use.name);
    if (call != at.module->configuration->calls.end() && call->second.for_each.is_null())
      module = Module(text);
  }
  if (module == nullptr || module->configuration == nullptr || use.output.empty()) {
    out.push_back(OfKind(Target::Kind::kOpen, use.text));
    return;
  }
  auto output = module->configuration->outputs.find(use.output);
  if (output == module->configuration->outputs.end()) {
    out.push_back(OfKind(Target::Kind::kOpen, use.text));
    return;
  }
  Expand(output->second, {module, {}, nullptr}, path, depth + 1, out);
}

void PlanGraph::ExpandResource(const Reference& use, const Position& at, bool keyed,
                               std::span<const PathStep> path, std::vector<Target>& out) {
  auto add = [&](std::size_t i) {
    Target target = OfKind(Target::Kind::kObject, use.text);
    target.object = i;
    target.path.assign(path.begin(), path.end());
    out.push_back(std::move(target));
  };
  auto found = blocks_.find(BlockText(at.module->text, use.data, use.type, use.name));
  if (found == blocks_.end()) {
    bool planned = plan_.complete && plan_.deferred.empty() && at.module->configuration != nullptr;
    out.push_back(OfKind(planned ? Target::Kind::kAbsent : Target::Kind::kOpen, use.text));
    return;
  }
  const std::vector<std::size_t>& instances = found->second.all;
  InstanceKey key = use.key;
  if (key.kind == KeyKind::kNone && keyed && instances.size() > 1) key = at.key;
  if (key.kind == KeyKind::kNone || key.kind == KeyKind::kAny) {
    steps_ += instances.size();
    all_steps_ += instances.size();
    if (steps_ > kMaxSteps || all_steps_ > kMaxAllSteps) {
      out.push_back(OfKind(Target::Kind::kOpen, use.text));
      return;
    }
    for (std::size_t i : instances) add(i);
    return;
  }
  auto match = found->second.by_key.find(KeyText(key));
  if (match != found->second.by_key.end()) {
    add(match->second);
  } else if (use.key.kind == KeyKind::kNone && instances.size() > 1) {
    out.push_back(OfKind(Target::Kind::kOpen, use.text));
  } else if (objects_[instances[0]].key.kind == KeyKind::kAny) {
    add(instances[0]);
  } else {
    out.push_back(OfKind(Target::Kind::kAbsent, use.text));
  }
}

bool PlanGraph::IsKnown(const Target& target) {
  switch (target.kind) {
    case Target::Kind::kValue:
      return !HoldsUnknown(target.value);
    case Target::Kind::kAbsent:
      return true;
    case Target::Kind::kOpen:
      return false;
    case Target::Kind::kObject:
      break;
  }
  if (target.path.empty()) return false;
  Load(target.object, target.path[0].name);
  const PlanObject& object = objects_[target.object];
  const Value* value = At(object.after, target.path);
  // What has been filled was unknown to the plan, with all that is in it (`outputs["Policy"]`).
  auto filling = fillings_.find(target.object);
  if (filling != fillings_.end()) {
    const std::string& name = target.path[0].name;
    if (filling->second.done.count(name) != 0 || filling->second.open.count(name) != 0)
      return false;
  }
  if (value == nullptr) return At(object.after, std::span(target.path).first(1)) != nullptr;
  return !HoldsUnknown(*value);
}

std::vector<Target> PlanGraph::UnknownTargets(const Value& expression, const Position& at) {
  std::vector<Target> targets = Targets(expression, at);
  std::erase_if(targets, [&](const Target& target) { return IsKnown(target); });
  return targets;
}

std::optional<Value> PlanGraph::RootVariable(std::string_view name) {
  const Value* variable = plan_.variables.Find(name);
  if (variable == nullptr) return std::nullopt;
  const Value* found = variable->Find("value");
  Value value = found != nullptr ? *found : Value::Null();
  auto declared = plan_.configuration.root.variables.find(name);
  if (declared != plan_.configuration.root.variables.end()) {
    const Value* sensitive = declared->second.Find("sensitive");
    if (sensitive != nullptr && sensitive->boolean) MarkAllSensitive(value);
  }
  return value;
}

}  // namespace preview::terraform
