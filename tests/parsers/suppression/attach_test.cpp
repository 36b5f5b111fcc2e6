#include "parsers/suppression/attach.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace preview::suppression {
namespace {

// A text in which `<` and `>` stand for the ends of elements and `#` begins a comment; gives for
// each comment the first letter of its element, or `-`.
std::string OwnersOf(std::string_view text) {
  std::vector<Element> elements;
  std::vector<std::size_t> open;
  std::vector<TextComment> comments;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '<') {
      open.push_back(elements.size());
      elements.push_back({i, 0, 0, kNone});
    } else if (text[i] == '>') {
      elements[open.back()].end = elements[open.back()].last = i + 1;
      open.pop_back();
    } else if (text[i] == '#') {
      const std::size_t end = std::min(text.find('\n', i), text.size());
      comments.push_back({i, end});
      i = end;
    }
  }
  std::string owners;
  for (const std::size_t element : Attach(text, elements, comments))
    owners += element == kNone ? '-' : text[elements[element].begin + 1];
  return owners;
}

TEST(Attach, TakesTheElementDirectlyBelow) {
  EXPECT_EQ(OwnersOf("#\n<a>\n"), "a");
  EXPECT_EQ(OwnersOf("#\n#\n  #\n<a>\n"), "aaa");
  EXPECT_EQ(OwnersOf("#\n\n<a>\n"), "-");
  EXPECT_EQ(OwnersOf("#\n\n#\n<a>\n"), "-a");
  EXPECT_EQ(OwnersOf("#\nx = 1\n<a>\n"), "-");
  EXPECT_EQ(OwnersOf("<a\n#\n  x = [<b>]\n>\n"), "b");
  EXPECT_EQ(OwnersOf("#\n<a <b>>\n"), "a");
  EXPECT_EQ(OwnersOf("#\n<a> <b>\n"), "a");
  EXPECT_EQ(OwnersOf("#\n  -\n  <a>\n"), "a");
}

TEST(Attach, TakesTheInnermostElementAround) {
  EXPECT_EQ(OwnersOf("<a #\n>\n"), "a");
  EXPECT_EQ(OwnersOf("<a\n<b #\n>\n>\n"), "b");
  EXPECT_EQ(OwnersOf("<a\n<b\n#\nx\n>\n#\n>\n#"), "ba-");
  EXPECT_EQ(OwnersOf("<a\n<b>\n>\nx #\n"), "-");
}

TEST(Attach, TakesTheElementThatEndsOnTheLine) {
  EXPECT_EQ(OwnersOf("<a> #\n"), "a");
  EXPECT_EQ(OwnersOf("<a\n<b\nx\n>] #\n>\n"), "b");
  EXPECT_EQ(OwnersOf("<a\n<b> <c> #\n>\n"), "c");
  EXPECT_EQ(OwnersOf("<a\n<b>\nx #\n>\n"), "a");
  EXPECT_EQ(OwnersOf("<a\n> <b #\n>\n"), "b");
}

TEST(Attach, GoesByIndentationBehindTheLastOfAnElement) {
  const std::string_view text = "a:\n  - b: 1\n    c: 2\n    #\n  #\nd: 3\n";
  std::vector<Element> elements = {{0, text.find("d:"), text.find("2"), kNone},
                                   {text.find("b:"), text.find("d:"), text.find("2"), kNone}};
  const std::vector<TextComment> comments = {{text.find('#'), text.find('#') + 1},
                                             {text.rfind('#'), text.rfind('#') + 1}};
  EXPECT_EQ(Attach(text, elements, comments), (std::vector<std::size_t>{1, 0}));
}

TEST(Attach, CopesWithManyCommentsOnOneElementAndOneLine) {
  std::string stacked;
  for (int i = 0; i < 100'000; ++i) stacked += "#\n";
  EXPECT_EQ(OwnersOf(stacked + "<a>\n"), std::string(100'000, 'a'));

  std::string line = "<a ";
  std::vector<TextComment> comments;
  for (int i = 0; i < 200'000; ++i) {
    comments.push_back({line.size(), line.size() + 4});
    line += "/**/ ";
  }
  std::vector<Element> elements = {{0, line.size(), line.size(), kNone}};
  EXPECT_EQ(Attach(line, elements, comments), std::vector<std::size_t>(200'000, 0));
}

TEST(Attach, GivesPlacesOfCommentAndElement) {
  const std::string_view text = "x\n  # preview: ignore[PV002] r\n  <a\n>\n";
  const auto found =
      Suppressions(text, 7, {{text.find('<'), text.find('>') + 1, text.find('>'), kNone}},
                   {{4, text.find('\n', 4)}});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].place, (model::Place{7, 2, 3}));
  EXPECT_EQ(found[0].begin, (model::Place{7, 3, 3}));
  EXPECT_EQ(found[0].end, (model::Place{7, 4, 2}));
}

}  // namespace
}  // namespace preview::suppression
