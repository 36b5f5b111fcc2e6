#include "preview/access/test.h"

#include <algorithm>
#include <array>

namespace preview::access {

namespace {

struct OperatorForm {
  std::string_view name;
  Family family;
  Relation relation;
  bool negated;
  bool like;
  bool fold_case;
};

constexpr std::array<OperatorForm, 27> kOperators = {{
    {"stringequals", Family::kString, Relation::kEqual, false, false, false},
    {"stringnotequals", Family::kString, Relation::kEqual, true, false, false},
    {"stringequalsignorecase", Family::kString, Relation::kEqual, false, false, true},
    {"stringnotequalsignorecase", Family::kString, Relation::kEqual, true, false, true},
    {"stringlike", Family::kString, Relation::kEqual, false, true, false},
    {"stringnotlike", Family::kString, Relation::kEqual, true, true, false},
    {"arnequals", Family::kArn, Relation::kEqual, false, true, false},
    {"arnlike", Family::kArn, Relation::kEqual, false, true, false},
    {"arnnotequals", Family::kArn, Relation::kEqual, true, true, false},
    {"arnnotlike", Family::kArn, Relation::kEqual, true, true, false},
    {"numericequals", Family::kNumeric, Relation::kEqual, false, false, false},
    {"numericnotequals", Family::kNumeric, Relation::kEqual, true, false, false},
    {"numericlessthan", Family::kNumeric, Relation::kLess, false, false, false},
    {"numericlessthanequals", Family::kNumeric, Relation::kLessOrEqual, false, false, false},
    {"numericgreaterthan", Family::kNumeric, Relation::kGreater, false, false, false},
    {"numericgreaterthanequals", Family::kNumeric, Relation::kGreaterOrEqual, false, false, false},
    {"dateequals", Family::kDate, Relation::kEqual, false, false, false},
    {"datenotequals", Family::kDate, Relation::kEqual, true, false, false},
    {"datelessthan", Family::kDate, Relation::kLess, false, false, false},
    {"datelessthanequals", Family::kDate, Relation::kLessOrEqual, false, false, false},
    {"dategreaterthan", Family::kDate, Relation::kGreater, false, false, false},
    {"dategreaterthanequals", Family::kDate, Relation::kGreaterOrEqual, false, false, false},
    {"bool", Family::kBool, Relation::kEqual, false, false, true},
    {"binaryequals", Family::kBinary, Relation::kEqual, false, false, false},
    {"ipaddress", Family::kIp, Relation::kEqual, false, false, false},
    {"notipaddress", Family::kIp, Relation::kEqual, true, false, false},
    {"null", Family::kNull, Relation::kEqual, false, false, true},
}};

template <typename T>
bool Compare(Relation relation, const T& value, const T& bound) {
  switch (relation) {
    case Relation::kEqual:
      return value == bound;
    case Relation::kLess:
      return value < bound;
    case Relation::kLessOrEqual:
      return value <= bound;
    case Relation::kGreater:
      return value > bound;
    case Relation::kGreaterOrEqual:
      return value >= bound;
  }
  return false;
}

// Beyond so many values a test is looked up in, not walked through.
constexpr std::size_t kManyValues = 8;

// The networks of a test as sorted disjoint ranges.
std::vector<std::pair<Address, Address>> RangesOf(const Test& test) {
  std::vector<std::pair<Address, Address>> ranges;
  for (const TestValue& value : test.values) {
    if (value.network) ranges.emplace_back(value.network->first, value.network->last);
  }
  std::sort(ranges.begin(), ranges.end());
  std::size_t kept = 0;
  for (const auto& range : ranges) {
    if (kept > 0 && range.first <= ranges[kept - 1].second) {
      ranges[kept - 1].second = std::max(ranges[kept - 1].second, range.second);
    } else {
      ranges[kept++] = range;
    }
  }
  ranges.resize(kept);
  return ranges;
}

// Of many bounds of an ordering only the outermost decides: below any of them is below the highest.
template <typename T>
void KeepOutermost(Test& test, std::optional<T> TestValue::* member) {
  bool below = test.relation == Relation::kLess || test.relation == Relation::kLessOrEqual;
  const TestValue* outermost = nullptr;
  for (const TestValue& value : test.values) {
    if (!(value.*member)) continue;
    bool further = outermost == nullptr || (below ? *(outermost->*member) < *(value.*member)
                                                  : *(value.*member) < *(outermost->*member));
    if (further) outermost = &value;
  }
  if (outermost != nullptr) test.values = {TestValue(*outermost)};
}

// Makes a test with many values ready to be asked often.
void Prepare(Test& test) {
  if (test.values.size() <= kManyValues) return;
  switch (test.family) {
    case Family::kString:
    case Family::kArn:
    case Family::kBinary:
      for (const TestValue& value : test.values) {
        if (value.pattern.is_literal) test.literals.insert(value.pattern.literal);
      }
      return;
    case Family::kIp:
      test.ranges = RangesOf(test);
      return;
    case Family::kNumeric:
      if (test.relation != Relation::kEqual) return KeepOutermost(test, &TestValue::number);
      std::sort(test.values.begin(), test.values.end(),
                [](const TestValue& a, const TestValue& b) { return a.number < b.number; });
      return;
    case Family::kDate:
      if (test.relation != Relation::kEqual) return KeepOutermost(test, &TestValue::date);
      return;
    case Family::kBool:
    case Family::kNull:
      return;
  }
}

// A number among many sorted ones.
bool HasNumber(const Test& test, std::string_view text) {
  std::optional<Decimal> number = ParseDecimal(text);
  if (!number) return false;
  auto found = std::lower_bound(
      test.values.begin(), test.values.end(), number,
      [](const TestValue& value, const std::optional<Decimal>& n) { return value.number < n; });
  return found != test.values.end() && found->number == number;
}

bool IsInRange(const Test& test, std::string_view text) {
  auto address = ParseAddress(text);
  if (!address) return false;
  auto behind =
      std::upper_bound(test.ranges.begin(), test.ranges.end(), *address,
                       [](const Address& a, const auto& range) { return a < range.first; });
  return behind != test.ranges.begin() && *address <= std::prev(behind)->second;
}

bool AnyValueMatches(const Test& test, std::string_view text, VariableReading reading) {
  if (!test.ranges.empty()) return IsInRange(test, text);
  if (test.family == Family::kNumeric && test.values.size() > kManyValues)
    return HasNumber(test, text);
  if (!test.literals.empty() && test.literals.contains(std::string(text))) return true;
  return std::any_of(test.values.begin(), test.values.end(), [&](const TestValue& value) {
    if (!test.literals.empty() && value.pattern.is_literal) return false;
    return ValueMatches(test, value, text, reading);
  });
}

VariableReading Opposite(VariableReading reading) {
  return reading == VariableReading::kMay ? VariableReading::kNever : VariableReading::kMay;
}

}  // namespace

Test CompileTest(const model::Condition& condition, bool variables,
                 const VariableText& variable_text) {
  Test test;
  test.key = ToLower(condition.key);
  test.key_written = condition.key;
  std::string op = ToLower(condition.op);
  if (op.starts_with("foranyvalue:")) test.quantifier = Quantifier::kAnyValue;
  if (op.starts_with("forallvalues:")) test.quantifier = Quantifier::kAllValues;
  if (auto colon = op.find(':'); colon != std::string::npos) op = op.substr(colon + 1);
  if (op.ends_with("ifexists")) {
    test.if_exists = true;
    op.resize(op.size() - 8);
  }
  for (const OperatorForm& form : kOperators) {
    if (form.name != op) continue;
    test.family = form.family;
    test.relation = form.relation;
    test.negated = form.negated;
    test.like = form.like;
    test.fold_case = form.fold_case;
  }
  PatternOptions options;
  options.wildcards = test.like;
  options.arn = test.family == Family::kArn;
  options.fold_case = test.fold_case && test.family == Family::kString;
  options.variables = variables && (test.family == Family::kString || test.family == Family::kArn ||
                                    test.family == Family::kBool);
  options.variable_text = &variable_text;
  for (const std::string& text : condition.values) {
    TestValue value;
    value.text = text;
    switch (test.family) {
      case Family::kString:
      case Family::kArn:
      case Family::kBinary:
        value.pattern = CompilePattern(text, options);
        break;
      case Family::kBool:
      case Family::kNull:
        value.pattern = CompilePattern(ToLower(text), options);
        break;
      case Family::kNumeric:
        value.number = ParseDecimal(text);
        break;
      case Family::kDate:
        value.date = ParseDate(text);
        break;
      case Family::kIp:
        value.network = ParseNetwork(text);
        break;
    }
    test.values.push_back(std::move(value));
  }
  Prepare(test);
  return test;
}

bool ValueMatches(const Test& test, const TestValue& value, std::string_view text,
                  VariableReading reading) {
  switch (test.family) {
    case Family::kString:
    case Family::kBinary:
      return Matches(value.pattern, text, reading);
    case Family::kArn:
      return Matches(value.pattern, text, reading) &&
             std::count(text.begin(), text.end(), ':') >= 5;
    case Family::kBool:
    case Family::kNull:
      return Matches(value.pattern, ToLower(text), reading);
    case Family::kNumeric: {
      auto number = ParseDecimal(text);
      return number && value.number && Compare(test.relation, *number, *value.number);
    }
    case Family::kDate: {
      auto date = ParseDate(text);
      return date && value.date && Compare(test.relation, *date, *value.date);
    }
    case Family::kIp: {
      auto address = ParseAddress(text);
      return address && value.network && value.network->Contains(*address);
    }
  }
  return false;
}

bool Holds(const Test& test, const ContextValue& value, bool multivalued, VariableReading reading) {
  bool present = value.has_value() && !value->empty();
  if (test.family == Family::kNull) {
    // A set operator before Null changes nothing: it asks for presence only.
    return std::any_of(test.values.begin(), test.values.end(), [&](const TestValue& wanted) {
      return Matches(wanted.pattern, present ? "false" : "true", reading);
    });
  }
  if (!present) {
    if (test.if_exists) return true;
    switch (test.quantifier) {
      case Quantifier::kNone:
        return test.negated;
      case Quantifier::kAnyValue:
        return false;
      case Quantifier::kAllValues:
        return true;
    }
  }
  if (test.quantifier == Quantifier::kNone && (multivalued || value->size() > 1)) return false;
  VariableReading of_value = test.negated ? Opposite(reading) : reading;
  auto holds = [&](const std::string& text) {
    return AnyValueMatches(test, text, of_value) != test.negated;
  };
  return test.quantifier == Quantifier::kAllValues
             ? std::all_of(value->begin(), value->end(), holds)
             : std::any_of(value->begin(), value->end(), holds);
}

}  // namespace preview::access
