// What CloudFormation would refuse, and hostile templates: a problem with its place, and the rest
// is still read.
#include <algorithm>

#include "tests/parsers/cloudformation/reader.h"

namespace preview::cloudformation {
namespace {

struct Case {
  std::string name;
  std::string text;  // after a sound queue on line 2
  std::string reason;
  std::uint32_t line = 0;
};

class Refused : public ::testing::TestWithParam<Case> {};

TEST_P(Refused, IsSaidWithItsPlaceAndTheRestIsRead) {
  Fixture fixture;
  fixture.options.parameters = {{"P", "b"}};
  const auto deployment = fixture.ReadOne(
      "Resources:\n  Sound: {Type: AWS::SQS::Queue, Properties: {QueueName: sound}}\n" +
      GetParam().text);
  EXPECT_EQ(fixture.Attribute(deployment.after, "Sound", "QueueName"), R"("sound")");
  bool found = false;
  for (const model::Undetermined& problem : deployment.undetermined) {
    found = found || (problem.reason == GetParam().reason && problem.place.line == GetParam().line);
  }
  EXPECT_TRUE(found) << ::testing::PrintToString(Fixture::Reasons(deployment));
}

INSTANTIATE_TEST_SUITE_P(
    Table, Refused,
    ::testing::Values(
        Case{"UnknownReference",
             "  Q: {Type: AWS::SQS::Queue, Properties: {QueueName: !Ref Nobody}}\n",
             "`Nobody` is neither a parameter nor a resource of the template", 3},
        Case{"UnknownReferenceInSub",
             "  Q:\n    Type: AWS::SQS::Queue\n    Properties:\n      QueueName: !Sub "
             "'${Nobody.Arn}'\n",
             "`Nobody` is neither a parameter nor a resource of the template", 6},
        Case{"UnknownCondition", "  Q: {Type: AWS::SQS::Queue, Condition: Never}\n",
             "condition `Never` is not declared", 3},
        Case{"UnknownMapping",
             "  Q: {Type: AWS::SQS::Queue, Properties: {QueueName: !FindInMap [M, a, b]}}\n",
             "mapping `M` is not declared", 3},
        Case{"Circle",
             "  A: {Type: AWS::SQS::Queue, Properties: {QueueName: !GetAtt B.QueueName}}\n"
             "  B: {Type: AWS::SQS::Queue, Properties: {QueueName: !GetAtt A.QueueName}}\n",
             "`A` refers to itself in a circle", 3},
        Case{"NoType", "  Q: {Properties: {}}\n", "resource `Q` has no `Type`", 3},
        Case{"PropertiesNoObject", "  Q: {Type: AWS::SQS::Queue, Properties: [a]}\n",
             "the `Properties` of `Q` are no object", 3},
        Case{"PropertiesMadeByAFunction",
             "  Q: {Type: AWS::SQS::Queue, Properties: {'Fn::ToJsonString': [a]}}\n",
             "the properties of `Q` are not known", 3},
        Case{"SelectBeyond",
             "  Q: {Type: AWS::SQS::Queue, Properties: {QueueName: !Select [3, [a]]}}\n",
             "`Fn::Select`: the list has no element 3", 3},
        Case{"IfWithTwo", "  Q: {Type: AWS::SQS::Queue, Properties: {QueueName: !If [a, b]}}\n",
             "`Fn::If` takes a condition and two values", 3},
        Case{"ListInJoin",
             "  Q: {Type: AWS::SQS::Queue, Properties: {QueueName: !Join [a, [[b, c]]]}}\n",
             "a text is wanted here, not a list or an object", 3},
        Case{"ConditionInACircle",
             "  Q: {Type: AWS::SQS::Queue, Condition: C}\nConditions: {C: !Not [!Condition C]}\n",
             "condition `C` refers to itself", 4},
        Case{"ForeignMacro", "  Q: {Type: AWS::SQS::Queue}\nTransform: Mine\n",
             "macro `Mine` may change the template and is not run here", 4},
        Case{"UnreadableStack",
             "  S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: "
             "'https://b/t.yaml'}}\n",
             "nested stack `S` is not covered: its template `https://b/t.yaml` cannot be read: it "
             "is not a local file",
             3},
        Case{"NotAllowed",
             "  Q: {Type: AWS::SQS::Queue, Properties: {QueueName: !Ref P}}\nParameters:\n"
             "  P: {Type: String, AllowedValues: [a]}\n",
             "parameter `P` may not have the value given", 5}),
    [](const auto& case_info) { return case_info.param.name; });

TEST(RefusedInput, IsAnErrorWhenNothingCanBeRead) {
  Fixture fixture;
  for (const char* text : {"a: [", "[]", "just text", ""}) {
    const std::vector<TemplateText> texts{{"t.yaml", text, "", "", "", {}, {}}};
    EXPECT_FALSE(ReadTemplates(texts, {}, fixture.options, fixture.symbols, fixture.files).ok())
        << text;
  }
}

TEST(Hostile, NamesMadeOfNamesEnd) {
  std::string text =
      "Resources:\n  Q0: {Type: AWS::SQS::Queue, Properties: {QueueName: aaaaaaaaaa}}\n";
  for (int i = 1; i < 60; ++i) {
    const std::string before = "${Q" + std::to_string(i - 1) + ".QueueName}";
    text += "  Q" + std::to_string(i) + ": {Type: AWS::SQS::Queue, Properties: {QueueName: !Sub '" +
            before + before + "'}}\n";
  }
  Fixture fixture;
  const auto deployment = fixture.ReadOne(text);
  EXPECT_EQ(deployment.after.resources.size(), 60U);
  EXPECT_EQ(fixture.Attribute(deployment.after, "Q59", "QueueName").find("⟨Q"), 1U);
}

TEST(Hostile, LongChainsOfReferencesEnd) {
  std::string text = "Resources:\n  Q0: {Type: AWS::SQS::Queue, Properties: {QueueName: a}}\n";
  for (int i = 1; i < 3000; ++i) {
    text += "  Q" + std::to_string(i) +
            ": {Type: AWS::SQS::Queue, Properties: {QueueName: !GetAtt Q" + std::to_string(i + 1) +
            ".QueueName}}\n";
  }
  text += "  Q3000: {Type: AWS::SQS::Queue}\n";
  Fixture fixture;
  const auto deployment = fixture.ReadOne(text);
  ASSERT_FALSE(deployment.undetermined.empty());
  EXPECT_EQ(deployment.undetermined.front().reason, "the template is nested or refers too deeply");
}

TEST(Hostile, LoopsInLoopsEnd) {
  std::string text = "Transform: AWS::LanguageExtensions\nResources:\n";
  std::string indent = "  ";
  std::string name;
  for (int i = 0; i < 8; ++i) {
    const std::string n = "L" + std::to_string(i);
    name += "${" + n + "}";
    text += indent + "Fn::ForEach::" + n + ":\n" + indent + "  - " + n + "\n" + indent +
            "  - [a, b, c, d, e, f, g, h, i, j]\n" + indent + "  - ";
    text += i == 7 ? "'Q" + name + "': {Type: AWS::SQS::Queue}\n" : "\n";
    indent += "    ";
  }
  Fixture fixture;
  fixture.options.max_nodes = 20'000;
  const auto deployment = fixture.ReadOne(text);
  const auto reasons = Fixture::Reasons(deployment);
  EXPECT_NE(std::find(reasons.begin(), reasons.end(),
                      "`Fn::ForEach` makes more than the limit allows and is not expanded further"),
            reasons.end());
}

TEST(Hostile, NoLimitCutsALoopWithoutAWord) {
  for (std::size_t limit = 10; limit < 40; ++limit) {
    Fixture fixture;
    fixture.options.max_nodes = limit;
    const auto deployment = fixture.ReadOne(R"(
Transform: AWS::LanguageExtensions
Resources:
  Q: {Type: AWS::SQS::Queue}
  Fn::ForEach::L: [N, [a, b, c, d], {'Q${N}': {Type: AWS::SQS::Queue}}]
)");
    const bool whole = deployment.after.resources.size() == 5;
    EXPECT_TRUE(whole || !deployment.undetermined.empty()) << limit;
    if (limit == 39) {
      EXPECT_TRUE(whole && deployment.undetermined.empty());
    }
  }
}

TEST(Hostile, AnObjectOfManyPropertiesIsReadInTime) {
  std::string text = "Resources:\n  Q:\n    Type: AWS::SQS::Queue\n    Properties:\n";
  for (int i = 0; i < 100'000; ++i) text += "      k" + std::to_string(i) + ": x\n";
  Fixture fixture;
  const auto deployment = fixture.ReadOne(text);
  ASSERT_EQ(deployment.after.resources.size(), 1U);
  EXPECT_EQ(deployment.after.resources[0].attributes.items.size(), 100'000U);
}

}  // namespace
}  // namespace preview::cloudformation
