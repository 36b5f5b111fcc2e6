#include "preview/access/quantity.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace preview::access {
namespace {

Decimal Number(std::string_view text) { return ParseDecimal(text).value(); }

std::vector<std::string> Around(const std::vector<std::string>& texts) {
  std::set<Decimal> sorted;
  for (const std::string& text : texts) sorted.insert(Number(text));
  return NumbersAround({sorted.begin(), sorted.end()});
}

TEST(Quantity, DecimalsAreReadExactly) {
  for (auto [text, spelled] : std::vector<std::pair<const char*, const char*>>{
           {"0", "0"},
           {"-0", "0"},
           {"007", "7"},
           {"1.50", "1.5"},
           {"+3", "3"},
           {".5", "0.5"},
           {"5.", "5"},
           {"-0.10", "-0.1"},
           {"123456789012345678901234567890", "123456789012345678901234567890"}})
    EXPECT_EQ(ToText(Number(text)), spelled) << text;
  for (const char* text : {"", "-", ".", "1e3", "0x1", " 1", "1 ", "1.2.3", "--1"})
    EXPECT_FALSE(ParseDecimal(text)) << text;
}

TEST(Quantity, DecimalsAreInOrder) {
  std::vector<std::string> sorted = {"-100", "-10.5", "-10", "-1", "-0.5", "-0.05", "0",
                                     "0.05", "0.5",   "1",   "9",  "10",   "10.5",  "100"};
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    for (std::size_t k = 0; k < sorted.size(); ++k)
      EXPECT_EQ(Number(sorted[i]) < Number(sorted[k]), i < k) << sorted[i] << " " << sorted[k];
  }
}

// Each open interval between two breakpoints, and below and above all, has its number; whole
// numbers where the breakpoints are whole.
TEST(Quantity, NumbersAroundFallIntoEveryInterval) {
  std::vector<std::vector<std::string>> sets = {{"5"},
                                                {"0"},
                                                {"-5"},
                                                {"-5", "5"},
                                                {"-1", "0"},
                                                {"7", "8"},
                                                {"7", "9"},
                                                {"-9", "-7"},
                                                {"-8", "-7"},
                                                {"9", "11"},
                                                {"99", "101"},
                                                {"-101", "-99"},
                                                {"-10", "-9", "0", "1", "1000"},
                                                {"0.5", "0.6"},
                                                {"-0.6", "-0.5"},
                                                {"1.05", "1.0500001"},
                                                {"-2", "-0.5", "0.25", "3"},
                                                {"-0.5", "0"},
                                                {"0", "0.0000000000000001"},
                                                {"-1.5", "-1"},
                                                {"-1", "-0.9"}};
  for (const auto& texts : sets) {
    std::vector<Decimal> points;
    for (const std::string& text : texts) points.push_back(Number(text));
    std::sort(points.begin(), points.end());
    std::vector<Decimal> got;
    for (const std::string& text : Around(texts)) got.push_back(Number(text));
    std::string name = texts.front() + " …";
    bool whole = std::all_of(points.begin(), points.end(),
                             [](const Decimal& d) { return d.fraction.empty(); });
    auto any = [&](auto predicate) { return std::any_of(got.begin(), got.end(), predicate); };
    EXPECT_TRUE(any([&](const Decimal& d) { return d < points.front(); })) << name;
    EXPECT_TRUE(any([&](const Decimal& d) { return points.back() < d; })) << name;
    for (const Decimal& point : points)
      EXPECT_TRUE(any([&](const Decimal& d) { return d == point; })) << name;
    for (std::size_t i = 0; i + 1 < points.size(); ++i) {
      bool between = any([&](const Decimal& d) { return points[i] < d && d < points[i + 1]; });
      // Whole neighbours have no whole number between them.
      bool neighbours =
          whole && std::stoll(ToText(points[i])) + 1 == std::stoll(ToText(points[i + 1]));
      EXPECT_EQ(between, !neighbours) << name << " after " << ToText(points[i]);
    }
    if (!whole) continue;
    for (const Decimal& d : got) EXPECT_TRUE(d.fraction.empty()) << name << " " << ToText(d);
  }
}

TEST(Quantity, NoBreakpointGivesOneNumber) { EXPECT_EQ(NumbersAround({}).size(), 1U); }

TEST(Quantity, DatesAreReadInEveryForm) {
  constexpr std::int64_t kDay = 86'400'000'000;
  for (auto [text, micros] : std::vector<std::pair<const char*, std::int64_t>>{
           {"1970-01-01", 0},
           {"1970", 0},
           {"1970-01-02T00:00:00Z", kDay},
           {"1970-01-01T01:00:00+01:00", 0},
           {"1969-12-31T23:00:00-01:00", 0},
           {"1970-01-01T00:00Z", 0},
           {"1970-01-01T00:00:00.25Z", 250'000},
           {"86400", kDay},
           {"-1", -1'000'000},
           {"2000-03-01T00:00:00Z", 951'868'800'000'000},
           {"2020-02-29", 1'582'934'400'000'000}})
    EXPECT_EQ(ParseDate(text), micros) << text;
  for (const char* text : {"", "tomorrow", "2020-13-01", "2020-01-01T25:00:00Z",
                           "2020-01-01T00:00:00", "2020-01-01Zx", "2020-1-1"})
    EXPECT_FALSE(ParseDate(text)) << text;
}

TEST(Quantity, DatesComeThroughTheirText) {
  for (std::int64_t micros : {0LL, -1LL, 1LL, -86'400'000'001LL, 951'868'800'000'000LL,
                              1'582'934'400'000'001LL, 253'402'300'799'000'000LL})
    EXPECT_EQ(ParseDate(DateText(micros)), micros) << DateText(micros);
}

TEST(Quantity, NetworksHoldWhatTheyHold) {
  struct Row {
    const char* network;
    const char* address;
    bool inside;
  };
  for (const Row& row : std::vector<Row>{{"0.0.0.0/0", "255.255.255.255", true},
                                         {"0.0.0.0/0", "0.0.0.0", true},
                                         {"0.0.0.0/0", "::", false},
                                         {"::/0", "ffff:ffff::1", true},
                                         {"::/0", "1.2.3.4", false},
                                         {"203.0.113.77/24", "203.0.113.1", true},
                                         {"203.0.113.77/24", "203.0.114.1", false},
                                         {"203.0.113.77", "203.0.113.77", true},
                                         {"203.0.113.77", "203.0.113.78", false},
                                         {"203.0.113.77/32", "203.0.113.77", true},
                                         {"128.0.0.0/1", "255.0.0.1", true},
                                         {"128.0.0.0/1", "127.255.255.255", false},
                                         {"2001:db8::/33", "2001:db8:7fff::1", true},
                                         {"2001:db8::/33", "2001:db8:8000::1", false},
                                         {"2001:db8::1/128", "2001:db8::1", true}}) {
    EXPECT_EQ(ParseNetwork(row.network).value().Contains(ParseAddress(row.address).value()),
              row.inside)
        << row.network << " " << row.address;
  }
  for (const char* text : {"", "1.2.3", "1.2.3.4/33", "1.2.3.4/", "1.2.3.4/-1", "::/129",
                           "1.2.3.4/a", "256.0.0.1", "1.2.3.4/0000"})
    EXPECT_FALSE(ParseNetwork(text)) << text;
}

TEST(Quantity, TheNextAddressCarriesAndEnds) {
  auto next = [](const char* text) { return Next(ParseAddress(text).value()); };
  EXPECT_EQ(ToText(*next("1.2.3.255")), "1.2.4.0");
  EXPECT_EQ(ToText(*next("2001:db8::ffff")), "2001:db8::1:0");
  EXPECT_FALSE(next("255.255.255.255"));
  EXPECT_FALSE(next("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"));
}

}  // namespace
}  // namespace preview::access
