#include "preview/cli/collect.h"

#include <gtest/gtest.h>

#include "tests/preview/report/sample.h"

namespace preview::cli {
namespace {

const std::vector<std::string> kFour = {
    "`A` is true and `B` is true", "`A` is true and `B` is false", "`A` is false and `B` is true",
    "`A` is false and `B` is false"};

TEST(WhenInWords, SaysTheConditionThatDecides) {
  struct Case {
    std::string name;
    std::vector<bool> holds;
    std::string want;
  };
  const Case cases[] = {
      {"everywhere", {true, true, true, true}, ""},
      {"one condition", {true, true, false, false}, "`A` is true"},
      {"the other one", {false, true, false, true}, "`B` is false"},
      {"one reading", {false, false, true, false}, "`A` is false and `B` is true"},
      {"three readings",
       {true, true, true, false},
       "`A` is true and `B` is true, or `A` is true and `B` is false, or `A` is false and `B` is "
       "true"},
  };
  for (const Case& one : cases) EXPECT_EQ(WhenInWords(kFour, one.holds), one.want) << one.name;
}

Decision Reading(std::string when, std::vector<model::Finding> findings) {
  Decision decision;
  decision.when = std::move(when);
  model::Configuration configuration;
  configuration.resource_type = "AWS::SQS::Queue";
  configuration.address = "Queue";
  decision.assembled.after.configurations.push_back(configuration);
  decision.matches = {{-1, 0}};
  decision.reports.resize(1);
  decision.reports[0].findings = std::move(findings);
  return decision;
}

TEST(Collect, AFindingOfAllReadingsStandsOnce) {
  const model::Finding always = report::PartnerFinding();
  model::Finding sometimes = always;
  sometimes.principal.value = "888888888888";
  report::Document document;
  Target target;
  target.input = "t.yaml";
  Collect(
      {Reading("`IsProd` is true", {always, sometimes}), Reading("`IsProd` is false", {always})},
      target, document);
  ASSERT_EQ(document.findings.size(), 2U);
  EXPECT_EQ(document.findings[0].when, "");
  EXPECT_EQ(document.findings[1].when, "`IsProd` is true");
  EXPECT_EQ(document.resources, 1U);
  EXPECT_EQ(document.decided, 1U);
}

TEST(Collect, NamesTheInputAndCountsWhatIsOpen) {
  Decision decision = Reading("", {report::PartnerFinding()});
  decision.reports[0].findings[0].input.clear();
  decision.reports[0].findings[0].resource_address = "Queue";
  model::Undetermined entry;
  entry.resource_address = "Queue";
  entry.reason = "not known";
  decision.reports[0].undetermined = {entry, entry};
  decision.assembled.undetermined = {entry};
  decision.assembled.notes = {{"", "Queue", "a note", {}, false}};
  Target target;
  target.input = "first.yaml";
  target.input_of["Queue"] = "second.yaml";
  report::Document document;
  Collect({decision}, target, document);
  EXPECT_EQ(document.findings[0].input, "second.yaml");
  ASSERT_EQ(document.undetermined.size(), 1U);
  EXPECT_EQ(document.undetermined[0].input, "second.yaml");
  EXPECT_EQ(document.notes.at(0).input, "second.yaml");
  EXPECT_EQ(document.resources, 1U);
  EXPECT_EQ(document.decided, 0U);
}

TEST(SortFindings, PutsTheLoudestFirstWhateverTheOrder) {
  std::vector<model::Finding> findings(5, report::PartnerFinding());
  findings[0].change = model::ChangeType::kUnchanged;
  findings[1].status = model::Status::kResolved;
  findings[2].change = model::ChangeType::kChanged;
  findings[4].is_public = true;
  for (std::size_t i = 0; i < findings.size(); ++i) findings[i].id = std::to_string(i);
  std::vector<model::Finding> reversed(findings.rbegin(), findings.rend());
  for (std::vector<model::Finding>* list : {&findings, &reversed}) {
    SortFindings(*list, model::SymbolTable());
    std::string order;
    for (const model::Finding& finding : *list) order += finding.id;
    EXPECT_EQ(order, "43210");
  }
}

}  // namespace
}  // namespace preview::cli
