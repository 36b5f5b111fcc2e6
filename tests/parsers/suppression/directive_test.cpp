#include "parsers/suppression/directive.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace preview::suppression {
namespace {

using model::Code;

struct Good {
  const char* name;
  const char* comment;
  std::vector<Code> codes;
  const char* reason;
  const char* until;  // empty: none
};

TEST(Directive, ReadsCodesReasonAndDay) {
  const Good cases[] = {
      {"hash",
       "# preview: ignore[PV002] the partner reads",
       {Code::kPV002},
       "the partner reads",
       ""},
      {"slashes", "// preview: ignore[PV002] r", {Code::kPV002}, "r", ""},
      {"block", "/* preview: ignore[PV002] r */", {Code::kPV002}, "r", ""},
      {"block of several lines",
       "/*\n * preview: ignore[PV002] r\n * more\n */",
       {Code::kPV002},
       "r",
       ""},
      {"no blank", "#preview:ignore[PV002]r", {Code::kPV002}, "r", ""},
      {"until",
       "# preview: ignore[PV002] r -- until=2027-01-31",
       {Code::kPV002},
       "r",
       "2027-01-31"},
      {"leap day",
       "# preview: ignore[PV002] r -- until=2028-02-29",
       {Code::kPV002},
       "r",
       "2028-02-29"},
      {"several", "# preview: ignore[PV001, PV020] r", {Code::kPV001, Code::kPV020}, "r", ""},
      {"twice", "# preview: ignore[PV001,PV001] r", {Code::kPV001}, "r", ""},
      {"a dash of the reason",
       "# preview: ignore[PV001] agreed -- see OPS-1",
       {Code::kPV001},
       "agreed -- see OPS-1",
       ""},
      {"a dash before the reason",
       "# preview: ignore[PV001] -- agreed",
       {Code::kPV001},
       "agreed",
       ""},
      {"other letters", "# preview: ignore[PV001] 公開", {Code::kPV001}, "公開", ""},
      {"carriage return", "# preview: ignore[PV001] r\r", {Code::kPV001}, "r", ""},
  };
  for (const Good& c : cases) {
    SCOPED_TRACE(c.name);
    const auto read = ParseComment(c.comment);
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(read->problem, "");
    EXPECT_EQ(read->codes, c.codes);
    EXPECT_EQ(read->reason, c.reason);
    EXPECT_EQ(read->until.has_value() ? DateText(*read->until) : "", c.until);
  }
}

TEST(Directive, RefusesWhatIsNotRightAndSaysWhy) {
  struct Bad {
    const char* comment;
    const char* says;
  };
  const Bad cases[] = {
      {"# preview: ignore", "names no code"},
      {"# preview: ignore the partner", "names no code"},
      {"# preview: ignore[] r", "a code is missing"},
      {"# preview: ignore[PV002", "`]`"},
      {"# preview: ignore[PV002]", "no reason"},
      {"# preview: ignore[PV002] --", "no reason"},
      {"# preview: ignore[PV002] ...", "no reason"},
      {"# preview: ignore[PV002] -- until=2027-01-31", "no reason"},
      {"# preview: ignore[PV007] r", "`PV007` is no code"},
      {"# preview: ignore[pv002] r", "`pv002` is no code"},
      {"# preview: ignore[*] r", "`*` is no code"},
      {"# preview: ignore[PV002,] r", "a code is missing"},
      {"# preview: ignore[PV002] r -- until=2027-02-30", "`2027-02-30`"},
      {"# preview: ignore[PV002] r -- until=2027-02-29", "`2027-02-29`"},
      {"# preview: ignore[PV002] r -- until=2027-13-01", "`2027-13-01`"},
      {"# preview: ignore[PV002] r -- until=2027-1-1", "`2027-1-1`"},
      {"# preview: ignore[PV002] r -- until=", "``"},
      {"# preview: ignore[PV002] r -- until=2027-01-31 or so", "`2027-01-31 or so`"},
      {"# preview: ignore[PV002] r until=2027-01-31", "after ` -- `"},
  };
  for (const Bad& c : cases) {
    SCOPED_TRACE(c.comment);
    const auto read = ParseComment(c.comment);
    ASSERT_TRUE(read.has_value());
    EXPECT_NE(read->problem.find(c.says), std::string::npos) << read->problem;
  }
}

TEST(Directive, LeavesOrdinaryCommentsAlone) {
  for (const char* comment :
       {"# a queue", "#", "", "/**/", "//", "# the preview: ignore[PV002] of it", "# preview",
        "# preview: ignored so far", "# preview: shows it", "# TODO preview: ignore[PV002] r"}) {
    EXPECT_FALSE(ParseComment(comment).has_value()) << comment;
  }
}

TEST(Directive, BoundsWhatItKeepsOfALongText) {
  const std::string much(1 << 20, 'x');
  const auto reason = ParseComment("# preview: ignore[PV002] " + much);
  ASSERT_TRUE(reason.has_value());
  EXPECT_NE(reason->problem, "");
  EXPECT_LT(reason->problem.size(), 200U);
  const auto code = ParseComment("# preview: ignore[" + much + "] r");
  ASSERT_TRUE(code.has_value());
  EXPECT_NE(code->problem, "");
  EXPECT_LT(code->problem.size(), 200U);
}

TEST(Directive, ReadsEntriesOfMetadata) {
  const model::Suppression text =
      ParseEntry(model::Value::String("PV001,PV002 r -- until=2027-01-31"));
  EXPECT_EQ(text.problem, "");
  EXPECT_EQ(text.codes, (std::vector<Code>{Code::kPV001, Code::kPV002}));
  EXPECT_EQ(text.reason, "r");
  EXPECT_TRUE(text.until.has_value());
  EXPECT_EQ(ParseEntry(model::Value::String("[PV001, PV002] r")).codes, text.codes);
  EXPECT_EQ(ParseEntry(model::Value::String("preview: ignore[PV001,PV002] r")).codes, text.codes);

  model::Value object;
  object.Set("codes",
             model::Value::List({model::Value::String("PV001"), model::Value::String("PV002")}));
  object.Set("reason", model::Value::String("r"));
  object.Set("until", model::Value::String("2027-01-31"));
  const model::Suppression read = ParseEntry(object);
  EXPECT_EQ(read.problem, "");
  EXPECT_EQ(read.codes, text.codes);
  EXPECT_EQ(read.reason, "r");
  EXPECT_EQ(read.until, text.until);
}

TEST(Directive, RefusesEntriesThatAreNotRight) {
  const auto problem = [](std::vector<std::pair<std::string, model::Value>> members) {
    model::Value object = model::Value::Object();
    for (auto& [key, value] : members) object.Set(key, std::move(value));
    return ParseEntry(object).problem;
  };
  const auto text = [](const char* words) { return model::Value::String(words); };
  EXPECT_NE(ParseEntry(model::Value::Bool(true)).problem, "");
  EXPECT_NE(ParseEntry(text("")).problem, "");
  EXPECT_NE(ParseEntry(text("PV001")).problem, "");
  EXPECT_NE(problem({{"reason", text("r")}}), "");
  EXPECT_NE(problem({{"code", text("PV001")}}), "");
  EXPECT_NE(problem({{"code", text("PV001")}, {"reason", text("r")}, {"util", text("2027-01-31")}}),
            "");
  EXPECT_NE(problem({{"code", text("PV001")},
                     {"reason", text("r")},
                     {"until", model::Value::Number("2027")}}),
            "");
  EXPECT_EQ(problem({{"code", text("PV001")}, {"reason", text("r")}}), "");
}

}  // namespace
}  // namespace preview::suppression
