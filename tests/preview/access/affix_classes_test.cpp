#include "preview/access/affix_classes.h"

#include <gtest/gtest.h>

#include <set>

#include "preview/access/caller_classes.h"
#include "tests/preview/access/twin.h"

namespace preview::access {
namespace {

using Vector = std::vector<bool>;

std::vector<Pattern> Compile(const std::vector<std::string>& globs) {
  PatternOptions options;
  options.wildcards = true;
  std::vector<Pattern> patterns;
  for (const std::string& glob : globs) patterns.push_back(CompilePattern(glob, options));
  return patterns;
}

std::vector<const Pattern*> Pointers(const std::vector<Pattern>& patterns) {
  std::vector<const Pattern*> out;
  for (const Pattern& pattern : patterns) out.push_back(&pattern);
  return out;
}

Vector VectorOf(const std::vector<std::string>& globs, const std::string& text) {
  Vector out;
  for (const std::string& glob : globs) out.push_back(twin::GlobMatches(glob, text));
  return out;
}

const std::vector<std::string> kGlobs = {"a*",  "*b",  "ab*",  "*ab", "a*b",  "ab*ba", "a?*b",
                                         "?*a", "b*?", "ba*a", "*",   "aba*", "b?*?b", "*bab"};

std::vector<std::string> Words(std::size_t length) {
  std::vector<std::string> out{""};
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (out[i].size() == length) continue;
    for (char letter : {'a', 'b', 'x'}) out.push_back(out[i] + letter);
  }
  return out;
}

// Every combination that some short text has is a class, no class is there twice, and no example is
// a literal or outside the universe.
TEST(AffixClasses, AreThoseThatShortTextsHave) {
  const std::vector<std::string> words = Words(6);
  const std::vector<std::string> literals = {"", "ab", "abxba"};
  for (std::size_t mask = 1; mask < std::size_t{1} << kGlobs.size(); mask += 149) {
    std::vector<std::string> globs;
    std::string name;
    for (std::size_t i = 0; i < kGlobs.size(); ++i) {
      if ((mask >> i & 1) == 0) continue;
      globs.push_back(kGlobs[i]);
      name += kGlobs[i] + " ";
    }
    SCOPED_TRACE(name);
    for (const std::string universe : {"", "a?*"}) {
      std::vector<Pattern> patterns = Compile(globs);
      std::vector<Pattern> within = Compile({universe});
      TextClassesRequest request;
      if (!universe.empty()) request.universe = Pointers(within);
      auto found = FindAffixClasses(request, Pointers(patterns), literals);
      ASSERT_TRUE(found);
      EXPECT_TRUE(found->complete);
      const std::set<std::string> named(literals.begin(), literals.end());
      auto inside = [&](const std::string& text) {
        return (universe.empty() || twin::GlobMatches(universe, text)) && !named.contains(text);
      };
      std::set<Vector> expected;
      for (const std::string& word : words) {
        if (inside(word)) expected.insert(VectorOf(globs, word));
      }
      std::set<Vector> got;
      for (const std::string& example : found->examples) {
        EXPECT_TRUE(inside(example)) << example;
        EXPECT_TRUE(got.insert(VectorOf(globs, example)).second) << example;
      }
      EXPECT_EQ(got, expected);
    }
    if (testing::Test::HasFailure()) return;
  }
}

TEST(AffixClasses, TheExampleOfTheHeader) {
  std::vector<Pattern> patterns = Compile({"ab*c", "a*bc"});
  auto found = FindAffixClasses({}, Pointers(patterns), {});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->examples, (std::vector<std::string>{"a", "abc", "abxc", "axbc"}));
}

TEST(AffixClasses, AnotherShapeIsLeftToTheAutomaton) {
  for (const char* glob : {"a*b*c", "a?b", "*a*"}) {
    std::vector<Pattern> patterns = Compile({glob, "a*"});
    EXPECT_FALSE(FindAffixClasses({}, Pointers(patterns), {})) << glob;
  }
}

// Where both can be used, the classes by segments are those of the joint automaton.
TEST(CallerClasses, AreThoseOfTheJointAutomaton) {
  const std::vector<std::string> all = {
      "arn:aws:iam::1*:role/a*", "arn:aws:iam::*2:role/*b",   "arn:aws:iam::12:user/*",
      "arn:aws:*::12:*",         "arn:aws:iam::?:role/admin", "arn:aws:sts::*:federated-user/a*",
      "arn:aws:iam::*:ro*"};
  PatternOptions options;
  options.wildcards = true;
  options.arn = true;
  PatternOptions glob;
  glob.wildcards = true;
  std::vector<Pattern> universe;
  for (const char* text : {"arn:aws:iam::?*:role/?*", "arn:aws:iam::?*:user/?*",
                           "arn:aws:sts::?*:federated-user/?*", "arn:aws:iam::?*:root"})
    universe.push_back(CompilePattern(text, options));
  for (std::size_t mask = 1; mask < std::size_t{1} << all.size(); ++mask) {
    CallerClassesRequest request;
    request.partition = "aws";
    TextClassesRequest joint;
    joint.universe = Pointers(universe);
    for (std::size_t i = 0; i < all.size(); ++i) {
      if ((mask >> i & 1) != 0) request.arns.push_back(CompilePattern(all[i], options));
    }
    // A literal that is no class of its own in one of the two is none in the other.
    for (Pattern& pattern : request.arns) pattern.is_literal = false;
    joint.patterns = Pointers(request.arns);
    auto vectors = [&](const TextClasses& classes) {
      std::set<Vector> out;
      for (const std::string& text : classes.examples) {
        Vector vector;
        for (const Pattern& pattern : request.arns)
          vector.push_back(Matches(pattern, text, VariableReading::kMay));
        out.insert(std::move(vector));
      }
      return out;
    };
    auto found = FindCallerClasses(request);
    ASSERT_TRUE(found);
    EXPECT_EQ(vectors(*found), vectors(FindTextClasses(joint))) << mask;
    if (testing::Test::HasFailure()) return;
  }
}

TEST(CallerClasses, AStarAcrossSegmentsIsLeftToTheAutomaton) {
  CallerClassesRequest request;
  request.partition = "aws";
  request.arns = Compile({"arn:aws:iam::*:role/a"});
  EXPECT_FALSE(FindCallerClasses(request));
  // Behind the account a star crosses nothing.
  request.arns = Compile({"arn:aws:iam::111122223333:role/*"});
  EXPECT_TRUE(FindCallerClasses(request));
}

}  // namespace
}  // namespace preview::access
