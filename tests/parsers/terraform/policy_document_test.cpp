#include "parsers/terraform/policy_document.h"

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

std::string Document(std::string_view attributes) {
  return model::ToJson(DocumentOfArguments(Json(attributes)));
}

TEST(PolicyDocument, MakesTheElementsThatTheProviderMakes) {
  struct Case {
    const char* name;
    const char* statement;
    const char* expected;
  };
  const std::vector<Case> cases = {
      {"allow is the default", R"({"effect":null,"actions":["a:B"],"resources":["*"]})",
       R"({"Effect":"Allow","Action":["a:B"],"Resource":["*"]})"},
      {"empty lists and blocks are left out",
       R"({"sid":"S","effect":"Deny","actions":[],"not_actions":["a:B"],"resources":null,"not_resources":["x"],"principals":[],"condition":[]})",
       R"({"Sid":"S","Effect":"Deny","NotAction":["a:B"],"NotResource":["x"]})"},
      {"star of type star is everyone", R"({"principals":[{"type":"*","identifiers":["*"]}]})",
       R"({"Effect":"Allow","Principal":"*"})"},
      {"star of type AWS stays one", R"({"principals":[{"type":"AWS","identifiers":["*"]}]})",
       R"({"Effect":"Allow","Principal":{"AWS":["*"]}})"},
      {"blocks of one type come together",
       R"({"not_principals":[{"type":"AWS","identifiers":["a"]},{"type":"Service","identifiers":["s"]},{"type":"AWS","identifiers":["b"]}]})",
       R"({"Effect":"Allow","NotPrincipal":{"AWS":["a","b"],"Service":["s"]}})"},
      {"conditions of one key come together",
       R"({"condition":[{"test":"StringEquals","variable":"k","values":["1"]},{"test":"StringEquals","variable":"k","values":["2"]},{"test":"StringEquals","variable":"l","values":["3"]}]})",
       R"({"Effect":"Allow","Condition":{"StringEquals":{"k":["1","2"],"l":["3"]}}})"},
      {"variables of policies",
       R"({"actions":["a:&{x}"],"resources":["r/&{aws:username}/&{aws:userid}"]})",
       R"({"Effect":"Allow","Action":["a:${x}"],"Resource":["r/${aws:username}/${aws:userid}"]})"},
  };
  for (const Case& test : cases) {
    EXPECT_EQ(Document(R"({"statement":[)" + std::string(test.statement) + "]}"),
              R"({"Version":"2012-10-17","Statement":[)" + std::string(test.expected) + "]}")
        << test.name;
  }
}

TEST(PolicyDocument, KeepsVersionAndId) {
  EXPECT_EQ(
      Document(R"({"version":"2008-10-17","policy_id":"I","statement":[{"resources":["&{x}"]}]})"),
      R"({"Version":"2008-10-17","Id":"I","Statement":[{"Effect":"Allow","Resource":["&{x}"]}]})");
  EXPECT_EQ(Document(R"({"version":null,"statement":null})"),
            R"({"Version":"2012-10-17","Statement":[]})");
}

TEST(PolicyDocument, AStatementWithAnUnknownOperatorIsUnknownInPart) {
  Value attributes = Json(
      R"({"statement":[{"actions":["a:B"]},{"actions":["a:C"],"condition":[{"test":null,"variable":"k","values":["v"]}]}]})");
  *attributes.Find("statement")->items[1].Find("condition")->items[0].Find("test") =
      Value::Unknown("why");
  Value document = DocumentOfArguments(attributes);
  const Value* statements = document.Find("Statement");
  ASSERT_EQ(statements->items.size(), 2U);
  EXPECT_TRUE(statements->items[0].is_object());
  const Value* condition = statements->items[1].Find("Condition");
  ASSERT_NE(condition, nullptr);
  EXPECT_TRUE(condition->is_unknown());
}

std::string Merged(std::vector<const char*> documents) {
  Value merged = EmptyDocument();
  for (const char* text : documents) MergeDocument(merged, Json(text));
  return model::ToJson(merged);
}

// The provider's own rules: by Sid in place, without Sid at the end, the higher version, the last
// Id.
TEST(PolicyDocument, MergesAsTheProviderDoes) {
  EXPECT_EQ(
      Merged(
          {R"({"Version":"2012-10-17","Id":"one","Statement":[{"Sid":"A","Effect":"Allow"},{"Effect":"Allow","Action":"x"}]})",
           R"({"Version":"2008-10-17","Statement":[{"Effect":"Deny","Action":"y"},{"Sid":"A","Effect":"Deny"},{"Sid":"B","Effect":"Allow"}]})",
           R"({"Id":"two","Statement":[{"Sid":"B","Effect":"Deny"}]})"}),
      R"({"Version":"2012-10-17","Statement":[{"Sid":"A","Effect":"Deny"},{"Effect":"Allow","Action":"x"},)"
      R"({"Effect":"Deny","Action":"y"},{"Sid":"B","Effect":"Deny"}],"Id":"two"})");
}

TEST(PolicyDocument, ASidTwiceInOneDocumentIsOneStatement) {
  EXPECT_EQ(
      Merged(
          {R"({"Version":"2012-10-17","Statement":[{"Sid":"A","Effect":"Allow"},{"Sid":"A","Effect":"Deny"}]})"}),
      R"({"Version":"2012-10-17","Statement":[{"Sid":"A","Effect":"Deny"}]})");
}

TEST(PolicyDocument, AnUnknownSourceIsOneUnknownStatement) {
  Value merged = EmptyDocument();
  MergeDocument(merged, Json(R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow"}]})"));
  MergeDocument(merged, Value::Unknown("why"));
  ASSERT_EQ(merged.Find("Statement")->items.size(), 2U);
  EXPECT_TRUE(merged.Find("Statement")->items[1].is_unknown());
}

TEST(PolicyDocument, TakesASingleStatementForAList) {
  EXPECT_EQ(Merged({R"({"Version":"2012-10-17","Statement":{"Effect":"Allow"}})"}),
            R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow"}]})");
}

}  // namespace
}  // namespace preview::terraform
