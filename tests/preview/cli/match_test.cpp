#include "preview/cli/match.h"

#include <gtest/gtest.h>

#include "model/symbol.h"

namespace preview::cli {
namespace {

model::Configuration Queue(std::string arn, std::string identity, std::string stack = "") {
  model::Configuration configuration;
  configuration.resource_type = "AWS::SQS::Queue";
  configuration.arn = std::move(arn);
  configuration.identity = std::move(identity);
  configuration.stack = std::move(stack);
  return configuration;
}

std::string QueueArn(std::string_view name) {
  return "arn:aws:sqs:us-east-1:111122223333:" + std::string(name);
}

using Pairs = std::vector<std::pair<int, int>>;

Pairs MatchOf(std::vector<model::Configuration> before, std::vector<model::Configuration> after) {
  Pairs pairs;
  for (const Match& match : MatchConfigurations({std::move(before)}, {std::move(after)}))
    pairs.emplace_back(match.before, match.after);
  return pairs;
}

class Matching : public testing::Test {
 protected:
  std::string Symbol(std::string_view name, model::SymbolForm form = model::SymbolForm::kText) {
    return model::SymbolText(*symbols_.Intern({std::string(name), "", "", form, false}));
  }
  model::SymbolTable symbols_;
};

TEST_F(Matching, PairsTheSameArnWhateverTheAddress) {
  EXPECT_EQ(MatchOf({Queue(QueueArn("a"), "old"), Queue(QueueArn("b"), "x")},
                    {Queue(QueueArn("b"), "y"), Queue(QueueArn("a"), "new")}),
            (Pairs{{1, 0}, {0, 1}}));
}

TEST_F(Matching, PairsTheSameIdentityWhenAnArnIsNotKnown) {
  EXPECT_EQ(MatchOf({Queue(QueueArn("a"), "q")}, {Queue(Symbol("q.arn"), "q")}), (Pairs{{0, 0}}));
}

TEST_F(Matching, TakesAReplacementApart) {
  EXPECT_EQ(MatchOf({Queue(QueueArn("a"), "q")}, {Queue(QueueArn("b"), "q")}),
            (Pairs{{-1, 0}, {0, -1}}));
}

TEST_F(Matching, SeesAReplacementBehindASymbolInAnotherPart) {
  const std::string account = Symbol("account", model::SymbolForm::kOwnAccount);
  const std::string head = "arn:aws:sqs:us-east-1:" + account + ":";
  EXPECT_EQ(MatchOf({Queue(head + "a", "q")}, {Queue(head + "b", "q")}), (Pairs{{-1, 0}, {0, -1}}));
}

TEST_F(Matching, FollowsARenamedLogicalIdByTheTextOfItsArn) {
  const std::string head = "arn:aws:sqs:" + Symbol("region", model::SymbolForm::kRegion) + ":1:";
  EXPECT_EQ(MatchOf({Queue(head + "a", "Old")}, {Queue(head + "a", "New")}), (Pairs{{0, 0}}));
}

TEST_F(Matching, KeepsStacksAndTypesApart) {
  model::Configuration topic = Queue("", "q");
  topic.resource_type = "AWS::SNS::Topic";
  EXPECT_EQ(MatchOf({Queue("", "q", "one"), topic}, {Queue("", "q", "two")}),
            (Pairs{{-1, 0}, {0, -1}, {1, -1}}));
}

TEST_F(Matching, UsesEachConfigurationOnce) {
  EXPECT_EQ(
      MatchOf({Queue("", "q"), Queue("", "q")}, {Queue("", "q"), Queue("", "q"), Queue("", "q")}),
      (Pairs{{0, 0}, {1, 1}, {-1, 2}}));
}

TEST_F(Matching, CertainlyDifferOnlyWhereNoSymbolCouldMakeThemEqual) {
  const std::string symbol = Symbol("x");
  struct Case {
    std::string name, one, other;
    bool want;
  };
  const Case cases[] = {
      {"equal", "arn:a", "arn:a", false},
      {"known", "arn:a", "arn:b", true},
      {"one empty", "", "arn:b", false},
      {"a whole symbol", symbol, QueueArn("b"), false},
      {"symbol in the same part", QueueArn("a-" + symbol), QueueArn("b"), false},
      {"known part differs", "arn:aws:sqs:us-east-1:1:" + symbol,
       "arn:aws:sqs:eu-west-1:1:" + symbol, true},
  };
  for (const Case& one : cases)
    EXPECT_EQ(CertainlyDiffer(one.one, one.other), one.want) << one.name;
}

}  // namespace
}  // namespace preview::cli
