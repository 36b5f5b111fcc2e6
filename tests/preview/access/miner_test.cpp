// How findings are listed: the example of the paper on stratified abstraction, and the relations of
// which the real service's answer is recorded. https://doi.org/10.1007/978-3-030-53288-8_9

#include <gtest/gtest.h>

#include "tests/preview/access/cases.h"
#include "tests/preview/access/findings.h"

namespace preview::access {
namespace {

std::string Statement(const std::string& effect, const std::string& condition) {
  return R"({"Effect":")" + effect +
         R"(","Principal":"*","Action":"s3:ListBucket","Resource":"arn:aws:s3:::data","Condition":{)" +
         condition + "}}";
}

std::string Allow(const std::string& condition) { return Statement("Allow", condition); }
std::string Deny(const std::string& condition) { return Statement("Deny", condition); }

std::string User(const std::string& glob) {
  return R"("StringLike":{"aws:PrincipalArn":"arn:aws:iam::123456789012:user/)" + glob + "\"}";
}
std::string Topic(const std::string& glob) {
  return R"("ArnLike":{"aws:SourceArn":"arn:aws:sns:ap-northeast-1:123456789012:)" + glob + "\"}";
}
std::string Network(const std::string& prefix) {
  return R"("IpAddress":{"aws:SourceIp":"200.10.10.10/)" + prefix + "\"}";
}

std::string Found(const std::string& user, const std::string& network) {
  return "AWS * {aws:PrincipalArn=arn:aws:iam::123456789012:user/" + user +
         " aws:SourceIp=200.10.10.10/" + network + "} [s3:ListBucket]";
}
std::string FoundTopic(const std::string& user, const std::string& topic) {
  return "AWS * {aws:PrincipalArn=arn:aws:iam::123456789012:user/" + user +
         " aws:SourceArn=arn:aws:sns:ap-northeast-1:123456789012:" + topic + "} [s3:ListBucket]";
}

TEST(Miner, TheExampleOfThePaper) {
  std::string statements =
      Allow(R"("StringEquals":{"aws:SourceVpc":["vpc-a","vpc-b"]})") + "," +
      Allow(R"("StringEquals":{"aws:PrincipalOrgID":"o-2"})") + "," +
      Deny(
          R"("StringEquals":{"aws:SourceVpc":"vpc-b"},"StringNotEquals":{"aws:PrincipalOrgID":"o-1"})");
  EXPECT_EQ(FindingsOf(statements),
            (Lines{"AWS * {aws:PrincipalOrgID=o-1 aws:SourceVpc=vpc-b} [s3:ListBucket]",
                   "AWS * {aws:PrincipalOrgID=o-2} [s3:ListBucket]",
                   "AWS * {aws:SourceVpc=vpc-a} [s3:ListBucket]"}));
}

TEST(Miner, EqualValuesAreOneFinding) {
  std::string one = Allow(User("*bc") + "," + Network("32"));
  EXPECT_EQ(FindingsOf(one + "," + one), (Lines{Found("*bc", "32")}));
}

TEST(Miner, TheWiderValueCoversTheNarrower) {
  EXPECT_EQ(FindingsOf(Allow(User("abc") + "," + Network("32")) + "," +
                       Allow(User("abc") + "," + Network("31"))),
            (Lines{Found("abc", "31")}));
}

TEST(Miner, OverlappingGlobsGiveAllPairs) {
  EXPECT_EQ(FindingsOf(Allow(User("*bc") + "," + Topic("*bc")) + "," +
                       Allow(User("a*c") + "," + Topic("a*c"))),
            (Lines{FoundTopic("*bc", "*bc"), FoundTopic("*bc", "a*c"), FoundTopic("a*c", "*bc"),
                   FoundTopic("a*c", "a*c")}));
}

TEST(Miner, ADenyOfTheSameLeavesNothing) {
  EXPECT_EQ(FindingsOf(Allow(User("*bc") + "," + Network("32")) + "," +
                       Deny(User("*bc") + "," + Network("32"))),
            Lines{});
}

TEST(Miner, ADenyOfAPartLeavesTheWhole) {
  EXPECT_EQ(FindingsOf(Allow(User("abc") + "," + Network("31")) + "," +
                       Deny(User("abc") + "," + Network("32"))),
            (Lines{Found("abc", "31")}));
  EXPECT_EQ(FindingsOf(Allow(User("*bc") + "," + Network("32")) + "," +
                       Deny(User("a*c") + "," + Network("31"))),
            (Lines{Found("*bc", "32")}));
}

TEST(Miner, AValueOfADenyIsListedToo) {
  EXPECT_EQ(FindingsOf(Allow(User("abc1") + "," + Topic("*bc")) + "," +
                       Deny(User("abc2") + "," + Topic("a*c"))),
            (Lines{FoundTopic("abc1", "*bc"), FoundTopic("abc1", "a*c")}));
}

TEST(Miner, AnExceptionOfADenyIsAFinding) {
  EXPECT_EQ(FindingsOf(Allow(User("*bc") + "," + Network("31")) + "," +
                       Deny(User("a*c") + R"(,"NotIpAddress":{"aws:SourceIp":"200.10.10.10/32"})")),
            (Lines{Found("*bc", "31"), Found("a*c", "32")}));
}

TEST(Miner, UntrackedKeysNameNoFinding) {
  EXPECT_EQ(FindingsOf(Allow(R"("StringEquals":{"s3:prefix":"home/"})")),
            (Lines{"AWS * {} [s3:ListBucket] public"}));
  // They still make access impossible.
  EXPECT_EQ(FindingsOf(Allow(R"("Bool":{"aws:SecureTransport":"true"})") + "," +
                       Deny(R"("Bool":{"aws:SecureTransport":"true"})")),
            Lines{});
}

TEST(Miner, ActionsWithTheSameFindingAreOneFinding) {
  std::string allow =
      R"({"Effect":"Allow","Principal":{"AWS":"444455556666"},"Action":["s3:GetObject","s3:PutObject","s3:ListBucket"],"Resource":"*"})";
  EXPECT_EQ(FindingsOf(allow),
            (Lines{"AWS 444455556666 {} [s3:GetObject s3:ListBucket s3:PutObject]"}));
}

// --findings minimal leaves out what others cover together.
TEST(Miner, MinimalFindingsStillCoverAllAccess) {
  std::string statements =
      Allow(User("*bc") + "," + Topic("*bc")) + "," + Allow(User("a*c") + "," + Topic("a*c"));
  AccessOptions options = OwnAccount();
  options.minimal = true;
  EXPECT_EQ(Spell(Decide(Bucket(statements), options)),
            (Lines{FoundTopic("*bc", "*bc"), FoundTopic("a*c", "a*c")}));
}

}  // namespace
}  // namespace preview::access
