#include <map>

#include "tests/parsers/cloudformation/reader.h"

namespace preview::cloudformation {
namespace {

constexpr const char* kStages = R"(
Parameters:
  Stage: {Type: String}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  IsDev: !Equals [!Ref Stage, dev]
  NotProd: !Not [!Condition IsProd]
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties: {QueueName: !If [IsProd, prod, !If [IsDev, dev, other]]}
)";

// `when` of each reading → the queue's name.
std::map<std::string, std::string> Names(Fixture& fixture,
                                         const std::vector<model::Deployment>& readings) {
  std::map<std::string, std::string> names;
  for (const auto& reading : readings)
    names[reading.when] = fixture.Attribute(reading.after, "Queue", "QueueName");
  return names;
}

TEST(Conditions, AreFollowedBothWaysConsistently) {
  Fixture fixture;
  const std::map<std::string, std::string> wanted = {
      {"`IsProd` is true", R"("prod")"},
      {"`IsProd` is false and `IsDev` is true", R"("dev")"},
      {"`IsProd` is false and `IsDev` is false", R"("other")"}};
  EXPECT_EQ(Names(fixture, fixture.Read(kStages)), wanted);
}

TEST(Conditions, AreDecidedByAParameter) {
  Fixture fixture;
  fixture.options.parameters = {{"Stage", "dev"}};
  const std::map<std::string, std::string> wanted = {{"", R"("dev")"}};
  EXPECT_EQ(Names(fixture, fixture.Read(kStages)), wanted);
}

TEST(Conditions, DoNotCountWhereTheyChangeNothingAnalysed) {
  Fixture fixture;
  const auto readings = fixture.Read(R"(
Parameters: {Stage: {Type: String}, Size: {Type: String}}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  IsBig: !Equals [!Ref Size, big]
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: !If [IsBig, 10.0.0.0/8, 10.0.0.0/16]}}
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: q
      Tags: [{Key: stage, Value: !If [IsProd, prod, dev]}]
)");
  ASSERT_EQ(readings.size(), 1U);
  EXPECT_EQ(readings[0].when, "");
}

TEST(Conditions, OfAResourceDecideWhetherItExists) {
  Fixture fixture;
  const auto readings = fixture.Read(R"(
Parameters: {Partner: {Type: String}}
Conditions: {HasPartner: !Not [!Equals [!Ref Partner, '']]}
Resources:
  Queue: {Type: AWS::SQS::Queue, Condition: HasPartner}
)");
  ASSERT_EQ(readings.size(), 2U);
  EXPECT_EQ(readings[0].when, "`HasPartner` is false");
  EXPECT_EQ(readings[0].after.resources.size(), 0U);
  EXPECT_EQ(readings[1].when, "`HasPartner` is true");
  EXPECT_EQ(readings[1].after.resources.size(), 1U);
}

TEST(Conditions, FollowAllowedValuesInAPrincipal) {
  Fixture fixture;
  const auto readings = fixture.Read(R"(
Parameters: {Partner: {Type: String, AllowedValues: ['999988887777', '111122223333']}}
Resources:
  Policy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [q]
      PolicyDocument: {Statement: {Effect: Allow, Principal: {AWS: !Ref Partner}, Action: 'sqs:*', Resource: '*'}}
)");
  ASSERT_EQ(readings.size(), 2U);
  EXPECT_EQ(readings[0].when, "`parameter Partner` is `999988887777`");
  EXPECT_EQ(
      fixture.Attribute(readings[0].after, "Policy", "PolicyDocument.Statement.Principal.AWS"),
      R"("999988887777")");
  EXPECT_EQ(readings[1].when, "`parameter Partner` is not `999988887777`");
  EXPECT_EQ(
      fixture.Attribute(readings[1].after, "Policy", "PolicyDocument.Statement.Principal.AWS"),
      R"("111122223333")");
}

TEST(Conditions, FollowTheKeysOfAMapping) {
  Fixture fixture;
  const auto readings = fixture.Read(R"(
Parameters: {Stage: {Type: String, AllowedValues: [dev, prod]}}
Mappings: {Names: {dev: {Queue: d}, prod: {Queue: p}}}
Resources: {Queue: {Type: AWS::SQS::Queue, Properties: {QueueName: !FindInMap [Names, !Ref Stage, Queue]}}}
)");
  const std::map<std::string, std::string> wanted = {{"`parameter Stage` is `dev`", R"("d")"},
                                                     {"`parameter Stage` is not `dev`", R"("p")"}};
  EXPECT_EQ(Names(fixture, readings), wanted);
}

TEST(Conditions, AreTheSameBeforeAndAfter) {
  Fixture fixture;
  const auto readings = fixture.Read(kStages, kStages);
  ASSERT_EQ(readings.size(), 3U);
  for (const auto& reading : readings) {
    EXPECT_EQ(fixture.Attribute(reading.before, "Queue", "QueueName"),
              fixture.Attribute(reading.after, "Queue", "QueueName"));
  }
}

TEST(Conditions, OpenWithoutEndAreUndetermined) {
  std::string text = "Parameters: {P: {Type: String}}\nConditions:\n";
  std::string resources = "Resources:\n";
  for (int i = 0; i < 9; ++i) {
    const std::string n = std::to_string(i);
    text += "  C" + n + ": !Equals [!Sub '${P}" + n + "', !Sub '" + n + "${P}']\n";
    resources +=
        "  Q" + n + ": {Type: AWS::SQS::Queue, Properties: {QueueName: !If [C" + n + ", a, b]}}\n";
  }
  Fixture fixture;
  const auto deployment = fixture.ReadOne(text + resources);
  EXPECT_EQ(Fixture::Reasons(deployment).back(),
            "the open conditions of the template have more than 64 readings");
  EXPECT_EQ(fixture.Attribute(deployment.after, "Q3", "QueueName"),
            "unknown: condition `C3`, which is open");
}

TEST(Conditions, AndOrAreDecidedByOnePart) {
  Fixture fixture;
  const auto deployment = fixture.ReadOne(R"(
Parameters: {Open: {Type: String}, Given: {Type: String, Default: yes-it-is}}
Conditions:
  Is: !Equals [!Ref Given, yes-it-is]
  Or: !Or [!Condition Is, !Equals [!Ref Open, x]]
  And: !And [!Not [!Condition Is], !Equals [!Ref Open, x]]
Resources:
  Queue: {Type: AWS::SQS::Queue, Properties: {QueueName: !If [Or, a, b], X: !If [And, a, b]}}
)");
  EXPECT_EQ(fixture.Attribute(deployment.after, "Queue", "QueueName"), R"("a")");
  EXPECT_EQ(fixture.Attribute(deployment.after, "Queue", "X"), R"("b")");
}

}  // namespace
}  // namespace preview::cloudformation
