// What the plan lost and is put together again, without the source.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/parsers/terraform/plan_test_support.h"

namespace preview::terraform {
namespace {

TEST(PlanRecovery, ADeferredDocumentIsRebuiltAndJoined) {
  ReadingOfPlan reading;
  reading.options.environment.account = "111122223333";
  reading.ReadCase("data-doc-deferred");
  EXPECT_EQ(
      reading.Attribute("aws_sqs_queue_policy.q", "policy"),
      R"({"Version":"2012-10-17","Statement":[{"Sid":"Partner","Effect":"Allow","Action":["sqs:SendMessage"],)"
      R"("Resource":["arn:aws:sqs:us-east-1:111122223333:orders"],"Principal":{"AWS":["arn:aws:iam::999988887777:root"]}}]})");
  EXPECT_EQ(reading.Attribute("aws_sqs_queue_policy.q", "queue_url"),
            "https://sqs.us-east-1.amazonaws.com/111122223333/orders");
  EXPECT_EQ(reading.Attribute("aws_sqs_queue.q", "id"),
            reading.Attribute("aws_sqs_queue_policy.q", "queue_url"));
  EXPECT_EQ(reading.Attribute("aws_sqs_queue.q", "arn"),
            "arn:aws:sqs:us-east-1:111122223333:orders");
}

// aws_sqs_queue.policy is optional and computed, and nobody wrote it.
TEST(PlanRecovery, APolicyThatNobodyWroteIsTheDefault) {
  ReadingOfPlan reading;
  reading.ReadCase("data-doc-deferred");
  EXPECT_EQ(reading.Attribute("aws_sqs_queue.q", "policy"), "null");
  ReadingOfPlan names;
  names.ReadCase("names");
  EXPECT_EQ(names.Attribute("aws_kms_key.k", "policy"), "null");
  EXPECT_EQ(names.Attribute("aws_s3_bucket.a", "policy"), "null");
  // `policy = var.topic_policy`, and the variable is null.
  ReadingOfPlan module;
  module.ReadCase("sns-module");
  EXPECT_EQ(module.Attribute("module.public.aws_sns_topic.this[0]", "policy"), "null");
}

TEST(PlanRecovery, WithoutAConfigurationNoPolicyIsTakenForTheDefault) {
  ReadingOfPlan reading;
  reading.Read(PlanOf(ChangeOf(
      "aws_sqs_queue.q",
      R"("actions":["create"],"before":null,"after":{"name":"q"},"after_unknown":{"policy":true,"arn":true})")));
  EXPECT_EQ(reading.Attribute("aws_sqs_queue.q", "policy"),
            "unknown(known after apply: `aws_sqs_queue.q.policy`)");
  EXPECT_EQ(reading.Attribute("aws_sqs_queue.q", "arn"), "arn:aws:sqs:⟨region⟩:⟨account⟩:q");
}

// The documents are merged as the provider does: `merged` takes the sources' statements, its own
// `two`, and the overrides put `one` and `two` in place of those; see
// testdata/terraform/documents/main.tf.
TEST(PlanRecovery, DocumentsAreMergedBySid) {
  ReadingOfPlan reading;
  reading.ReadCase("documents");
  const model::Value* policy =
      reading.After("aws_sns_topic_policy.merged")->attributes.Find("policy");
  const model::Value* statements = policy->Find("Statement");
  ASSERT_NE(statements, nullptr);
  std::vector<std::string> sids;
  for (const model::Value& statement : statements->items) {
    const model::Value* sid = statement.Find("Sid");
    sids.push_back(sid != nullptr ? sid->text : "");
  }
  EXPECT_EQ(sids, (std::vector<std::string>{"one", "", "known", "two", "Elements", ""}));
  EXPECT_EQ(model::ToJson(*statements->items[0].Find("Principal")),
            R"({"AWS":["999988887777"],"Service":["events.amazonaws.com"]})");
  EXPECT_EQ(model::ToJson(*statements->items[2].Find("Principal")), R"({"AWS":"444455556666"})");
  EXPECT_EQ(model::ToJson(*statements->items[4].Find("NotPrincipal")),
            R"({"AWS":["arn:aws:iam::999988887777:role/${aws:username}"]})");
  EXPECT_EQ(model::ToJson(*statements->items[4].Find("Condition")),
            R"({"StringNotEquals":{"aws:PrincipalTag/team":["${aws:PrincipalTag/owner}","red"]}})");
  EXPECT_EQ(model::ToJson(*statements->items[5].Find("Principal")), R"("*")");
  // The blocks that are no `dynamic` ones are known by their constants, though there are more
  // statements than blocks.
  EXPECT_EQ(reading.Show(statements->items[5].Find("Resource")->items[0].text),
            "arn:aws:sns:us-east-1:⟨account⟩:t");
  // A `dynamic` block is not in the configuration: what its resource is cannot be told, only that
  // there is one.
  EXPECT_EQ(reading.Show(statements->items[0].Find("Resource")->items[0].text),
            "⟨data.aws_iam_policy_document.every.statement[1].resources[0]⟩");
}

// `"${arn}/shared/*"` shows as a reference to `arn`: the text behind it is lost, and is not made
// up.
TEST(PlanRecovery, AResourceOfABucketMayBeLongerThanItsArn) {
  ReadingOfPlan reading;
  reading.ReadCase("documents");
  const model::Value* policy = reading.After("aws_s3_bucket_policy.b")->attributes.Find("policy");
  const model::Value& allow = policy->Find("Statement")->items[0];
  ASSERT_EQ(allow.Find("Resource")->items.size(), 2U);
  EXPECT_EQ(reading.Show(allow.Find("Resource")->items[0].text),
            "arn:aws:s3:::documents-111122223333⟨data.aws_iam_policy_document.bucket.statement[0]."
            "resources[0]⟩");
  const model::Value& deny = policy->Find("Statement")->items[1];
  EXPECT_EQ(reading.Show(deny.Find("Resource")->items[0].text),
            "arn:aws:s3:::documents-111122223333⟨data.aws_iam_policy_document.bucket.statement[1]."
            "resources[0]⟩");
}

TEST(PlanRecovery, KeysAreFollowedThroughChainsSplatsAndModules) {
  ReadingOfPlan reading;
  reading.options.environment.account = "111122223333";
  reading.ReadCase("keys-and-modules");
  struct Case {
    const char* key;
    const char* queue;
  };
  for (Case test : {Case{R"(["a.b"])", "q-1"}, Case{R"(["c[\"d\"]"])", "q-2"},
                    Case{R"(["e$${f}"])", "q-3"}, Case{"[\"ü\\n\"]", "q-4"}}) {
    std::string policy = "aws_sqs_queue_policy.p" + std::string(test.key);
    EXPECT_EQ(reading.Attribute(policy, "queue_url"),
              "https://sqs.us-east-1.amazonaws.com/111122223333/" + std::string(test.queue));
    EXPECT_EQ(
        reading.Attribute(policy, "policy"),
        R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["sqs:SendMessage"],"Resource":["arn:aws:sqs:us-east-1:111122223333:)" +
            std::string(test.queue) +
            R"("],"Principal":{"AWS":["999988887777","arn:aws:iam::111122223333:role/r0","arn:aws:iam::111122223333:role/r1"]},)"
            R"("Condition":{"ArnEquals":{"aws:SourceArn":["arn:aws:sns:us-east-1:111122223333:x","arn:aws:sns:us-east-1:111122223333:t"]}}}]})");
  }
  // A whole resource passed into a module, an output of a module in that module.
  EXPECT_EQ(reading.Attribute(R"(module.topic["y"].module.policy.aws_sns_topic_policy.p)", "arn"),
            "arn:aws:sns:us-east-1:111122223333:y");
  EXPECT_EQ(
      reading.Attribute(R"(module.topic["y"].module.policy.aws_sns_topic_policy.p)", "policy"),
      R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["sns:Publish"],"Resource":["arn:aws:sns:us-east-1:111122223333:y"],)"
      R"("Principal":{"AWS":["arn:aws:iam::111122223333:role/r0"]}}]})");
}

TEST(PlanRecovery, NamesThatAreNotKnownAreSymbolsOfTheirOwn) {
  ReadingOfPlan reading;
  reading.ReadCase("names");
  // Both buckets are named after the same id, with different letters before it that the plan does
  // not show.
  EXPECT_EQ(reading.Attribute("aws_s3_bucket.a", "arn"), "arn:aws:s3:::⟨aws_s3_bucket.a.bucket⟩");
  EXPECT_EQ(reading.Attribute("aws_s3_bucket.b", "arn"), "arn:aws:s3:::⟨aws_s3_bucket.b.bucket⟩");
  EXPECT_EQ(reading.Attribute("aws_s3_bucket_policy.a", "bucket"), "⟨aws_s3_bucket.a.bucket⟩");
  // One hop through the policy resource.
  EXPECT_EQ(reading.Attribute("aws_s3_bucket_public_access_block.a", "bucket"),
            "⟨aws_s3_bucket.a.bucket⟩");
  EXPECT_EQ(reading.Attribute("aws_ebs_snapshot.s", "volume_id"),
            reading.Attribute("aws_ebs_volume.v", "id"));
  EXPECT_EQ(reading.Attribute("aws_sqs_queue.q", "kms_master_key_id"),
            reading.Attribute("aws_kms_key.k", "arn"));
}

// `arn_suffix` has no form and nobody writes it: absent for its own resource, a text of its own
// within an ARN.
TEST(PlanRecovery, WhatAwsFillsInIsAbsentButNotEmpty) {
  auto balancer = [](const std::string& name) {
    return ChangeOf(
        "aws_lb." + name,
        R"("actions":["create"],"before":null,"after":{"name":"n"},"after_unknown":{"arn":true,"arn_suffix":true})");
  };
  ReadingOfPlan reading;
  reading.options.environment.account = "111122223333";
  reading.Read(PlanOf(balancer("a") + "," + balancer("b"),
                      ConfigurationOf(BlockOf("aws_lb.a", "") + "," + BlockOf("aws_lb.b", ""))));
  EXPECT_EQ(reading.Attribute("aws_lb.a", "arn_suffix"), "null");
  EXPECT_EQ(
      reading.Attribute("aws_lb.a", "arn"),
      "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/⟨aws_lb.a.arn_suffix⟩");
  EXPECT_NE(reading.Attribute("aws_lb.a", "arn"), reading.Attribute("aws_lb.b", "arn"));
}

TEST(PlanRecovery, ALocalIsADeadEndUnlessOnlyOneResourceCanBeMeant) {
  ReadingOfPlan reading;
  reading.ReadCase("names");
  EXPECT_EQ(reading.Attribute("aws_sqs_queue_policy.q", "queue_url"),
            reading.Attribute("aws_sqs_queue.q", "url"));
  const std::string changes =
      ChangeOf(
          "aws_sqs_queue.a",
          R"("actions":["create"],"before":null,"after":{"name":"a"},"after_unknown":{"id":true})") +
      "," +
      ChangeOf(
          "aws_sqs_queue.b",
          R"("actions":["create"],"before":null,"after":{"name":"b"},"after_unknown":{"id":true})") +
      "," +
      ChangeOf(
          "aws_sqs_queue_policy.p",
          R"("actions":["create"],"before":null,"after":{"policy":"{}"},"after_unknown":{"queue_url":true})");
  ReadingOfPlan two;
  two.Read(
      PlanOf(changes, ConfigurationOf(BlockOf("aws_sqs_queue_policy.p",
                                              R"("queue_url":{"references":["local.url"]})"))));
  EXPECT_EQ(two.Attribute("aws_sqs_queue_policy.p", "queue_url"),
            "unknown(known after apply: `local.url`)");
}

// An account that the plan creates is outside, though its id is not known.
TEST(PlanRecovery, TheIdOfANewAccountIsKnownToBeOne) {
  ReadingOfPlan reading;
  reading.ReadCase("names");
  const model::Value* policy = reading.After("aws_s3_bucket_policy.a")->attributes.Find("policy");
  const model::Value& principals =
      *policy->Find("Statement")->items[0].Find("Principal")->Find("AWS");
  ASSERT_EQ(principals.items.size(), 2U);
  EXPECT_EQ(principals.items[0].text, "999988887777");
  auto symbol = model::AsSingleSymbol(principals.items[1].text);
  ASSERT_TRUE(symbol);
  EXPECT_EQ(reading.symbols.Get(*symbol).form, model::SymbolForm::kNewAccount);
  EXPECT_EQ(reading.symbols.Get(*symbol).resource, "aws_organizations_account.new");
}

// Only the source could say what stands around the references.
TEST(PlanRecovery, APolicyIsNeverMadeUpFromReferences) {
  ReadingOfPlan names;
  names.ReadCase("names");
  EXPECT_EQ(names.Attribute("aws_s3_bucket_policy.b", "policy"),
            "unknown(known after apply: `aws_s3_bucket.b.arn`)");
  ReadingOfPlan account;
  account.ReadCase("unresolvable-principal");
  EXPECT_EQ(
      account.Attribute("aws_sqs_queue_policy.q", "policy"),
      "unknown(known after apply: `aws_organizations_account.new.id`, `aws_sqs_queue.q.arn`)");
  ReadingOfPlan conditional;
  conditional.ReadCase("conditional-policy");
  EXPECT_EQ(conditional.Attribute("aws_sqs_queue_policy.q", "policy"),
            "unknown(known after apply: `aws_sqs_queue.q.arn`)");
}

TEST(PlanRecovery, WhatWasKnownBeforeStaysKnownBefore) {
  ReadingOfPlan reading;
  reading.ReadCase("unknown-policy-on-update");
  bool found = false;
  for (const model::Resource& resource : reading.deployment.before.resources) {
    const model::Value* policy = resource.attributes.Find("policy");
    found |= policy != nullptr && policy->is_string() &&
             policy->text.find("Statement") != std::string::npos;
  }
  EXPECT_TRUE(found);
}

// terraform-aws-s3-bucket: `bucket = var.is_directory_bucket ?
// aws_s3_directory_bucket.this[0].bucket : aws_s3_bucket.this[0].id`; there is no directory bucket.
// The policy is a `compact([...])` of flags and documents, one of which is passed in and known.
TEST(PlanRecovery, FlagsAndAbsentResourcesDoNotHideTheOneThatIsMeant) {
  ReadingOfPlan reading;
  reading.ReadCase("s3-module");
  EXPECT_EQ(reading.Attribute("module.partner.aws_s3_bucket_policy.this[0]", "bucket"),
            "partner-111122223333");
  const model::Value* policy =
      reading.After("module.partner.aws_s3_bucket_policy.this[0]")->attributes.Find("policy");
  const model::Value* statements = policy->Find("Statement");
  ASSERT_NE(statements, nullptr);
  ASSERT_EQ(statements->items.size(), 2U);
  EXPECT_EQ(statements->items[0].Find("Sid")->text, "denyInsecureTransport");
  EXPECT_EQ(model::ToJson(*statements->items[1].Find("Principal")),
            R"({"AWS":"arn:aws:iam::999988887777:root"})");
}

TEST(PlanRecovery, ADynamicBlockWithoutExpressionsStillSaysWhoMay) {
  ReadingOfPlan reading;
  reading.ReadCase("sqs-module");
  EXPECT_EQ(
      reading.Attribute("module.orders.aws_sqs_queue_policy.this[0]", "policy"),
      R"({"Version":"2012-10-17","Statement":[{"Sid":"Partner","Effect":"Allow","Action":["sqs:SendMessage"],)"
      R"("Resource":["⟨module.orders.data.aws_iam_policy_document.this[0].statement[0].resources⟩"],)"
      R"("Principal":{"AWS":["999988887777"]}}]})");
}

// Expressions that refer to each other in a circle, as only a forged plan has them.
TEST(PlanRecovery, CirclesEnd) {
  const std::string document =
      R"("source_policy_documents":{"references":["data.aws_iam_policy_document.d.json","data.aws_iam_policy_document.d"]})";
  ReadingOfPlan reading;
  reading.Read(PlanOf(
      ChangeOf(
          "data.aws_iam_policy_document.d",
          R"("actions":["read"],"before":null,"after":{"source_policy_documents":[null],"statement":[]},"after_unknown":{"json":true,"source_policy_documents":[true]})") +
          "," +
          ChangeOf(
              "aws_sqs_queue_policy.p",
              R"("actions":["create"],"before":null,"after":{},"after_unknown":{"policy":true,"queue_url":true})"),
      ConfigurationOf(
          BlockOf("data.aws_iam_policy_document.d", document) + "," +
              BlockOf(
                  "aws_sqs_queue_policy.p",
                  R"("policy":{"references":["data.aws_iam_policy_document.d.json","data.aws_iam_policy_document.d"]},)"
                  R"("queue_url":{"references":["module.m.out","module.m"]})"),
          R"(,"module_calls":{"m":{"expressions":{"x":{"references":["module.m.out","module.m"]}},"module":{"outputs":{"out":{"expression":{"references":["var.x","var.x"]}}},"variables":{"x":{}}}}})")));
  const model::Value* policy = reading.After("aws_sqs_queue_policy.p")->attributes.Find("policy");
  ASSERT_TRUE(policy->is_object());
  EXPECT_TRUE(policy->Find("Statement")->items[0].is_unknown());
  EXPECT_TRUE(reading.After("aws_sqs_queue_policy.p")->attributes.Find("queue_url")->is_unknown());
}

// A document that may replace any statement leaves nothing decided; one that only adds leaves the
// others.
TEST(PlanRecovery, AnUnknownSourceAddsAnUnknownStatementAnUnknownOverrideMakesAllUnknown) {
  const std::string statement =
      R"("statement":[{"sid":"A","actions":["sqs:*"],"resources":["*"],"principals":[{"type":"AWS","identifiers":["999988887777"]}]}])";
  const std::string policy = ChangeOf(
      "aws_sqs_queue_policy.p",
      R"("actions":["create"],"before":null,"after":{"queue_url":"u"},"after_unknown":{"policy":true})");
  const std::string block = BlockOf(
      "aws_sqs_queue_policy.p",
      R"("policy":{"references":["data.aws_iam_policy_document.d.json","data.aws_iam_policy_document.d"]})");
  for (const char* argument : {"source_policy_documents", "override_policy_documents"}) {
    ReadingOfPlan reading;
    reading.Read(PlanOf(
        ChangeOf("data.aws_iam_policy_document.d",
                 R"("actions":["read"],"before":null,"after":{)" + statement + R"(,")" + argument +
                     R"(":[null]},"after_unknown":{"json":true,")" + argument + R"(":[true]})") +
            "," + policy,
        ConfigurationOf(
            BlockOf("data.aws_iam_policy_document.d",
                    R"(")" + std::string(argument) + R"(":{"references":["local.text"]})") +
            "," + block)));
    const model::Value* value = reading.After("aws_sqs_queue_policy.p")->attributes.Find("policy");
    if (std::string(argument) == "source_policy_documents") {
      ASSERT_TRUE(value->is_object());
      ASSERT_EQ(value->Find("Statement")->items.size(), 2U);
      EXPECT_EQ(value->Find("Statement")->items[0].text, "known after apply: `local.text`");
      EXPECT_EQ(value->Find("Statement")->items[1].Find("Sid")->text, "A");
    } else {
      EXPECT_EQ(reading.Attribute("aws_sqs_queue_policy.p", "policy"),
                "unknown(known after apply: `local.text`)");
    }
  }
}

// `source_json` and `override_json` of provider versions before 5.
TEST(PlanRecovery, OlderArgumentsOfDocumentsAreMergedToo) {
  const std::string source =
      R"("source_json":"{\"Version\":\"2008-10-17\",\"Id\":\"I\",\"Statement\":[{\"Sid\":\"A\",\"Effect\":\"Allow\"},{\"Sid\":\"B\",\"Effect\":\"Allow\"}]}")";
  const std::string override_json =
      R"("override_json":"{\"Statement\":[{\"Sid\":\"B\",\"Effect\":\"Deny\"}]}")";
  ReadingOfPlan reading;
  reading.Read(PlanOf(
      ChangeOf(
          "data.aws_iam_policy_document.d",
          R"("actions":["read"],"before":null,"after":{)" + source + "," + override_json +
              R"(,"statement":[{"sid":"A","effect":"Deny","resources":[null]}]},"after_unknown":{"json":true,"statement":[{"resources":[true]}]})") +
          "," +
          ChangeOf(
              "aws_sqs_queue_policy.p",
              R"("actions":["create"],"before":null,"after":{"queue_url":"u"},"after_unknown":{"policy":true})"),
      ConfigurationOf(
          BlockOf("data.aws_iam_policy_document.d",
                  R"("statement":[{"resources":{"references":["each.value"]}}])") +
          "," +
          BlockOf(
              "aws_sqs_queue_policy.p",
              R"("policy":{"references":["data.aws_iam_policy_document.d.json","data.aws_iam_policy_document.d"]})"))));
  EXPECT_EQ(
      reading.Attribute("aws_sqs_queue_policy.p", "policy"),
      R"({"Version":"2012-10-17","Statement":[{"Sid":"A","Effect":"Deny","Resource":["⟨data.aws_iam_policy_document.d.statement[0].resources[0]⟩"]},)"
      R"({"Sid":"B","Effect":"Deny"}],"Id":"I"})");
}

// Attributes of types that do not bear on access are read again when an expression needs to know
// whether it knows them.
TEST(PlanRecovery, ResourcesThatWereNotKeptAreLookedUpInTheText) {
  const std::string change =
      R"({"address":"terraform_data.known","mode":"managed","type":"terraform_data","name":"known","provider_name":"terraform.io/builtin/terraform","change":{"actions":["no-op"],"before":{"output":"999988887777"},"after":{"output":"999988887777"},"after_unknown":{}}})";
  const std::string document = ChangeOf(
      "data.aws_iam_policy_document.d",
      R"("actions":["read"],"before":null,"after":{"statement":[{"actions":["sqs:*"],"resources":["*"],"principals":[{"type":"AWS","identifiers":["999988887777",null]}]}]},"after_unknown":{"json":true,"statement":[{"principals":[{"identifiers":[false,true]}]}]})");
  ReadingOfPlan reading;
  reading.options.environment.account = "111122223333";
  reading.Read(PlanOf(
      change + "," + document + "," +
          ChangeOf(
              "aws_iam_role.r",
              R"("actions":["create"],"before":null,"after":{"name":"r","path":"/"},"after_unknown":{"arn":true})") +
          "," +
          ChangeOf(
              "aws_sqs_queue_policy.p",
              R"("actions":["create"],"before":null,"after":{"queue_url":"u"},"after_unknown":{"policy":true})"),
      ConfigurationOf(
          BlockOf(
              "data.aws_iam_policy_document.d",
              R"("statement":[{"principals":[{"type":{"constant_value":"AWS"},"identifiers":{"references":["terraform_data.known.output","terraform_data.known","aws_iam_role.r.arn","aws_iam_role.r"]}}]}])") +
          "," + BlockOf("aws_iam_role.r", "") + "," +
          BlockOf(
              "aws_sqs_queue_policy.p",
              R"("policy":{"references":["data.aws_iam_policy_document.d.json","data.aws_iam_policy_document.d"]})"))));
  EXPECT_EQ(
      reading.Attribute("aws_sqs_queue_policy.p", "policy"),
      R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["sqs:*"],"Resource":["*"],"Principal":{"AWS":["999988887777","arn:aws:iam::111122223333:role/r"]}}]})");
}

}  // namespace
}  // namespace preview::terraform
