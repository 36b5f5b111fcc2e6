// Before and after: identity, replacement, retention.
#include "tests/parsers/cloudformation/reader.h"

namespace preview::cloudformation {
namespace {

TEST(Sides, TakeTheSamePhysicalNameForTheSameResource) {
  Fixture fixture;
  const auto deployment =
      fixture.ReadOne("Resources: {New: {Type: AWS::SQS::Queue, Properties: {QueueName: q}}}",
                      "Resources: {Old: {Type: AWS::SQS::Queue, Properties: {QueueName: q}}}");
  ASSERT_EQ(deployment.before.resources.size(), 1U);
  EXPECT_EQ(deployment.before.resources[0].address, "Old");
  EXPECT_EQ(deployment.before.resources[0].identity, deployment.after.resources.at(0).identity);
}

TEST(Sides, TellExchangedNamesApart) {
  Fixture fixture;
  const auto deployment = fixture.ReadOne(
      "Resources: {A: {Type: AWS::SQS::Queue, Properties: {QueueName: y}}, B: {Type: "
      "AWS::SQS::Queue, Properties: {QueueName: x}}}",
      "Resources: {A: {Type: AWS::SQS::Queue, Properties: {QueueName: x}}, B: {Type: "
      "AWS::SQS::Queue, Properties: {QueueName: y}}}");
  EXPECT_EQ(Fixture::Find(deployment.before, "A")->identity, "B");
  EXPECT_EQ(Fixture::Find(deployment.before, "B")->identity, "A");
}

TEST(Sides, MatchResourcesWithoutANameByLogicalId) {
  Fixture fixture;
  const auto deployment = fixture.ReadOne("Resources: {A: {Type: AWS::SQS::Queue}}",
                                          "Resources: {A: {Type: AWS::SQS::Queue}}");
  EXPECT_EQ(deployment.before.resources.at(0).identity, "A");
  EXPECT_EQ(deployment.after.resources.at(0).identity, "A");
}

TEST(Sides, KeepARetainedResourceThatLeavesTheStack) {
  Fixture fixture;
  const auto deployment =
      fixture.ReadOne("Resources: {Other: {Type: AWS::SNS::Topic}}",
                      "Resources: {Kept: {Type: AWS::SQS::Queue, DeletionPolicy: Retain}, Gone: "
                      "{Type: AWS::SQS::Queue}}");
  EXPECT_NE(Fixture::Find(deployment.after, "Kept"), nullptr);
  EXPECT_EQ(Fixture::Find(deployment.after, "Gone"), nullptr);
  ASSERT_EQ(deployment.notes.size(), 1U);
  EXPECT_EQ(deployment.notes[0].message,
            "`Kept` leaves the stack but is retained: it keeps its access");
}

TEST(Sides, KeepAReplacedResourceThatIsRetained) {
  Fixture fixture;
  const auto deployment =
      fixture.ReadOne("Resources: {Q: {Type: AWS::SQS::Queue, Properties: {QueueName: new}}}",
                      "Resources: {Q: {Type: AWS::SQS::Queue, UpdateReplacePolicy: Retain, "
                      "Properties: {QueueName: old}}}");
  ASSERT_EQ(deployment.after.resources.size(), 2U);
  EXPECT_EQ(fixture.Show(*deployment.after.resources[1].attributes.Find("QueueName")), R"("old")");
  EXPECT_EQ(deployment.after.resources[1].identity, deployment.before.resources.at(0).identity);
  EXPECT_NE(deployment.after.resources[0].identity, deployment.before.resources.at(0).identity);
}

TEST(Sides, HaveParametersOfTheirOwn) {
  Fixture fixture;
  fixture.options.parameters = {{"N", "after"}};
  fixture.options.base_parameters = Texts{{"N", "before"}};
  const char* text =
      "Parameters: {N: {Type: String}}\nResources: {Q: {Type: AWS::SQS::Queue, Properties: {X: "
      "!Ref N}}}";
  const auto deployment = fixture.ReadOne(text, text);
  EXPECT_EQ(fixture.Attribute(deployment.before, "Q", "X"), R"("before")");
  EXPECT_EQ(fixture.Attribute(deployment.after, "Q", "X"), R"("after")");
}

}  // namespace
}  // namespace preview::cloudformation
