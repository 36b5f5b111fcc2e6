#include "preview/cli/ids.h"

#include <gtest/gtest.h>

#include "tests/preview/report/sample.h"

namespace preview::cli {
namespace {

std::string IdOf(model::Finding finding) {
  std::vector<model::Finding> findings = {std::move(finding)};
  AssignIds(findings, model::SymbolTable());
  return findings[0].id;
}

// Published vectors: http://www.isthe.com/chongo/src/fnv/test_fnv.c
TEST(Fnv1a, AgreesWithThePublishedVectors) {
  EXPECT_EQ(Fnv1a(""), 0xcbf29ce484222325U);
  EXPECT_EQ(Fnv1a("a"), 0xaf63dc4c8601ec8cU);
  EXPECT_EQ(Fnv1a("foobar"), 0x85944171f73967e8U);
}

TEST(Ids, DependOnWhoAndWhereOnly) {
  const model::Finding finding = report::PartnerFinding();
  const std::string id = IdOf(finding);
  EXPECT_EQ(id.size(), 16U);
  model::Finding same = finding;
  same.input = "/elsewhere/plan.json";
  same.actions.push_back("sqs:ReceiveMessage");
  same.place = {1, 2, 3};
  same.change = model::ChangeType::kUnchanged;
  EXPECT_EQ(IdOf(same), id);
  model::Finding other = finding;
  other.principal.value = "888888888888";
  EXPECT_NE(IdOf(other), id);
  other = finding;
  other.conditions[0].second = "vpc-2";
  EXPECT_NE(IdOf(other), id);
  other = finding;
  other.resource_address += "x";
  EXPECT_NE(IdOf(other), id);
}

TEST(Ids, StayTheSameFromReleaseToRelease) {
  // Computed with a separate FNV-1a in Python over
  // "AWS::SQS::Queue\0\0module.a.aws_sqs_queue.orders\0AWS\0…".
  EXPECT_EQ(IdOf(report::PartnerFinding()), "ff82b958520cd550");
}

TEST(Ids, NumberRepetitions) {
  std::vector<model::Finding> findings(3, report::PartnerFinding());
  AssignIds(findings, model::SymbolTable());
  EXPECT_EQ(findings[1].id, findings[0].id + "-2");
  EXPECT_EQ(findings[2].id, findings[0].id + "-3");
}

TEST(Ids, DoNotGiveASensitivePrincipalAway) {
  model::Finding finding = report::PartnerFinding();
  finding.sensitive = true;
  const std::string id = IdOf(finding);
  finding.principal.value = "888888888888";
  EXPECT_EQ(IdOf(finding), id);
}

TEST(Ids, DoNotDependOnTheOrderOfSymbols) {
  const auto id = [](bool another_first) {
    model::SymbolTable symbols;
    if (another_first) (void)symbols.Intern({"other", "", "", model::SymbolForm::kText, false});
    const auto symbol =
        symbols.Intern({"parameter Partner", "", "", model::SymbolForm::kText, false});
    std::vector<model::Finding> findings = {report::PartnerFinding()};
    findings[0].principal.value = model::SymbolText(*symbol);
    AssignIds(findings, symbols);
    return findings[0].id;
  };
  EXPECT_EQ(id(false), id(true));
}

}  // namespace
}  // namespace preview::cli
