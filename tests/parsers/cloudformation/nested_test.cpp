// Includes, loops, nested stacks, exports and imports.
#include "tests/parsers/cloudformation/reader.h"

namespace preview::cloudformation {
namespace {

TEST(NestedStacks, AreReadWithTheirParametersAndOutputs) {
  TemporaryFolder folder("nested");
  folder.Write("parts/queue.yaml", R"(
Parameters: {Account: {Type: String}, Names: {Type: CommaDelimitedList}}
Resources:
  Q: {Type: AWS::SQS::Queue, Properties: {QueueName: !Select [1, !Ref Names], Z: !Ref Account}}
Outputs: {Arn: {Value: !GetAtt Q.Arn}}
)");
  Fixture fixture;
  fixture.folder = folder.path();
  const auto deployment = fixture.ReadOne(R"(
Resources:
  Child:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: parts/queue.yaml
      Parameters: {Account: !Ref 'AWS::AccountId', Names: !Join [',', [a, b]]}
  Other: {Type: AWS::SQS::Queue, Properties: {X: !GetAtt Child.Outputs.Arn}}
)");
  EXPECT_EQ(fixture.Attribute(deployment.after, "Child.Q", "QueueName"), R"("b")");
  EXPECT_EQ(fixture.Attribute(deployment.after, "Child.Q", "Z"), R"("111122223333")");
  EXPECT_EQ(fixture.Attribute(deployment.after, "Other", "X"),
            R"("arn:aws:sqs:eu-west-1:111122223333:b")");
  EXPECT_EQ(Fixture::Reasons(deployment), std::vector<std::string>());
  const model::Resource* queue = Fixture::Find(deployment.after, "Child.Q");
  ASSERT_NE(queue, nullptr);
  EXPECT_EQ(fixture.files.files.at(queue->place.file).path, "parts/queue.yaml");
}

TEST(NestedStacks, ThatNestThemselvesEnd) {
  TemporaryFolder folder("self");
  const std::string text = R"(
Resources:
  Q: {Type: AWS::SQS::Queue}
  A: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: self.yaml}}
  B: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: self.yaml}}
)";
  folder.Write("self.yaml", text);
  Fixture fixture;
  fixture.folder = folder.path();
  const auto deployment = fixture.ReadOne(text);
  EXPECT_NE(Fixture::Find(deployment.after, "A.Q"), nullptr);
  ASSERT_FALSE(deployment.undetermined.empty());
  EXPECT_EQ(deployment.undetermined.front().reason,
            "nested stack `A.A` is not covered: stacks are nested without end");
}

TEST(NestedStacks, OutsideTheFolderAreNotRead) {
  TemporaryFolder folder("outside");
  folder.Write("secret.yaml", "Resources: {Q: {Type: AWS::SQS::Queue}}\n");
  folder.Write("inner/x", "");
  Fixture fixture;
  fixture.folder = folder.path() + "/inner";
  const auto deployment = fixture.ReadOne(
      "Resources: {S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: "
      "../secret.yaml}}}");
  EXPECT_EQ(deployment.after.resources.size(), 0U);
  ASSERT_EQ(deployment.undetermined.size(), 1U);
  EXPECT_EQ(deployment.undetermined[0].reason,
            "nested stack `S` is not covered: its template `../secret.yaml` cannot be read: there "
            "is no such file "
            "below the folder of the template");
}

TEST(Includes, OfLocalFilesTakeThePlaceOfTheCall) {
  TemporaryFolder folder("include");
  folder.Write("statement.yaml",
               "- {Effect: Allow, Principal: '*', Action: 'sqs:*', Resource: '*'}\n");
  folder.Write("more.yaml", "Queues: [a, b]\n");
  Fixture fixture;
  fixture.folder = folder.path();
  const auto deployment = fixture.ReadOne(R"(
Resources:
  P:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Fn::Transform: {Name: AWS::Include, Parameters: {Location: more.yaml}}
      PolicyDocument:
        Statement:
          Fn::Transform: {Name: AWS::Include, Parameters: {Location: statement.yaml}}
)");
  EXPECT_EQ(fixture.Attribute(deployment.after, "P", "Queues"), R"(["a","b"])");
  EXPECT_EQ(fixture.Attribute(deployment.after, "P", "PolicyDocument.Statement.Principal"),
            R"("*")");
  EXPECT_EQ(Fixture::Reasons(deployment), std::vector<std::string>());
}

TEST(Includes, FromElsewhereAreNotCovered) {
  Fixture fixture;
  const auto deployment = fixture.ReadOne(R"(
Resources:
  P:
    Type: AWS::SQS::QueuePolicy
    Properties:
      PolicyDocument: {'Fn::Transform': {Name: AWS::Include, Parameters: {Location: 's3://b/p.yaml'}}}
)");
  ASSERT_EQ(deployment.undetermined.size(), 1U);
  EXPECT_EQ(deployment.undetermined[0].reason,
            "AWS::Include of `s3://b/p.yaml` is not covered: it is not a local file");
  EXPECT_EQ(fixture.Attribute(deployment.after, "P", "PolicyDocument"),
            "unknown: an included file");
}

TEST(Includes, OfWhatDoesNotBearOnAccessAreANote) {
  Fixture fixture;
  const auto deployment = fixture.ReadOne(R"(
Resources:
  Q: {Type: AWS::SQS::Queue}
  D:
    Type: AWS::CloudWatch::Dashboard
    Properties: {DashboardBody: {'Fn::Transform': {Name: AWS::Include, Parameters: {Location: 's3://b/d.json'}}}}
)");
  EXPECT_EQ(Fixture::Reasons(deployment), std::vector<std::string>());
  ASSERT_EQ(deployment.notes.size(), 1U);
  EXPECT_EQ(deployment.notes[0].message,
            "AWS::Include of `s3://b/d.json` is not covered: it is not a local file");
}

TEST(Loops, MakeResourcesPropertiesConditionsAndOutputs) {
  Fixture fixture;
  const auto deployment = fixture.ReadOne(R"(
Transform: AWS::LanguageExtensions
Parameters: {Accounts: {Type: CommaDelimitedList, Default: '111111111111,222222222222'}}
Conditions:
  Fn::ForEach::Conditions:
    - Name
    - [Alpha, Beta]
    - 'Is${Name}': !Equals [!Ref Name, Alpha]
Resources:
  Fn::ForEach::Outer:
    - Name
    - [Alpha, Beta]
    - Fn::ForEach::Inner:
        - Account
        - !Ref Accounts
        - 'Q${Name}${Account}':
            Type: AWS::SQS::Queue
            Condition: 'Is${Name}'
            Properties:
              QueueName: !Sub '${Name}-${Account}'
              X: !Ref Account
              Fn::ForEach::Properties: [Key, ['a.b'], {'P&{Key}': 'v-${Key}'}]
)");
  EXPECT_EQ(deployment.after.resources.size(), 2U);
  EXPECT_EQ(fixture.Attribute(deployment.after, "QAlpha222222222222", "QueueName"),
            R"("Alpha-222222222222")");
  EXPECT_EQ(fixture.Attribute(deployment.after, "QAlpha222222222222", "X"), R"("222222222222")");
  EXPECT_EQ(fixture.Attribute(deployment.after, "QAlpha222222222222", "Pab"), R"("v-a.b")");
  EXPECT_EQ(Fixture::Reasons(deployment), std::vector<std::string>());
}

TEST(Loops, MayHaveSeveralNames) {
  Fixture fixture;
  const auto deployment = fixture.ReadOne(R"(
Transform: AWS::LanguageExtensions
Parameters: {Second: {Type: String, Default: Account}}
Resources:
  Fn::ForEach::Lists:
    - [Name, !Ref Second]
    - [[A, '111111111111'], [B, 222222222222]]
    - 'Q${Name}': {Type: AWS::SQS::Queue, Properties: {X: !Ref Account}}
  Fn::ForEach::Map:
    - [Name, Topic]
    - {A: first, B: second}
    - 'T${Name}': {Type: AWS::SNS::Topic, Properties: {TopicName: !Sub '${Topic}-${Name}'}}
  Fn::ForEach::Uneven:
    - [Name, Topic]
    - [[A]]
    - 'U${Name}': {Type: AWS::SNS::Topic}
)");
  EXPECT_EQ(fixture.Attribute(deployment.after, "QA", "X"), R"("111111111111")");
  EXPECT_EQ(fixture.Attribute(deployment.after, "QB", "X"), R"("222222222222")");
  EXPECT_EQ(fixture.Attribute(deployment.after, "TB", "TopicName"), R"("second-B")");
  EXPECT_EQ(Fixture::Reasons(deployment),
            std::vector<std::string>{"the collection of `Fn::ForEach` is not known"});
  EXPECT_EQ(deployment.after.resources.size(), 4U);
}

TEST(Loops, OverWhatIsNotKnownAreUndetermined) {
  Fixture fixture;
  const auto deployment = fixture.ReadOne(R"(
Transform: AWS::LanguageExtensions
Parameters: {Names: {Type: CommaDelimitedList}}
Resources:
  Q: {Type: AWS::SQS::Queue}
  Fn::ForEach::L: [Name, !Ref Names, {'T${Name}': {Type: AWS::SNS::Topic}}]
)");
  EXPECT_EQ(Fixture::Reasons(deployment),
            std::vector<std::string>{"the collection of `Fn::ForEach` is not known"});
  EXPECT_EQ(deployment.after.resources.size(), 1U);
}

TEST(Exports, MeetImportsOfOtherTemplates) {
  Fixture fixture;
  const std::vector<TemplateText> texts = {
      {"a.yaml",
       "Resources: {Q: {Type: AWS::SQS::Queue, Properties: {X: !ImportValue 'net-queue'}}}\n"
       "Outputs: {A: {Value: !Ref Q, Export: {Name: unused}}}\n",
       "",
       "app",
       "",
       {},
       {}},
      {"b.yaml",
       "Resources: {Q: {Type: AWS::SQS::Queue}}\n"
       "Outputs: {Arn: {Value: !GetAtt Q.Arn, Export: {Name: !Sub '${AWS::StackName}-queue'}}}\n",
       "",
       "net",
       "",
       {},
       {}}};
  const auto readings = fixture.Read(texts, {});
  ASSERT_EQ(readings.size(), 1U);
  ASSERT_EQ(readings[0].after.resources.size(), 2U);
  const model::Resource& first = readings[0].after.resources[0];
  EXPECT_EQ(first.stack, "app");
  EXPECT_EQ(fixture.Show(*first.attributes.Find("X")),
            R"("arn:aws:sqs:eu-west-1:111122223333:⟨net/Q.QueueName⟩")");
  EXPECT_NE(first.identity, readings[0].after.resources[1].identity);
}

}  // namespace
}  // namespace preview::cloudformation
