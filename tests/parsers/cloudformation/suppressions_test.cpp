#include "parsers/cloudformation/suppressions.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace preview::cloudformation {
namespace {

// `line: what begins at line:column`, for each suppression.
std::string Owners(std::string_view text) {
  std::string owners;
  for (const model::Suppression& found : ReadSuppressions(text, 1, {})) {
    owners += std::to_string(found.place.line) + "->";
    owners += found.begin.known() ? std::to_string(found.begin.line) : "none";
    owners += found.problem.empty() ? " " : "! ";
  }
  return owners;
}

constexpr std::string_view kTemplate = R"(# preview: ignore[PV001] on nothing
Resources:
  # preview: ignore[PV001] on the topic
  Topic:
    Type: AWS::SNS::Topic
    # preview: ignore[PV001] within the topic
    Properties:
      DisplayName: "# preview: ignore[PV001] a text"
      Tags:
        - Key: note
          Value: |
            # preview: ignore[PV001] a text
  Policy: # preview: ignore[PV001] on the policy
    Type: AWS::SNS::TopicPolicy
    Properties:
      PolicyDocument:
        Statement:
          # preview: ignore[PV001] on the first statement
          - Effect: Allow
            Principal: '*'
          - Sid: Second
            Effect: Allow # preview: ignore[PV001] on the second statement
            # preview: ignore[PV001] and once more
        # preview: ignore[PV001] on the policy again
      Topics: [!Ref Topic]
    # preview: ignore[PV001] and again
# preview: ignore[PV001] on nothing
Outputs:
  # preview: ignore[PV001] on nothing
  Name:
    Value: x
)";

TEST(TemplateSuppressions, StandOnResourcesAndStatements) {
  EXPECT_EQ(Owners(kTemplate),
            "1->none 3->4 6->4 13->13 18->19 22->21 23->21 24->13 26->13 27->none 29->none ");
}

TEST(TemplateSuppressions, WorkInFlowStyle) {
  EXPECT_EQ(
      Owners("Resources:\n"
             "  Policy: {Type: AWS::SNS::TopicPolicy, Properties: {PolicyDocument: {Statement: [\n"
             "    {Effect: Allow, Principal: '*'},\n"
             "    # preview: ignore[PV001] r\n"
             "    {Effect: Allow, Principal: '*'}, # preview: ignore[PV001] r\n"
             "    {\n"
             "  # preview: ignore[PV001] r\n"
             "      Effect: Allow, Principal: '*'}]}}} # preview: ignore[PV001] r\n"),
      "4->5 5->5 7->6 8->6 ");
}

TEST(TemplateSuppressions, AreReadFromMetadata) {
  EXPECT_EQ(Owners(R"({
  "Resources": {
    "Queue": {
      "Type": "AWS::SQS::Queue",
      "Metadata": {"preview": {"ignore": "PV002 r"}}
    },
    "Topic": {
      "Type": "AWS::SNS::Topic",
      "Metadata": {"preview": {"ignore": [
        "PV001 r -- until=2027-01-31",
        {"codes": ["PV001", "PV002"], "reason": "r"},
        {"codes": ["PV001", "PV002"]}
      ]}}
    }
  }
})"),
            "5->3 10->7 11->7 12->7! ");
  EXPECT_EQ(
      Owners("Resources:\n  Queue:\n    Metadata:\n      preview:\n        ignore: PV002 r\n"),
      "5->2 ");
}

TEST(TemplateSuppressions, OfAnElementEndWhereTheNextBegins) {
  const auto found = ReadSuppressions(R"({"Resources": {
"A": {"Metadata": {"preview": {"ignore": "PV002 r"}}},
"B": {"Metadata": {"preview": {"ignore": "PV002 r"}}}},
"Outputs": {}})",
                                      1, {});
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].end, (model::Place{1, 3, 1}));
  EXPECT_EQ(found[1].end, (model::Place{1, 4, 1}));
}

TEST(TemplateSuppressions, AreNoneInWhatIsNoTemplate) {
  EXPECT_EQ(Owners("preview: ignore: ["), "");
  EXPECT_EQ(Owners("preview ignore"), "");
  EXPECT_EQ(Owners(""), "");
  EXPECT_EQ(Owners(R"({"Resources": {"Q": {"Metadata": "preview ignore"}}})"), "");
}

}  // namespace
}  // namespace preview::cloudformation
