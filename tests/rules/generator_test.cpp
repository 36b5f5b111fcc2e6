#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include "rules/generate/data.h"

namespace preview::rules::generate {
namespace {

// What the generator says of one file; empty: it takes it.
std::string ComplaintAbout(const std::string& file) {
  try {
    Data data;
    ReadFile(PREVIEW_RULES_TESTDATA "/" + file, data);
    Resolve(data);
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "";
}

TEST(Generator, TakesATypeThatIsDataOnly) { EXPECT_EQ(ComplaintAbout("made_up.yaml"), ""); }

TEST(Generator, NamesEverythingThatIsWrong) {
  const std::string complaint = ComplaintAbout("wrong.yaml");
  for (const char* part :
       {"unknown transform `upside_down`", "no action `madeup:NoSuchAction`",
        "AWS::MadeUp::Wrong: no actions", "aws_madeup_wrong: no form for its ARN, attribute `arn`",
        "aws_madeup_wrong_policy: a policy wants `target`",
        "aws_madeup_chain.arn: `id` has a form of its own"}) {
    EXPECT_NE(complaint.find(part), std::string::npos) << part << "\nin\n" << complaint;
  }
}

TEST(Generator, RefusesAnUnknownKey) {
  EXPECT_EQ(ComplaintAbout("unknown_key.yaml"),
            "unknown_key.yaml: AWS::MadeUp::Typing: unknown key `titel`");
}

TEST(Generator, RefusesAListOfActionsWithoutASource) {
  EXPECT_EQ(ComplaintAbout("unsourced.yaml"),
            "unsourced.yaml: AWS::MadeUp::Unsourced: the list of actions has no source");
}

TEST(Generator, SaysWhichFileCannotBeRead) {
  EXPECT_NE(ComplaintAbout("no_such.yaml").find("no_such.yaml"), std::string::npos);
}

TEST(Generator, WritesTheSameBytesForTheSameData) {
  std::string written[2];
  for (std::string& text : written) {
    Data data;
    ReadFile(PREVIEW_RULES_DATA "/iam_actions.yaml", data);
    ReadFile(PREVIEW_RULES_DATA "/sqs.yaml", data);
    Resolve(data);
    text = WriteTables(data, "Tables");
  }
  EXPECT_EQ(written[0], written[1]);
  EXPECT_NE(written[0].find("sqs:SendMessage"), std::string::npos);
}

}  // namespace
}  // namespace preview::rules::generate
