#include "preview/report/snippet.h"

#include <gtest/gtest.h>

namespace preview::report {
namespace {

const Style kPlain{false};

TEST(Snippet, UnderlinesToTheEndOfTheLine) {
  model::SourceFiles files;
  const auto file = files.Add("main.tf", "resource \"a\" \"b\" {\n  acl = \"public-read\"\n}\n");
  EXPECT_EQ(Snippet(files, {file, 2, 3}, kPlain, true),
            " --> main.tf:2:3\n"
            "  |\n"
            "2 |   acl = \"public-read\"\n"
            "  |   ^^^^^^^^^^^^^^^^^^^\n");
}

TEST(Snippet, DrawsAStatementOfSeveralLines) {
  model::SourceFiles files;
  const auto file = files.Add("main.tf", "x\n  statement {\n    actions = [\"s3:*\"]\n  }\ny\n");
  EXPECT_EQ(Snippet(files, {file, 2, 3}, kPlain, true),
            " --> main.tf:2:3\n"
            "  |\n"
            "2 | /   statement {\n"
            "3 | |     actions = [\"s3:*\"]\n"
            "4 | |   }\n"
            "  | |___^\n");
}

TEST(Snippet, ShortensALongStatement) {
  std::string text = "{\n";
  for (int i = 0; i < 20; ++i) text += "  \"k\": 1,\n";
  text += "}\n";
  model::SourceFiles files;
  const auto file = files.Add("t.json", text);
  const std::string snippet = Snippet(files, {file, 1, 1}, kPlain, true);
  EXPECT_NE(snippet.find("...\n"), std::string::npos) << snippet;
  EXPECT_NE(snippet.find("22 | | }\n"), std::string::npos) << snippet;
  EXPECT_EQ(snippet.find("15 |"), std::string::npos) << snippet;
}

TEST(Snippet, ShowsOnlyTheNameWithoutText) {
  model::SourceFiles files;
  const auto file = files.Add("main.tf", "");
  EXPECT_EQ(Snippet(files, {file, 12, 3}, kPlain, true), " --> main.tf:12:3\n");
  EXPECT_EQ(Snippet(files, {}, kPlain, true), "");
}

TEST(Snippet, EscapesTheSource) {
  model::SourceFiles files;
  const auto file = files.Add("ma\x1b[in.tf", "a = \"\x1b[2J\"\n");
  const std::string snippet = Snippet(files, {file, 1, 1}, kPlain, true);
  EXPECT_EQ(snippet.find('\x1b'), std::string::npos);
}

TEST(Snippet, CutsAMinifiedLineAroundTheMark) {
  model::SourceFiles files;
  const std::string filler(5000, 'x');
  const auto file = files.Add("t.json", "\"" + filler + "\",\"MARK\"");
  const std::string snippet = Snippet(files, {file, 1, 5004}, kPlain, true);
  EXPECT_NE(snippet.find("MARK"), std::string::npos);
  EXPECT_LT(snippet.size(), 400U);
}

TEST(Snippet, SurvivesPlacesBeyondTheText) {
  model::SourceFiles files;
  const auto file = files.Add("a.yaml", "a: b\n");
  EXPECT_EQ(Snippet(files, {file, 99, 1}, kPlain, true), " --> a.yaml:99:1\n");
  EXPECT_NE(Snippet(files, {file, 1, 900}, kPlain, true).find("a.yaml:1:900"), std::string::npos);
}

TEST(Extent, EndsAtTheClosingBracketOrTheDeeperLines) {
  struct Case {
    std::string_view name;
    std::string_view text;
    std::size_t offset;
    bool yaml;
    std::size_t want;
  };
  const Case cases[] = {
      {"object", "{\n\"a\": \"}\"\n}\nx", 0, false, 3},
      {"call", "policy = jsonencode({\n a = 1\n})\n", 0, false, 3},
      {"no bracket on the line", "a = 1\nb = {\n}\n", 0, false, 1},
      {"never closed", "a = {\n\n\n", 0, false, 1},
      {"yaml list item", "- Effect: Allow\n  Action: '*'\n- Effect: Deny\n", 2, true, 2},
      {"yaml dash", "- Effect: Allow\n  Action: '*'\n- Effect: Deny\n", 0, true, 2},
      {"yaml nested", "Queue:\n  Type: x\n\n  Properties:\n    A: 1\nOther: 2\n", 0, true, 5},
      {"yaml scalar", "a: 1\nb: 2\n", 0, true, 1},
  };
  for (const Case& one : cases)
    EXPECT_EQ(ExtentInLines(one.text, one.offset, one.yaml), one.want) << one.name;
}

}  // namespace
}  // namespace preview::report
