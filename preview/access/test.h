// One condition of a statement, compiled: operator, quantifier, key, values; and whether it holds
// for a context.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "model/policy.h"
#include "preview/access/pattern.h"
#include "preview/access/quantity.h"

namespace preview::access {

enum class Family { kString, kArn, kNumeric, kDate, kBool, kBinary, kIp, kNull };
enum class Relation { kEqual, kLess, kLessOrEqual, kGreater, kGreaterOrEqual };
enum class Quantifier { kNone, kAnyValue, kAllValues };

struct TestValue {
  std::string text;  // as written
  Pattern pattern;   // kString, kArn
  std::optional<Decimal> number;
  std::optional<std::int64_t> date;
  std::optional<Network> network;
};

struct Test {
  Family family = Family::kString;
  Relation relation = Relation::kEqual;
  Quantifier quantifier = Quantifier::kNone;
  bool negated = false;
  bool if_exists = false;
  bool like = false;  // StringLike, Arn…: values may hold wildcards
  bool fold_case = false;
  std::string key;          // lower case
  std::string key_written;  // as in the policy
  std::vector<TestValue> values;
  // Where there are many values: the texts of the literal ones, and the addresses of all networks
  // as sorted disjoint ranges. Both stand beside `values`, for speed.
  std::unordered_set<std::string> literals;
  std::vector<std::pair<Address, Address>> ranges;
};

// A context key's value: nothing when absent; one entry unless the key is multivalued.
using ContextValue = std::optional<std::vector<std::string>>;

// Compiles a condition of a parsed policy (its operator exists). `variables`: the policy's version
// has them.
[[nodiscard]] Test CompileTest(const model::Condition& condition, bool variables,
                               const VariableText& variable_text);

// Whether the test holds. A variable without a value is read as `reading` says (for a negated
// operator the other way round, so that kMay is always the answer that lets more through). A bare
// operator is false for several values, and on a multivalued key also for one.
[[nodiscard]] bool Holds(const Test& test, const ContextValue& value, bool multivalued,
                         VariableReading reading);

// Whether one value of the key matches one value of the test, whatever the negation.
[[nodiscard]] bool ValueMatches(const Test& test, const TestValue& value, std::string_view text,
                                VariableReading reading);

}  // namespace preview::access
