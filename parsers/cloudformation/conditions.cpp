// Conditions, and Fn::If. A comparison of texts that are not known is asked of Decisions.
#include <fmt/core.h>

#include <utility>

#include "parsers/cloudformation/evaluator.h"
#include "parsers/cloudformation/parts.h"

namespace preview::cloudformation {

using model::Value;

namespace {

// True when two texts cannot be equal: what is before the first symbol, or after the last one,
// differs.
bool CannotBeEqual(std::string_view a, std::string_view b) {
  const auto is_symbol_byte = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == 0xF3 || byte == 0xF4;
  };
  for (std::size_t i = 0;; ++i) {
    if (i >= a.size() || i >= b.size()) {
      const std::string_view longer = a.size() > b.size() ? a : b;
      if (a.size() != b.size() && !is_symbol_byte(longer[i])) return true;
      break;
    }
    if (is_symbol_byte(a[i]) || is_symbol_byte(b[i])) break;
    if (a[i] != b[i]) return true;
  }
  // Behind the last symbol: letters of four bytes, so the last three bytes of a symbol are >= 0x80.
  for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
    const char x = a[a.size() - 1 - i];
    const char y = b[b.size() - 1 - i];
    if (static_cast<unsigned char>(x) >= 0x80 || static_cast<unsigned char>(y) >= 0x80) break;
    if (x != y) return true;
  }
  return false;
}

bool IsOpaque(const model::SymbolTable& symbols, std::string_view text) {
  const auto id = model::AsSingleSymbol(text);
  return id.has_value() && symbols.Get(*id).form == model::SymbolForm::kOpaqueId;
}

}  // namespace

std::optional<bool> Evaluator::EqualTexts(const std::string& left, const std::string& right) {
  if (left == right) return true;
  const bool left_open = model::HasSymbol(left);
  const bool right_open = model::HasSymbol(right);
  if (!left_open && !right_open) return false;
  if (CannotBeEqual(left, right)) return false;
  if (!left_open) return EqualTexts(right, left);  // the open text goes first
  if (!right_open && IsOpaque(*input_.symbols, left)) return false;
  return input_.decisions->Equal(left, right, may_ask_);
}

std::optional<bool> Evaluator::Equals(Stack& stack, const Value& call) {
  const Value& argument = FunctionArgument(call);
  if (!argument.is_list() || argument.items.size() != 2) {
    Refused(stack, call.place, "`Fn::Equals` takes a list of two values");
    return std::nullopt;
  }
  const std::vector<Value> values = Arguments(stack, argument);
  const auto left = ScalarText(values[0]);
  const auto right = ScalarText(values[1]);
  if (left.has_value() && right.has_value()) return EqualTexts(*left, *right);
  if (!values[0].is_unknown() && !values[1].is_unknown()) return values[0].SameAs(values[1]);
  const auto text = [&](const Value& value) {
    return value.is_list() || value.is_object() ? model::ToJson(value)
                                                : TextOf(stack, value, call.place).text;
  };
  return EqualTexts(text(values[0]), text(values[1]));
}

std::optional<bool> Evaluator::Logic(Stack& stack, const Value& value) {
  if (!Spend()) return std::nullopt;
  if (value.is_bool()) return value.boolean;
  if (value.is_string() && (value.text == "true" || value.text == "false"))
    return value.text == "true";
  const std::string_view name = FunctionName(value);
  if (name.empty()) {
    Refused(stack, value.place, "a condition must be a function");
    return std::nullopt;
  }
  const Value& argument = FunctionArgument(value);
  ++depth_;
  std::optional<bool> result;
  if (name == "Fn::Equals") {
    result = Equals(stack, value);
  } else if (name == "Condition") {
    result = Condition(stack, argument.is_string() ? argument.text : std::string(), value.place);
  } else if (name == "Fn::Not") {
    const Value& inner =
        argument.is_list() && argument.items.size() == 1 ? argument.items.front() : argument;
    result = Logic(stack, inner);
    if (result.has_value()) result = !*result;
  } else if ((name == "Fn::And" || name == "Fn::Or") && argument.is_list()) {
    const bool deciding = name == "Fn::Or";
    result = !deciding;
    for (const Value& item : argument.items) {
      const std::optional<bool> part = Logic(stack, item);
      if (part == deciding) {
        result = deciding;
        break;
      }
      if (!part.has_value()) result = std::nullopt;
    }
  } else {
    Refused(stack, value.place, fmt::format("`{}` cannot be used in a condition", name));
  }
  --depth_;
  return result;
}

std::optional<bool> Evaluator::Condition(Stack& stack, const std::string& name,
                                         const model::Place& place) {
  const auto known = stack.conditions.find(name);
  if (known != stack.conditions.end()) return known->second;
  const auto declared = stack.source->conditions.find(name);
  if (declared == stack.source->conditions.end()) {
    Refused(stack, place, fmt::format("condition `{}` is not declared", name));
    return std::nullopt;
  }
  const std::string key = "condition " + name;
  if (!stack.running.insert(key).second) {
    Refused(stack, declared->second->place, fmt::format("condition `{}` refers to itself", name));
    return std::nullopt;
  }
  const std::optional<bool> result = Logic(stack, *declared->second);
  stack.running.erase(key);
  if (result.has_value()) stack.conditions.emplace(name, *result);
  return result;
}

std::optional<bool> Evaluator::Exists(Stack& stack, const std::string& resource) {
  const auto found = stack.source->resources.find(resource);
  if (found == stack.source->resources.end()) return false;
  const Value* condition = found->second->Find("Condition");
  if (condition == nullptr) return true;
  if (!condition->is_string()) return Logic(stack, *condition);
  return Condition(stack, condition->text, condition->place);
}

std::optional<Value> Evaluator::CallLogic(Stack& stack, const Value& call,
                                          const Value& /*argument*/) {
  const std::optional<bool> result = Logic(stack, call);
  if (!result.has_value()) return UnknownAt("an open condition", call.place);
  Value value = Value::Bool(*result);
  value.place = call.place;
  return value;
}

std::optional<Value> Evaluator::CallIf(Stack& stack, const Value& call, const Value& argument) {
  if (!argument.is_list() || argument.items.size() != 3) {
    return Refused(stack, call.place, "`Fn::If` takes a condition and two values");
  }
  const Value& name = argument.items[0];
  const std::optional<bool> result =
      name.is_string() ? Condition(stack, name.text, name.place) : Logic(stack, name);
  if (!result.has_value()) {
    return UnknownAt(fmt::format("condition `{}`, which is open", name.text), call.place);
  }
  return Evaluate(stack, argument.items[*result ? 1 : 2]);
}

}  // namespace preview::cloudformation
