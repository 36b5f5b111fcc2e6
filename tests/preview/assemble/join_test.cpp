// Which resource a policy belongs to, and which of several policies hold.
#include <gtest/gtest.h>

#include "tests/preview/assemble/fixture.h"

namespace preview::assemble::testing {
namespace {

using model::Configuration;

const char* const kPartner = "999988887777";

struct TargetCase {
  const char* name;
  const char* target;
};

class JoinByAnyName : public ::testing::TestWithParam<TargetCase> {};

// User ask 16: `.id`, `.bucket` and `.arn` all lead to the bucket.
TEST_P(JoinByAnyName, PolicyBelongsToTheBucket) {
  Plan plan;
  plan.After("aws_s3_bucket.b", R"({"bucket":"data"})");
  plan.After("aws_s3_bucket_versioning.v", R"({"bucket":"<<aws_s3_bucket.b.id>>"})");
  plan.After("aws_s3_bucket_policy.p", std::string(R"({"bucket":")") + GetParam().target +
                                           R"(","policy":)" +
                                           QuotedPolicy(kPartner, "s3:GetObject") + "}");
  const Assembled assembled = plan.Run();
  ASSERT_EQ(assembled.after.configurations.size(), 1U);
  const Configuration& bucket = assembled.after.configurations.front();
  EXPECT_EQ(bucket.address, "aws_s3_bucket.b");
  EXPECT_EQ(bucket.arn, "arn:aws:s3:::data");
  EXPECT_EQ(bucket.resource_type, "AWS::S3::Bucket");
  ASSERT_EQ(bucket.policies.size(), 1U);
  EXPECT_EQ(bucket.policies.front().carrier, "aws_s3_bucket_policy.p");
  EXPECT_EQ(bucket.policies.front().attribute, "policy");
}

INSTANTIATE_TEST_SUITE_P(
    Targets, JoinByAnyName,
    ::testing::Values(TargetCase{"Name", "data"}, TargetCase{"Arn", "arn:aws:s3:::data"},
                      TargetCase{"IdSymbol", "<<aws_s3_bucket.b.id>>"},
                      TargetCase{"BucketSymbol", "<<aws_s3_bucket.b.bucket>>"},
                      TargetCase{"ArnSymbol", "<<aws_s3_bucket.b.arn>>"},
                      TargetCase{"ThroughAnother", "<<aws_s3_bucket_versioning.v.bucket>>"},
                      TargetCase{"ThroughAnothersId", "<<aws_s3_bucket_versioning.v.id>>"}),
    [](const auto& one) { return std::string(one.param.name); });

TEST(Join, UnknownNameIsJoinedThroughTheSymbol) {
  Plan plan;
  plan.After("aws_s3_bucket.b", R"({"bucket":"<<aws_s3_bucket.b.bucket>>"})");
  plan.After("aws_s3_bucket_policy.p", R"({"bucket":"<<aws_s3_bucket.b.bucket>>","policy":"??"})");
  const Assembled assembled = plan.Run();
  ASSERT_EQ(assembled.after.configurations.size(), 1U);
  EXPECT_EQ(assembled.after.configurations[0].arn,
            "arn:aws:s3:::" + plan.SymbolOf("aws_s3_bucket.b.bucket"));
  ASSERT_EQ(assembled.after.configurations[0].policies.size(), 1U);
  EXPECT_TRUE(assembled.after.configurations[0].policies[0].document.is_unknown());
}

TEST(Join, NameMadeFromAnotherBucketsNameIsAnotherBucket) {
  Plan plan;
  plan.After("aws_s3_bucket.b", R"({"bucket":"<<aws_s3_bucket.b.bucket>>"})");
  plan.After("aws_s3_bucket_policy.p", R"({"bucket":"<<aws_s3_bucket.b.bucket>>-logs","policy":)" +
                                           QuotedPolicy(kPartner, "s3:GetObject") + "}");
  const Assembled assembled = plan.Run();
  const Configuration* bucket = At(assembled.after, "aws_s3_bucket.b");
  ASSERT_NE(bucket, nullptr);
  EXPECT_TRUE(bucket->policies.empty());
  const Configuration* other = At(assembled.after, "aws_s3_bucket_policy.p");
  ASSERT_NE(other, nullptr);
  EXPECT_EQ(other->policies.size(), 1U);
}

TEST(Join, TargetThatIsNotInTheInputIsNamedAndKeptApartFromItsCarrier) {
  Plan plan;
  plan.Both("aws_sqs_queue_policy.p",
            R"({"queue_url":"https://sqs.us-east-1.amazonaws.com/111122223333/orders","policy":)" +
                QuotedPolicy(kPartner, "sqs:SendMessage") + "}");
  const Assembled assembled = plan.Run();
  ASSERT_EQ(assembled.after.configurations.size(), 1U);
  const Configuration& queue = assembled.after.configurations.front();
  EXPECT_EQ(queue.arn, "arn:aws:sqs:us-east-1:111122223333:orders");
  EXPECT_EQ(queue.address, "aws_sqs_queue_policy.p");
  EXPECT_EQ(queue.identity, queue.arn);
  EXPECT_EQ(assembled.before.configurations.front().identity, queue.identity);
}

TEST(Join, UnknownTargetStillGivesAConfiguration) {
  Plan plan;
  plan.After("aws_sqs_queue_policy.p",
             R"({"queue_url":"??","policy":)" + QuotedPolicy("*", "sqs:SendMessage") + "}");
  const Assembled assembled = plan.Run();
  ASSERT_EQ(assembled.after.configurations.size(), 1U);
  const Configuration& queue = assembled.after.configurations.front();
  EXPECT_EQ(queue.address, "aws_sqs_queue_policy.p");
  EXPECT_TRUE(model::HasSymbol(queue.arn));
  EXPECT_EQ(queue.policies.size(), 1U);
}

TEST(Join, OnePolicyForSeveralQueues) {
  Plan plan(model::Language::kCloudFormation);
  plan.After("A", R"({"QueueName":"a"})", "AWS::SQS::Queue");
  plan.After("B", R"({"QueueName":"b"})", "AWS::SQS::Queue");
  plan.After("P", R"({"Queues":["https://sqs.us-east-1.amazonaws.com/111122223333/a","<<B.Ref>>"],
                      "PolicyDocument":{"Statement":{"Effect":"Allow","Principal":"*","Action":"sqs:*"}}})",
             "AWS::SQS::QueuePolicy");
  const Assembled assembled = plan.Run();
  for (const char* address : {"A", "B"}) {
    const Configuration* queue = At(assembled.after, address);
    ASSERT_NE(queue, nullptr) << address;
    ASSERT_EQ(queue->policies.size(), 1U) << address;
    EXPECT_EQ(queue->policies[0].carrier, "P");
    EXPECT_EQ(queue->policies[0].attribute, "PolicyDocument");
  }
}

// User ask 17: `for_each` and `count` keep the link.
TEST(Join, ForEachAndCountKeepTheLink) {
  Plan plan;
  for (const char* key : {"a", "b"}) {
    const std::string instance = std::string("[\"") + key + "\"]";
    plan.After("aws_sqs_queue.q" + instance, "{}");
    plan.After("aws_sqs_queue_policy.p" + instance,
               R"({"queue_url":"<<aws_sqs_queue.q.id>>","policy":)" +
                   QuotedPolicy(kPartner, "sqs:SendMessage") + "}");
  }
  const Assembled assembled = plan.Run();
  ASSERT_EQ(assembled.after.configurations.size(), 2U);
  for (const Configuration& queue : assembled.after.configurations) {
    ASSERT_EQ(queue.policies.size(), 1U);
    EXPECT_EQ(queue.policies[0].carrier.substr(22), queue.address.substr(15));
    EXPECT_TRUE(queue.notes.empty());
  }
}

TEST(Join, OtherKeysAreAmbiguousAndSaySo) {
  Plan plan;
  plan.After("aws_sqs_queue.q[0]", "{}");
  plan.After("aws_sqs_queue.q[1]", "{}");
  plan.After("aws_sqs_queue_policy.p", R"({"queue_url":"<<aws_sqs_queue.q.id>>","policy":)" +
                                           QuotedPolicy("*", "sqs:SendMessage") + "}");
  const Assembled assembled = plan.Run();
  const Configuration* own = At(assembled.after, "aws_sqs_queue_policy.p");
  ASSERT_NE(own, nullptr);
  EXPECT_EQ(own->policies.size(), 1U);
  ASSERT_EQ(own->notes.size(), 1U);
  EXPECT_NE(own->notes[0].message.find("`aws_sqs_queue.q[0]`, `aws_sqs_queue.q[1]`"),
            std::string::npos);
  EXPECT_TRUE(At(assembled.after, "aws_sqs_queue.q[0]")->policies.empty());
}

TEST(Join, SameNameInTwoRegionsGoesByTheCarriersRegion) {
  Plan plan;
  plan.After("aws_sns_topic.east", R"({"name":"alarms"})");
  plan.After("aws_sns_topic.west", R"({"name":"alarms"})").environment.region = "us-west-2";
  plan.After("aws_sns_topic_policy.p",
             R"({"arn":"arn:aws:sns:us-west-2:111122223333:alarms","policy":)" +
                 QuotedPolicy("*", "sns:Publish") + "}");
  const Assembled assembled = plan.Run();
  EXPECT_TRUE(At(assembled.after, "aws_sns_topic.east")->policies.empty());
  EXPECT_EQ(At(assembled.after, "aws_sns_topic.west")->policies.size(), 1U);
}

TEST(Join, DataSourcesResolveLinksButAreNotAnalysed) {
  Plan plan;
  plan.Data("aws_s3_bucket.shared",
            R"({"bucket":"shared","id":"shared","arn":"arn:aws:s3:::shared"})");
  plan.After("aws_s3_bucket_policy.p", R"({"bucket":"<<data.aws_s3_bucket.shared.id>>","policy":)" +
                                           QuotedPolicy(kPartner, "s3:GetObject") + "}");
  const Assembled assembled = plan.Run();
  ASSERT_EQ(assembled.after.configurations.size(), 1U);
  EXPECT_EQ(assembled.after.configurations[0].arn, "arn:aws:s3:::shared");
  EXPECT_EQ(assembled.after.configurations[0].address, "aws_s3_bucket_policy.p");
}

TEST(Join, ReferencesToAnotherStackDoNotMeanTheOwnOnesLogicalId) {
  Plan plan(model::Language::kCloudFormation);
  for (const char* stack : {"Orders", "Billing"}) {
    model::Resource& queue = plan.After("Queue", "{}", "AWS::SQS::Queue");
    queue.stack = stack;
    queue.identity = std::string(stack) + "/Queue";
  }
  model::Symbol symbol;
  symbol.name = "Orders/Queue";
  symbol.resource = "Queue";
  symbol.attribute = "Ref";
  model::Resource& policy =
      plan.After("Policy", R"({"PolicyDocument":{"Statement":[]}})", "AWS::SQS::QueuePolicy");
  policy.stack = "Billing";
  policy.identity = "Billing/Policy";
  policy.attributes.Set(
      "Queues",
      model::Value::List({model::Value::String(model::SymbolText(*plan.symbols.Intern(symbol)))}));
  const Assembled assembled = plan.Run();
  ASSERT_EQ(assembled.after.configurations.size(), 2U);
  EXPECT_EQ(assembled.after.configurations[0].stack, "Orders");
  EXPECT_EQ(assembled.after.configurations[0].policies.size(), 1U);
  EXPECT_TRUE(assembled.after.configurations[1].policies.empty());
}

TEST(Policies, SeparatePolicyStandsInPlaceOfTheInlineEcho) {
  Plan plan;
  const std::string policy = QuotedPolicy(kPartner, "sqs:SendMessage");
  plan.Both("aws_sqs_queue.q", R"({"name":"q","policy":)" + policy + "}");
  plan.Both("aws_sqs_queue_policy.p",
            R"({"queue_url":"<<aws_sqs_queue.q.id>>","policy":)" + policy + "}");
  const Assembled assembled = plan.Run();
  for (const model::Assembly* side : {&assembled.before, &assembled.after}) {
    ASSERT_EQ(side->configurations.size(), 1U);
    ASSERT_EQ(side->configurations[0].policies.size(), 1U);
    EXPECT_EQ(side->configurations[0].policies[0].carrier, "aws_sqs_queue_policy.p");
  }
}

TEST(Policies, RemovedSeparatePolicyTakesItsEchoAway) {
  Plan plan;
  const std::string policy = QuotedPolicy(kPartner, "sqs:SendMessage");
  plan.Both("aws_sqs_queue.q", R"({"name":"q","policy":)" + policy + "}");
  plan.Before("aws_sqs_queue_policy.p",
              R"({"queue_url":"<<aws_sqs_queue.q.id>>","policy":)" + policy + "}");
  const Assembled assembled = plan.Run();
  EXPECT_EQ(assembled.before.configurations[0].policies.size(), 1U);
  EXPECT_TRUE(assembled.after.configurations[0].policies.empty());
}

TEST(Policies, InlinePolicyWrittenInItsPlaceStays) {
  Plan plan;
  plan.Before("aws_sqs_queue.q", R"({"name":"q"})");
  plan.After("aws_sqs_queue.q",
             R"({"name":"q","policy":)" + QuotedPolicy("*", "sqs:SendMessage") + "}");
  plan.Before("aws_sqs_queue_policy.p", R"({"queue_url":"<<aws_sqs_queue.q.id>>","policy":)" +
                                            QuotedPolicy(kPartner, "sqs:SendMessage") + "}");
  const Assembled assembled = plan.Run();
  ASSERT_EQ(assembled.after.configurations[0].policies.size(), 1U);
  EXPECT_EQ(assembled.after.configurations[0].policies[0].carrier, "aws_sqs_queue.q");
}

TEST(Policies, EmptyPoliciesAreNone) {
  Plan plan;
  plan.After("aws_sqs_queue.a", R"({"name":"a","policy":""})");
  plan.After("aws_sqs_queue.b", R"({"name":"b","policy":" { } "})");
  plan.After("aws_sqs_queue.c", R"({"name":"c","policy":null})");
  for (const Configuration& queue : plan.Run().after.configurations) {
    EXPECT_TRUE(queue.policies.empty()) << queue.address;
  }
}

TEST(Policies, TwoDifferentPoliciesOnOneQueueAreUndetermined) {
  Plan plan;
  plan.After("aws_sqs_queue.q", R"({"name":"q"})");
  for (const char* name : {"one", "two"}) {
    plan.After(
        std::string("aws_sqs_queue_policy.") + name,
        R"({"queue_url":"<<aws_sqs_queue.q.id>>","policy":)" +
            QuotedPolicy(kPartner, name == std::string("one") ? "sqs:SendMessage" : "sqs:*") + "}");
  }
  const Assembled assembled = plan.Run();
  const Configuration& queue = assembled.after.configurations[0];
  EXPECT_EQ(queue.policies.size(), 2U);
  ASSERT_EQ(queue.undetermined.size(), 1U);
  EXPECT_EQ(queue.undetermined[0].resource_address, "aws_sqs_queue.q");
}

TEST(Policies, TheSamePolicyTwiceCountsOnce) {
  Plan plan;
  plan.After("aws_sqs_queue.q", R"({"name":"q"})");
  plan.After(
      "aws_sqs_queue_policy.one",
      R"({"queue_url":"<<aws_sqs_queue.q.id>>","policy":"{\"Version\":\"2012-10-17\",\"Statement\":[]}"})");
  plan.After(
      "aws_sqs_queue_policy.two",
      R"({"queue_url":"<<aws_sqs_queue.q.id>>","policy":"{\"Statement\":[], \"Version\":\"2012-10-17\"}"})");
  const Assembled assembled = plan.Run();
  EXPECT_EQ(assembled.after.configurations[0].policies.size(), 1U);
  EXPECT_TRUE(assembled.after.configurations[0].undetermined.empty());
}

TEST(Sides, AreAssembledByThemselvesAndKeepTheIdentity) {
  Plan plan;
  plan.Before("aws_sqs_queue.old", R"({"name":"q"})").identity = "aws_sqs_queue.new";
  plan.After("aws_sqs_queue.new", R"({"name":"q","policy":)" + QuotedPolicy("*", "sqs:*") + "}");
  const Assembled assembled = plan.Run();
  ASSERT_EQ(assembled.before.configurations.size(), 1U);
  ASSERT_EQ(assembled.after.configurations.size(), 1U);
  EXPECT_EQ(assembled.before.configurations[0].identity,
            assembled.after.configurations[0].identity);
  EXPECT_TRUE(assembled.before.configurations[0].policies.empty());
  EXPECT_EQ(assembled.after.configurations[0].environment.account, kAccount);
  EXPECT_EQ(assembled.after.configurations[0].input, "plan.json");
}

}  // namespace
}  // namespace preview::assemble::testing
