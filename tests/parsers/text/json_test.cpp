#include "parsers/text/json.h"

#include <gtest/gtest.h>

#include <string>

#include "model/symbol.h"

namespace preview::text {
namespace {

using model::Diagnostics;
using model::Place;
using model::Value;

Value Parse(std::string_view text, Diagnostics* problems = nullptr,
            const JsonOptions& options = {}) {
  auto result = ParseJson(text, options, problems);
  EXPECT_TRUE(result.ok()) << (result.ok() ? "" : result.error().message);
  return result.ok() ? std::move(result).value() : Value::Unknown("failed");
}

// Line, column and message of the error, as `1:2 message`; empty when there is none.
std::string ErrorOf(std::string_view text, const JsonOptions& options = {}) {
  auto result = ParseJson(text, options);
  if (result.ok()) return "";
  const model::Error& error = result.error();
  return std::to_string(error.place.line) + ":" + std::to_string(error.place.column) + " " +
         error.message;
}

Place At(std::uint32_t line, std::uint32_t column) { return {0, line, column}; }

TEST(Json, ReadsEveryKindOfValue) {
  Value value =
      Parse(R"( {"n": null, "t": true, "f": false, "i": -1, "s": "x", "l": [1, []], "o": {}} )");
  EXPECT_EQ(ToJson(value), R"({"n":null,"t":true,"f":false,"i":-1,"s":"x","l":[1,[]],"o":{}})");
  EXPECT_TRUE(Parse("3").is_number());
}

TEST(Json, KeepsNumbersAsWritten) {
  for (const char* number :
       {"0", "-0", "18446744073709551616", "123456789012345678901234567890", "1.50", "1E+2",
        "0.1000000000000000055511151231257827", "-9223372036854775809"}) {
    EXPECT_EQ(Parse(number).text, number);
    EXPECT_EQ(ToJson(Parse("[" + std::string(number) + " ]")), "[" + std::string(number) + "]");
  }
  EXPECT_EQ(ErrorOf("[1e999]"), "1:2 a number beyond the range of a double");
}

TEST(Json, TellsWhereValuesAndKeysStand) {
  Value value =
      Parse("{\n  \"é\": [1,\n\t\"a\\\"b\", {\"k\" : null}],\r\n \"z\":-2.5e3 , \"y\" : \"\" }");
  EXPECT_EQ(value.place, At(1, 1));
  EXPECT_EQ(value.key_places[0], At(2, 3));
  EXPECT_EQ(value.items[0].place, At(2, 9));  // columns are bytes, and `é` has two
  EXPECT_EQ(value.items[0].items[0].place, At(2, 10));
  EXPECT_EQ(value.items[0].items[1].place, At(3, 2));
  EXPECT_EQ(value.items[0].items[2].place, At(3, 10));
  EXPECT_EQ(value.items[0].items[2].key_places[0], At(3, 11));
  EXPECT_EQ(value.items[0].items[2].items[0].place, At(3, 17));
  EXPECT_EQ(value.key_places[1], At(4, 2));
  EXPECT_EQ(value.items[1].place, At(4, 6));
  EXPECT_EQ(value.key_places[2], At(4, 15));
  EXPECT_EQ(value.items[2].place, At(4, 21));
}

TEST(Json, StaysInStepBehindAwkwardStrings) {
  // Each string is followed by a number on whose place the next assertion relies.
  for (const char* text : {R"("\\")", R"("\"")", R"("\\\"")", R"("a\"")", R"("\u00e9")",
                           R"("\ud83d\ude00")", R"("\"\"\"\"")", R"("")", R"("\n\n\n\"x")"}) {
    std::string list = "[" + std::string(text) + ",7]";
    Value value = Parse(list);
    ASSERT_EQ(value.items.size(), 2U) << text;
    EXPECT_EQ(value.items[1].place, At(1, static_cast<std::uint32_t>(list.size() - 1))) << text;
    EXPECT_EQ(value.items[1].text, "7") << text;
  }
}

TEST(Json, CanLeavePlacesAway) {
  Value value = Parse("{\"a\": [1]}", nullptr, {{}, 0, false});
  EXPECT_FALSE(value.place.known());
  EXPECT_FALSE(value.items[0].items[0].place.known());
  EXPECT_TRUE(value.key_places.empty());
}

TEST(Json, PutsTheFileIntoPlaces) {
  EXPECT_EQ(Parse("[]", nullptr, {{}, 7, true}).place, (Place{7, 1, 1}));
  auto failed = ParseJson("[", {{}, 7, true});
  ASSERT_FALSE(failed.ok());
  EXPECT_EQ(failed.error().place.file, 7U);
}

TEST(Json, ReportsRepeatedKeysAndTheLastOneWins) {
  Diagnostics problems;
  Value value = Parse("{\"a\": 1, \"b\": 2,\n \"a\": {\"c\": 3, \"c\": 4}}", &problems);
  EXPECT_EQ(ToJson(value), R"({"a":{"c":4},"b":2})");
  ASSERT_EQ(problems.size(), 2U);
  EXPECT_EQ(problems[0].message, "repeated key `c`");
  EXPECT_EQ(problems[0].place, At(2, 16));
  EXPECT_EQ(problems[1].message, "repeated key `a`");
  EXPECT_EQ(problems[1].place, At(2, 2));
  EXPECT_EQ(value.key_places[0], At(2, 2));
}

TEST(Json, FindsRepeatedKeysInLargeObjects) {
  std::string text = "{";
  for (int i = 0; i < 50'000; ++i)
    text += "\"key" + std::to_string(i) + "\":" + std::to_string(i) + ",";
  text += "\"key3\":\"again\",\"key49999\":\"again\",\"new\":1}";
  Diagnostics problems;
  Value value = Parse(text, &problems);
  EXPECT_EQ(value.items.size(), 50'001U);
  ASSERT_EQ(problems.size(), 2U);
  EXPECT_EQ(problems[0].message, "repeated key `key3`");
  EXPECT_EQ(value.items[3].text, "again");
  EXPECT_EQ(value.items[4].text, "4");
}

TEST(Json, LetsNoInputForgeASymbol) {
  // Literally, and as the surrogate pair of U+F0000.
  Value value = Parse("{\"\xF3\xB0\x80\x80\": \"a\xF3\xB0\x80\x80z\", \"k\": \"\\udb80\\udc00\"}");
  EXPECT_EQ(value.keys[0], "\xEF\xBF\xBD");
  EXPECT_EQ(value.items[0].text, "a\xEF\xBF\xBDz");
  EXPECT_EQ(value.items[1].text, "\xEF\xBF\xBD");
  EXPECT_EQ(Parse("\"\xF0\x9F\x98\x80\"").text, "\xF0\x9F\x98\x80");
}

TEST(Json, KeepsSymbolsOfOurOwnText) {
  std::string symbol = model::SymbolText(model::SymbolId{3});
  auto result = ParseJsonWithSymbols("{\"" + symbol + "\": \"arn:" + symbol + "/*\"}", {});
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result.value().keys[0], symbol);
  EXPECT_EQ(result.value().items[0].text, "arn:" + symbol + "/*");
}

struct BadCase {
  const char* name;
  std::string text;
  std::string error;
};

TEST(Json, SaysWhereAndWhyATextIsNotJson) {
  const BadCase cases[] = {
      {"empty", "", "1:1 the file is empty"},
      {"blank", " \n\t\r\n", "1:1 the file is empty"},
      {"mark only", "\xEF\xBB\xBF", "1:1 the file is empty"},
      {"cut in an object", "{\"a\": [1,\n", "2:1 not valid JSON: it ends too early"},
      {"cut in a string", "{\"a\": \"b", "1:9 not valid JSON: it ends too early"},
      {"cut in a word", "[tru", "1:5 not valid JSON: it ends too early"},
      {"trailing text", "{}\n x",
       "2:2 not valid JSON: syntax error while parsing value - invalid literal; expected end of "
       "input"},
      {"second value", "1 2",
       "1:3 not valid JSON: syntax error while parsing value - unexpected number literal; expected "
       "end of input"},
      {"trailing comma", "[1,]",
       "1:4 not valid JSON: syntax error while parsing value - unexpected ']'; expected '[', '{', "
       "or a literal"},
      {"NUL ends nothing", std::string("{}\0{", 4),
       "1:3 the file holds a NUL byte, so it is no text"},
      {"UTF-16 with mark", std::string("\xFF\xFE{\0}\0", 6), "1:1 the file is UTF-16, not UTF-8"},
      {"UTF-16 without mark", std::string("\0{\0}", 4), "1:1 the file is UTF-16, not UTF-8"},
      {"stray byte", "{\"a\":\n\"b\xFF\"}", "2:3 invalid UTF-8"},
      {"overlong", "\"\xC0\xAF\"", "1:2 invalid UTF-8"},
      {"surrogate", "\"\xED\xA0\x80\"", "1:3 invalid UTF-8"},
  };
  for (const BadCase& item : cases) EXPECT_EQ(ErrorOf(item.text), item.error) << item.name;
}

TEST(Json, RefusesLoneSurrogatesAndRawControlCharacters) {
  EXPECT_NE(ErrorOf(R"("\ud800")"), "");
  EXPECT_NE(ErrorOf("\"a\nb\""), "");
  EXPECT_NE(ErrorOf("// comment\n1"), "");
}

TEST(Json, DoesNotRepeatTheUsersTextInMessages) {
  EXPECT_EQ(ErrorOf("{\"a\" \x1B[31mred"),
            "1:6 not valid JSON: syntax error while parsing object separator - "
            "invalid literal; expected ':'");
}

TEST(Json, SkipsAByteOrderMark) {
  Value value = Parse("\xEF\xBB\xBF{\"a\": 1}");
  EXPECT_EQ(value.items[0].text, "1");
  EXPECT_EQ(value.key_places[0], At(1, 2));
}

TEST(Json, RefusesDeepNestingAtTheLimit) {
  JsonOptions options;
  options.limits.depth = 3;
  EXPECT_EQ(ErrorOf("[[[1]]]", options), "");
  EXPECT_EQ(ErrorOf("[[[[1]]]]", options), "1:4 nested deeper than 3 levels");
  EXPECT_EQ(ErrorOf(std::string(100'000, '[')), "1:501 nested deeper than 500 levels");
  std::string objects;
  for (int i = 0; i < 100'000; ++i) objects += "{\"a\":";
  EXPECT_EQ(ErrorOf(objects), "1:2501 nested deeper than 500 levels");
}

TEST(Json, RefusesMoreThanTheLimitsAllow) {
  JsonOptions few;
  few.limits.nodes = 3;
  EXPECT_EQ(ErrorOf("[1, 2]", few), "");
  EXPECT_EQ(ErrorOf("[1, 2, 3]", few), "1:8 more than 3 values");
  JsonOptions small;
  small.limits.bytes = 5;
  EXPECT_EQ(ErrorOf("[1,2]", small), "");
  EXPECT_EQ(ErrorOf("[1, 2]", small), "0:0 larger than 5 bytes");
}

}  // namespace
}  // namespace preview::text
