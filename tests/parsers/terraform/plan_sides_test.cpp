// What exists before and after: one test for each way in which a plan says it.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "parsers/text/json.h"
#include "tests/parsers/terraform/plan_test_support.h"

namespace preview::terraform {
namespace {

constexpr const char* kQueue =
    R"({"name":"q","arn":"arn:aws:sqs:us-east-1:111122223333:q","policy":"old"})";
constexpr const char* kNewQueue =
    R"({"name":"q","arn":"arn:aws:sqs:us-east-1:111122223333:q","policy":"new"})";

std::string Change(const std::string& actions, const std::string& before, const std::string& after,
                   const std::string& more = "") {
  return ChangeOf("aws_sqs_queue.q",
                  R"("actions":)" + actions + R"(,"before":)" + before + R"(,"after":)" + after,
                  more);
}

std::vector<std::string> Identities(const model::Inventory& side) {
  std::vector<std::string> identities;
  for (const model::Resource& resource : side.resources) identities.push_back(resource.identity);
  return identities;
}

using Names = std::vector<std::string>;

TEST(PlanSides, EveryActionPutsTheObjectWhereItExists) {
  struct Case {
    const char* actions;
    const char* before;
    const char* after;
    bool is_before;
    bool is_after;
  };
  const std::vector<Case> cases = {
      {R"(["create"])", "null", kNewQueue, false, true},
      {R"(["update"])", kQueue, kNewQueue, true, true},
      {R"(["no-op"])", kQueue, kQueue, true, true},
      {R"(["delete"])", kQueue, "null", true, false},
      {R"(["delete","create"])", kQueue, kNewQueue, true, true},
      {R"(["create","delete"])", kQueue, kNewQueue, true, true},
      {R"(["forget"])", kQueue, "null", true, true},
      {R"(["some-word-to-come"])", kQueue, kNewQueue, true, true},
  };
  for (const Case& test : cases) {
    ReadingOfPlan reading;
    reading.Read(PlanOf(Change(test.actions, test.before, test.after)));
    Names expected = {"aws_sqs_queue.q"};
    EXPECT_EQ(Identities(reading.deployment.before), test.is_before ? expected : Names{})
        << test.actions;
    EXPECT_EQ(Identities(reading.deployment.after), test.is_after ? expected : Names{})
        << test.actions;
    if (test.is_before) {
      EXPECT_EQ(reading.AttributeBefore("aws_sqs_queue.q", "policy"), "old") << test.actions;
    }
  }
}

TEST(PlanSides, WhatIsForgottenKeepsItsAccessAndSaysSo) {
  ReadingOfPlan reading;
  reading.ReadCase("removed-forget");
  EXPECT_EQ(Identities(reading.deployment.before), Names{"aws_sqs_queue.q"});
  EXPECT_EQ(Identities(reading.deployment.after), Names{"aws_sqs_queue.q"});
  EXPECT_EQ(reading.Attribute("aws_sqs_queue.q", "policy"),
            reading.AttributeBefore("aws_sqs_queue.q", "policy"));
  ASSERT_EQ(reading.deployment.notes.size(), 1U);
  EXPECT_NE(reading.deployment.notes[0].message.find("forgotten"), std::string::npos);
}

TEST(PlanSides, CreateAndForgetLeavesTheOldObjectBesideTheNew) {
  ReadingOfPlan reading;
  reading.Read(PlanOf(Change(R"(["create","forget"])", kQueue, kNewQueue)));
  EXPECT_EQ(Identities(reading.deployment.before), Names{"aws_sqs_queue.q (forgotten)"});
  EXPECT_EQ(Identities(reading.deployment.after),
            (Names{"aws_sqs_queue.q (forgotten)", "aws_sqs_queue.q"}));
  EXPECT_EQ(reading.deployment.after.resources[0].attributes.Find("policy")->text, "old");
  EXPECT_EQ(reading.deployment.after.resources[1].attributes.Find("policy")->text, "new");
}

// aws_sqs_queue.q has a current object, and one that a failed replacement left behind and that is
// destroyed now.
TEST(PlanSides, ADeposedObjectIsOneOfItsOwn) {
  ReadingOfPlan reading;
  reading.ReadCase("deposed");
  Names before = Identities(reading.deployment.before);
  ASSERT_EQ(before.size(), 2U);
  EXPECT_EQ(std::count(before.begin(), before.end(), "aws_sqs_queue.q"), 1);
  EXPECT_EQ(Identities(reading.deployment.after), Names{"aws_sqs_queue.q"});
  for (const model::Resource& resource : reading.deployment.before.resources) {
    EXPECT_EQ(resource.address, "aws_sqs_queue.q");
    if (resource.identity != "aws_sqs_queue.q") {
      EXPECT_TRUE(resource.identity.starts_with("aws_sqs_queue.q (deposed "));
      EXPECT_NE(resource.attributes.Find("policy")->text.find("999988887777"), std::string::npos);
    }
  }
}

TEST(PlanSides, AMovedResourceIsTheSameUnderItsNewAddress) {
  ReadingOfPlan reading;
  reading.ReadCase("moved-into-module-and-keys");
  const model::Resource* before = reading.Before("aws_sqs_queue.n[0]");
  ASSERT_NE(before, nullptr);
  EXPECT_EQ(before->identity, R"(aws_sqs_queue.n["n0"])");
  const model::Resource* after = reading.After(R"(aws_sqs_queue.n["n0"])");
  ASSERT_NE(after, nullptr);
  EXPECT_EQ(after->identity, before->identity);
  EXPECT_EQ(reading.After("aws_sqs_queue.n[0]"), nullptr);
}

TEST(PlanSides, AnImportedObjectExistedBefore) {
  ReadingOfPlan reading;
  reading.Read(PlanOf(ChangeOf(
      "aws_sqs_queue.q", std::string(R"("actions":["no-op"],"importing":{"id":"x"},"before":)") +
                             kQueue + R"(,"after":)" + kQueue)));
  EXPECT_EQ(Identities(reading.deployment.before), Names{"aws_sqs_queue.q"});
  ReadingOfPlan real;
  real.ReadCase("import-and-change");
  for (const model::Resource& resource : real.deployment.after.resources) {
    EXPECT_EQ(
        std::count_if(
            real.deployment.before.resources.begin(), real.deployment.before.resources.end(),
            [&](const model::Resource& other) { return other.identity == resource.identity; }),
        1)
        << resource.address;
  }
}

TEST(PlanSides, DriftCountsAsWhatIsThereAlready) {
  ReadingOfPlan reading;
  reading.ReadCase("drift-resource-drift");
  EXPECT_NE(reading.AttributeBefore("aws_sqs_queue.q", "policy").find("666677778888"),
            std::string::npos);
  EXPECT_EQ(reading.Attribute("aws_sqs_queue.q", "policy").find("666677778888"), std::string::npos);
  ASSERT_EQ(reading.deployment.notes.size(), 1U);
  EXPECT_EQ(reading.deployment.notes[0].resource_address, "aws_sqs_queue.q");
  EXPECT_NE(reading.deployment.notes[0].message.find("outside of Terraform"), std::string::npos);
}

// Such a plan has no `resource_changes`; nothing will change, and what was found is what is there.
TEST(PlanSides, ARefreshOnlyPlanIsTheStateOnBothSides) {
  ReadingOfPlan reading;
  reading.ReadCase("refresh-only");
  EXPECT_EQ(Identities(reading.deployment.before), Names{"aws_sqs_queue.q"});
  EXPECT_EQ(Identities(reading.deployment.after), Names{"aws_sqs_queue.q"});
  EXPECT_NE(reading.AttributeBefore("aws_sqs_queue.q", "policy").find("666677778888"),
            std::string::npos);
  EXPECT_EQ(reading.Attribute("aws_sqs_queue.q", "policy"),
            reading.AttributeBefore("aws_sqs_queue.q", "policy"));
}

TEST(PlanSides, PlannedValuesServeOnlyWhereNothingElseIs) {
  const std::string values =
      R"({"root_module":{"child_modules":[{"address":"module.m","resources":[{"address":"module.m.aws_sqs_queue.q","mode":"managed","type":"aws_sqs_queue","name":"q","provider_name":"registry.terraform.io/hashicorp/aws","values":{"name":"q","policy":"p"}}]}]}})";
  ReadingOfPlan reading;
  reading.Read(R"({"format_version":"1.2","terraform_version":"1.11.4","planned_values":)" +
               values + "}");
  EXPECT_EQ(Identities(reading.deployment.before), Names{"module.m.aws_sqs_queue.q"});
  EXPECT_EQ(Identities(reading.deployment.after), Names{"module.m.aws_sqs_queue.q"});

  ReadingOfPlan changed;
  changed.Read(
      PlanOf(Change(R"(["create"])", "null", kNewQueue), R"(,"planned_values":)" + values));
  EXPECT_EQ(Identities(changed.deployment.after), Names{"aws_sqs_queue.q"});
}

TEST(PlanSides, ATargetedPlanLeavesTheRestAsItIs) {
  ReadingOfPlan reading;
  reading.ReadCase("target-partial");
  EXPECT_EQ(Identities(reading.deployment.after), Names{"aws_sqs_queue.one"});
  EXPECT_TRUE(reading.deployment.undetermined.empty());
  ASSERT_EQ(reading.deployment.notes.size(), 1U);
  EXPECT_NE(reading.deployment.notes[0].message.find("not complete"), std::string::npos);
}

TEST(PlanSides, WhatTheStateHasAndThePlanLeavesOutStaysOnBothSides) {
  const std::string state =
      R"(,"complete":false,"prior_state":{"format_version":"1.0","values":{"root_module":{"resources":[)"
      R"({"address":"aws_sqs_queue.q","mode":"managed","type":"aws_sqs_queue","name":"q","values":{"name":"state"}},)"
      R"({"address":"aws_sqs_queue.old","mode":"managed","type":"aws_sqs_queue","name":"old","values":{"name":"state"}},)"
      R"({"address":"aws_sqs_queue.other","mode":"managed","type":"aws_sqs_queue","name":"other","values":{"name":"state"}},)"
      R"({"address":"aws_sqs_queue.other","mode":"managed","type":"aws_sqs_queue","name":"other","deposed_key":"1a","values":{"name":"left"}}]}}})";
  ReadingOfPlan reading;
  reading.Read(PlanOf(
      Change(R"(["no-op"])", kQueue, kQueue, R"(,"previous_address":"aws_sqs_queue.old")"), state));
  EXPECT_EQ(Identities(reading.deployment.before),
            (Names{"aws_sqs_queue.q", "aws_sqs_queue.other"}));
  EXPECT_EQ(Identities(reading.deployment.after),
            (Names{"aws_sqs_queue.q", "aws_sqs_queue.other"}));
  EXPECT_EQ(reading.AttributeBefore("aws_sqs_queue.old", "name"), "q");
  EXPECT_EQ(reading.AttributeBefore("aws_sqs_queue.other", "name"), "state");
}

TEST(PlanSides, ADeferredChangeIsUndeterminedAndLeavesWhatIsThere) {
  const std::string deferred =
      R"(,"complete":false,"deferred_changes":[{"reason":"resource_config_unknown","resource_change":)" +
      Change(R"(["update"])", kQueue, R"({"name":"q"})") + "}]";
  ReadingOfPlan reading;
  reading.Read(PlanOf("", deferred));
  EXPECT_EQ(reading.AttributeBefore("aws_sqs_queue.q", "policy"), "old");
  EXPECT_EQ(reading.Attribute("aws_sqs_queue.q", "policy"), "old");
  ASSERT_EQ(reading.deployment.undetermined.size(), 1U);
  EXPECT_EQ(reading.deployment.undetermined[0].resource_address, "aws_sqs_queue.q");
  EXPECT_NE(reading.deployment.undetermined[0].reason.find("resource_config_unknown"),
            std::string::npos);
  EXPECT_TRUE(reading.deployment.notes.empty());
}

// OpenTofu writes neither `complete` nor `applyable`, and its own registry.
TEST(PlanSides, OpenTofuAndMirrorsAreTheSameProvider) {
  for (const char* provider :
       {"registry.terraform.io/hashicorp/aws", "registry.opentofu.org/hashicorp/aws",
        "mirror.example.com/hashicorp/aws", "aws"}) {
    std::string change = Change(R"(["delete"])", kQueue, "null",
                                R"(,"action_reason":"delete_because_enabled_false")");
    change.replace(change.find("registry.terraform.io/hashicorp/aws"), 35, provider);
    ReadingOfPlan reading;
    reading.Read(PlanOf(change));
    EXPECT_EQ(reading.deployment.before.resources.size(), 1U) << provider;
    EXPECT_TRUE(reading.deployment.notes.empty()) << provider;
  }
  std::string foreign = Change(R"(["create"])", "null", kQueue);
  foreign.replace(foreign.find("registry.terraform.io/hashicorp/aws"), 35,
                  "registry.terraform.io/hashicorp/awscc");
  ReadingOfPlan reading;
  reading.Read(PlanOf(foreign));
  EXPECT_TRUE(reading.deployment.after.resources.empty());
}

TEST(PlanSides, DataSourcesAreThereToResolveLinksOnly) {
  const std::string state =
      R"(,"prior_state":{"values":{"root_module":{"resources":[{"address":"data.aws_s3_bucket.b","mode":"data","type":"aws_s3_bucket","name":"b","values":{"bucket":"b","arn":"arn:aws:s3:::b"}}]}}})";
  ReadingOfPlan reading;
  reading.Read(PlanOf(
      ChangeOf(
          "data.aws_kms_key.k",
          R"("actions":["read"],"before":null,"after":{"key_id":"alias/x"},"after_unknown":{"arn":true})"),
      state));
  ASSERT_NE(reading.Before("data.aws_s3_bucket.b"), nullptr);
  EXPECT_TRUE(reading.Before("data.aws_s3_bucket.b")->from_data_source);
  ASSERT_NE(reading.After("data.aws_s3_bucket.b"), nullptr);
  EXPECT_EQ(reading.Before("data.aws_kms_key.k"), nullptr);
  ASSERT_NE(reading.After("data.aws_kms_key.k"), nullptr);
  EXPECT_EQ(reading.Attribute("data.aws_kms_key.k", "key_id"), "alias/x");
}

TEST(PlanSides, SensitiveValuesAreReadAndMarked) {
  ReadingOfPlan reading;
  reading.ReadCase("sensitive-variable");
  const model::Value* policy = reading.After("aws_sqs_queue.q")->attributes.Find("policy");
  ASSERT_NE(policy, nullptr);
  EXPECT_TRUE(policy->sensitive);
  EXPECT_NE(policy->text.find("999988887777"), std::string::npos);
  EXPECT_FALSE(reading.After("aws_sqs_queue.q")->attributes.Find("name")->sensitive);
}

TEST(PlanSides, TypesThatNobodyDescribedStayWhereTheyCarryAPolicyWithAPrincipal) {
  const std::string policy = R"("{\"Statement\":[{\"Principal\":\"*\"}]}")";
  auto change = [&](const std::string& address, const std::string& after) {
    return ChangeOf(address, R"("actions":["create"],"before":null,"after":)" + after);
  };
  ReadingOfPlan reading;
  reading.Read(
      PlanOf(change("aws_made_up_thing.with", R"({"policy":)" + policy + R"(,"big":"x"})") + "," +
             change("aws_made_up_thing.without", R"({"policy":"{}","big":"x"})") + "," +
             change("aws_iam_role_policy.identity", R"({"policy":)" + policy + "}")));
  ASSERT_NE(reading.After("aws_made_up_thing.with"), nullptr);
  EXPECT_EQ(reading.Attribute("aws_made_up_thing.with", "big"), "absent");
  EXPECT_EQ(reading.After("aws_made_up_thing.without"), nullptr);
}

TEST(PlanSides, ARepeatedKeyIsTold) {
  ReadingOfPlan reading;
  reading.Read(PlanOf(Change(R"(["create"])", "null", R"({"name":"a","name":"b"})")));
  EXPECT_EQ(reading.Attribute("aws_sqs_queue.q", "name"), "b");
  ASSERT_EQ(reading.deployment.notes.size(), 1U);
  EXPECT_NE(reading.deployment.notes[0].message.find("repeated key `name`"), std::string::npos);
  EXPECT_LT(reading.deployment.notes[0].place.file, reading.files.files.size());
}

// Another tool may have sorted the members (`jq -S`), so that a type stands behind what it is the
// type of.
void SortMembers(model::Value& root) {
  std::vector<model::Value*> open{&root};
  while (!open.empty()) {
    model::Value* value = open.back();
    open.pop_back();
    if (value->is_object()) {
      std::vector<std::size_t> order(value->keys.size());
      for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
      std::sort(order.begin(), order.end(),
                [&](std::size_t a, std::size_t b) { return value->keys[a] < value->keys[b]; });
      model::Value sorted = model::Value::Object();
      for (std::size_t i : order) sorted.Set(value->keys[i], std::move(value->items[i]));
      *value = std::move(sorted);
    }
    for (model::Value& item : value->items) open.push_back(&item);
  }
}

std::vector<std::string> Summary(const ReadingOfPlan& reading) {
  std::vector<std::string> lines;
  for (const model::Inventory* side : {&reading.deployment.before, &reading.deployment.after}) {
    for (const model::Resource& resource : side->resources) {
      model::Value attributes = resource.attributes;
      SortMembers(attributes);
      lines.push_back(resource.identity + " " + reading.Show(model::ToJson(attributes)));
    }
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

TEST(PlanSides, TheOrderOfMembersDoesNotMatter) {
  for (const char* name : {"documents", "keys-and-modules", "accounts", "names", "deposed",
                           "refresh-only", "s3-module", "moved-into-module-and-keys",
                           "unknown-policy-on-update", "import-and-change"}) {
    ReadingOfPlan plain;
    plain.ReadCase(name);
    text::JsonOptions options;
    options.track_places = false;
    auto json = text::ParseJson(ReadTestdata(std::string(name) + "/plan.json"), options);
    ASSERT_TRUE(json.ok());
    SortMembers(json.value());
    ReadingOfPlan sorted;
    sorted.Read(model::ToJson(json.value()));
    EXPECT_EQ(Summary(plain), Summary(sorted)) << name;
    EXPECT_FALSE(Summary(plain).empty()) << name;
  }
}

TEST(PlanSides, AnEntryWithoutTheShapeOfOneIsNotPassedOver) {
  for (
      const char* entry :
      {"5", "[]", R"({"mode":"managed"})",
       R"({"address":"aws_sqs_queue.q","type":"aws_sqs_queue","change":[]})",
       R"({"address":"aws_sqs_queue.q","type":"aws_sqs_queue"})",
       R"({"address":"aws_sqs_queue.q","type":"aws_sqs_queue","change":{"actions":[],"after":{}}})",
       R"({"address":"aws_sqs_queue.q","type":"aws_sqs_queue","change":{"actions":["create"],"after":[1]}})"}) {
    ReadingOfPlan plan;
    plan.Read(PlanOf(std::string(entry) + "," +
                     ChangeOf("aws_sns_topic.t", R"("actions":["create"],"after":{"name":"t"})")));
    ASSERT_EQ(plan.deployment.undetermined.size(), 1U) << entry;
    EXPECT_NE(plan.deployment.undetermined[0].reason.find("resource_changes"), std::string::npos);
    EXPECT_NE(plan.After("aws_sns_topic.t"), nullptr) << entry;
  }
  ReadingOfPlan plan;
  plan.Read(PlanOf(R"({"address":"null_resource.n","type":"null_resource","change":[]})"));
  EXPECT_TRUE(plan.deployment.undetermined.empty());
}

}  // namespace
}  // namespace preview::terraform
