#include "preview/access/pattern.h"

#include <gtest/gtest.h>

#include "model/symbol.h"
#include "tests/preview/access/twin.h"

namespace preview::access {
namespace {

Pattern Glob(std::string_view text) {
  PatternOptions options;
  options.wildcards = true;
  return CompilePattern(text, options);
}

Pattern Arn(std::string_view text) {
  PatternOptions options;
  options.wildcards = true;
  options.arn = true;
  return CompilePattern(text, options);
}

bool May(const Pattern& pattern, std::string_view text) {
  return Matches(pattern, text, VariableReading::kMay);
}

// All texts over the letters up to a length.
std::vector<std::string> Words(std::string_view letters, std::size_t length) {
  std::vector<std::string> out{""};
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (out[i].size() == length) continue;
    for (char letter : letters) out.push_back(out[i] + letter);
  }
  return out;
}

TEST(Pattern, GlobsMatchAsTheTwinSays) {
  std::vector<std::string> texts = Words("ab", 5);
  for (const std::string& glob : Words("a*?", 4)) {
    Pattern pattern = Glob(glob);
    for (const std::string& text : texts)
      ASSERT_EQ(May(pattern, text), twin::GlobMatches(glob, text)) << glob << " " << text;
  }
}

TEST(Pattern, ArnsMatchBySegmentAsTheTwinSays) {
  std::vector<std::string> parts = {"", "a", "*", "?", "a*", "*b*"};
  std::vector<std::string> texts;
  for (const char* first : {"", "a", "ab", "b"}) {
    for (const char* last : {"", "a", "a:b", "ab", ":"})
      texts.push_back(std::string("arn:") + first + ":x:y:" + first + ":" + last);
  }
  texts.emplace_back("arn:a");
  texts.emplace_back("a:b:c:d:e");
  for (const std::string& one : parts) {
    for (const std::string& two : parts) {
      for (const std::string& three : parts) {
        std::string glob = "arn:" + one + ":x:*:" + two + ":" + three;
        Pattern pattern = Arn(glob);
        for (const std::string& text : texts)
          ASSERT_EQ(May(pattern, text), twin::ArnMatches(glob, text)) << glob << " " << text;
      }
    }
  }
}

TEST(Pattern, AResourceIsFilledUpToSixParts) {
  VariableText none = [](std::string_view) { return std::nullopt; };
  EXPECT_TRUE(May(CompileResource("arn:aws:s3", false, &none), "arn:aws:s3:::b/k"));
  EXPECT_FALSE(May(CompileResource("arn:aws:s3", false, &none), "arn:aws:sqs:::b"));
  EXPECT_TRUE(May(CompileResource("*", false, &none), "whatever"));
  EXPECT_FALSE(May(CompileResource("arn:aws:s3:*", false, &none), "arn:aws:sqs:::b"));
}

TEST(Pattern, WildcardsAreOneLetterOfText) {
  EXPECT_TRUE(May(Glob("?"), "é"));
  EXPECT_FALSE(May(Glob("??"), "é"));
  EXPECT_TRUE(May(Glob("a?"), "a\xF3\xB0\x80\x80"));  // a symbol is one letter
  EXPECT_TRUE(May(Glob("?"), "\xFF"));                // so is a byte that is no text
}

TEST(Pattern, VariablesFollowTheVersion) {
  PatternOptions options;
  VariableText text = [](std::string_view name) -> std::optional<std::string> {
    if (name == "known") return "v*";
    return std::nullopt;
  };
  options.wildcards = true;
  options.variable_text = &text;
  EXPECT_TRUE(May(CompilePattern("${known}", options), "${known}"));  // 2008-10-17: plain text
  options.variables = true;
  EXPECT_TRUE(May(CompilePattern("${known}", options), "v*"));  // the value is no wildcard
  EXPECT_FALSE(May(CompilePattern("${known}", options), "vx"));
  EXPECT_TRUE(May(CompilePattern("a${*}", options), "a*"));
  EXPECT_FALSE(May(CompilePattern("a${*}", options), "ab"));
  EXPECT_TRUE(May(CompilePattern("${$}{x}", options), "${x}"));
  Pattern open = CompilePattern("a${other}b", options);
  EXPECT_TRUE(open.has_variable);
  EXPECT_TRUE(Matches(open, "axxb", VariableReading::kMay));
  EXPECT_FALSE(Matches(open, "axxb", VariableReading::kNever));
  EXPECT_FALSE(Matches(open, "axxc", VariableReading::kMay));
  // Not closed: no variable.
  EXPECT_TRUE(May(CompilePattern("${open", options), "${open"));
}

TEST(Pattern, FoldingIsOfAsciiLettersOnly) {
  PatternOptions options;
  options.fold_case = true;
  EXPECT_TRUE(May(CompilePattern("aBc", options), "AbC"));
  EXPECT_FALSE(May(CompilePattern("ä", options), "Ä"));
  EXPECT_EQ(ToLower("AwS:PrincipalARN"), "aws:principalarn");
}

TEST(Pattern, TextsComeThroughDecodingAndEncoding) {
  for (std::string_view text : {"", "plain", "é€", "\xF3\xB0\x80\x80", "\xF0\x9F\x98\x80"})
    EXPECT_EQ(Encode(Decode(text)), text);
  EXPECT_EQ(Decode("a\x80"), U"a\xFFFD");
  EXPECT_EQ(Decode("\xE2\x82"), U"\xFFFD");
}

}  // namespace
}  // namespace preview::access
