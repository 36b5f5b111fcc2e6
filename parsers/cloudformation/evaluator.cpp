#include "parsers/cloudformation/evaluator.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <utility>

#include "parsers/cloudformation/parts.h"

namespace preview::cloudformation {

namespace {

using model::Value;
using model::ValueKind;

constexpr std::size_t kMaxDepth = 500;  // of values within values and references after references
constexpr std::size_t kMaxTextLength = 1u << 20;  // CloudFormation takes templates up to 1 MB

// Members that say who gets in: a parameter with few allowed values is followed through each of
// them there.
bool SaysWho(std::string_view key) {
  static constexpr std::array<std::string_view, 18> kKeys = {"Principal",
                                                             "NotPrincipal",
                                                             "Condition",
                                                             "Effect",
                                                             "Principals",
                                                             "AllowedPrincipals",
                                                             "TargetAccounts",
                                                             "Account",
                                                             "AccountId",
                                                             "PrincipalArn",
                                                             "AccessControl",
                                                             "AuthType",
                                                             "AllowExternalPrincipals",
                                                             "RestrictPublicBuckets",
                                                             "IgnorePublicAcls",
                                                             "BlockPublicPolicy",
                                                             "BlockPublicAcls",
                                                             "Action"};
  return std::find(kKeys.begin(), kKeys.end(), key) != kKeys.end();
}

}  // namespace

Evaluator::Evaluator(EvaluatorInput input) : input_(std::move(input)) {}

Stack& Evaluator::AddStack(std::unique_ptr<Stack> stack) {
  stacks_.push_back(std::move(stack));
  return *stacks_.back();
}

bool Evaluator::Spend() { return ++steps_ <= input_.options->max_steps && depth_ < kMaxDepth; }

void Evaluator::Problem(const Stack& stack, const model::Place& place, std::string reason,
                        std::string hint) {
  const std::string key = fmt::format("p{}:{}:{}:{}", place.file, place.line, place.column, reason);
  if (!seen_.insert(key).second) return;
  model::Undetermined problem;
  problem.input = input_.options->input;
  problem.reason = std::move(reason);
  problem.hint = std::move(hint);
  problem.origin = stack.source->name;
  problem.place = place;
  problems_.push_back(std::move(problem));
}

void Evaluator::AddNote(const Stack& stack, const model::Place& place, std::string message) {
  const std::string key =
      fmt::format("n{}:{}:{}:{}{}", place.file, place.line, place.column, stack.scope, message);
  if (!seen_.insert(key).second) return;
  model::Note note;
  note.input = input_.options->input;
  note.message = std::move(message);
  note.place = place;
  notes_.push_back(std::move(note));
}

Value Evaluator::UnknownAt(std::string waits_for, const model::Place& place) {
  Value value = Value::Unknown(std::move(waits_for));
  value.place = place;
  return value;
}

Value Evaluator::Refused(Stack& stack, const model::Place& place, std::string reason) {
  Problem(stack, place, reason);
  return UnknownAt(std::move(reason), place);
}

std::string Evaluator::SymbolString(model::Symbol symbol) {
  const auto id = input_.symbols->Intern(symbol);
  return id.has_value() ? model::SymbolText(*id) : std::string("\xEF\xBF\xBD");
}

Value Evaluator::Symbolic(model::Symbol symbol, const model::Place& place) {
  const auto id = input_.symbols->Intern(symbol);
  if (!id.has_value()) return UnknownAt(symbol.name, place);
  Value value = Value::String(model::SymbolText(*id));
  value.sensitive = symbol.sensitive;
  value.place = place;
  return value;
}

Value Evaluator::Text(std::string text, bool sensitive, const model::Place& place) {
  if (text.size() > kMaxTextLength) return UnknownAt("a text of more than a megabyte", place);
  text = WithDynamicReferences(std::move(text), sensitive);
  Value value = Value::String(std::move(text));
  value.sensitive = sensitive;
  value.place = place;
  return value;
}

// {{resolve:service:reference}}; what secretsmanager and ssm-secure give is secret.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
std::string Evaluator::WithDynamicReferences(std::string text, bool& sensitive) {
  constexpr std::string_view kBegin = "{{resolve:";
  std::size_t at = text.find(kBegin);
  if (at == std::string::npos) return text;
  std::string out;
  std::size_t copied = 0;
  while (at != std::string::npos) {
    const std::size_t end = text.find("}}", at);
    if (end == std::string::npos) break;
    const std::string reference = text.substr(at + 2, end - at - 2);
    const bool secret = reference.starts_with("resolve:secretsmanager:") ||
                        reference.starts_with("resolve:ssm-secure:");
    out.append(text, copied, at - copied);
    out += SymbolString(
        {model::Display(reference, *input_.symbols), "", "", model::SymbolForm::kText, secret});
    sensitive = sensitive || secret;
    copied = end + 2;
    at = text.find(kBegin, copied);
  }
  out.append(text, copied);
  return out;
}

Evaluator::Piece Evaluator::TextOf(Stack& stack, const std::optional<Value>& value,
                                   const model::Place& place) {
  if (!value.has_value()) return {};
  if (const auto text = ScalarText(*value)) return {*text, value->sensitive};
  if (value->is_unknown()) {
    return {SymbolString({value->text, "", "", model::SymbolForm::kText, value->sensitive}),
            value->sensitive};
  }
  if (value->is_list() && value->items.size() == 1) {
    if (const auto text = ScalarText(value->items.front())) return {*text, value->sensitive};
  }
  Problem(stack, place, "a text is wanted here, not a list or an object");
  return {SymbolString({"no text", "", "", model::SymbolForm::kText, false}), false};
}

std::optional<Value> Evaluator::Evaluate(Stack& stack, const Value& value) {
  if (!Spend()) {
    Problem(stack, value.place,
            depth_ >= kMaxDepth ? "the template is nested or refers too deeply"
                                : "the template takes too many steps to evaluate");
    return UnknownAt("not evaluated", value.place);
  }
  switch (value.kind) {
    case ValueKind::kNull:
    case ValueKind::kBool:
    case ValueKind::kNumber:
    case ValueKind::kUnknown:
      return value;
    case ValueKind::kString: {
      if (value.text.find("{{resolve:") == std::string::npos) return value;
      return Text(value.text, value.sensitive, value.place);
    }
    case ValueKind::kList:
    case ValueKind::kObject:
      break;
  }
  ++depth_;
  const std::string_view name = FunctionName(value);
  // A lone `Condition` member is a function only within conditions; in a policy it is the element.
  std::optional<Value> result = name.empty() || name == "Condition"
                                    ? EvaluateContainer(stack, value)
                                    : Call(stack, name, value);
  --depth_;
  return result;
}

std::optional<Value> Evaluator::EvaluateContainer(Stack& stack, const Value& value) {
  Value result;
  result.kind = value.kind;
  result.place = value.place;
  result.sensitive = value.sensitive;
  for (std::size_t i = 0; i < value.items.size(); ++i) {
    const bool who = value.is_object() && SaysWho(value.keys[i]);
    principal_depth_ += who ? 1 : 0;
    std::optional<Value> item = Evaluate(stack, value.items[i]);
    principal_depth_ -= who ? 1 : 0;
    if (!item.has_value()) continue;
    if (value.is_object()) {
      result.keys.push_back(value.keys[i]);
      if (i < value.key_places.size()) result.key_places.push_back(value.key_places[i]);
    }
    result.items.push_back(std::move(*item));
  }
  return result;
}

std::optional<Value> Evaluator::Call(Stack& stack, std::string_view name, const Value& call) {
  struct Entry {
    std::string_view name;
    Function function;
  };
  static constexpr std::array<Entry, 22> kFunctions = {{
      {"Ref", &Evaluator::CallRef},
      {"Fn::GetAtt", &Evaluator::CallGetAtt},
      {"Fn::Sub", &Evaluator::CallSub},
      {"Fn::Join", &Evaluator::CallJoin},
      {"Fn::Split", &Evaluator::CallSplit},
      {"Fn::Select", &Evaluator::CallSelect},
      {"Fn::If", &Evaluator::CallIf},
      {"Fn::FindInMap", &Evaluator::CallFindInMap},
      {"Fn::ImportValue", &Evaluator::CallImportValue},
      {"Fn::GetStackOutput", &Evaluator::CallStackOutput},
      {"Fn::Base64", &Evaluator::CallBase64},
      {"Fn::Cidr", &Evaluator::CallCidr},
      {"Fn::GetAZs", &Evaluator::CallGetAZs},
      {"Fn::Length", &Evaluator::CallLength},
      {"Fn::ToJsonString", &Evaluator::CallToJsonString},
      {"Fn::Transform", &Evaluator::CallTransform},
      {"Fn::And", &Evaluator::CallLogic},
      {"Fn::Or", &Evaluator::CallLogic},
      {"Fn::Not", &Evaluator::CallLogic},
      {"Fn::Equals", &Evaluator::CallLogic},
      {"Fn::Contains", &Evaluator::CallLogic},
      {"Fn::EachMemberIn", &Evaluator::CallLogic},
  }};
  for (const Entry& entry : kFunctions) {
    if (entry.name == name) return (this->*entry.function)(stack, call, FunctionArgument(call));
  }
  return UnknownAt(fmt::format("function `{}`, which is not known", name), call.place);
}

// The elements of a function's argument list, evaluated; one that is removed is null.
std::vector<Value> Evaluator::Arguments(Stack& stack, const Value& argument) {
  std::vector<Value> out;
  if (!argument.is_list()) {
    if (auto value = Evaluate(stack, argument)) out.push_back(std::move(*value));
    return out;
  }
  for (const Value& item : argument.items) {
    out.push_back(Evaluate(stack, item).value_or(Value::Null()));
  }
  return out;
}

}  // namespace preview::cloudformation
