// Functions on numbers, and the conversions between primitive types.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "parsers/terraform/hcl/function.h"
#include "parsers/terraform/hcl/number.h"
#include "parsers/terraform/hcl/values.h"

namespace preview::hcl {

namespace {

using model::Value;

Value Extreme(Call& call, int direction) {
  if (call.size() == 0) return Failure("a number is needed");
  const Value* best = &call[0];
  for (const Operand& argument : call.arguments) {
    if (CompareNumbers(argument->text, best->text) * direction > 0) best = &*argument;
  }
  return Value::Number(best->text);
}

Value Max(Call& call) { return Extreme(call, 1); }
Value Min(Call& call) { return Extreme(call, -1); }

Value Sum(Call& call) {
  if (call[0].items.empty()) return Failure("`sum` needs a list that is not empty");
  Value total = Value::Number("0");
  for (const Value& item : call[0].items) {
    auto number = ToNumberText(item);
    if (!number) return Failure("`sum` needs numbers");
    total = Calculate(Operator::kAdd, total, Value::Number(*number));
  }
  return total;
}

Value Abs(Call& call) {
  std::string text = call[0].text;
  if (text.starts_with('-')) text.erase(0, 1);
  return Value::Number(std::move(text));
}

Value Rounded(const Value& value, long double (*round)(long double)) {
  return IsInteger(value.text) ? value : NumberOf(round(ToReal(value.text)));
}

Value Ceil(Call& call) { return Rounded(call[0], std::ceil); }
Value Floor(Call& call) { return Rounded(call[0], std::floor); }

Value Signum(Call& call) {
  return NumberOf(static_cast<long long>(CompareNumbers(call[0].text, "0")));
}

// Go computes these two with float64.
Value OfDouble(double number) {
  if (!std::isfinite(number)) return Failure("a number is not finite");
  std::array<char, 400> buffer{};
  auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
  auto text =
      NormalNumber(std::string_view(buffer.data(), static_cast<std::size_t>(end - buffer.data())));
  return text ? Value::Number(std::move(*text)) : Failure("a number is too large");
}

Value Pow(Call& call) {
  return OfDouble(std::pow(static_cast<double>(ToReal(call[0].text)),
                           static_cast<double>(ToReal(call[1].text))));
}

Value Log(Call& call) {
  return OfDouble(std::log(static_cast<double>(ToReal(call[0].text))) /
                  std::log(static_cast<double>(ToReal(call[1].text))));
}

Value ParseInt(Call& call) {
  auto base = IntegerArgument(call, 1);
  if (!base || *base < 2 || *base > 36) return Failure("`parseint` needs a base from 2 to 36");
  std::string_view text = call[0].text;
  if (text.starts_with('+')) text.remove_prefix(1);
  long long number = 0;
  const char* last = text.data() + text.size();
  auto [end, error] = std::from_chars(text.data(), last, number, static_cast<int>(*base));
  if (error != std::errc() || end != last)
    return Failure("`parseint` cannot read `" + call[0].text + "`");
  return NumberOf(number);
}

Value ToString(Call& call) {
  if (call[0].is_null()) return call[0];
  auto text = ToText(call[0]);
  if (!text) return Failure("`tostring` needs a bool, a number or a text");
  if (call[0].is_string()) return call[0];
  return Value::String(std::move(*text));
}

Value ToNumber(Call& call) {
  if (call[0].is_null()) return call[0];
  if (call[0].is_string() && model::HasSymbol(call[0].text))
    return call.evaluator.UnknownCall(call);
  auto number = ToNumberText(call[0]);
  return number ? Value::Number(std::move(*number)) : Failure("`tonumber` needs a number");
}

Value ToBoolean(Call& call) {
  if (call[0].is_null()) return call[0];
  if (call[0].is_string() && model::HasSymbol(call[0].text))
    return call.evaluator.UnknownCall(call);
  auto boolean = ToBool(call[0]);
  return boolean ? Value::Bool(*boolean) : Failure("`tobool` needs a bool");
}

Value MakeSensitive(Call& call) {
  Value value = call[0];
  value.sensitive = true;
  return value;
}

Value MakeNonsensitive(Call& call) {
  Value value = call[0];
  value.sensitive = false;
  return value;
}

Value IsSensitive(Call& call) { return Value::Bool(call[0].sensitive); }

constexpr std::array kNumberFunctions{
    Function{"max", "n*", Max},      Function{"min", "n*", Min},
    Function{"sum", "L", Sum},       Function{"abs", "n", Abs},
    Function{"ceil", "n", Ceil},     Function{"floor", "n", Floor},
    Function{"signum", "n", Signum}, Function{"pow", "nn", Pow},
    Function{"log", "nn", Log},      Function{"parseint", "Sn", ParseInt},
};

constexpr std::array kTypeFunctions{
    Function{"tostring", "a", ToString},
    Function{"tonumber", "a", ToNumber},
    Function{"tobool", "a", ToBoolean},
    Function{"sensitive", "u", MakeSensitive},
    Function{"nonsensitive", "u", MakeNonsensitive},
    Function{"issensitive", "u", IsSensitive},
};

}  // namespace

std::span<const Function> NumberFunctions() { return kNumberFunctions; }
std::span<const Function> TypeFunctions() { return kTypeFunctions; }

}  // namespace preview::hcl
