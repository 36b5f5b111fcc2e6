#include "rules/form.h"

#include <gtest/gtest.h>

#include "model/symbol.h"

namespace preview::rules {
namespace {

const model::Environment kHere = {
    .account = "111122223333", .region = "us-east-1", .partition = "aws"};

std::string Fill(std::string_view form, const std::string& text) {
  return FillForm(form, kHere, [&](std::string_view) { return text; });
}

TEST(FillForm, ReplacesPlaceholders) {
  EXPECT_EQ(Fill("a{x}b{account}", "-"), "a-b111122223333");
  EXPECT_EQ(Fill("", "-"), "");
  EXPECT_EQ(Fill("{x", "-"), "{x");
}

TEST(FillForm, TakesTheDefaultOfAnEmptyText) {
  EXPECT_EQ(Fill("role{path|/}", ""), "role/");
  EXPECT_EQ(Fill("role{path|/}", "/a/"), "role/a/");
}

TEST(FillForm, ChangesTextsAsTheFormSays) {
  EXPECT_EQ(Fill("{x:host}", "https://a.example/p"), "a.example/p");
  EXPECT_EQ(Fill("{x:host}", "a.example"), "a.example");
  EXPECT_EQ(Fill("{x:last}", "a/b/c"), "c");
  EXPECT_EQ(Fill("{x:tail}", "a:b:c"), "c");
  EXPECT_EQ(Fill("{x:tail}", "c"), "c");
  EXPECT_EQ(Fill("{x:lower}", "STATEFUL"), "stateful");
  EXPECT_EQ(Fill("{x:relative}", "/a"), "a");
  EXPECT_EQ(Fill("{x:outpost}", "arn:outpost/o/bucket/b"), "arn:outpost/o");
  EXPECT_EQ(Fill("{x:rule_bus|default}", ""), "");
  EXPECT_EQ(Fill("{x:rule_bus}", "b"), "b/");
}

TEST(FillForm, KeepsSymbols) {
  model::SymbolTable symbols;
  const std::string symbol = model::SymbolText(
      *symbols.Intern(model::Symbol{"account", {}, {}, model::SymbolForm::kOwnAccount, false}));
  EXPECT_EQ(FillForm("arn:{account}:{x:lower}", {.account = symbol, .region = "r"},
                     [&](std::string_view) { return symbol; }),
            "arn:" + symbol + ":" + symbol);
}

TEST(MatchForm, CapturesWhatThePlaceholdersStandFor) {
  auto captures = MatchForm("https://sqs.{region}.amazonaws.com/{account}/{name}",
                            "https://sqs.eu-west-1.amazonaws.com/1/a/b");
  ASSERT_TRUE(captures);
  EXPECT_EQ(*captures, (Captures{{"region", "eu-west-1"}, {"account", "1"}, {"name", "a/b"}}));
}

TEST(MatchForm, RefusesOtherTexts) {
  EXPECT_FALSE(MatchForm("alias/{name}", "key/k"));
  EXPECT_FALSE(MatchForm("alias/{name}", "alias/"));
  EXPECT_FALSE(MatchForm("{a}/{b}", "/b"));
  EXPECT_FALSE(MatchForm("{a}/end", "a/end/more"));
  EXPECT_FALSE(MatchForm("{a}", ""));
  EXPECT_TRUE(MatchForm("", ""));
}

}  // namespace
}  // namespace preview::rules
