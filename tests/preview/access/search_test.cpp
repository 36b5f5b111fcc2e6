// The search against brute force over all points of small spaces.

#include "preview/access/search.h"

#include <gtest/gtest.h>

#include "parsers/policy/policy_parser.h"

namespace preview::access {
namespace {

// Statements over three keys with few values each, as rules of one layer.
Layer SmallLayer() {
  std::string statements;
  const char* const conditions[] = {
      R"("StringEquals":{"k:one":"a"})",
      R"("StringNotEquals":{"k:one":"a"})",
      R"("StringLike":{"k:one":["a*","b"]})",
      R"("StringEquals":{"k:two":"a"})",
      R"("StringEquals":{"k:one":"b","k:two":"b"})",
      R"("StringEquals":{"k:three":"a"},"StringNotEquals":{"k:two":"a"})",
      R"("Null":{"k:three":"true"})",
      R"("StringEquals":{"k:one":"a","k:two":"a","k:three":"a"})"};
  for (const char* effect : {"Allow", "Deny"}) {
    for (const char* condition : conditions) {
      statements += std::string(statements.empty() ? "" : ",") + R"({"Effect":")" + effect +
                    R"(","Principal":"*","Action":"*","Resource":"*","Condition":{)" + condition +
                    "}}";
    }
  }
  auto parsed = policy::ParsePolicy(model::Value::String(R"({"Statement":[)" + statements + "]}"),
                                    policy::PolicyOptions{});
  Layer layer;
  layer.arn = "arn:aws:sqs:us-east-1:111122223333:q";
  for (model::Statement& statement : parsed.document.statements) {
    Rule rule;
    rule.statement = std::move(statement);
    layer.rules.push_back(std::move(rule));
  }
  return layer;
}

class SearchTest : public testing::Test {
 protected:
  SearchTest() : layer_(SmallLayer()), space_(MakeSpace()) {
    for (const Rule& rule : layer_.rules) compiled_.push_back(space_.Compile(rule, 0));
  }

  Space MakeSpace() {
    zone_.account = "111122223333";
    SpaceOptions options;
    options.zone = &zone_;
    options.type = rules::FindResourceType("AWS::SQS::Queue");
    options.environment.account = zone_.account;
    return Space({&layer_}, options);
  }

  // The next pseudo-random number below n.
  std::size_t Below(std::size_t n) {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::size_t>((state_ >> 33) % n);
  }

  Access RandomAccess() {
    Access access;
    for (const CompiledRule& rule : compiled_) {
      if (Below(3) != 0) continue;
      if (rule.rule->statement.effect == model::Effect::kAllow) {
        access.allows.push_back({rule.box, {&rule}, false});
      } else {
        access.denies.push_back(&rule);
      }
    }
    return access;
  }

  Box RandomRegion() {
    Box region = space_.everything();
    for (std::size_t d = 0; d < space_.dimensions().size(); ++d) {
      for (std::size_t i = 0; i < space_.dimensions()[d].atoms.size(); ++i) {
        if (Below(4) == 0) space_.ClearAtom(region, d, i);
      }
    }
    return region;
  }

  bool Inside(const std::vector<std::size_t>& point, const Box& box) const {
    for (std::size_t d = 0; d < point.size(); ++d) {
      if (!space_.HasAtom(box, d, point[d])) return false;
    }
    return true;
  }

  bool LetsIn(const std::vector<std::size_t>& point, const Access& access) const {
    bool allowed = false;
    for (const AllowBox& allow : access.allows) allowed = allowed || Inside(point, allow.box);
    for (const CompiledRule* deny : access.denies) allowed = allowed && !Inside(point, deny->box);
    return allowed;
  }

  bool IsOutside(const std::vector<std::size_t>& point) const {
    for (const Box& box : space_.outside()) {
      if (Inside(point, box)) return true;
    }
    return false;
  }

  template <typename Predicate>
  bool AnyPoint(const Box& region, Predicate predicate) const {
    std::vector<std::size_t> point(space_.dimensions().size(), 0);
    while (true) {
      if (Inside(point, region) && IsOutside(point) && predicate(point)) return true;
      std::size_t d = 0;
      while (d < point.size() && ++point[d] == space_.dimensions()[d].atoms.size()) point[d++] = 0;
      if (d == point.size()) return false;
    }
  }

  model::ZoneOfTrust zone_;
  Layer layer_;
  Space space_;
  std::vector<CompiledRule> compiled_;
  std::uint64_t state_ = 7;
};

TEST_F(SearchTest, FindsAPointExactlyWhereThereIsOne) {
  Search search(space_, 100'000'000);
  std::size_t hits = 0;
  for (int i = 0; i < 400; ++i) {
    Access access = RandomAccess();
    Box region = RandomRegion();
    auto hit = search.Find(region, access);
    bool expected = AnyPoint(region, [&](const auto& point) { return LetsIn(point, access); });
    ASSERT_EQ(hit.has_value(), expected) << i;
    if (!hit) continue;
    ++hits;
    // Any choice of atoms of the point is a way in.
    std::vector<std::size_t> point;
    for (std::size_t d = 0; d < space_.dimensions().size(); ++d)
      point.push_back(space_.FirstAtom(hit->point, d).value());
    EXPECT_TRUE(Inside(point, region) && IsOutside(point) && LetsIn(point, access)) << i;
    EXPECT_TRUE(hit->exact);
  }
  EXPECT_GT(hits, 50U);
  EXPECT_LT(hits, 350U);
  EXPECT_FALSE(search.exhausted());
}

TEST_F(SearchTest, FindsWhatIsNewExactlyWhereSomethingIs) {
  Search search(space_, 100'000'000);
  std::size_t hits = 0;
  for (int i = 0; i < 400; ++i) {
    Access after = RandomAccess();
    Access before = RandomAccess();
    Box region = RandomRegion();
    bool expected = AnyPoint(
        region, [&](const auto& point) { return LetsIn(point, after) && !LetsIn(point, before); });
    ASSERT_EQ(search.FindNew(region, after, before).has_value(), expected) << i;
    hits += expected ? 1 : 0;
    EXPECT_FALSE(search.FindNew(region, after, after)) << i;
  }
  EXPECT_GT(hits, 30U);
}

TEST_F(SearchTest, WithoutStepsTheAnswerIsAWayInThatIsNotExact) {
  Search search(space_, 0);
  Access access;
  access.allows.push_back({compiled_[0].box, {&compiled_[0]}, false});
  access.denies.push_back(&compiled_[8]);  // denies all that the Allow lets in
  auto hit = search.Find(space_.everything(), access);
  ASSERT_TRUE(hit);
  EXPECT_FALSE(hit->exact);
  EXPECT_TRUE(search.exhausted());
}

}  // namespace
}  // namespace preview::access
