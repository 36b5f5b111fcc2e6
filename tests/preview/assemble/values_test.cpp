#include "preview/assemble/values.h"

#include <gtest/gtest.h>

#include "parsers/text/json.h"

namespace preview::assemble {
namespace {

using model::Value;

Value Json(std::string_view text) { return text::ParseJson(text, {}).value(); }

TEST(ValuesAt, StepsThroughEveryListAndSeveralPaths) {
  const Value root = Json(R"({"a":[{"b":["x","y"]},{"b":"z"},{}],"c":"w","d":null})");
  std::string joined;
  for (const Value* value : ValuesAt(root, "a.b, c, d, a.missing")) joined += value->text;
  EXPECT_EQ(joined, "xyzw");
}

TEST(ValuesAt, AnUnknownValueStandsForAllBelowIt) {
  Value root = Json("{}");
  root.Set("a", Value::Unknown("later"));
  ASSERT_NE(FirstAt(root, "a.b.c"), nullptr);
  EXPECT_TRUE(FirstAt(root, "a.b.c")->is_unknown());
}

TEST(SettingAt, ReadsBothLanguagesWays) {
  Value root = Json(R"({"on":true,"off":false,"text":"True","no":"false","empty":""})");
  root.Set("later", Value::Unknown("later"));
  EXPECT_EQ(SettingAt(root, "on"), Setting::kOn);
  EXPECT_EQ(SettingAt(root, "off"), Setting::kOff);
  EXPECT_EQ(SettingAt(root, "text"), Setting::kOn);
  EXPECT_EQ(SettingAt(root, "no"), Setting::kOff);
  EXPECT_EQ(SettingAt(root, "empty"), Setting::kAbsent);
  EXPECT_EQ(SettingAt(root, "missing"), Setting::kAbsent);
  EXPECT_EQ(SettingAt(root, "later"), Setting::kUnknown);
}

TEST(SamePolicy, ComparesContentNotText) {
  const Value text =
      Value::String(R"({"Version": "2012-10-17", "Statement": [{"Effect":"Allow"}]})");
  const Value object = Json(R"({"Statement":[{"Effect":"Allow"}],"Version":"2012-10-17"})");
  EXPECT_TRUE(SamePolicy(text, object));
  EXPECT_FALSE(
      SamePolicy(text, Json(R"({"Statement":[{"Effect":"Deny"}],"Version":"2012-10-17"})")));
  EXPECT_FALSE(SamePolicy(Value::Unknown("a"), Value::Unknown("a")));
}

TEST(IsNoPolicy, TakesEmptyWaysOfWritingNone) {
  EXPECT_TRUE(IsNoPolicy(nullptr));
  for (const char* none : {"", "  ", "{}", " { } ", "null"}) {
    const Value value = Value::String(none);
    EXPECT_TRUE(IsNoPolicy(&value)) << none;
  }
  const Value unknown = Value::Unknown("later");
  EXPECT_FALSE(IsNoPolicy(&unknown));
  const Value broken = Value::String("{not json");
  EXPECT_FALSE(IsNoPolicy(&broken));
}

}  // namespace
}  // namespace preview::assemble
