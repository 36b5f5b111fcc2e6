#include "preview/access/text_classes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/preview/access/twin.h"

namespace preview::access {
namespace {

using Vector = std::vector<bool>;

const std::vector<std::string> kGlobs = {"a*", "*b", "*a*", "?", "??", "a?b", "*ab*", "a*b*", "x"};

std::vector<std::string> Words(std::size_t length) {
  std::vector<std::string> out{""};
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (out[i].size() == length) continue;
    for (char letter : {'a', 'b', 'x', 'y'}) out.push_back(out[i] + letter);
  }
  return out;
}

Vector VectorOf(const std::vector<std::string>& globs, const std::string& text) {
  Vector out;
  for (const std::string& glob : globs) out.push_back(twin::GlobMatches(glob, text));
  return out;
}

struct Asked {
  std::vector<std::string> globs;
  std::vector<std::string> literals;
  std::string universe;  // empty: every text
};

TextClasses Classes(const Asked& asked) {
  PatternOptions options;
  options.wildcards = true;
  std::vector<Pattern> patterns;
  for (const std::string& glob : asked.globs) patterns.push_back(CompilePattern(glob, options));
  Pattern universe = CompilePattern(asked.universe, options);
  TextClassesRequest request;
  for (const Pattern& pattern : patterns) request.patterns.push_back(&pattern);
  request.literals = asked.literals;
  if (!asked.universe.empty()) request.universe = {&universe};
  return FindTextClasses(request);
}

// Every combination that some short text has is a class, and no class is there twice.
void ExpectAllClasses(const Asked& asked, const std::vector<std::string>& words) {
  TextClasses found = Classes(asked);
  ASSERT_TRUE(found.complete);
  std::set<std::string> literals(asked.literals.begin(), asked.literals.end());
  for (const std::string& glob : asked.globs) {
    if (glob.find_first_of("*?") == std::string::npos) literals.insert(glob);
  }
  auto inside = [&](const std::string& text) {
    return asked.universe.empty() || twin::GlobMatches(asked.universe, text);
  };
  std::set<Vector> expected;
  for (const std::string& word : words) {
    if (inside(word) && !literals.contains(word)) expected.insert(VectorOf(asked.globs, word));
  }
  std::set<Vector> got;
  std::set<std::string> examples(found.examples.begin(), found.examples.end());
  EXPECT_EQ(examples.size(), found.examples.size());
  for (const std::string& example : found.examples) {
    EXPECT_TRUE(inside(example)) << example;
    if (literals.contains(example)) continue;
    EXPECT_TRUE(got.insert(VectorOf(asked.globs, example)).second) << example;
  }
  EXPECT_TRUE(std::includes(got.begin(), got.end(), expected.begin(), expected.end()));
  for (const std::string& literal : literals)
    EXPECT_EQ(examples.contains(literal), inside(literal)) << literal;
}

TEST(TextClasses, AreThoseThatShortTextsHave) {
  std::vector<std::string> words = Words(6);
  for (std::size_t mask = 0; mask < std::size_t{1} << kGlobs.size(); ++mask) {
    Asked asked;
    for (std::size_t i = 0; i < kGlobs.size(); ++i) {
      if ((mask >> i & 1) != 0) asked.globs.push_back(kGlobs[i]);
    }
    if (asked.globs.size() > 3) continue;
    std::string name;
    for (const std::string& glob : asked.globs) name += glob + " ";
    SCOPED_TRACE(name);
    ExpectAllClasses(asked, words);
    asked.literals = {"a", "ab", "yy"};
    ExpectAllClasses(asked, words);
    asked.universe = "?*b";
    ExpectAllClasses(asked, words);
    if (testing::Test::HasFailure()) return;
  }
}

TEST(TextClasses, TheExampleOfTheHeader) {
  TextClasses found = Classes({{"a*", "*b"}, {}, ""});
  EXPECT_EQ(found.examples, (std::vector<std::string>{"x", "a", "b", "ab"}));
}

TEST(TextClasses, TheEmptyTextIsAnExampleOnlyWhereNothingElseIs) {
  EXPECT_EQ(Classes({{"?*"}, {}, ""}).examples, (std::vector<std::string>{"x", ""}));
}

TEST(TextClasses, ABoundIsSaidToBeReached) {
  PatternOptions options;
  options.wildcards = true;
  std::vector<Pattern> patterns;
  for (char letter = 'a'; letter < 'a' + 14; ++letter)
    patterns.push_back(CompilePattern(std::string("*") + letter + "*", options));
  TextClassesRequest request;
  for (const Pattern& pattern : patterns) request.patterns.push_back(&pattern);
  request.max_classes = 1000;
  TextClasses found = FindTextClasses(request);
  EXPECT_FALSE(found.complete);
  EXPECT_EQ(found.examples.size(), 1000U);
  // `*a` before sixteen letters: 2^16 states.
  Pattern tail = CompilePattern("*a????????????????", options);
  TextClassesRequest states;
  states.patterns = {&tail};
  states.max_states = 1000;
  EXPECT_FALSE(FindTextClasses(states).complete);
}

}  // namespace
}  // namespace preview::access
