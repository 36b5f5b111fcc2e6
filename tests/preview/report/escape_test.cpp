#include "preview/report/escape.h"

#include <gtest/gtest.h>

namespace preview::report {
namespace {

TEST(Printable, LeavesOrdinaryTextAlone) {
  EXPECT_EQ(Printable("queue `orders` ⟨account⟩ äöü 漢"), "queue `orders` ⟨account⟩ äöü 漢");
}

TEST(Printable, EscapesWhatMovesOrHidesText) {
  struct Case {
    std::string_view name;
    std::string_view text;
    std::string_view want;
  };
  const Case cases[] = {
      {"terminal escape", "a\x1b[31mb", "a\\u{001b}[31mb"},
      {"line break", "a\nb", "a\\u{000a}b"},
      {"tab becomes a blank", "a\tb", "a b"},
      {"delete", "a\x7f", "a\\u{007f}"},
      {"C1 control sequence introducer",
       "a\xC2\x9B"
       "b",
       "a\\u{009b}b"},
      {"right-to-left override",
       "a\xE2\x80\xAE"
       "b",
       "a\\u{202e}b"},
      {"isolate", "\xE2\x81\xA6x", "\\u{2066}x"},
      {"line separator", "\xE2\x80\xA8", "\\u{2028}"},
      {"tag letter", "\xF3\xA0\x81\x81", "\\u{e0041}"},
      {"invalid byte",
       "a\xFF"
       "b",
       "a\xEF\xBF\xBD"
       "b"},
      {"cut off sequence", "a\xE2\x80", "a\xEF\xBF\xBD\xEF\xBF\xBD"},
      {"overlong slash", "\xC0\xAF", "\xEF\xBF\xBD\xEF\xBF\xBD"},
  };
  for (const Case& one : cases) EXPECT_EQ(Printable(one.text), one.want) << one.name;
}

TEST(JsonString, KeepsTheValueAndHidesNothing) {
  std::string out;
  AppendJsonString(out, "a\"b\\c\n\x1b\xE2\x80\xAE\xF3\xA0\x81\x81ä");
  EXPECT_EQ(out, R"("a\"b\\c\n\u001b\u202e\udb40\udc41ä")");
}

TEST(Columns, CountsCodePoints) {
  EXPECT_EQ(Columns(""), 0U);
  EXPECT_EQ(Columns("aä⟨"), 3U);
}

}  // namespace
}  // namespace preview::report
