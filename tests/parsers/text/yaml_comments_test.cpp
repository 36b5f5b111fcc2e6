#include "parsers/text/yaml_comments.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace preview::text {
namespace {

std::vector<std::string> Comments(std::string_view text) {
  const auto events = ReadYamlEvents(text, {}, 1);
  EXPECT_TRUE(events.ok()) << events.error().message;
  if (!events.ok()) return {};
  std::vector<std::string> found;
  for (const YamlComment& comment :
       CommentsOf(text, events.value(), OffsetsOf(text, events.value())))
    found.emplace_back(text.substr(comment.begin, comment.end - comment.begin));
  return found;
}

using Texts = std::vector<std::string>;

TEST(YamlComments, AreFoundWhereYamlHasThem) {
  EXPECT_EQ(Comments("# a\nk: v # b\n# c\nl:\n  - 1 # d\n  # e\n  - 2\n# f"),
            (Texts{"# a", "# b", "# c", "# d", "# e", "# f"}));
  EXPECT_EQ(Comments("k: [1, # a\n  2] # b\n"), (Texts{"# a", "# b"}));
  EXPECT_EQ(Comments("k: {a: 1, # a\n  b: 'x'} # b\n"), (Texts{"# a", "# b"}));
  EXPECT_EQ(Comments("k: v # a\r\nl: w # b\r\n"), (Texts{"# a", "# b"}));
  EXPECT_EQ(Comments("k: it's # a\nl: it's # b\n"), (Texts{"# a", "# b"}));
  EXPECT_EQ(Comments("k: !Sub # a\n  'x # y'\n"), (Texts{"# a"}));
  EXPECT_EQ(Comments("k: &x 'x # y' # a\nl: *x # b\n"), (Texts{"# a", "# b"}));
}

TEST(YamlComments, AreNotInPlainTextWithoutBlank) {
  EXPECT_EQ(Comments("k: a#b\nl: https://x/#y\n"), Texts{});
}

TEST(YamlComments, AreNotInQuotedScalars) {
  EXPECT_EQ(Comments("k: 'a # b'\nl: \"c # d\" # e\n"), (Texts{"# e"}));
  EXPECT_EQ(Comments("k: 'it''s # b' # c\n"), (Texts{"# c"}));
  EXPECT_EQ(Comments("k: \"\\\" # b\\\\\" # c\n"), (Texts{"# c"}));
  EXPECT_EQ(Comments("k: \"a\n  # b\n  c\" # d\n"), (Texts{"# d"}));
  EXPECT_EQ(Comments("'k # x': v # a\n"), (Texts{"# a"}));
  EXPECT_EQ(Comments("é: \"ü # b\" # c\n"), (Texts{"# c"}));
}

TEST(YamlComments, AreNotInBlockScalars) {
  EXPECT_EQ(Comments("k: |\n  a\n  # b\nl: v # c\n"), (Texts{"# c"}));
  EXPECT_EQ(Comments("k: >- # a\n  # b\n  c\n"), (Texts{"# a"}));
  EXPECT_EQ(Comments("k: |\n  a\n\n    # b\n\n  # c\n# d\nl: v\n"), (Texts{"# d"}));
  EXPECT_EQ(Comments("k:\n  - |\n    # a\n  # b\n  - |\n    # c\n"), (Texts{"# b"}));
  EXPECT_EQ(Comments("k: !Sub |\n  # a\nl: v\n"), Texts{});
  EXPECT_EQ(Comments("k:\n  |\n  # a\nl: v\n"), Texts{});
  EXPECT_EQ(Comments("k:\n  !Sub\n  |\n  # a\nl: v\n"), Texts{});
  EXPECT_EQ(Comments("- a:\n    - b\n-\n  |\n  # a\n"), Texts{});
  EXPECT_EQ(Comments("? k\n: |\n  # a\n"), Texts{});
  EXPECT_EQ(Comments("k: |\n# a\nl: v\n"), (Texts{"# a"}));
  EXPECT_EQ(Comments("k: |2\n    a\n  # b\nl: v # c\n"), (Texts{"# c"}));
}

TEST(YamlComments, AreNoneInJson) {
  EXPECT_EQ(Comments(R"({"k": "# a", "l": ["x # y"]})"), Texts{});
}

}  // namespace
}  // namespace preview::text
