#include "preview/access/fused_keys.h"

#include <gtest/gtest.h>

#include <set>

#include "preview/access/quantity.h"

namespace preview::access {
namespace {

class FusedKeys : public testing::Test {
 protected:
  void Add(const std::string& op, const std::string& key, std::vector<std::string> values) {
    VariableText none = [](std::string_view) { return std::nullopt; };
    tests_.push_back(
        std::make_unique<access::Test>(CompileTest({op, key, std::move(values)}, false, none)));
    by_key_[tests_.back()->key].push_back(tests_.back().get());
  }

  std::vector<FusedDimension> Make() {
    zone_.account = "111122223333";
    return MakeFusedDimensions({by_key_, 10'000, zone_});
  }

  std::vector<std::unique_ptr<access::Test>> tests_;
  std::map<std::string, std::vector<const access::Test*>> by_key_;
  model::ZoneOfTrust zone_;
};

TEST_F(FusedKeys, NothingIsFusedThatNobodyAsksFor) {
  Add("StringEquals", "aws:SourceVpc", {"vpc-1"});
  Add("StringEquals", "aws:PrincipalOrgID", {"o-1"});
  Add("Bool", "aws:MultiFactorAuthPresent", {"true"});
  EXPECT_TRUE(Make().empty());
}

TEST_F(FusedKeys, PathsLieInTheirOrganization) {
  zone_.organization = "o-own";
  Add("StringEquals", "aws:PrincipalOrgID", {"o-one", "o-own"});
  Add("ForAnyValue:StringLike", "aws:PrincipalOrgPaths", {"o-two/r-1/*", "o-one/*"});
  auto dimensions = Make();
  ASSERT_EQ(dimensions.size(), 1U);
  EXPECT_EQ(dimensions[0].keys,
            (std::vector<std::string>{"aws:principalorgid", "aws:principalorgpaths"}));
  std::set<std::string> organizations;
  bool none = false;
  for (const auto& atom : dimensions[0].atoms) {
    ASSERT_EQ(atom[0].has_value(), atom[1].has_value());
    none = none || !atom[0];
    if (!atom[0]) continue;
    organizations.insert(atom[0]->front());
    for (const std::string& path : *atom[1])
      EXPECT_TRUE(path.starts_with(atom[0]->front() + "/")) << path;
  }
  EXPECT_TRUE(none);
  EXPECT_TRUE(organizations.contains("o-one"));
  EXPECT_TRUE(organizations.contains("o-two"));
  EXPECT_FALSE(organizations.contains("o-own"));  // inside
  EXPECT_GE(organizations.size(), 3U);            // and one that nobody named
}

// `o-*/r-1/*` is met by paths of an organization that only another key names.
TEST_F(FusedKeys, APathPatternIsMetInEveryOrganization) {
  Add("StringEquals", "aws:PrincipalOrgID", {"o-one"});
  Add("ForAnyValue:StringLike", "aws:PrincipalOrgPaths", {"o-*/r-1/*", "o-?wo/*"});
  auto dimensions = Make();
  ASSERT_EQ(dimensions.size(), 1U);
  std::set<std::string> one;
  std::set<std::string> two;
  for (const auto& atom : dimensions[0].atoms) {
    if (!atom[0]) continue;
    auto& paths = atom[0]->front() == "o-one" ? one : two;
    if (atom[0]->front() == "o-one" || atom[0]->front().ends_with("wo"))
      paths.insert(atom[1]->begin(), atom[1]->end());
  }
  auto some = [](const std::set<std::string>& paths, std::string_view part) {
    return std::any_of(paths.begin(), paths.end(), [&](const std::string& path) {
      return path.find(part) != std::string::npos;
    });
  };
  EXPECT_TRUE(some(one, "/r-1/"));
  EXPECT_TRUE(some(one, "/r-root/"));
  EXPECT_TRUE(some(two, "/r-1/"));
  EXPECT_TRUE(some(two, "/r-root/"));
}

TEST_F(FusedKeys, AnAgeNeedsAnAuthentication) {
  Add("NumericLessThan", "aws:MultiFactorAuthAge", {"300"});
  auto dimensions = Make();
  ASSERT_EQ(dimensions.size(), 1U);
  std::set<std::string> ages;
  std::set<std::string> without;
  for (const auto& atom : dimensions[0].atoms) {
    std::string present = atom[0] ? atom[0]->front() : "absent";
    if (!atom[1]) without.insert(present);
    if (!atom[1]) continue;
    EXPECT_EQ(present, "true");
    ages.insert(atom[1]->front());
  }
  EXPECT_EQ(without, (std::set<std::string>{"absent", "false", "true"}));
  EXPECT_GE(ages.size(), 3U);  // below, at and above
}

TEST_F(FusedKeys, AnAgeIsANumberThoughOnlyItsPresenceIsAsked) {
  Add("Null", "aws:MultiFactorAuthAge", {"false"});
  auto dimensions = Make();
  ASSERT_EQ(dimensions.size(), 1U);
  bool present = false;
  for (const auto& atom : dimensions[0].atoms) {
    if (!atom[1]) continue;
    present = true;
    EXPECT_TRUE(ParseDecimal(atom[1]->front())) << atom[1]->front();
  }
  EXPECT_TRUE(present);
}

TEST_F(FusedKeys, ATokenIsIssuedBeforeItIsUsed) {
  Add("DateGreaterThan", "aws:CurrentTime", {"2030-01-01T00:00:00Z"});
  Add("DateLessThan", "aws:TokenIssueTime", {"2029-01-01T00:00:00Z"});
  Add("NumericLessThan", "aws:EpochTime", {"1900000000"});
  auto dimensions = Make();
  ASSERT_EQ(dimensions.size(), 1U);
  std::set<std::int64_t> times;
  for (const auto& atom : dimensions[0].atoms) {
    std::int64_t now = ParseDate(atom[0]->front()).value();
    times.insert(now);
    EXPECT_EQ(ParseDate(atom[1]->front()).value(), now / 1'000'000 * 1'000'000);
    EXPECT_TRUE(!atom[2] || ParseDate(atom[2]->front()).value() <= now);
  }
  EXPECT_EQ(times.size(), 7U);  // at three dates, and before, between and after them
}

}  // namespace
}  // namespace preview::access
