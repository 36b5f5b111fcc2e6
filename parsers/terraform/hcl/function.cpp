#include "parsers/terraform/hcl/function.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "parsers/terraform/hcl/number.h"
#include "parsers/terraform/hcl/values.h"

namespace preview::hcl {

using model::Value;

namespace {

using Table = std::map<std::string_view, const Function*, std::less<>>;

const Table& AllFunctions() {
  static const Table table = [] {
    Table all;
    for (auto family : {TextFunctions(), FormatFunctions(), CollectionFunctions(), SetFunctions(),
                        NumberFunctions(), EncodingFunctions(), FileFunctions(), NetworkFunctions(),
                        TypeFunctions()}) {
      for (const Function& function : family) all.emplace(function.name, &function);
    }
    return all;
  }();
  return table;
}

Value Wrong(const Call& call, std::size_t i, std::string_view wanted) {
  return Failure("argument " + std::to_string(i + 1) + " of `" + std::string(call.name) +
                 "` must be " + std::string(wanted));
}

Value Marked(Value converted, const Value& from) {
  converted.sensitive |= from.sensitive;
  converted.place = from.place;
  return converted;
}

// Converts argument `i` to the parameter `letter`. True when the result of the call is in `result`
// already.
bool ConvertArgument(Call& call, std::size_t i, char letter, Value& result) {
  const Value& value = call[i];
  if (IsFailure(value)) {
    result = value;
    return true;
  }
  if (letter == 'u') return false;
  bool symbolic = value.is_string() && model::HasSymbol(value.text);
  bool open = value.is_unknown() ||
              (symbolic && (letter == 'S' || letter == 'n' || letter == 'b')) ||
              (letter == 'L' && (HasUnknown(value) || HasSymbols(value)));
  if (open) {
    result = call.evaluator.UnknownCall(call);
    return true;
  }
  if (letter == 'a') return false;
  auto fail = [&](std::string_view wanted) {
    result = Wrong(call, i, wanted);
    return true;
  };
  if (value.is_null()) return fail("other than null");
  if (letter == 's' || letter == 'S') {
    if (value.is_string()) return false;
    auto text = ToText(value);
    if (!text) return fail("a text");
    call.arguments[i] = Operand(Marked(Value::String(std::move(*text)), value));
  } else if (letter == 'n') {
    if (value.is_number()) return false;
    auto number = ToNumberText(value);
    if (!number) return fail("a number");
    call.arguments[i] = Operand(Marked(Value::Number(std::move(*number)), value));
  } else if (letter == 'b') {
    auto boolean = ToBool(value);
    if (!boolean) return fail("a bool");
    call.arguments[i] = Operand(Marked(Value::Bool(*boolean), value));
  } else if (letter == 'o') {
    if (!value.is_object()) return fail("a map or an object");
  } else if (!value.is_list()) {
    return fail("a list or a set");
  }
  return false;
}

// Converts all arguments. True when the result of the call is in `result` already.
bool ConvertArguments(Call& call, std::string_view signature, Value& result) {
  char mode = signature.empty() ? ' ' : signature.back();
  bool variadic = mode == '*';
  bool optional = mode == '?';
  if (variadic || optional) signature.remove_suffix(1);
  std::size_t most = signature.size();
  std::size_t least = variadic || optional ? most - 1 : most;
  if (call.size() < least || (call.size() > most && !variadic)) {
    result = Failure("`" + std::string(call.name) + "` is called with " +
                     std::to_string(call.size()) + " arguments");
    return true;
  }
  // A failure anywhere comes before what is unknown.
  for (std::size_t i = 0; i < call.size(); ++i) {
    if (IsFailure(call[i])) {
      result = call[i];
      return true;
    }
  }
  for (std::size_t i = 0; i < call.size(); ++i) {
    if (ConvertArgument(call, i, signature[std::min(i, most - 1)], result)) return true;
  }
  return false;
}

bool AnySensitive(const Call& call, bool deep) {
  return std::any_of(call.arguments.begin(), call.arguments.end(), [deep](const Operand& operand) {
    return deep ? HasSensitive(*operand) : operand->sensitive;
  });
}

// `try` and `can` see failures; their arguments are evaluated one by one.
std::optional<Value> CallLazily(Evaluator& evaluator, const ExprRef& ref, std::string_view name,
                                const Frame& frame) {
  if (name != "try" && name != "can") return std::nullopt;
  Value last = Failure("`" + std::string(name) + "` has no arguments");
  for (ExprId id : ref.syntax->Children(ref.expr())) {
    Value value = evaluator.Evaluate({ref.syntax, id}, frame);
    bool failed = IsFailure(value);
    if (name == "can") {
      if (value.is_unknown() && !failed) return Undefined("can(" + DefinitionOf(value) + ")");
      return Value::Bool(!failed);
    }
    if (!failed) return value;
    last = std::move(value);
  }
  return last;
}

bool IsImpure(std::string_view name) {
  static constexpr std::array<std::string_view, 4> kNames{"timestamp", "plantimestamp", "uuid",
                                                          "bcrypt"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

}  // namespace

Value Evaluator::UnknownCall(const Call& call) {
  std::string definition(call.name);
  definition += '(';
  bool sensitive = false;
  for (std::size_t i = 0; i < call.size(); ++i) {
    if (i > 0) definition += ", ";
    if (!Spend(CountValues(call[i]))) return Exhausted();
    definition += Quote(call[i], symbols());
    sensitive = sensitive || HasSensitive(call[i]);
  }
  Value unknown = Undefined(definition + ")");
  unknown.sensitive = sensitive;
  return unknown;
}

Value Evaluator::CallFunction(const ExprRef& ref, const Frame& frame) {
  const Expr& expr = ref.expr();
  std::string_view name = expr.text;
  if (name.starts_with("core::")) name.remove_prefix(6);
  if (auto value = CallLazily(*this, ref, name, frame)) return std::move(*value);
  Call call{*this, frame, ref, name, {}};
  auto children = ref.syntax->Children(expr);
  for (std::size_t i = 0; i < children.size(); ++i) {
    Operand argument = EvaluateOperand({ref.syntax, children[i]}, frame);
    bool expand = expr.flag && i + 1 == children.size();
    if (!expand) {
      call.arguments.push_back(std::move(argument));
      continue;
    }
    if (argument->is_unknown()) {
      return IsFailure(*argument)
                 ? *argument
                 : Undefined(std::string(name) + "(" + DefinitionOf(*argument) + "...)");
    }
    if (!argument->is_list()) return Failure("`...` needs a list");
    for (const Value& item : argument->items) call.arguments.emplace_back(item);
  }
  if (IsImpure(name)) return Unique(std::string(name) + "()", ref);
  auto function = AllFunctions().find(name);
  if (function == AllFunctions().end()) {
    for (const Operand& argument : call.arguments) {
      if (IsFailure(*argument)) return *argument;
    }
    return UnknownCall(call);
  }
  Value result;
  if (ConvertArguments(call, function->second->signature, result)) return result;
  std::size_t size = 1;
  for (const Operand& argument : call.arguments) {
    size += CountValues(*argument) + argument->text.size() / 64;
  }
  if (!Spend(size)) return Exhausted();
  result = function->second->run(call);
  // Reasons quote what they complain of.
  bool complains =
      result.is_unknown() && (IsFailure(result) || !result.text.starts_with(kDefinitionMark));
  if (complains && AnySensitive(call, true)) {
    std::string reason = "`" + std::string(name) + "` cannot make anything of a sensitive value";
    result = IsFailure(result) ? Failure(std::move(reason)) : UnknownBecause(std::move(reason));
  }
  if (!Spend(CountValues(result) + result.text.size() / 64)) return Exhausted();
  bool unmarks = name == "nonsensitive" || name == "issensitive";
  bool scalar = !result.is_list() && !result.is_object();
  if (!unmarks && !result.sensitive) result.sensitive = AnySensitive(call, scalar);
  return result;
}

Value TextElement(Evaluator& evaluator, const Value& value) {
  if (value.is_unknown()) return evaluator.SymbolOf(value);
  auto text = ToText(value);
  if (!text) return Failure("an element of a list is no text");
  Value element = Value::String(std::move(*text));
  element.sensitive = value.sensitive;
  return element;
}

std::optional<long long> IntegerArgument(const Call& call, std::size_t i) {
  return ToInteger(call[i].text);
}

}  // namespace preview::hcl
