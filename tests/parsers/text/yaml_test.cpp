#include "parsers/text/yaml.h"

#include <gtest/gtest.h>

#include <string>

namespace preview::text {
namespace {

using model::Diagnostics;
using model::Place;
using model::Value;

Value Parse(std::string_view text, Diagnostics* problems = nullptr,
            const YamlOptions& options = {}) {
  auto result = ParseYaml(text, options, problems);
  EXPECT_TRUE(result.ok()) << (result.ok() ? "" : result.error().message);
  return result.ok() ? std::move(result).value() : Value::Unknown("failed");
}

std::string Json(std::string_view text, Diagnostics* problems = nullptr) {
  return ToJson(Parse(text, problems));
}

// Line, column and message of the error, as `1:2 message`; empty when there is none.
std::string ErrorOf(std::string_view text, const YamlOptions& options = {}) {
  auto result = ParseYaml(text, options);
  if (result.ok()) return "";
  const model::Error& error = result.error();
  return std::to_string(error.place.line) + ":" + std::to_string(error.place.column) + " " +
         error.message;
}

std::string Repeat(std::string_view text, int count) {
  std::string out;
  for (int i = 0; i < count; ++i) out += text;
  return out;
}

Place At(std::uint32_t line, std::uint32_t column) { return {0, line, column}; }

struct Case {
  const char* name;
  std::string text;
  std::string wanted;
};

TEST(Yaml, ResolvesPlainScalars) {
  const Case cases[] = {
      {"boolean", "true", "true"},
      {"YAML 1.1 boolean", "[yes, No, ON, off]", "[true,false,true,false]"},
      {"one letter", "[y, n, Y, N]", R"(["y","n","Y","N"])"},
      {"null", "[~, null, NULL, ]", "[null,null,null]"},
      {"integer", "[0, -12, 123456789012]", "[0,-12,123456789012]"},
      {"fraction", "[1.50, 1.5e+3]", "[1.50,1.5e+3]"},
      {"no number in YAML 1.1", "- 1e5\n- 1.5e3\n", R"(["1e5","1.5e3"])"},
      {"no number in JSON", "[0x1F, 1_000, .5, 1., +1, .inf, 190:20:30]",
       R"(["0x1F","1_000",".5","1.","+1",".inf","190:20:30"])"},
      {"no number in a double", "[1.5e+308, " + std::string(400, '9') + "]",
       "[\"1.5e+308\",\"" + std::string(400, '9') + "\"]"},
      {"date", "Version: 2012-10-17", R"({"Version":"2012-10-17"})"},
      {"time", "2001-12-14t21:59:43.10-05:00", R"("2001-12-14t21:59:43.10-05:00")"},
      {"account that starts with zero", "012345678901", R"("012345678901")"},
      {"key", "{2012: a, yes: b, ~: c}", R"({"2012":"a","yes":"b","null":"c"})"},
  };
  for (const Case& item : cases) EXPECT_EQ(Json(item.text), item.wanted) << item.name;
}

TEST(Yaml, QuotedAndBlockScalarsAreStrings) {
  EXPECT_EQ(Json("['true', \"12\", '~', '']"), R"(["true","12","~",""])");
  EXPECT_EQ(Json("a: |\n  {\"x\":\n   1}\n"), R"({"a":"{\"x\":\u000a 1}\u000a"})");
  EXPECT_EQ(Json("a: >-\n  12\n"), R"({"a":"12"})");
  EXPECT_EQ(Json("!!str 0123"), R"("0123")");
  EXPECT_EQ(Json("!!int '12'"), "12");
}

TEST(Yaml, BlockScalarsKeepTheirLineBreaks) {
  EXPECT_EQ(Json("a: |\n  x"), R"({"a":"x"})");
  EXPECT_EQ(Json("a: |\n  x\n"), R"({"a":"x\u000a"})");
  EXPECT_EQ(Json("a: |-\n  x\n"), R"({"a":"x"})");
  EXPECT_EQ(Json("a: |+\n  x\n"), R"({"a":"x\u000a"})");
  EXPECT_EQ(Json("a: |+\n  x\n\n"), R"({"a":"x\u000a\u000a"})");
}

TEST(Yaml, WarnsOfAnOctalAccountId) {
  // CloudFormation reads 012345670123 as 1402433619.
  Diagnostics problems;
  EXPECT_EQ(Json("a:\n  - 012345670123\n  - 012345678901\n  - '012345670123'\n", &problems),
            R"({"a":["012345670123","012345678901","012345670123"]})");
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].message,
            "`012345670123` is an octal number in YAML, and CloudFormation takes it for one");
  EXPECT_EQ(problems[0].place, At(2, 5));
}

TEST(Yaml, TurnsTagsIntoTheLongFormOnEveryKindOfNode) {
  const Case cases[] = {
      {"scalar", "!Sub '${A}x'", R"({"Fn::Sub":"${A}x"})"},
      {"list", "!Join ['-', [a, !Ref B]]", R"({"Fn::Join":["-",["a",{"Ref":"B"}]]})"},
      {"block list", "!If\n- C\n- 1\n- !Ref AWS::NoValue\n",
       R"({"Fn::If":["C",1,{"Ref":"AWS::NoValue"}]})"},
      {"object", "!Transform {Name: AWS::Include}", R"({"Fn::Transform":{"Name":"AWS::Include"}})"},
      {"Ref", "!Ref Bucket", R"({"Ref":"Bucket"})"},
      {"Condition", "!Condition IsProd", R"({"Condition":"IsProd"})"},
      {"a number is text", "!Ref 123", R"({"Ref":"123"})"},
      {"nothing", "a: !Ref\n", R"({"a":{"Ref":""}})"},
      {"GetAtt", "!GetAtt Bucket.Arn", R"({"Fn::GetAtt":["Bucket","Arn"]})"},
      {"GetAtt of an output", "!GetAtt Child.Outputs.QueueArn",
       R"({"Fn::GetAtt":["Child","Outputs.QueueArn"]})"},
      {"GetAtt as a list", "!GetAtt [Bucket, Arn]", R"({"Fn::GetAtt":["Bucket","Arn"]})"},
      {"GetAtt without attribute", "!GetAtt Bucket", R"({"Fn::GetAtt":["Bucket"]})"},
      {"nested", "!Base64\n  Fn::Sub: x\n", R"({"Fn::Base64":{"Fn::Sub":"x"}})"},
      {"block scalar", "a: !Sub |\n  x ${B}\n", R"({"a":{"Fn::Sub":"x ${B}\u000a"}})"},
  };
  for (const Case& item : cases) EXPECT_EQ(Json(item.text), item.wanted) << item.name;
}

TEST(Yaml, ReportsTagsThatNobodyKnows) {
  Diagnostics problems;
  EXPECT_EQ(Json("a: !!binary aGk=\nb: !<x> y\nc: !!map {}\n", &problems),
            R"({"a":"aGk=","b":"y","c":{}})");
  ASSERT_EQ(problems.size(), 2U);
  EXPECT_EQ(problems[0].message, "the tag `tag:yaml.org,2002:binary` is not known");
  EXPECT_EQ(problems[1].message, "the tag `x` is not known");
}

TEST(Yaml, TellsWhereValuesAndKeysStand) {
  Value value = Parse("# comment\na:\n  é: [1,\r\n    !Sub x]\n  e:\nb: |\n  text\n");
  EXPECT_EQ(value.place, At(2, 1));
  EXPECT_EQ(value.key_places[1], At(6, 1));
  EXPECT_EQ(value.items[1].place, At(6, 4));
  const Value& a = value.items[0];
  EXPECT_EQ(a.place, At(3, 3));
  EXPECT_EQ(a.items[0].place, At(3, 7));  // columns are bytes, and `é` has two
  EXPECT_EQ(a.items[0].items[0].place, At(3, 8));
  EXPECT_EQ(a.items[0].items[1].place, At(4, 5));
  EXPECT_EQ(a.items[0].items[1].items[0].place, At(4, 5));
  // Nothing stands at an empty value; it is shown at its key.
  EXPECT_EQ(a.key_places[1], At(5, 3));
  EXPECT_EQ(a.items[1].place, At(5, 3));
}

TEST(Yaml, ReportsRepeatedKeysAndTheLastOneWins) {
  Diagnostics problems;
  EXPECT_EQ(Json("a: 1\nb: {c: 1, c: 2}\na: 3\n", &problems), R"({"a":3,"b":{"c":2}})");
  ASSERT_EQ(problems.size(), 2U);
  EXPECT_EQ(problems[0].message, "repeated key `c`");
  EXPECT_EQ(problems[0].place, At(2, 11));
  EXPECT_EQ(problems[1].message, "repeated key `a`");
  EXPECT_EQ(problems[1].place, At(3, 1));
}

TEST(Yaml, ExpandsAliasesWithThePlacesOfTheirAnchors) {
  Value value = Parse("a: &x {k: [1]}\nb: *x\nc: &y text\n*y : *x\n");
  EXPECT_EQ(ToJson(value), R"({"a":{"k":[1]},"b":{"k":[1]},"c":"text","text":{"k":[1]}})");
  EXPECT_EQ(value.items[1].items[0].items[0].place, At(1, 12));
}

TEST(Yaml, AnAnchorThatIsSetAgainStandsForTheNewValue) {
  EXPECT_EQ(Json("[&a 1, *a, &a 2, *a]"), "[1,1,2,2]");
}

TEST(Yaml, MergesWithoutOverridingWhatTheObjectSays) {
  Diagnostics problems;
  EXPECT_EQ(Json("x: &x {a: 1, b: 2}\n"
                 "y: {<<: *x, b: 3}\n"
                 "z: {b: 4, <<: [{c: 5}, *x, {c: 6, a: 7}]}\n"
                 "q: {'<<': 8}\n",
                 &problems),
            R"({"x":{"a":1,"b":2},"y":{"b":3,"a":1},"z":{"b":4,"c":5,"a":1},"q":{"<<":8}})");
  EXPECT_TRUE(problems.empty());
  EXPECT_EQ(Json("{<<: 1, a: 2}", &problems), R"({"a":2})");
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].message, "`<<` takes an object or a list of objects");
}

TEST(Yaml, RefusesBombsOfAliases) {
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 20; ++i) {
    std::string last = "*a" + std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + Repeat(last + ", ", 8) +
            last + "]\n";
  }
  EXPECT_NE(ErrorOf(bomb).find("aliases expand to more than 100000 values"), std::string::npos);
  std::string megabyte =
      "a: &a " + std::string(1'000'000, 'x') + "\nb: [" + Repeat("*a, ", 100) + "]\n";
  EXPECT_NE(ErrorOf(megabyte).find("aliases expand to more than"), std::string::npos);
  YamlOptions options;
  options.limits.aliases = 3;
  EXPECT_EQ(ErrorOf("[&a x, *a, *a, *a]", options), "");
  EXPECT_NE(ErrorOf("[&a x, *a, *a, *a, *a]", options), "");
}

TEST(Yaml, RefusesAliasesOfThemselvesAndOfNothing) {
  EXPECT_EQ(ErrorOf("a: &a [1, *a]\n"), "1:11 an alias within its own anchor");
  EXPECT_EQ(ErrorOf("&a\nx:\n  y: *a\n"), "3:6 an alias within its own anchor");
  EXPECT_EQ(ErrorOf("a: *b\n"), "1:4 not valid YAML: the referenced anchor is not defined");
}

TEST(Yaml, AliasesCannotNestDeeperThanTheLimit) {
  std::string text = "a0: &a0 [x]\n";
  for (int i = 1; i < 100; ++i) {
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [*a" + std::to_string(i - 1) +
            "]\n";
  }
  YamlOptions options;
  EXPECT_EQ(ErrorOf(text, options), "");
  options.limits.depth = 50;
  EXPECT_NE(ErrorOf(text, options).find("nested deeper than 50 levels"), std::string::npos);
}

TEST(Yaml, RefusesDeepNestingOfEveryForm) {
  for (const char* part : {"[", "[a, ", "{a: ", "- ", "? ", "!Not [", "&a [", "!a {b: "}) {
    EXPECT_NE(ErrorOf(Repeat(part, 100'000)), "") << part;
  }
  EXPECT_NE(ErrorOf(Repeat("- ", 100'000)).find("nested deeper than"), std::string::npos);
  EXPECT_NE(ErrorOf(Repeat("{a: ", 100'000)).find("nested deeper than"), std::string::npos);
  std::string block;
  for (std::size_t i = 0; i < 2'000; ++i) block += std::string(i, ' ') + "a:\n";
  EXPECT_NE(ErrorOf(block).find("nested deeper than"), std::string::npos);
}

TEST(Yaml, ATagIsALevelOfItsOwn) {
  YamlOptions options;
  options.limits.depth = 4;
  EXPECT_EQ(ErrorOf("!Not [!Not [a]]", options), "");
  EXPECT_EQ(ErrorOf("!Not [!Not [[a]]]", options), "1:13 nested deeper than 4 levels");
}

TEST(Yaml, ReadsMegabytesOfOneScalar) {
  std::string text(3'000'000, 'y');
  Value value = Parse("a: \"" + text + "\"\nb: 1\n");
  EXPECT_EQ(value.items[0].text, text);
  EXPECT_EQ(value.items[1].text, "1");
}

TEST(Yaml, SaysWhereAndWhyATextIsNotYaml) {
  const Case cases[] = {
      {"empty", "", "1:1 the file is empty"},
      {"comment", "# only\n  # that\n", "1:1 the file holds no YAML document"},
      {"tab", "a:\n\tb: 1\n", "2:1 not valid YAML: a tab in the indentation"},
      {"tab behind blanks", "a:\n  b:\n \tc: 1\n", "3:2 not valid YAML: a tab in the indentation"},
      {"tab in a list", "a:\n  - b\n\t- c\n", "3:1 not valid YAML: a tab in the indentation"},
      {"open list", "a: [1, 2\n", "2:1 not valid YAML: end of sequence flow not found"},
      {"two colons", "a: b: c\n", "1:5 not valid YAML: illegal map value"},
      {"two tags", "!Base64 !Sub a\n",
       "1:9 not valid YAML: cannot assign multiple tags to the same node"},
      {"key is a list", "? [a]\n: b\n", "1:3 a key that is no text"},
      {"key has a tag", "!Sub a: b\n", "1:1 a key that is no text"},
      {"NUL", std::string("a: \"\0\"", 6), "1:5 the file holds a NUL byte, so it is no text"},
      {"end of transmission",
       "a: 1\n\x04"
       "b: 2\n",
       "2:1 not valid YAML: control character U+0004"},
      {"escape sequence", "a: \x1B[31m\n", "1:4 not valid YAML: control character U+001B"},
      {"stray byte", "a: \"\xFF\"\n", "1:5 invalid UTF-8"},
      {"UTF-16",
       std::string("\xFF\xFE"
                   "a\0",
                   4),
       "1:1 the file is UTF-16, not UTF-8"},
  };
  for (const Case& item : cases) EXPECT_EQ(ErrorOf(item.text), item.wanted) << item.name;
}

TEST(Yaml, NoticesAMissingClosingQuote) {
  for (const char* text :
       {"a: \"b", "a: \"b\n", "a: \"b\n  ", "a: 'b\n", "a: 'b''\n", "a: \"b\\\"\n", "a: \"b\r\n"}) {
    EXPECT_NE(ErrorOf(text).find("a closing quote is missing"), std::string::npos) << text;
  }
  EXPECT_EQ(ErrorOf("a: \"b\""), "");
  EXPECT_EQ(ErrorOf("a: 'b'''\n \n"), "");
}

TEST(Yaml, TakesOneDocumentOnly) {
  EXPECT_EQ(Json("---\na: 1\n...\n"), R"({"a":1})");
  EXPECT_EQ(Json("---\n"), "null");
  EXPECT_EQ(ErrorOf("a: 1\n---\nb: 2\n"), "2:1 more than one YAML document");
  EXPECT_EQ(ErrorOf("a: 1\n---\n"), "2:1 more than one YAML document");
}

TEST(Yaml, ReadsJsonAsJson) {
  Diagnostics problems;
  EXPECT_EQ(Json("{\n\t\"a\": \"\\/\\ud83d\\ude00\",\t\"a\": [1e5, \"2012-10-17\"]}", &problems),
            R"({"a":[1e5,"2012-10-17"]})");
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].place, At(2, 25));
  EXPECT_EQ(Json("{\"a\": 1, b: [x]}"), R"({"a":1,"b":["x"]})");
}

TEST(Yaml, LetsNoInputForgeASymbol) {
  EXPECT_EQ(Json("\"\xF3\xB0\x80\x80\": \"a\xF3\xB0\x80\x80\"\nb: !Sub \"\\U000F0001\"\n"),
            "{\"\xEF\xBF\xBD\":\"a\xEF\xBF\xBD\",\"b\":{\"Fn::Sub\":\"\xEF\xBF\xBD\"}}");
}

TEST(Yaml, SkipsAByteOrderMark) {
  Value value = Parse(
      "\xEF\xBB\xBF"
      "a: 1\n");
  EXPECT_EQ(value.keys[0], "a");
  EXPECT_EQ(value.key_places[0], At(1, 1));
}

TEST(Yaml, RefusesMoreThanTheLimitsAllow) {
  YamlOptions few;
  few.limits.nodes = 3;
  EXPECT_EQ(ErrorOf("[a]", few), "");
  EXPECT_NE(ErrorOf("[a, b, c]", few).find("more than 3 values"), std::string::npos);
  YamlOptions small;
  small.limits.bytes = 4;
  EXPECT_EQ(ErrorOf("a: 1", small), "");
  EXPECT_EQ(ErrorOf("a: 12", small), "0:0 larger than 4 bytes");
}

}  // namespace
}  // namespace preview::text
