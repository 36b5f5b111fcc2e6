#include "parsers/terraform/plan_values.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "parsers/text/json.h"

namespace preview::terraform {
namespace {

using model::Value;

Value Json(std::string_view text) {
  text::JsonOptions options;
  options.track_places = false;
  auto value = text::ParseJson(text, options);
  EXPECT_TRUE(value.ok()) << text;
  return value.ok() ? value.value() : Value::Null();
}

// JSON in which `?` stands for an unknown value.
std::string Show(const Value& value) {
  if (value.is_unknown()) return "?";
  if (value.items.empty()) return model::ToJson(value);
  std::string out;
  for (std::size_t i = 0; i < value.items.size(); ++i) {
    out += (i > 0 ? "," : "") + (value.is_object() ? value.keys[i] + ":" : std::string()) +
           Show(value.items[i]);
  }
  return value.is_object() ? "{" + out + "}" : "[" + out + "]";
}

TEST(PlanValues, UnknownPartsComeWhereTheyBelong) {
  struct Case {
    const char* name;
    const char* after;
    const char* unknown;
    const char* expected;
  };
  const std::vector<Case> cases = {
      {"absent attribute", R"({"name":"q"})", R"({"policy":true})", "{name:\"q\",policy:?}"},
      {"false is no mark", R"({"name":"q"})", R"({"name":false,"tags_all":{},"x":[false]})",
       "{name:\"q\"}"},
      {"entry of a list", R"({"r":["a",null]})", R"({"r":[false,true]})", "{r:[\"a\",?]}"},
      {"nested block", R"({"s":[{"a":["x"],"r":[null]}]})",
       R"({"s":[{"a":[false],"r":[true],"t":true}]})", "{s:[{a:[\"x\"],r:[?],t:?}]}"},
      {"whole block", R"({"s":null})", R"({"s":[{"r":true}]})", "{s:?}"},
      {"absent block", R"({})", R"({"s":[{"r":true}]})", "{s:?}"},
      {"map key", R"({"t":{"a":"1"}})", R"({"t":{"b":true}})", "{t:{a:\"1\",b:?}}"},
      {"everything", R"({"a":1})", "true", "?"},
      {"nothing", R"({"a":1})", "{}", "{a:1}"},
  };
  for (const Case& test : cases) {
    Value value = Json(test.after);
    MergeUnknown(value, Json(test.unknown));
    EXPECT_EQ(Show(value), test.expected) << test.name;
  }
}

TEST(PlanValues, SensitivityCoversAllThatIsInside) {
  Value value = Json(R"({"a":{"b":["x","y"]},"c":["p","q"],"d":"z"})");
  MarkSensitive(value, Json(R"({"a":true,"c":[false,true],"e":true})"));
  EXPECT_TRUE(value.Find("a")->Find("b")->items[1].sensitive);
  EXPECT_FALSE(value.Find("c")->items[0].sensitive);
  EXPECT_TRUE(value.Find("c")->items[1].sensitive);
  EXPECT_FALSE(value.Find("d")->sensitive);
  EXPECT_FALSE(value.sensitive);
  MarkSensitive(value, Json("false"));
  EXPECT_FALSE(value.Find("d")->sensitive);
  MarkSensitive(value, Json("true"));
  EXPECT_TRUE(value.Find("d")->sensitive);
}

TEST(PlanValues, FollowsPaths) {
  Value value = Json(R"({"a":[{"b":"x"}],"m":{"k.l":"y"}})");
  value.Set("u", Value::Unknown("why"));
  EXPECT_EQ(At(value, std::vector<PathStep>{{"a", false}, {"0", true}, {"b", false}})->text, "x");
  EXPECT_EQ(At(value, std::vector<PathStep>{{"m", false}, {"k.l", true}})->text, "y");
  EXPECT_TRUE(At(value, std::vector<PathStep>{{"u", false}, {"x", false}})->is_unknown());
  EXPECT_EQ(At(value, std::vector<PathStep>{{"a", false}, {"1", true}}), nullptr);
  EXPECT_EQ(At(value, std::vector<PathStep>{{"a", false}, {"99999999999999999999", true}}),
            nullptr);
  EXPECT_EQ(PathText(std::vector<PathStep>{{"a", false}, {"0", true}, {"k.l", true}}),
            R"(.a[0]["k.l"])");
}

}  // namespace
}  // namespace preview::terraform
