#include "model/symbol.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace preview::model {
namespace {

SymbolId Intern(SymbolTable& table, const std::string& name) {
  Symbol symbol;
  symbol.name = name;
  return table.Intern(symbol).value();
}

TEST(SymbolTable, GivesTheSameIdToTheSameOrigin) {
  SymbolTable table;
  SymbolId bucket = Intern(table, "aws_s3_bucket.b.arn");
  SymbolId queue = Intern(table, "aws_sqs_queue.q.arn");
  EXPECT_NE(bucket, queue);
  EXPECT_EQ(Intern(table, "aws_s3_bucket.b.arn"), bucket);
  EXPECT_EQ(table.size(), 2U);
  EXPECT_EQ(table.Get(queue).name, "aws_sqs_queue.q.arn");
}

TEST(SymbolTable, TellsFormsOfTheSameNameApart) {
  SymbolTable table;
  SymbolId text = Intern(table, "a");
  Symbol opaque{"a", "", "", SymbolForm::kOpaqueId, false};
  EXPECT_NE(table.Intern(opaque).value(), text);
}

TEST(SymbolTable, IsFullWhenNoPrivateUseLetterIsLeft) {
  SymbolTable table;
  // Planes 15 and 16 less the two noncharacters that end each.
  constexpr int kLetters = 2 * 0xFFFE;
  for (int i = 0; i < kLetters; ++i) Intern(table, std::to_string(i));
  Symbol one_more;
  one_more.name = "one more";
  EXPECT_FALSE(table.Intern(one_more).has_value());
  Symbol known;
  known.name = "7";
  EXPECT_EQ(table.Intern(known), SymbolId{7});
}

TEST(SymbolText, IsOneLetterAndLeadsBackToItsId) {
  for (std::uint32_t index : {0U, 1U, 0xFFFDU, 0xFFFEU, 0xFFFFU, 2U * 0xFFFE - 1}) {
    SymbolId id{index};
    std::string text = SymbolText(id);
    EXPECT_EQ(text.size(), 4U) << index;
    EXPECT_EQ(AsSingleSymbol(text), id) << index;
  }
  EXPECT_EQ(SymbolText(SymbolId{0}), "\xF3\xB0\x80\x80");               // U+F0000
  EXPECT_EQ(SymbolText(SymbolId{0xFFFE}), "\xF4\x80\x80\x80");          // U+100000
  EXPECT_EQ(SymbolText(SymbolId{2 * 0xFFFE - 1}), "\xF4\x8F\xBF\xBD");  // U+10FFFD
}

TEST(SymbolText, NoncharactersBetweenThePlanesAreNoSymbols) {
  EXPECT_FALSE(SymbolOfLetter(0xFFFFE).has_value());
  EXPECT_FALSE(SymbolOfLetter(0xFFFFF).has_value());
  EXPECT_FALSE(SymbolOfLetter(0xEFFFF).has_value());
  EXPECT_FALSE(SymbolOfLetter(0x10FFFE).has_value());
}

TEST(SymbolText, IsFoundAmongOtherLetters) {
  std::string symbol = SymbolText(SymbolId{5});
  EXPECT_TRUE(HasSymbol("arn:" + symbol + "/*"));
  EXPECT_FALSE(HasSymbol("arn:aws:s3:::b"));
  EXPECT_FALSE(HasSymbol("\xF0\x9F\x98\x80"));  // U+1F600 is four bytes, too
  EXPECT_FALSE(HasSymbol(symbol.substr(0, 3)));
  EXPECT_FALSE(AsSingleSymbol(symbol + "x").has_value());
  std::vector<SymbolId> seen;
  ForEachSymbol(symbol + "-" + SymbolText(SymbolId{9}) + symbol,
                [&](SymbolId id) { seen.push_back(id); });
  EXPECT_EQ(seen, (std::vector{SymbolId{5}, SymbolId{9}, SymbolId{5}}));
}

TEST(Display, ShowsNamesAndHidesSensitiveOnes) {
  SymbolTable table;
  SymbolId bucket = Intern(table, "aws_s3_bucket.b.arn");
  Symbol secret{"var.password", "", "", SymbolForm::kText, true};
  SymbolId hidden = table.Intern(secret).value();
  EXPECT_EQ(Display(SymbolText(bucket) + "/*, " + SymbolText(hidden), table),
            "⟨aws_s3_bucket.b.arn⟩/*, ⟨sensitive⟩");
  EXPECT_EQ(Display("", table), "");
}

TEST(WithoutSymbolLetters, LeavesNoForgedSymbolAndAllElse) {
  EXPECT_EQ(WithoutSymbolLetters("a\xF3\xB0\x80\x80z"), "a\xEF\xBF\xBDz");
  EXPECT_EQ(WithoutSymbolLetters("\xF0\x9F\x98\x80 é"), "\xF0\x9F\x98\x80 é");
  EXPECT_FALSE(HasSymbol(WithoutSymbolLetters("\xF3\xF3\xB0\x80\x80\xB0\x80\x80")));
}

}  // namespace
}  // namespace preview::model
