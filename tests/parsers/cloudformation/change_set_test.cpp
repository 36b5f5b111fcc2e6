#include "parsers/cloudformation/change_set.h"

#include <fmt/core.h>

#include "parsers/text/json.h"
#include "tests/parsers/cloudformation/reader.h"

namespace preview::cloudformation {
namespace {

constexpr const char* kStackId = "arn:aws:cloudformation:eu-west-1:111122223333:stack/orders/1";

std::string Quoted(const std::string& text) { return model::ToJson(model::Value::String(text)); }

std::string ChangeSet(const std::string& changes, const std::string& id = "cs-1") {
  return fmt::format(
      R"({{"ChangeSetName":"c","ChangeSetId":"{}","StackName":"orders","StackId":"{}","Changes":[{}]}})",
      id, kStackId, changes);
}

std::string Change(const std::string& action, const std::string& id, const std::string& type,
                   const std::string& before, const std::string& after,
                   const std::string& more = "") {
  std::string text = fmt::format(
      R"({{"Type":"Resource","ResourceChange":{{"Action":"{}","LogicalResourceId":"{}",)"
      R"("ResourceType":"{}")",
      action, id, type);
  if (!before.empty()) text += R"(,"BeforeContext":)" + Quoted(R"({"Properties":)" + before + "}");
  if (!after.empty()) text += R"(,"AfterContext":)" + Quoted(R"({"Properties":)" + after + "}");
  return text + more + "}}";
}

struct ChangeSetFixture : Fixture {
  ChangeSetFixture() { options.environment = {}; }

  model::Result<std::vector<model::Deployment>> ReadSets(const std::vector<std::string>& sets,
                                                         const std::string& text = "") {
    std::vector<ChangeSetText> texts;
    for (const std::string& set : sets) texts.push_back({"changes.json", set});
    std::vector<TemplateText> templates;
    if (!text.empty()) templates.push_back({"template.yaml", text, "", "", "", {}, {}});
    return ReadChangeSets(texts, templates, {}, options, symbols, files);
  }
};

TEST(ChangeSets, LeaveAPolicyOpenThatIsKnownAfterApply) {
  ChangeSetFixture fixture;
  const auto result = fixture.ReadSets({ChangeSet(
      Change("Modify", "P", "AWS::S3::BucketPolicy", R"({"Bucket":"b","PolicyDocument":{}})",
             R"({"Bucket":"b","PolicyDocument":"{{changeSet:KNOWN_AFTER_APPLY}}"})"))});
  ASSERT_TRUE(result.ok()) << result.error().message;
  EXPECT_EQ(fixture.Attribute(result.value().at(0).after, "P", "PolicyDocument"),
            "unknown: what is known after apply only");
}

TEST(ChangeSets, SayWhatTheyCannotTell) {
  const std::string change =
      Change("Modify", "Q", "AWS::SQS::Queue", R"({"QueueName":"a"})", R"({"QueueName":"a"})");
  ChangeSetFixture alone;
  const auto without = alone.ReadSets({ChangeSet(change)});
  ASSERT_TRUE(without.ok());
  ASSERT_EQ(without.value().at(0).notes.size(), 1U);
  EXPECT_TRUE(without.value()[0].notes[0].matters);
  ChangeSetFixture beside;
  const auto with = beside.ReadSets({ChangeSet(change)}, "Resources: {Q: {Type: AWS::SQS::Queue}}");
  ASSERT_TRUE(with.ok());
  EXPECT_TRUE(with.value().at(0).notes.empty());

  struct Case {
    std::string status;
    std::size_t problems;
  };
  for (
      const Case& c :
      {Case{R"("Status":"CREATE_COMPLETE")", 0}, Case{R"("Status":"CREATE_IN_PROGRESS")", 1},
       Case{R"("Status":"FAILED","StatusReason":"Requires capabilities")", 1},
       Case{
           R"("Status":"FAILED","StatusReason":"The submitted information didn't contain changes. Submit different information")",
           0}}) {
    ChangeSetFixture fixture;
    std::string text = ChangeSet(change);
    text.insert(1, c.status + ",");
    const auto result = fixture.ReadSets({text});
    ASSERT_TRUE(result.ok()) << c.status;
    EXPECT_EQ(result.value().at(0).undetermined.size(), c.problems) << c.status;
  }
}

TEST(ChangeSets, GiveBothSidesAndTheEnvironment) {
  ChangeSetFixture fixture;
  const auto result = fixture.ReadSets({ChangeSet(
      Change("Modify", "P", "AWS::SQS::QueuePolicy", R"({"Queues":["a"]})", R"({"Queues":["b"]})") +
      "," + Change("Add", "N", "AWS::SQS::Queue", "", R"({"QueueName":"n"})") + "," +
      Change("Remove", "R", "AWS::SQS::Queue", R"({"QueueName":"r"})", "") + "," +
      Change("Import", "I", "AWS::SQS::Queue", "", R"({"QueueName":"i"})"))});
  ASSERT_TRUE(result.ok()) << result.error().message;
  const model::Deployment& deployment = result.value().at(0);
  EXPECT_EQ(deployment.environment.account, "111122223333");
  EXPECT_EQ(deployment.environment.region, "eu-west-1");
  EXPECT_EQ(deployment.account_inferred_from, "StackId of the change set");
  EXPECT_EQ(fixture.Attribute(deployment.before, "P", "Queues"), R"(["a"])");
  EXPECT_EQ(fixture.Attribute(deployment.after, "P", "Queues"), R"(["b"])");
  EXPECT_EQ(Fixture::Find(deployment.before, "N"), nullptr);
  EXPECT_NE(Fixture::Find(deployment.after, "N"), nullptr);
  EXPECT_NE(Fixture::Find(deployment.before, "R"), nullptr);
  EXPECT_EQ(Fixture::Find(deployment.after, "R"), nullptr);
  EXPECT_NE(Fixture::Find(deployment.before, "I"), nullptr)
      << "an imported resource exists already";
}

TEST(ChangeSets, TakeWhatIsKnownAfterApplyFromTheTemplate) {
  ChangeSetFixture fixture;
  const std::string set =
      ChangeSet(Change("Add", "P", "AWS::SQS::QueuePolicy", "",
                       R"({"Queues":["{{changeSet:KNOWN_AFTER_APPLY}}"],"X":"set"})"));
  const auto alone = fixture.ReadSets({set});
  ASSERT_TRUE(alone.ok());
  EXPECT_EQ(fixture.Attribute(alone.value().at(0).after, "P", "Queues"),
            R"(["⟨P.Queues.0 (known after apply)⟩"])");
  const auto both = fixture.ReadSets(
      {set},
      "Resources:\n  Q: {Type: AWS::SQS::Queue}\n"
      "  P: {Type: AWS::SQS::QueuePolicy, Properties: {Queues: [!Ref Q], X: template}}\n");
  ASSERT_TRUE(both.ok());
  const model::Deployment& deployment = both.value().at(0);
  EXPECT_EQ(fixture.Attribute(deployment.after, "P", "Queues"),
            R"(["https://sqs.eu-west-1.amazonaws.com/111122223333/⟨Q.QueueName⟩"])");
  EXPECT_EQ(fixture.Attribute(deployment.after, "P", "X"), R"("set")");
  EXPECT_NE(Fixture::Find(deployment.before, "Q"), nullptr) << "what is not listed is there before";
  EXPECT_EQ(Fixture::Find(deployment.before, "P"), nullptr);
}

TEST(ChangeSets, LearnTheNamesThatCloudFormationGave) {
  ChangeSetFixture fixture;
  const std::string url = "https://sqs.eu-west-1.amazonaws.com/111122223333/orders-Q-1A2B";
  const auto result = fixture.ReadSets(
      {ChangeSet(Change("Modify", "P", "AWS::SQS::QueuePolicy", R"({"Queues":[")" + url + R"("]})",
                        R"({"Queues":[")" + url + R"("],"X":1})"))},
      "Resources:\n  Q: {Type: AWS::SQS::Queue}\n"
      "  P: {Type: AWS::SQS::QueuePolicy, Properties: {Queues: [!Ref Q]}}\n");
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(fixture.Attribute(result.value().at(0).after, "Q", "QueueName"), R"("orders-Q-1A2B")");
  EXPECT_EQ(fixture.Attribute(result.value().at(0).before, "Q", "QueueName"), R"("orders-Q-1A2B")");
}

TEST(ChangeSets, NameAResourceByItsPhysicalId) {
  ChangeSetFixture fixture;
  const auto result = fixture.ReadSets({ChangeSet(
      Change("Modify", "T", "AWS::SNS::Topic", R"({"X":1})", R"({"X":2})",
             R"(,"PhysicalResourceId":"arn:aws:sns:eu-west-1:111122223333:orders-T-9")"))});
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(fixture.Attribute(result.value().at(0).after, "T", "TopicName"), R"("orders-T-9")");
}

TEST(ChangeSets, KeepWhatIsRetained) {
  ChangeSetFixture fixture;
  const auto result =
      fixture.ReadSets({ChangeSet(Change("Remove", "R", "AWS::SQS::Queue", R"({"QueueName":"r"})",
                                         "", R"(,"PolicyAction":"Retain")"))});
  ASSERT_TRUE(result.ok());
  EXPECT_NE(Fixture::Find(result.value().at(0).after, "R"), nullptr);
}

TEST(ChangeSets, FollowNestedOnes) {
  ChangeSetFixture fixture;
  const std::string parent = ChangeSet(
      R"({"Type":"Resource","ResourceChange":{"Action":"Modify","LogicalResourceId":"Child","ResourceType":)"
      R"("AWS::CloudFormation::Stack","ChangeSetId":"cs-2"}})");
  const std::string child = ChangeSet(Change("Add", "Q", "AWS::SQS::Queue", "", "{}"), "cs-2");
  const auto both = fixture.ReadSets({parent, child});
  ASSERT_TRUE(both.ok());
  EXPECT_NE(Fixture::Find(both.value().at(0).after, "Child.Q"), nullptr);
  const auto alone = fixture.ReadSets({parent});
  ASSERT_TRUE(alone.ok());
  EXPECT_EQ(Fixture::Reasons(alone.value().at(0)),
            std::vector<std::string>{"the change set of nested stack `Child` is not covered"});
}

TEST(ChangeSets, AreRefusedWhenCutOffOrWithoutValues) {
  ChangeSetFixture fixture;
  std::string cut = ChangeSet(Change("Add", "Q", "AWS::SQS::Queue", "", "{}"));
  cut.insert(1, R"("NextToken":"t",)");
  const auto cut_off = fixture.ReadSets({cut});
  ASSERT_FALSE(cut_off.ok());
  EXPECT_EQ(cut_off.error().message, "the change set is cut off: it has a `NextToken`");
  const auto empty = fixture.ReadSets({ChangeSet(Change("Add", "Q", "AWS::SQS::Queue", "", ""))});
  ASSERT_FALSE(empty.ok());
  EXPECT_EQ(empty.error().help,
            "aws cloudformation describe-change-set --change-set-name c --stack-name orders "
            "--include-property-values");
}

TEST(Recognition, TellsTemplatesAndChangeSetsApart) {
  const auto value = [](const char* text) { return text::ParseJson(text, {}).value(); };
  EXPECT_TRUE(IsTemplate(value(R"({"Resources":{"A":{"Type":"AWS::SQS::Queue"}}})")));
  EXPECT_TRUE(IsTemplate(value(R"({"Resources":{"Fn::ForEach::A":[]}})")));
  EXPECT_FALSE(IsTemplate(value(R"({"Resources":{"A":{"Kind":"x"}}})")));
  EXPECT_FALSE(IsTemplate(value(R"({"Changes":[],"ChangeSetId":"a"})")));
  EXPECT_TRUE(IsChangeSet(value(R"({"Changes":[],"ChangeSetId":"a"})")));
  EXPECT_FALSE(IsChangeSet(value(R"({"Changes":[]})")));
}

}  // namespace
}  // namespace preview::cloudformation
