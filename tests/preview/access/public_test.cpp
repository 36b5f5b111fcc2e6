// What is public, and what the public access block and access points do to it: S3's "meaning of
// public" and the rows that its documentation works out.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html

#include <gtest/gtest.h>

#include "tests/preview/access/cases.h"
#include "tests/preview/access/findings.h"

namespace preview::access {
namespace {

std::string Put(const std::string& principal, const std::string& condition = "") {
  std::string out = R"({"Effect":"Allow","Principal":)" + principal +
                    R"(,"Action":"s3:PutObject","Resource":"arn:aws:s3:::data/*")";
  if (!condition.empty()) out += R"(,"Condition":{)" + condition + "}";
  return out + "}";
}

const std::string kTrail = Put(R"({"Service":"cloudtrail.amazonaws.com"})");
const std::string kOther = Put(R"({"AWS":"444455556666"})");
const std::string kEverybody = Put("\"*\"");

Lines FindingsUnder(const std::string& statements, model::PublicAccessBlock block) {
  model::Configuration bucket = Bucket(statements);
  bucket.bucket_block = block;
  return Spell(Decide(bucket, OwnAccount()));
}

TEST(Public, WithoutConditionEverybodyIs) {
  EXPECT_EQ(FindingsOf(kEverybody), (Lines{"AWS * {} [s3:PutObject] public"}));
}

TEST(Public, AFixedValueIsNotPublicAWildcardIs) {
  struct Row {
    const char* condition;
    const char* found;
  };
  for (const Row& row : std::vector<Row>{
           {R"("StringLike":{"aws:SourceVpc":"vpc-*"})",
            "{aws:SourceVpc=vpc-*} [s3:PutObject] public"},
           {R"("StringEquals":{"aws:SourceVpc":"vpc-91237329"})",
            "{aws:SourceVpc=vpc-91237329} [s3:PutObject]"},
           {R"("IpAddress":{"aws:SourceIp":"0.0.0.0/1"})",
            "{aws:SourceIp=0.0.0.0/1} [s3:PutObject] public"},
           {R"("IpAddress":{"aws:SourceIp":"203.0.0.0/8"})",
            "{aws:SourceIp=203.0.0.0/8} [s3:PutObject]"},
           {R"("IpAddress":{"aws:SourceIp":"2001::/31"})",
            "{aws:SourceIp=2001::/31} [s3:PutObject] public"},
           {R"("IpAddress":{"aws:SourceIp":"10.0.0.0/8"})",
            "{aws:SourceIp=10.0.0.0/8} [s3:PutObject]"},
           {R"("StringEquals":{"aws:PrincipalOrgID":"o-a1"})",
            "{aws:PrincipalOrgID=o-a1} [s3:PutObject]"},
           {R"("StringLike":{"aws:PrincipalArn":"arn:aws:iam::444455556666:user/*"})",
            "{aws:PrincipalArn=arn:aws:iam::444455556666:user/*} [s3:PutObject]"},
           {R"("StringLike":{"aws:PrincipalArn":"arn:aws:iam::*:user/x"})",
            "{aws:PrincipalArn=arn:aws:iam::*:user/x} [s3:PutObject] public"},
           {R"("StringNotEquals":{"aws:SourceVpc":"vpc-1"})", "{} [s3:PutObject] public"},
           {R"("StringEqualsIfExists":{"aws:SourceVpc":"vpc-1"})", "{} [s3:PutObject] public"},
           {R"("ForAllValues:StringEquals":{"aws:SourceVpc":"vpc-1"})",
            "{} [s3:PutObject] public"}}) {
    EXPECT_EQ(FindingsOf(Put("\"*\"", row.condition)), (Lines{std::string("AWS * ") + row.found}))
        << row.condition;
  }
}

// RestrictPublicBuckets: of a public policy only services and the owner's own users remain.
TEST(Public, RestrictingAPublicPolicyCutsOtherAccountsToo) {
  EXPECT_EQ(
      FindingsUnder(kTrail + "," + kOther + "," + kEverybody, {.restrict_public_buckets = true}),
      Lines{});
}

TEST(Public, RestrictingLeavesAPolicyThatIsNotPublic) {
  EXPECT_EQ(FindingsUnder(kTrail + "," + kOther, {.restrict_public_buckets = true}),
            (Lines{"AWS 444455556666 {} [s3:PutObject]"}));
}

TEST(Public, TheAccountsBlockCountsAsTheBuckets) {
  model::Configuration bucket = Bucket(kEverybody);
  bucket.account_block = model::PublicAccessBlock{.restrict_public_buckets = true};
  EXPECT_EQ(Spell(Decide(bucket, OwnAccount())), Lines{});
}

TEST(Public, BlockingLaterPoliciesChangesNothing) {
  EXPECT_EQ(FindingsUnder(kEverybody, {.block_public_policy = true, .block_public_acls = true}),
            (Lines{"AWS * {} [s3:PutObject] public"}));
}

TEST(Public, AnAclIsIgnoredOnlyAsFarAsItIsPublic) {
  model::Configuration bucket = Bucket("");
  bucket.policies.clear();
  bucket.acl_grants.push_back(
      {"READ", "", "http://acs.amazonaws.com/groups/global/AllUsers", "acl", {}});
  bucket.acl_grants.push_back(
      {"WRITE", "", "http://acs.amazonaws.com/groups/global/AuthenticatedUsers", "acl", {}});
  bucket.acl_grants.push_back(
      {"WRITE", "", "http://acs.amazonaws.com/groups/s3/LogDelivery", "acl", {}});
  bucket.acl_grants.push_back({"READ_ACP", "0123abcd", "", "acl", {}});
  EXPECT_EQ(Spell(Decide(bucket, OwnAccount())),
            (Lines{"AWS * {} [4 actions] public", "CanonicalUser 0123abcd {} [s3:GetBucketAcl]"}));
  bucket.bucket_block = model::PublicAccessBlock{.ignore_public_acls = true};
  EXPECT_EQ(Spell(Decide(bucket, OwnAccount())),
            (Lines{"CanonicalUser 0123abcd {} [s3:GetBucketAcl]"}));
}

TEST(Public, TheOwnersCanonicalIdIsInside) {
  model::Configuration bucket = Bucket("");
  bucket.policies.clear();
  bucket.acl_grants.push_back({"FULL_CONTROL", "0123abcd", "", "acl", {}});
  AccessOptions options = OwnAccount();
  EXPECT_EQ(Spell(Decide(bucket, options)), (Lines{"CanonicalUser 0123abcd {} [6 actions]"}));
  options.zone.canonical_user = "0123abcd";
  EXPECT_EQ(Spell(Decide(bucket, options)), Lines{});
}

model::AccessPoint Point(const std::string& policy) {
  model::AccessPoint point;
  point.arn = "arn:aws:s3:us-east-1:111122223333:accesspoint/p";
  point.name = "p";
  point.carrier = "point";
  point.policy = model::Value::String(R"({"Version":"2012-10-17","Statement":[)" + policy + "]}");
  point.block = {};
  return point;
}

std::string AtPoint(const std::string& principal, const std::string& more = "") {
  return R"({"Effect":"Allow","Principal":)" + principal +
         R"(,"Action":"s3:GetObject","Resource":"arn:aws:s3:us-east-1:111122223333:accesspoint/p/object/*")" +
         more + "}";
}

const std::string kDelegation =
    R"({"Effect":"Allow","Principal":{"AWS":"*"},"Action":"*","Resource":["arn:aws:s3:::data","arn:aws:s3:::data/*"],"Condition":{"StringEquals":{"s3:DataAccessPointAccount":"111122223333"}}})";

TEST(Public, ThroughAnAccessPointBothPoliciesHaveToAllow) {
  model::Configuration bucket = Bucket(kDelegation);
  EXPECT_EQ(Spell(Decide(bucket, OwnAccount())), Lines{});
  bucket.access_points.push_back(Point(AtPoint(R"({"AWS":"arn:aws:iam::444455556666:role/app"})")));
  EXPECT_EQ(Spell(Decide(bucket, OwnAccount())),
            (Lines{"AWS arn:aws:iam::444455556666:role/app {} [s3:GetObject]"}));
  Report report = Decide(bucket, OwnAccount());
  ASSERT_EQ(report.findings.size(), 1U);
  EXPECT_EQ(report.findings[0].sources[0].type, model::SourceType::kS3AccessPoint);
  EXPECT_EQ(report.findings[0].sources[0].detail, bucket.access_points[0].arn);
  bucket.policies.clear();
  EXPECT_EQ(Spell(Decide(bucket, OwnAccount())), Lines{});
}

TEST(Public, AnAccessPointOfAVpcIsNeverPublic) {
  model::Configuration bucket = Bucket(kDelegation);
  bucket.access_points.push_back(Point(AtPoint("\"*\"")));
  auto one = Spell(Decide(bucket, OwnAccount()));
  ASSERT_EQ(one.size(), 1U);
  EXPECT_TRUE(one[0].ends_with("public")) << one[0];
  bucket.access_points[0].vpc_only = true;
  bucket.access_points[0].vpc_id = "vpc-1";
  one = Spell(Decide(bucket, OwnAccount()));
  ASSERT_EQ(one.size(), 1U);
  EXPECT_FALSE(one[0].ends_with("public")) << one[0];
}

TEST(Public, AnAccessPointsOwnBlockActs) {
  model::Configuration bucket = Bucket(kDelegation);
  bucket.access_points.push_back(Point(AtPoint("\"*\"")));
  bucket.access_points[0].block.restrict_public_buckets = true;
  EXPECT_EQ(Spell(Decide(bucket, OwnAccount())), Lines{});
}

// A bucket policy that fixes the access points' account is not public by it.
// What the access points of another account let in is theirs to say: public, until the block cuts
// that down to the account.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-resources.html
TEST(Public, DelegatingToAnotherAccountsAccessPointsIsPublicUntilTheBlockIsOn) {
  const std::string there =
      "AWS * {s3:DataAccessPointArn=arn:aws:s3:us-west-2:444455556666:accesspoint/*} "
      "[s3:PutObject]";
  const std::string statement = Put(
      "\"*\"",
      R"("ArnLike":{"s3:DataAccessPointArn":"arn:aws:s3:us-west-2:444455556666:accesspoint/*"})");
  EXPECT_EQ(FindingsOf(statement), (Lines{there + " public"}));
  EXPECT_EQ(FindingsUnder(statement, {.restrict_public_buckets = true}), (Lines{there}));
  model::Configuration bucket = Bucket(statement);
  bucket.bucket_block = model::PublicAccessBlock{.restrict_public_buckets = true};
  Report report = Decide(bucket, OwnAccount());
  ASSERT_EQ(report.findings.size(), 1U);
  EXPECT_EQ(report.findings[0].sources[0].type, model::SourceType::kS3AccessPointAccount);
}

TEST(Public, DelegatingToTheOwnAccessPointsIsNoFinding) {
  EXPECT_EQ(
      FindingsOf(Put(
          "\"*\"",
          R"("ArnLike":{"s3:DataAccessPointArn":"arn:aws:s3:us-west-2:111122223333:accesspoint/*"})")),
      Lines{});
}

TEST(Public, AnOpenIdentityProviderWithoutAudienceIsPublic) {
  auto role = [](const std::string& more) {
    return Spell(Decide(
        ConfigurationOf(
            "AWS::IAM::Role", "arn:aws:iam::111122223333:role/r", "111122223333",
            R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Federated":"graph.facebook.com"},"Action":"sts:AssumeRoleWithWebIdentity")" +
                more + "}}"),
        OwnAccount()));
  };
  EXPECT_EQ(role(""),
            (Lines{"Federated graph.facebook.com {} [sts:AssumeRoleWithWebIdentity] public"}));
  EXPECT_EQ(role(R"(,"Condition":{"StringEquals":{"graph.facebook.com:app_id":"1"}})"),
            (Lines{"Federated graph.facebook.com {graph.facebook.com:app_id=1} "
                   "[sts:AssumeRoleWithWebIdentity]"}));
}

}  // namespace
}  // namespace preview::access
