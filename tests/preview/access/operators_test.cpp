// Every line of the operators cases, in the engine and in the twin.

#include <gtest/gtest.h>

#include "preview/access/test.h"
#include "tests/preview/access/cases.h"
#include "tests/preview/access/twin.h"

namespace preview::access {
namespace {

struct Line {
  model::Condition condition;
  ContextValue value;
  twin::Context others;
  bool expect = false;
};

Line ReadLine(const model::Value& line) {
  Line out;
  out.condition.op = line.Find("operator")->text;
  out.condition.key = line.Find("key")->text;
  for (const model::Value& value : line.Find("policy_values")->items)
    out.condition.values.push_back(value.text);
  if (const model::Value* context = line.Find("context_values"); context->is_list()) {
    out.value.emplace();
    for (const model::Value& value : context->items) out.value->push_back(value.text);
  }
  if (const model::Value* request = line.Find("request_context")) {
    for (std::size_t i = 0; i < request->keys.size(); ++i)
      out.others[ToLower(request->keys[i])] = {request->items[i].text};
  }
  out.expect = line.Find("expect")->boolean;
  return out;
}

// The recorded lines, and further ones reasoned from the reference of condition operators:
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
class Operators : public testing::TestWithParam<const char*> {};

TEST_P(Operators, EveryLineHoldsInTheTwin) {
  for (const model::Value& value : ReadLines(GetParam())) {
    Line line = ReadLine(value);
    twin::Context context = line.others;
    if (line.value) context[line.condition.key] = *line.value;
    EXPECT_EQ(twin::ConditionHolds(line.condition, true, context), line.expect)
        << model::ToJson(value);
  }
}

TEST_P(Operators, EveryLineHoldsInTheEngine) {
  for (const model::Value& value : ReadLines(GetParam())) {
    Line line = ReadLine(value);
    VariableText variables = [&](std::string_view name) -> std::optional<std::string> {
      auto found = line.others.find(ToLower(name));
      if (found == line.others.end()) return std::nullopt;
      return found->second.front();
    };
    access::Test test = CompileTest(line.condition, true, variables);
    bool multivalued = line.value && line.value->size() > 1;
    bool may = Holds(test, line.value, multivalued, VariableReading::kMay);
    bool surely = Holds(test, line.value, multivalued, VariableReading::kNever);
    // A variable without a value leaves two answers, of which one is right.
    EXPECT_TRUE(may == line.expect || surely == line.expect) << model::ToJson(value);
    bool open = std::any_of(test.values.begin(), test.values.end(),
                            [](const TestValue& v) { return v.pattern.has_variable; });
    EXPECT_TRUE(open || may == surely) << model::ToJson(value);
    EXPECT_TRUE(may || !surely) << model::ToJson(value);
  }
}

INSTANTIATE_TEST_SUITE_P(Files, Operators, testing::Values("operators", "operators-more"),
                         [](const auto& parameter) {
                           std::string name = parameter.param;
                           std::erase(name, '-');
                           return name;
                         });

TEST(OperatorFiles, HaveAsManyLinesAsTheyHad) {
  EXPECT_EQ(ReadLines("operators").size(), 105U);
  EXPECT_EQ(ReadLines("operators-more").size(), 247U);
}

// By the documentation, beyond the recorded lines; engine and twin together.
TEST(OperatorEdges, HoldInBoth) {
  struct Edge {
    const char* name;
    model::Condition condition;
    ContextValue value;
    bool expect;
  };
  auto values = [](std::vector<std::string> texts) { return ContextValue(std::move(texts)); };
  const std::vector<Edge> edges = {
      {"0.0.0.0/0 takes every IPv4 address",
       {"IpAddress", "k", {"0.0.0.0/0"}},
       values({"203.0.113.9"}),
       true},
      {"0.0.0.0/0 takes no IPv6 address",
       {"IpAddress", "k", {"0.0.0.0/0"}},
       values({"2001:db8::1"}),
       false},
      {"a value without prefix is one address",
       {"IpAddress", "k", {"203.0.113.9"}},
       values({"203.0.113.10"}),
       false},
      {"an IPv4 value is compared with no IPv6 source",
       {"NotIpAddress", "k", {"203.0.113.9"}},
       values({"2001:db8::1"}),
       true},
      {"::/0 takes every IPv6 address", {"IpAddress", "k", {"::/0"}}, values({"ff::1"}), true},
      {"host bits are masked",
       {"IpAddress", "k", {"203.0.113.77/24"}},
       values({"203.0.113.1"}),
       true},
      {"negative numbers are in order", {"NumericLessThan", "k", {"-1"}}, values({"-2"}), true},
      {"minus nought is nought", {"NumericEquals", "k", {"-0.0"}}, values({"0"}), true},
      {"trailing noughts say nothing", {"NumericEquals", "k", {"1.50"}}, values({"1.5"}), true},
      {"text is no number", {"NumericEquals", "k", {"10"}}, values({"ten"}), false},
      {"text is not equal to a number", {"NumericNotEquals", "k", {"10"}}, values({"ten"}), true},
      {"a date with an offset",
       {"DateEquals", "k", {"2020-01-01T02:00:00+02:00"}},
       values({"2020-01-01T00:00:00Z"}),
       true},
      {"ForAllValues of an absent key", {"ForAllValues:ArnLike", "k", {"x"}}, std::nullopt, true},
      {"ForAnyValue with IfExists of an absent key",
       {"ForAnyValue:StringEqualsIfExists", "k", {"x"}},
       std::nullopt,
       true},
      {"a negated ForAnyValue of an absent key",
       {"ForAnyValue:StringNotEquals", "k", {"x"}},
       std::nullopt,
       false},
      {"ArnEquals is a glob",
       {"ArnEquals", "k", {"arn:aws:s3:::b*"}},
       values({"arn:aws:s3:::bucket"}),
       true},
      {"ArnLike stays inside a segment",
       {"ArnLike", "k", {"arn:aws:sns:*:111122223333:*"}},
       values({"arn:aws:sns:us-east-1:4:111122223333:t"}),
       false},
      {"ArnNotLike of what is no ARN", {"ArnNotLike", "k", {"arn:*"}}, values({"x"}), true},
      {"operators have no case", {"sTRINGlIKE", "k", {"a*"}}, values({"ab"}), true},
      {"values have case", {"StringLike", "k", {"A*"}}, values({"ab"}), false},
      {"no value matches nothing", {"StringEquals", "k", {}}, values({"a"}), false},
      {"no value, negated, matches everything", {"StringNotEquals", "k", {}}, values({"a"}), true},
      {"Null with a set operator asks for presence",
       {"ForAllValues:Null", "k", {"true"}},
       std::nullopt,
       true},
  };
  VariableText none = [](std::string_view) { return std::nullopt; };
  for (const Edge& edge : edges) {
    twin::Context context;
    if (edge.value) context["k"] = *edge.value;
    EXPECT_EQ(twin::ConditionHolds(edge.condition, true, context), edge.expect) << edge.name;
    access::Test test = CompileTest(edge.condition, true, none);
    EXPECT_EQ(Holds(test, edge.value, false, VariableReading::kMay), edge.expect) << edge.name;
  }
}

}  // namespace
}  // namespace preview::access
