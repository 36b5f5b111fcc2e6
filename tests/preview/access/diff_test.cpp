// What is new: decided on what is allowed, not on how it is written.

#include <gtest/gtest.h>

#include "tests/preview/access/cases.h"
#include "tests/preview/access/findings.h"

namespace preview::access {
namespace {

std::string Allow(const std::string& principal, const std::string& actions,
                  const std::string& condition = "") {
  std::string out = R"({"Effect":"Allow","Principal":)" + principal + R"(,"Action":)" + actions +
                    R"(,"Resource":["arn:aws:s3:::data","arn:aws:s3:::data/*"])";
  if (!condition.empty()) out += R"(,"Condition":{)" + condition + "}";
  return out + "}";
}

const char* const kOther = R"({"AWS":"444455556666"})";
const char* const kRole = R"({"AWS":"arn:aws:iam::444455556666:role/app"})";

Lines Changes(const std::string& before, const std::string& after) {
  model::Configuration old_bucket = Bucket(before);
  model::Configuration new_bucket = Bucket(after);
  return SpellChanges(Change(&old_bucket, &new_bucket));
}

TEST(Diff, OfANewResourceAllIsNew) {
  model::Configuration bucket = Bucket(Allow(kOther, R"("s3:GetObject")"));
  EXPECT_EQ(SpellChanges(Change(nullptr, &bucket)),
            (Lines{"NEW AWS 444455556666 {} [s3:GetObject]"}));
}

TEST(Diff, OfADeletedResourceAllIsResolved) {
  model::Configuration bucket = Bucket(Allow(kOther, R"("s3:GetObject")"));
  EXPECT_EQ(SpellChanges(Change(&bucket, nullptr)),
            (Lines{"RESOLVED AWS 444455556666 {} [s3:GetObject]"}));
}

TEST(Diff, NothingIsResolvedWhileThePolicyIsNotKnown) {
  const model::Configuration old_bucket = Bucket(Allow(kOther, R"("s3:GetObject")"));
  const model::Value symbol = model::Value::String("\xF3\xB0\x80\x80");
  for (const model::Value& open : {model::Value::Unknown("parameter P"), symbol}) {
    model::Configuration new_bucket = old_bucket;
    ASSERT_EQ(new_bucket.policies.size(), 1U);
    new_bucket.policies[0].document = open;
    EXPECT_EQ(SpellChanges(Change(&old_bucket, &new_bucket)), Lines());
  }
}

TEST(Diff, AnotherPrincipalIsNewBesideAnOldOne) {
  EXPECT_EQ(Changes(Allow(kOther, R"("s3:GetObject")"),
                    Allow(kOther, R"("s3:GetObject")") + "," +
                        Allow(R"({"AWS":"777788889999"})", R"("s3:GetObject")")),
            (Lines{"NEW AWS 777788889999 {} [s3:GetObject]",
                   "UNCHANGED AWS 444455556666 {} [s3:GetObject]"}));
}

TEST(Diff, AnotherActionIsAChangeThatNamesIt) {
  EXPECT_EQ(Changes(Allow(kOther, R"("s3:GetObject")"),
                    Allow(kOther, R"(["s3:GetObject","s3:PutObject"])")),
            (Lines{"CHANGED +[s3:PutObject] AWS 444455556666 {} [s3:GetObject s3:PutObject]"}));
}

TEST(Diff, AnActionLessIsAChangeWithNothingNew) {
  EXPECT_EQ(Changes(Allow(kOther, R"(["s3:GetObject","s3:PutObject"])"),
                    Allow(kOther, R"("s3:GetObject")")),
            (Lines{"CHANGED AWS 444455556666 {} [s3:GetObject]"}));
}

TEST(Diff, AWiderNetworkIsNewAccess) {
  auto from = [](const char* network) {
    return Allow("\"*\"", R"("s3:GetObject")",
                 std::string(R"("IpAddress":{"aws:SourceIp":")") + network + "\"}");
  };
  EXPECT_EQ(Changes(from("203.0.113.0/24"), from("203.0.112.0/23")),
            (Lines{"CHANGED +[s3:GetObject] AWS * {aws:SourceIp=203.0.112.0/23} [s3:GetObject]"}));
  EXPECT_EQ(Changes(from("203.0.112.0/23"), from("203.0.113.0/24")),
            (Lines{"CHANGED AWS * {aws:SourceIp=203.0.113.0/24} [s3:GetObject]"}));
  // Host bits are only another way to write it.
  EXPECT_EQ(Changes(from("203.0.113.0/24"), from("203.0.113.7/24")),
            (Lines{"UNCHANGED AWS * {aws:SourceIp=203.0.113.7/24} [s3:GetObject]"}));
}

TEST(Diff, ACaseThatSaysNothingIsAnotherWording) {
  auto of = [](const char* id) {
    return Allow("\"*\"", R"("s3:GetObject")",
                 std::string(R"("StringEqualsIgnoreCase":{"aws:PrincipalOrgID":")") + id + "\"}");
  };
  EXPECT_EQ(Changes(of("o-abc"), of("O-ABC")),
            (Lines{"UNCHANGED AWS * {aws:PrincipalOrgID=O-ABC} [s3:GetObject]"}));
}

TEST(Diff, ADroppedConditionIsNewAccess) {
  EXPECT_EQ(
      Changes(Allow("\"*\"", R"("s3:GetObject")", R"("StringEquals":{"aws:SourceVpc":"vpc-1"})"),
              Allow("\"*\"", R"("s3:GetObject")")),
      (Lines{"CHANGED +[s3:GetObject] AWS * {} [s3:GetObject] public"}));
}

TEST(Diff, ADroppedDenyIsNewAccess) {
  std::string allow = Allow(kOther, R"("s3:GetObject")");
  std::string deny = R"({"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"})";
  EXPECT_EQ(Changes(allow + "," + deny, allow), (Lines{"NEW AWS 444455556666 {} [s3:GetObject]"}));
  EXPECT_EQ(Changes(allow, allow + "," + deny),
            (Lines{"RESOLVED AWS 444455556666 {} [s3:GetObject]"}));
}

// The account had the role's access all along.
TEST(Diff, ANarrowerPrincipalBehindAWiderOneIsUnchanged) {
  std::string account = Allow(kOther, R"("s3:GetObject")");
  std::string role = Allow(kRole, R"("s3:GetObject")");
  EXPECT_EQ(Changes(account + "," + role, role),
            (Lines{"RESOLVED AWS 444455556666 {} [s3:GetObject]",
                   "UNCHANGED AWS arn:aws:iam::444455556666:role/app {} [s3:GetObject]"}));
}

TEST(Diff, AWiderPrincipalOverANarrowerOneIsNew) {
  EXPECT_EQ(Changes(Allow(kRole, R"("s3:GetObject")"), Allow(kOther, R"("s3:GetObject")")),
            (Lines{"NEW AWS 444455556666 {} [s3:GetObject]"}));
}

// Only callers of one account are let in, before and after; a Deny that names it makes it a
// principal of its own.
TEST(Diff, AnotherNameForTheSameCallersIsUnchanged) {
  std::string allow = Allow("\"*\"", R"("s3:GetObject")",
                            R"("StringEquals":{"aws:PrincipalAccount":"444455556666"})");
  auto plain = [](const char* principal) {
    return std::string(R"(,{"Effect":"Deny","Principal":)") + principal +
           R"(,"Action":"*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}})";
  };
  EXPECT_EQ(Changes(allow + plain(kOther), allow + plain("\"*\"")),
            (Lines{"UNCHANGED AWS * {} [s3:GetObject]"}));
  EXPECT_EQ(Changes(allow + plain("\"*\""), allow + plain(kOther)),
            (Lines{"UNCHANGED AWS 444455556666 {} [s3:GetObject]"}));
}

TEST(Diff, ADroppedDenyOfACanonicalUserIsNewAccess) {
  std::string allow = Allow(kOther, R"("s3:GetObject")");
  std::string deny =
      R"(,{"Effect":"Deny","Principal":{"CanonicalUser":"79a5"},"Action":"s3:*","Resource":"*"})";
  EXPECT_EQ(Changes(allow + deny, allow),
            (Lines{"CHANGED +[s3:GetObject] AWS 444455556666 {} [s3:GetObject]"}));
}

TEST(Diff, SplittingAndReorderingIsUnchanged) {
  EXPECT_EQ(Changes(Allow(R"({"AWS":["444455556666","777788889999"]})",
                          R"(["s3:GetObject","s3:PutObject"])"),
                    Allow(R"({"AWS":"777788889999"})", R"(["s3:PutObject","s3:GetObject"])") + "," +
                        Allow(R"({"AWS":"arn:aws:iam::444455556666:root"})", R"("s3:PutObject")") +
                        "," + Allow(kOther, R"("S3:getobject")")),
            (Lines{"UNCHANGED AWS 444455556666 {} [s3:GetObject s3:PutObject]",
                   "UNCHANGED AWS 777788889999 {} [s3:GetObject s3:PutObject]"}));
}

TEST(Diff, ABlockThatGoesAwayOpensThePolicy) {
  model::Configuration before = Bucket(Allow("\"*\"", R"("s3:GetObject")"));
  model::Configuration after = before;
  before.bucket_block = model::PublicAccessBlock{.restrict_public_buckets = true};
  EXPECT_EQ(SpellChanges(Change(&before, &after)), (Lines{"NEW AWS * {} [s3:GetObject] public"}));
  EXPECT_EQ(SpellChanges(Change(&after, &before)),
            (Lines{"RESOLVED AWS * {} [s3:GetObject] public"}));
}

}  // namespace
}  // namespace preview::access
