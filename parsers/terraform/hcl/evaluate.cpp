#include "parsers/terraform/hcl/evaluate.h"

#include <algorithm>
#include <utility>

#include "parsers/terraform/hcl/depth.h"
#include "parsers/terraform/hcl/values.h"
#include "rules/catalogue.h"

namespace preview::hcl {

using model::Value;

namespace {

// Evaluates the defaults of optional attributes, which are constants.
class Defaults : public DefaultValues {
 public:
  Defaults(Evaluator& evaluator, const Syntax* syntax, const Frame& frame)
      : evaluator_(evaluator), syntax_(syntax), frame_(frame) {}
  Value Of(ExprId expr) override { return evaluator_.Evaluate({syntax_, expr}, frame_); }

 private:
  Evaluator& evaluator_;
  const Syntax* syntax_;
  Frame frame_;
};

bool IsTrue(Evaluator& evaluator, const ExprRef& expr, const Frame& frame) {
  if (!expr) return false;
  Value value = evaluator.Evaluate(expr, frame);
  return value.is_bool() && value.boolean;
}

}  // namespace

Evaluator::Evaluator(const EvaluatorInput& input)
    : input_(input), steps_(input.options.evaluation_steps) {
  auto root = std::make_unique<ModuleInstance>();
  root->node = &input_.tree.root();
  root_ = root.get();
  modules_.emplace("", std::move(root));
}

Evaluator::~Evaluator() = default;

DepthGuard::DepthGuard(Evaluator& evaluator) : evaluator_(evaluator) { ++evaluator_.depth_; }
DepthGuard::~DepthGuard() { --evaluator_.depth_; }
bool DepthGuard::too_deep() const { return evaluator_.depth_ > kMaxEvaluationDepth; }

Value DepthGuard::Refuse(const model::Place& place) {
  std::string why =
      "expressions refer to each other more than " + std::to_string(kMaxEvaluationDepth) + " deep";
  if (!evaluator_.reported_depth_)
    evaluator_.Report(why, "such values are taken as unknown", place);
  evaluator_.reported_depth_ = true;
  return UnknownBecause(std::move(why));
}

bool Evaluator::Spend(std::size_t steps) {
  steps_ = steps_ > steps ? steps_ - steps : 0;
  return steps_ > 0;
}

Value Evaluator::Exhausted() {
  std::string why = "evaluating the configuration takes more than " +
                    std::to_string(input_.options.evaluation_steps) + " steps";
  if (!reported_exhaustion_) Report(why, "what is left is taken as unknown", {});
  reported_exhaustion_ = true;
  return UnknownBecause(std::move(why));
}

void Evaluator::Report(std::string message, std::string help, const model::Place& place) {
  constexpr std::size_t kMaxProblems = 100;
  if (input_.problems.size() >= kMaxProblems) return;
  input_.problems.push_back({std::move(message), std::move(help), place});
}

Value Evaluator::Unique(const std::string& what, const ExprRef& expr) {
  const model::Place& place = expr.expr().place;
  return Undefined(what + " at " + std::to_string(place.line) + ":" + std::to_string(place.column) +
                   " #" + std::to_string(++unique_));
}

ModuleInstance* Evaluator::FindModule(std::span<const terraform::ModuleStep> steps) {
  ModuleInstance* module = root_;
  for (const terraform::ModuleStep& step : steps) {
    module = Child(*module, step);
    if (module == nullptr) return nullptr;
  }
  return module;
}

ModuleInstance* Evaluator::Child(ModuleInstance& parent, const terraform::ModuleStep& step) {
  auto node = parent.node->children.find(step.name);
  if (node == parent.node->children.end()) return nullptr;
  std::string address = parent.address.empty() ? "" : parent.address + ".";
  address += terraform::ModuleText(std::span(&step, 1));
  auto [entry, is_new] = modules_.try_emplace(address);
  if (!is_new) return entry->second.get();
  entry->second = std::make_unique<ModuleInstance>();
  ModuleInstance& child = *entry->second;
  child.node = node->second.get();
  child.parent = &parent;
  child.call = step.name;
  child.address = std::move(address);
  const Declaration& call = parent.node->module->calls.find(step.name)->second;
  Frame frame;
  frame.module = &parent;
  child.repetition = RepetitionOf(call, step.key, frame);
  return &child;
}

template <typename Make>
const Value& Evaluator::Cached(ModuleInstance& module, const std::string& name, Make make) {
  auto found = module.values.find(name);
  if (found != module.values.end()) return found->second;
  std::string full = module.address + "|" + name;
  if (!open_.insert(full).second) {
    // The value of the cycle itself is found, not kept: whoever began it keeps it.
    std::string cycle =
        "`" + (module.address.empty() ? name : module.address + "." + name) + "` refers to itself";
    Report(cycle, "", {});
    unsettled_.push_back(Failure(std::move(cycle)));
    return unsettled_.back();
  }
  Value value = make();
  open_.erase(full);
  return module.values.emplace(name, std::move(value)).first->second;
}

const Value& Evaluator::Keep(ModuleInstance& module, const std::string& name, const ExprRef& expr) {
  return Cached(module, name, [&] {
    Frame frame;
    frame.module = &module;
    return Evaluate(expr, frame);
  });
}

const Value& Evaluator::Local(ModuleInstance& module, std::string_view name) {
  std::string key = "local." + std::string(name);
  return Cached(module, key, [&]() -> Value {
    auto local = module.node->module->locals.find(name);
    if (local == module.node->module->locals.end()) return Failure("there is no `" + key + "`");
    Frame frame;
    frame.module = &module;
    return Evaluate(local->second.value, frame);
  });
}

const Value& Evaluator::Variable(ModuleInstance& module, std::string_view name) {
  std::string key = "var." + std::string(name);
  return Cached(module, key, [&]() -> Value {
    auto variable = module.node->module->variables.find(name);
    if (variable == module.node->module->variables.end()) {
      return Failure("there is no `" + key + "`");
    }
    return VariableValue(module, std::string(name), variable->second);
  });
}

Value Evaluator::VariableValue(ModuleInstance& module, const std::string& name,
                               const Declaration& declaration) {
  Frame frame;
  frame.module = &module;
  std::optional<Value> value;
  if (module.parent == nullptr) {
    value = input_.scope.RootVariable(name);
    if (value) value = Enter(std::move(*value));
  } else {
    const Declaration& call = module.parent->node->module->calls.find(module.call)->second;
    Frame outer;
    outer.module = modules_.find(module.parent->address)->second.get();
    outer.repetition = &module.repetition;
    if (ExprRef argument = call.Value(name)) value = Evaluate(argument, outer);
  }
  ExprRef fallback = declaration.Value("default");
  ExprRef nullable = declaration.Value("nullable");
  bool not_null = nullable && nullable.expr().kind == ExprKind::kBool && !nullable.expr().flag;
  if (fallback && (!value || (value->is_null() && not_null))) value = Evaluate(fallback, frame);
  std::string reference = module.address.empty() ? "var." + name : module.address + ".var." + name;
  if (!value) value = Undefined(reference);
  ExprRef constraint = declaration.Value("type");
  Type type = constraint ? ReadType(*constraint.syntax, constraint.id) : Type{};
  Spend(CountValues(*value));
  Defaults defaults(*this, constraint.syntax, frame);
  Value converted = Convert(std::move(*value), type, defaults);
  if (IsFailure(converted)) converted.text = "`var." + name + "`: " + converted.text;
  // What is declared as a text is one, even before it is known.
  bool text = type.kind == TypeKind::kString && converted.is_unknown() && !converted.boolean &&
              converted.items.empty();
  if (text) converted = SymbolOf(converted);
  converted.sensitive |= IsTrue(*this, declaration.Value("sensitive"), frame);
  return converted;
}

Value Evaluator::Output(ModuleInstance& module, std::string_view name) {
  std::string key = "output." + std::string(name);
  return Cached(module, key, [&]() -> Value {
    auto output = module.node->module->outputs.find(name);
    if (output == module.node->module->outputs.end()) {
      return Failure("module `" + module.call + "` has no output `" + std::string(name) + "`");
    }
    Frame frame;
    frame.module = &module;
    ExprRef expr = output->second.Value("value");
    if (!expr) return Failure("output `" + std::string(name) + "` has no value");
    Value value = Evaluate(expr, frame);
    value.sensitive |= IsTrue(*this, output->second.Value("sensitive"), frame);
    return value;
  });
}

Value Evaluator::SymbolOf(const Value& unknown) {
  if (IsFailure(unknown)) return unknown;
  model::Symbol symbol;
  symbol.name = DefinitionOf(unknown);
  symbol.sensitive = unknown.sensitive || HoldsSecret(symbol.name);
  auto dot = symbol.name.rfind('.');
  auto address = dot == std::string::npos
                     ? std::nullopt
                     : terraform::ParseAddress(std::string_view(symbol.name).substr(0, dot));
  if (address && !address->data) {
    symbol.resource = symbol.name.substr(0, dot);
    symbol.attribute = symbol.name.substr(dot + 1);
    symbol.form =
        rules::AttributeSymbolForm(model::Language::kTerraform, address->type, symbol.attribute);
  }
  auto id = symbols().Intern(symbol);
  if (!id) return unknown;
  Value text = Value::String(model::SymbolText(*id));
  text.sensitive = unknown.sensitive;
  text.place = unknown.place;
  return text;
}

Value Evaluator::AttributeOfInstance(const std::string& address, std::string_view attribute) {
  Value unknown = Undefined(address + "." + std::string(attribute));
  bool text = IsTextAttribute(attribute);
  if (auto parsed = terraform::ParseAddress(address); parsed && !parsed->data) {
    auto forms = rules::AttributesWithForm(model::Language::kTerraform, parsed->type);
    text = text || std::find(forms.begin(), forms.end(), attribute) != forms.end();
  }
  return text ? SymbolOf(unknown) : unknown;
}

}  // namespace preview::hcl
