// Terraform's numbers: decimal texts of any size; arithmetic is exact on integers of up to 38
// digits and else has the precision of long double.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/value.h"
#include "parsers/terraform/hcl/syntax.h"

namespace preview::hcl {

// The text of a number in Terraform's form (no exponent, no trailing zeros); nothing when `text` is
// no number or is longer than 2,000 digits.
[[nodiscard]] std::optional<std::string> NormalNumber(std::string_view text);
[[nodiscard]] long double ToReal(std::string_view normal);
// Failure when `real` is infinite or no number.
[[nodiscard]] model::Value NumberOf(long double real);
[[nodiscard]] model::Value NumberOf(long long integer);
[[nodiscard]] bool IsInteger(std::string_view normal);
// Nothing when it is no integer or too large.
[[nodiscard]] std::optional<long long> ToInteger(std::string_view normal);
// Arithmetic and comparison of two number values.
[[nodiscard]] model::Value Calculate(Operator op, const model::Value& left,
                                     const model::Value& right);
// Less than zero, zero or more than zero.
[[nodiscard]] int CompareNumbers(std::string_view left, std::string_view right);

}  // namespace preview::hcl
