#include "model/value.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "model/result.h"

namespace preview::model {
namespace {

Value Object(std::string key, Value value) {
  Value object = Value::Object();
  object.Set(key, std::move(value));
  return object;
}

// `{"a": {"a": … 1}}`, `depth` levels deep.
Value Deep(int depth) {
  Value value = Value::Number("1");
  for (int i = 0; i < depth; ++i) value = Object("a", std::move(value));
  return value;
}

TEST(Value, SetReplacesAMemberInItsPosition) {
  Value object;
  object.Set("a", Value::Number("1"));
  object.Set("b", Value::Number("2"));
  object.Set("a", Value::String("x"));
  EXPECT_EQ(ToJson(object), R"({"a":"x","b":2})");
}

TEST(Value, FindOnAnythingButAnObjectIsNothing) {
  EXPECT_EQ(Value::Null().Find("a"), nullptr);
  EXPECT_EQ(Value::Unknown("apply").Find("a"), nullptr);
  EXPECT_EQ(Value::List({Value::Bool(true)}).Find("a"), nullptr);
  EXPECT_EQ(Value::Object().Find(""), nullptr);
}

TEST(Value, FindPathStepsThroughListsOfOne) {
  Value rule = Object("object_ownership", Value::String("BucketOwnerEnforced"));
  Value one = Object("rule", Value::List({rule}));
  ASSERT_NE(one.FindPath("rule.object_ownership"), nullptr);
  EXPECT_EQ(one.FindPath("rule.object_ownership")->text, "BucketOwnerEnforced");
  Value two = Object("rule", Value::List({rule, rule}));
  EXPECT_EQ(two.FindPath("rule.object_ownership"), nullptr);
  EXPECT_EQ(one.FindPath("rule.nothing"), nullptr);
  EXPECT_EQ(one.FindPath(""), &one);
}

TEST(Value, SameAsLooksAtContentOnly) {
  Value a = Object("a", Value::List({Value::String("x"), Value::Null()}));
  Value b = a;
  b.place = {0, 3, 4};
  b.items[0].sensitive = true;
  EXPECT_TRUE(a.SameAs(b));
  b.items[0].items[1] = Value::Unknown("apply");
  EXPECT_FALSE(a.SameAs(b));
  EXPECT_FALSE(Value::String("1").SameAs(Value::Number("1")));
  EXPECT_FALSE(Value::List().SameAs(Value::Object()));
}

TEST(Value, DeepTreesAreComparedAndPrintedWithoutRecursion) {
  Value value = Deep(10'000);
  EXPECT_TRUE(value.SameAs(value));
  EXPECT_EQ(ToJson(value).size(), 10'000U * 6 + 1);
}

TEST(ToJson, EscapesWhatJsonRequires) {
  EXPECT_EQ(ToJson(Value::String("\"\\\n\x01/é")), "\"\\\"\\\\\\u000a\\u0001/é\"");
}

TEST(ToJson, KeepsNumbersAsWrittenAndUnknownsAsNull) {
  EXPECT_EQ(ToJson(Value::List({Value::Number("18446744073709551617"), Value::Unknown("apply"),
                                Value::Bool(false), Value::List(), Value::Object()})),
            "[18446744073709551617,null,false,[],{}]");
}

TEST(ResultDeathTest, ReadingTheWrongSideAborts) {
  Result<int> failed = Error{"no", "", {}};
  EXPECT_FALSE(failed.ok());
  EXPECT_EQ(failed.error().message, "no");
  EXPECT_DEATH((void)failed.value(), "internal error");
  Result<int> fine = 3;
  EXPECT_EQ(fine.value(), 3);
  EXPECT_DEATH((void)fine.error(), "internal error");
}

}  // namespace
}  // namespace preview::model
