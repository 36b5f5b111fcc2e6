// What the plan reader asks of the source, with a source that answers from a table.

#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tests/parsers/terraform/plan_test_support.h"

namespace preview::terraform {
namespace {

using model::Value;

using Key = std::pair<std::string, std::string>;  // address, attribute

class TableSource : public Source {
 public:
  std::optional<Value> Attribute(std::string_view address, std::string_view attribute, Scope& scope,
                                 model::SymbolTable&) override {
    asked.emplace_back(std::string(address), std::string(attribute));
    bool policy = address.find("_policy.") != std::string_view::npos && attribute == "policy";
    for (const std::string& block : look_up) {
      if (policy) seen[block] = scope.Block(block);
    }
    for (const std::string& name : look_up_variables) variables[name] = scope.RootVariable(name);
    auto found = attributes.find(Key(address, attribute));
    return found == attributes.end() ? std::nullopt : std::optional<Value>(found->second);
  }
  std::optional<model::Place> BlockPlace(std::string_view address) const override {
    return address == "aws_sqs_queue_policy.q" ? std::optional(model::Place{1, 20, 1})
                                               : std::nullopt;
  }
  std::optional<model::Place> AttributePlace(std::string_view,
                                             std::string_view attribute) const override {
    return attribute == "policy" ? std::optional(model::Place{1, 22, 3}) : std::nullopt;
  }
  std::vector<model::Place> StatementPlaces(std::string_view address,
                                            std::string_view attribute) const override {
    auto found = places.find(Key(address, attribute));
    return found == places.end() ? std::vector<model::Place>() : found->second;
  }
  const model::Diagnostics& problems() const override { return problems_; }

  std::map<Key, Value> attributes;
  std::map<Key, std::vector<model::Place>> places;
  std::vector<std::string> look_up;
  std::vector<std::string> look_up_variables;
  std::vector<Key> asked;
  std::map<std::string, std::optional<Value>> seen;
  std::map<std::string, std::optional<Value>> variables;

 private:
  model::Diagnostics problems_;
};

TEST(PlanSource, SaysWhatAPolicyIsThatThePlanLost) {
  TableSource source;
  source.attributes[{"aws_sqs_queue_policy.q", "policy"}] = Value::String(R"({"Statement":[]})");
  ReadingOfPlan reading;
  reading.options.source = &source;
  reading.ReadCase("conditional-policy");
  EXPECT_EQ(reading.Attribute("aws_sqs_queue_policy.q", "policy"), R"({"Statement":[]})");
  EXPECT_EQ(reading.After("aws_sqs_queue_policy.q")->place, (model::Place{1, 20, 1}));
  EXPECT_EQ(reading.After("aws_sqs_queue_policy.q")->attributes.Find("policy")->place,
            (model::Place{1, 22, 3}));
  EXPECT_FALSE(reading.After("aws_sqs_queue.q")->place.known());
}

TEST(PlanSource, WhatItDoesNotKnowEitherIsLeftToThePlan) {
  TableSource source;
  source.attributes[{"aws_sqs_queue_policy.q", "policy"}] = Value::Unknown("the source's reason");
  ReadingOfPlan reading;
  reading.options.source = &source;
  reading.ReadCase("data-doc-deferred");
  EXPECT_NE(reading.Attribute("aws_sqs_queue_policy.q", "policy").find("999988887777"),
            std::string::npos);
}

TEST(PlanSource, ItsReasonIsGivenWhereNothingElseHelps) {
  TableSource source;
  source.attributes[{"aws_sqs_queue_policy.q", "policy"}] = Value::Unknown("the source's reason");
  ReadingOfPlan reading;
  reading.options.source = &source;
  reading.ReadCase("conditional-policy");
  EXPECT_EQ(reading.Attribute("aws_sqs_queue_policy.q", "policy"), "unknown(the source's reason)");
}

// `"${arn}/*"`: only the source has the text behind the ARN.
TEST(PlanSource, FillsWhatADocumentLost) {
  TableSource source;
  Value statement = Value::Object();
  statement.Set("resources",
                Value::List({Value::String("arn:aws:s3:::documents-111122223333"),
                             Value::String("arn:aws:s3:::documents-111122223333/shared/*")}));
  statement.Set("actions", Value::List({Value::String("not:Taken")}));
  Value deny = Value::Object();
  deny.Set("resources", Value::List({Value::Unknown("why")}));
  source.attributes[{"data.aws_iam_policy_document.bucket", "statement"}] =
      Value::List({statement, deny});
  source.places[{"data.aws_iam_policy_document.bucket", "statement"}] = {{1, 5, 3}, {1, 14, 3}};
  ReadingOfPlan reading;
  reading.options.source = &source;
  reading.ReadCase("documents");
  const Value* policy = reading.After("aws_s3_bucket_policy.b")->attributes.Find("policy");
  const Value* statements = policy->Find("Statement");
  ASSERT_NE(statements, nullptr);
  EXPECT_EQ(
      model::ToJson(*statements->items[0].Find("Resource")),
      R"(["arn:aws:s3:::documents-111122223333","arn:aws:s3:::documents-111122223333/shared/*"])");
  EXPECT_EQ(model::ToJson(*statements->items[0].Find("Action")),
            R"(["s3:GetObject","s3:ListBucket"])");
  EXPECT_EQ(statements->items[0].place, (model::Place{1, 5, 3}));
  EXPECT_EQ(statements->items[1].place, (model::Place{1, 14, 3}));
  EXPECT_TRUE(model::HasSymbol(statements->items[1].Find("Resource")->items[0].text));
}

TEST(PlanSource, GivesAKnownPolicyItsPlaces) {
  const std::string policy =
      R"("{\"Statement\":[{\"Sid\":\"A\"},{\"Sid\":\"B\"},{\"Sid\":\"C\"}]}")";
  const std::string change = ChangeOf(
      "aws_sqs_queue.q",
      R"("actions":["create"],"before":null,"after":{"name":"q","policy":)" + policy + "}");
  TableSource source;
  source.places[{"aws_sqs_queue.q", "policy"}] = {{1, 3, 5}, {1, 9, 5}};
  ReadingOfPlan reading;
  reading.options.source = &source;
  reading.Read(PlanOf(change));
  const Value* statements =
      reading.After("aws_sqs_queue.q")->attributes.Find("policy")->Find("Statement");
  ASSERT_NE(statements, nullptr);
  EXPECT_EQ(statements->items[1].place, (model::Place{1, 9, 5}));
  EXPECT_FALSE(statements->items[2].place.known());
}

// Taking such a text apart would lose that it says something twice.
TEST(PlanSource, APolicyThatIsNotInOrderStaysAText) {
  for (const char* policy :
       {R"("{\"Statement\":[],\"Statement\":[{}]}")", R"("{\"Statement\":")", R"("[]")"}) {
    TableSource source;
    source.places[{"aws_sqs_queue.q", "policy"}] = {{1, 3, 5}};
    ReadingOfPlan reading;
    reading.options.source = &source;
    reading.Read(PlanOf(ChangeOf(
        "aws_sqs_queue.q",
        R"("actions":["create"],"before":null,"after":{"policy":)" + std::string(policy) + "}")));
    EXPECT_TRUE(reading.After("aws_sqs_queue.q")->attributes.Find("policy")->is_string()) << policy;
  }
}

TEST(PlanSource, IsNotAskedForWhatNobodyWroteOrThePlanKnows) {
  TableSource source;
  ReadingOfPlan reading;
  reading.options.source = &source;
  reading.ReadCase("data-doc-deferred");
  for (const auto& [address, attribute] : source.asked) {
    EXPECT_FALSE(address == "aws_sqs_queue.q" && (attribute == "policy" || attribute == "name"))
        << attribute;
  }
  EXPECT_FALSE(source.asked.empty());
}

TEST(PlanScope, ShowsInstancesAsExpressionsSeeThem) {
  TableSource source;
  source.look_up = {"aws_sqs_queue.q", "aws_iam_role.r", R"(module.topic["x"].aws_sns_topic.t)",
                    "data.aws_iam_policy_document.d", "aws_sqs_queue.none"};
  ReadingOfPlan reading;
  reading.options.source = &source;
  reading.options.environment.account = "111122223333";
  reading.ReadCase("keys-and-modules");
  const auto& queues = source.seen["aws_sqs_queue.q"];
  ASSERT_TRUE(queues && queues->is_object());
  EXPECT_EQ(queues->keys, (std::vector<std::string>{"a.b", "c[\"d\"]", "e${f}", "ü\n"}));
  EXPECT_EQ(queues->items[0].Find("arn")->text, "arn:aws:sqs:us-east-1:111122223333:q-1");
  EXPECT_EQ(reading.Show(queues->items[0].Find("deduplication_scope")->text),
            R"(⟨aws_sqs_queue.q["a.b"].deduplication_scope⟩)");
  const auto& roles = source.seen["aws_iam_role.r"];
  ASSERT_TRUE(roles && roles->is_list());
  ASSERT_EQ(roles->items.size(), 2U);
  EXPECT_EQ(roles->items[1].Find("arn")->text, "arn:aws:iam::111122223333:role/r1");
  const auto& topic = source.seen[R"(module.topic["x"].aws_sns_topic.t)"];
  ASSERT_TRUE(topic && topic->is_object());
  EXPECT_EQ(topic->Find("arn")->text, "arn:aws:sns:us-east-1:111122223333:x");
  const auto& documents = source.seen["data.aws_iam_policy_document.d"];
  ASSERT_TRUE(documents && documents->is_object());
  EXPECT_TRUE(documents->items[0].Find("json")->text.starts_with(
      R"({"Version":"2012-10-17","Statement":[)"));
  EXPECT_FALSE(source.seen["aws_sqs_queue.none"]);
}

TEST(PlanScope, GivesVariablesOfTheRootModule) {
  TableSource source;
  source.look_up_variables = {"partner", "none"};
  const std::string change =
      ChangeOf("aws_sqs_queue.q",
               R"("actions":["create"],"before":null,"after":{},"after_unknown":{"name":true})");
  ReadingOfPlan reading;
  reading.options.source = &source;
  reading.Read(
      PlanOf(change,
             R"(,"variables":{"partner":{"value":["999988887777"]}})" +
                 ConfigurationOf(BlockOf("aws_sqs_queue.q", R"("name":{"references":["local.x"]})"),
                                 R"(,"variables":{"partner":{"sensitive":true}})")));
  ASSERT_TRUE(source.variables["partner"]);
  EXPECT_EQ(model::ToJson(*source.variables["partner"]), R"(["999988887777"])");
  EXPECT_TRUE(source.variables["partner"]->items[0].sensitive);
  EXPECT_FALSE(source.variables["none"]);
}

}  // namespace
}  // namespace preview::terraform
