// What an answer is when the steps run out or there is too much of it: never a missed grant, and
// marked approximate.

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/preview/access/cases.h"
#include "tests/preview/access/findings.h"
#include "tests/preview/access/twin.h"

namespace preview::access {
namespace {

std::string List(const std::string& prefix, std::size_t n) {
  std::string out;
  for (std::size_t i = 0; i < n; ++i)
    out += (i == 0 ? "\"" : ",\"") + prefix + std::to_string(i) + "\"";
  return "[" + out + "]";
}

std::string Statement(const std::string& effect, const std::string& principal,
                      const std::string& condition) {
  return R"({"Effect":")" + effect + R"(","Principal":)" + principal +
         R"(,"Action":"s3:GetObject","Resource":"arn:aws:s3:::data/*","Condition":{)" + condition +
         "}}";
}

// n × n findings: more than anybody reads.
std::string TooMany() {
  return Statement("Allow", "\"*\"",
                   R"("StringEquals":{"aws:SourceVpc":)" + List("vpc-", 300) +
                       R"(,"aws:SourceVpce":)" + List("vpce-", 300) + "}");
}

TEST(Budget, TooManyFindingsAreOneThatCoversThem) {
  Report report = Decide(Bucket(TooMany()), OwnAccount());
  auto widest =
      std::find_if(report.findings.begin(), report.findings.end(),
                   [](const model::Finding& finding) { return finding.conditions.empty(); });
  ASSERT_NE(widest, report.findings.end());
  EXPECT_EQ(widest->principal.value, "*");
  EXPECT_EQ(widest->precision, model::Precision::kApproximate);
  // Each of the endpoints is fixed: it is not said to be public.
  EXPECT_FALSE(widest->is_public);
}

TEST(Budget, FederatedAndCanonicalCallersAreReportedToo) {
  std::string statements =
      TooMany() + "," + Statement("Allow", R"({"Federated":"accounts.google.com"})", "") + "," +
      Statement("Allow", R"({"CanonicalUser":")" + std::string(64, 'a') + "\"}", "");
  Report report = Decide(Bucket(statements), OwnAccount());
  for (const char* kind : {"AWS", "Federated", "CanonicalUser"}) {
    EXPECT_TRUE(
        std::any_of(report.findings.begin(), report.findings.end(),
                    [&](const model::Finding& finding) { return finding.principal.kind == kind; }))
        << kind;
  }
}

// With fewer and fewer steps the answer may grow, and what it adds is approximate; what the twin
// lets in is always covered.
TEST(Budget, FewerStepsNeverHideAccess) {
  std::string statements =
      Statement("Allow", "\"*\"", R"("StringEquals":{"aws:SourceVpc":["a","b"]})");
  for (const char* values : {R"("a","b")", R"("b","c")", R"("a","c")"}) {
    statements += "," + Statement("Deny", "\"*\"",
                                  std::string(R"("StringEquals":{"aws:SourceVpc":[)") + values +
                                      R"(],"aws:SourceVpce":[)" + values + "]}");
  }
  for (std::uint64_t steps : {0U, 1U, 3U, 10U, 30U, 100U, 300U, 1000U, 100'000U}) {
    AccessOptions options = OwnAccount();
    options.max_steps = steps;
    model::Configuration bucket = Bucket(statements);
    Report report = Decide(bucket, options);
    EXPECT_FALSE(report.findings.empty()) << steps;
    for (const model::Finding& finding : report.findings) {
      if (finding.precision == model::Precision::kApproximate) continue;
      EXPECT_TRUE(twin::Allows(bucket, twin::RequestOf(*finding.witness, bucket, options.zone)));
    }
  }
}

TEST(Budget, WithoutStepsADenyDoesNotHideAndIsNotCertain) {
  AccessOptions options = OwnAccount();
  options.max_steps = 0;
  EXPECT_EQ(
      Spell(Decide(Bucket(Statement("Allow", "\"*\"", "") + "," + Statement("Deny", "\"*\"", "")),
                   options)),
      (Lines{"AWS * {} [s3:GetObject] public approximate"}));
}

// Of two layers' statements each pair counts: 100 of an access point and 100 of its bucket.
TEST(Budget, ManyStatementsOfAnAccessPointAndItsBucketAreStillAnswered) {
  std::string bucket_statements;
  std::string point_statements;
  for (int i = 0; i < 100; ++i) {
    std::string account = std::to_string(444400000000 + i);
    auto statement = [&](const std::string& resource) {
      return std::string(i == 0 ? "" : ",") + R"({"Effect":"Allow","Principal":{"AWS":")" +
             account + R"("},"Action":"s3:GetObject","Resource":")" + resource + "\"}";
    };
    bucket_statements += statement("arn:aws:s3:::data/*");
    point_statements += statement("arn:aws:s3:us-east-1:111122223333:accesspoint/p/object/*");
  }
  model::Configuration bucket = Bucket(bucket_statements);
  model::AccessPoint point;
  point.arn = "arn:aws:s3:us-east-1:111122223333:accesspoint/p";
  point.account = "111122223333";
  point.policy =
      model::Value::String(R"({"Version":"2012-10-17","Statement":[)" + point_statements + "]}");
  bucket.access_points.push_back(std::move(point));
  Report report = Decide(bucket, OwnAccount());
  std::set<std::string> principals;
  for (const model::Finding& finding : report.findings) principals.insert(finding.principal.value);
  EXPECT_EQ(principals.size(), 100U);
}

}  // namespace
}  // namespace preview::access
