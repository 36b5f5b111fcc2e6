#include "preview/cli/suppress.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace preview::cli {
namespace {

using model::Code;
using model::Place;
using model::Status;
using Strings = std::vector<std::string>;

// A file of one resource a ten lines: `R1` from line 10, `R2` from line 20, …; its statements are
// three lines each.
class Suppress : public testing::Test {
 protected:
  Suppress() {
    options_.today = "2026-11-25";
    files_.Add("main.tf", "");
    for (const char* address : {"R1", "R2", "module.a[\"x\"].module.b.t.R3", "t.R4"}) {
      model::Resource resource;
      resource.address = address;
      resource.place = {
          1, static_cast<std::uint32_t>(10 * (deployment_.after.resources.size() + 1)), 1};
      deployment_.after.resources.push_back(std::move(resource));
    }
  }

  static model::Suppression On(std::uint32_t first, std::uint32_t last,
                               std::vector<Code> codes = {Code::kPV002}) {
    model::Suppression suppression;
    suppression.place = {1, first, 50};
    suppression.codes = std::move(codes);
    suppression.reason = "meant";
    suppression.begin = {1, first, 1};
    suppression.end = {1, last, 2};
    return suppression;
  }
  static model::Finding Made(const std::string& address, std::vector<model::FindingSource> sources,
                             Code code = Code::kPV002) {
    model::Finding finding;
    finding.resource_address = address;
    finding.code = code;
    finding.sources = std::move(sources);
    return finding;
  }
  static model::FindingSource By(const std::string& carrier, std::uint32_t line) {
    model::FindingSource source;
    source.carrier = carrier;
    if (line != 0) source.place = {1, line, 5};
    return source;
  }

  // Applies to one reading; gives the statuses as letters.
  std::string Apply(std::vector<model::Suppression> suppressions,
                    std::vector<model::Finding> findings,
                    std::vector<model::Undetermined> undetermined = {}) {
    deployment_.suppressions = std::move(suppressions);
    Decision decision;
    decision.reports.resize(1);
    decision.reports[0].findings = std::move(findings);
    decision.reports[0].undetermined = std::move(undetermined);
    suppressor_.Apply(deployment_.suppressions, ResourcePlaces(deployment_), decision);
    std::string statuses;
    for (const model::Finding& finding : decision.reports[0].findings) {
      statuses += finding.status == Status::kArchived ? 'x' : 'o';
      EXPECT_EQ(finding.accepted.has_value(), finding.status == Status::kArchived);
    }
    for (const model::Undetermined& entry : decision.reports[0].undetermined)
      statuses += entry.accepted.has_value() ? 'X' : 'O';
    return statuses;
  }
  Strings Warnings() {
    document_ = {};
    suppressor_.Warn(document_);
    Strings warnings;
    for (const model::Note& note : document_.notes) warnings.push_back(note.message);
    return warnings;
  }

  Options options_;
  model::SourceFiles files_;
  model::Deployment deployment_;
  Suppressor suppressor_{options_, files_};
  report::Document document_;
};

TEST_F(Suppress, OnAStatementCoversThatStatementOnly) {
  EXPECT_EQ(Apply({On(12, 14)}, {Made("R1", {By("R1", 12)}), Made("R1", {By("R1", 15)})}), "xo");
  EXPECT_EQ(Warnings(), Strings{});
}

TEST_F(Suppress, OnAResourceCoversWhatItSharesAndWhatItCarries) {
  EXPECT_EQ(Apply({On(10, 19)}, {Made("R1", {By("R2", 22)}), Made("R2", {By("R1", 12)}),
                                 Made("R2", {By("R1", 0)}), Made("R2", {By("R2", 22)})}),
            "xxxo");
  EXPECT_EQ(Warnings(), Strings{});
}

TEST_F(Suppress, OnAModuleCallCoversAllInstances) {
  model::Suppression outer = On(90, 95);
  outer.modules = {"module.a"};
  EXPECT_EQ(Apply({outer},
                  {Made("module.a[\"x\"].module.b.t.R3", {By("t.R4", 0)}),
                   Made("t.R4", {By("module.a[\"x\"].module.b.t.R3", 0)}),
                   Made("module.ab.t.R", {By("module.ab.t.R", 0)}), Made("t.R4", {By("t.R4", 0)})}),
            "xxoo");
  model::Suppression inner = On(80, 85);
  inner.modules = {"module.b"};
  EXPECT_EQ(Apply({inner}, {Made("module.a[\"x\"].module.b.t.R3", {By("", 0)})}), "o");
}

TEST_F(Suppress, NeedsEachStatementOfAFindingCovered) {
  const model::Finding both = Made("R1", {By("R1", 12), By("R1", 15)});
  EXPECT_EQ(Apply({On(12, 14)}, {both}), "o");
  const Strings warnings = Warnings();
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_NE(warnings[0].find("only a part"), std::string::npos);
}

TEST_F(Suppress, OfEachStatementArchivesTheFinding) {
  EXPECT_EQ(Apply({On(12, 14), On(15, 17)}, {Made("R1", {By("R1", 12), By("R1", 15)})}), "x");
  EXPECT_EQ(Warnings(), Strings{});
}

TEST_F(Suppress, OfAnotherCodeIsUnusedAndSaysWhatIsThere) {
  EXPECT_EQ(Apply({On(10, 19, {Code::kPV001})}, {Made("R1", {By("R1", 12)})}), "o");
  const Strings warnings = Warnings();
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_NE(warnings[0].find("PV001 matches nothing"), std::string::npos);
  EXPECT_NE(warnings[0].find("PV002"), std::string::npos);
}

TEST_F(Suppress, WarnsOfEachCodeThatIsUnused) {
  EXPECT_EQ(Apply({On(10, 19, {Code::kPV001, Code::kPV002})}, {Made("R1", {By("R1", 12)})}), "x");
  const Strings warnings = Warnings();
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_NE(warnings[0].find("PV001"), std::string::npos);
}

TEST_F(Suppress, HoldsThroughItsLastDay) {
  model::Suppression today = On(10, 19);
  today.until = model::Date{2026, 11, 25};
  model::Suppression yesterday = On(20, 29);
  yesterday.until = model::Date{2026, 11, 24};
  EXPECT_EQ(Apply({today, yesterday}, {Made("R1", {By("R1", 12)}), Made("R2", {By("R2", 22)})}),
            "xo");
  const Strings warnings = Warnings();
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_NE(warnings[0].find("2026-11-24"), std::string::npos);
  EXPECT_EQ(document_.notes[0].place, yesterday.place);
  EXPECT_TRUE(document_.notes[0].matters);
}

TEST_F(Suppress, IsNotUnusedWhereAnyReadingUsesIt) {
  EXPECT_EQ(Apply({On(10, 19)}, {}), "");
  EXPECT_EQ(Apply({On(10, 19)}, {Made("R1", {By("R1", 12)})}), "x");
  EXPECT_EQ(Warnings(), Strings{});
}

TEST_F(Suppress, LeavesResolvedFindingsAlone) {
  model::Finding resolved = Made("R1", {By("R1", 12)});
  resolved.status = Status::kResolved;
  EXPECT_EQ(Apply({On(10, 19)}, {resolved}), "o");
  EXPECT_EQ(Warnings().size(), 1U);
}

TEST_F(Suppress, AcceptsWhatIsUndeterminedByName) {
  model::Undetermined entry;
  entry.resource_address = "R1";
  EXPECT_EQ(Apply({On(10, 19, {Code::kPV010})}, {}, {entry}), "X");
  EXPECT_EQ(Warnings(), Strings{});
}

TEST_F(Suppress, IsNotCalledUnusedWhereSomethingIsUndetermined) {
  model::Undetermined entry;
  entry.place = {1, 12, 1};
  EXPECT_EQ(Apply({On(10, 19)}, {}, {entry}), "O");
  EXPECT_EQ(Warnings(), Strings{});
}

TEST_F(Suppress, TakesNothingThatIsMalformedFetchedOrOnNothing) {
  model::Suppression malformed = On(10, 19);
  malformed.problem = "it gives no reason";
  model::Suppression fetched = On(20, 29);
  fetched.fetched = true;
  model::Suppression nothing = On(40, 49);
  nothing.begin = nothing.end = {};
  EXPECT_EQ(
      Apply({malformed, fetched, nothing}, {Made("R1", {By("R1", 12)}), Made("R2", {By("R2", 22)}),
                                            Made("t.R4", {By("t.R4", 42)})}),
      "ooo");
  EXPECT_EQ(Warnings().size(), 3U);
  EXPECT_TRUE(document_.notes[0].matters);
  EXPECT_FALSE(document_.notes[1].matters);
  EXPECT_TRUE(document_.notes[2].matters);
}

TEST_F(Suppress, TellsStacksApart) {
  deployment_.after.resources[0].stack = "One";
  deployment_.after.resources[1].stack = "Two";
  deployment_.after.resources[1].address = "R1";
  model::Finding one = Made("R1", {});
  one.stack = "One";
  model::Finding two = one;
  two.stack = "Two";
  EXPECT_EQ(Apply({On(10, 19)}, {one, two, Made("R1", {})}), "xoo");
}

TEST_F(Suppress, CopesWithManySuppressionsOfOneResource) {
  std::vector<model::Suppression> suppressions(20'000, On(10, 19));
  for (std::size_t i = 0; i < suppressions.size(); ++i)
    suppressions[i].place.column = static_cast<std::uint32_t>(i + 1);
  std::vector<model::Finding> findings(20'000, Made("R1", {By("R1", 12)}));
  EXPECT_EQ(Apply(suppressions, findings), std::string(20'000, 'x'));
  EXPECT_EQ(Warnings().size(), 19'999U);
}

TEST(Today, ComesFromTheOptionThenTheEpochVariable) {
  Options options;
  options.source_date_epoch = "86399";
  EXPECT_EQ(Today(options).value(), (model::Date{1970, 1, 1}));
  options.source_date_epoch = "1709164800";  // 2024-02-29T00:00:00Z
  EXPECT_EQ(Today(options).value(), (model::Date{2024, 2, 29}));
  options.today = "2027-01-31";
  EXPECT_EQ(Today(options).value(), (model::Date{2027, 1, 31}));
}

TEST(Today, RefusesAnEpochVariableThatIsNone) {
  for (const char* text : {"yesterday", "-1", "1.5", "99999999999999999999", "999999999999999"}) {
    Options options;
    options.source_date_epoch = text;
    EXPECT_FALSE(Today(options).ok()) << text;
  }
}

TEST(Today, IsAskedForOnlyWhereThereIsADay) {
  Options options;
  options.source_date_epoch = "none";
  const model::SourceFiles files;
  Suppressor suppressor(options, files);
  model::Deployment deployment;
  model::Suppression suppression;
  suppression.begin = {1, 1, 1};
  suppression.codes = {Code::kPV002};
  Decision decision;
  suppressor.Apply({suppression}, ResourcePlaces(deployment), decision);
  report::Document document;
  suppressor.Warn(document);
  EXPECT_TRUE(document.errors.empty());
  suppression.place.column = 9;
  suppression.until = model::Date{2027, 1, 31};
  suppressor.Apply({suppression}, ResourcePlaces(deployment), decision);
  suppressor.Warn(document);
  EXPECT_EQ(document.errors.size(), 1U);
}

}  // namespace
}  // namespace preview::cli
