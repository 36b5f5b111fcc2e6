#include "parsers/terraform/hcl/number.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "parsers/terraform/hcl/values.h"

namespace preview::hcl {

namespace {

using model::Value;
__extension__ typedef __int128 Wide;  // NOLINT(modernize-use-using)

constexpr std::size_t kMaxDigits = 2'000;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// The parts of a decimal text: digits without point, and where the point stands among them.
struct Decimal {
  bool negative = false;
  std::string digits;
  long point = 0;
};

std::optional<long> ReadExponent(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  long exponent = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), exponent);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return exponent;
}

std::optional<Decimal> ReadDecimal(std::string_view text) {
  Decimal number;
  if (text.starts_with('-') || text.starts_with('+')) {
    number.negative = text[0] == '-';
    text.remove_prefix(1);
  }
  bool point = false;
  std::size_t i = 0;
  for (; i < text.size(); ++i) {
    if (IsDigit(text[i])) {
      number.digits += text[i];
      if (!point) ++number.point;
    } else if (text[i] == '.' && !point) {
      point = true;
    } else {
      break;
    }
  }
  if (number.digits.empty()) return std::nullopt;
  if (i < text.size()) {
    if (text[i] != 'e' && text[i] != 'E') return std::nullopt;
    auto exponent = ReadExponent(text.substr(i + 1));
    if (!exponent || std::abs(*exponent) > static_cast<long>(kMaxDigits)) return std::nullopt;
    number.point += *exponent;
  }
  return number;
}

std::string Write(Decimal number) {
  if (number.point < 0) {
    number.digits.insert(0, static_cast<std::size_t>(-number.point), '0');
    number.point = 0;
  }
  auto point = static_cast<std::size_t>(number.point);
  if (number.digits.size() < point) number.digits.append(point - number.digits.size(), '0');
  std::string whole = number.digits.substr(0, point);
  std::string part = number.digits.substr(point);
  whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size()));
  part.erase(part.find_last_not_of('0') + 1);
  if (whole.empty()) whole = "0";
  if (whole == "0" && part.empty()) return whole;
  return (number.negative ? "-" : "") + whole + (part.empty() ? "" : "." + part);
}

// Integers of up to 38 digits.
std::optional<Wide> ToWide(std::string_view text) {
  bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  if (text.empty() || text.size() > 37) return std::nullopt;
  Wide number = 0;
  for (char c : text) {
    if (!IsDigit(c)) return std::nullopt;
    number = number * 10 + (c - '0');
  }
  return negative ? -number : number;
}

Value OfWide(Wide number) {
  bool negative = number < 0;
  std::string digits;
  do {
    auto digit = static_cast<int>(number % 10);
    digits += static_cast<char>('0' + std::abs(digit));
    number /= 10;
  } while (number != 0);
  if (negative) digits += '-';
  std::reverse(digits.begin(), digits.end());
  return Value::Number(digits);
}

std::optional<Value> CalculateWide(Operator op, Wide a, Wide b) {
  Wide result = 0;
  if (op == Operator::kAdd && !__builtin_add_overflow(a, b, &result)) return OfWide(result);
  if (op == Operator::kSubtract && !__builtin_sub_overflow(a, b, &result)) return OfWide(result);
  if (op == Operator::kMultiply && !__builtin_mul_overflow(a, b, &result)) return OfWide(result);
  if (op == Operator::kDivide && b != 0 && a % b == 0) return OfWide(a / b);
  if (op == Operator::kModulo && b != 0) return OfWide(a % b);
  return std::nullopt;
}

}  // namespace

std::optional<std::string> NormalNumber(std::string_view text) {
  if (text.size() > kMaxDigits) return std::nullopt;
  auto number = ReadDecimal(text);
  if (!number) return std::nullopt;
  return Write(std::move(*number));
}

long double ToReal(std::string_view normal) {
  return std::strtold(std::string(normal).c_str(), nullptr);
}

Value NumberOf(long double real) {
  if (!std::isfinite(real)) return Failure("a number is not finite");
  char buffer[64];
  for (int digits = 1; digits <= 19; ++digits) {
    std::snprintf(buffer, sizeof buffer, "%.*Le", digits - 1, real);
    long double back = std::strtold(buffer, nullptr);
    // Terraform computes with 512 bits, so that rounding never shows; here it is hidden in the last
    // four bits.
    if (std::abs(back - real) <= std::abs(real) * 0x1p-60L) break;
  }
  auto text = NormalNumber(buffer);
  return text ? Value::Number(std::move(*text)) : Failure("a number is too large");
}

Value NumberOf(long long integer) { return Value::Number(std::to_string(integer)); }

bool IsInteger(std::string_view normal) { return normal.find('.') == std::string_view::npos; }

std::optional<long long> ToInteger(std::string_view normal) {
  long long integer = 0;
  const char* last = normal.data() + normal.size();
  auto [end, error] = std::from_chars(normal.data(), last, integer);
  if (error != std::errc() || end != last) return std::nullopt;
  return integer;
}

Value Calculate(Operator op, const Value& left, const Value& right) {
  auto a = ToWide(left.text);
  auto b = ToWide(right.text);
  if (a && b) {
    if (auto exact = CalculateWide(op, *a, *b)) return *exact;
  }
  long double x = ToReal(left.text);
  long double y = ToReal(right.text);
  if (op == Operator::kAdd) return NumberOf(x + y);
  if (op == Operator::kSubtract) return NumberOf(x - y);
  if (op == Operator::kMultiply) return NumberOf(x * y);
  if (y == 0) return Failure("division by zero");
  return NumberOf(op == Operator::kDivide ? x / y : std::fmod(x, y));
}

int CompareNumbers(std::string_view left, std::string_view right) {
  if (left == right) return 0;
  auto a = ToWide(left);
  auto b = ToWide(right);
  if (a && b) return *a < *b ? -1 : 1;
  long double x = ToReal(left);
  long double y = ToReal(right);
  return x < y ? -1 : x > y ? 1 : 0;
}

}  // namespace preview::hcl
