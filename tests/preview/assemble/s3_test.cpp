// Everything that bears on an S3 bucket.
#include <gtest/gtest.h>

#include "tests/preview/assemble/fixture.h"

namespace preview::assemble::testing {
namespace {

using model::AclGrant;
using model::Configuration;

constexpr const char* kStranger =
    "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be";
constexpr const char* kOwner = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

std::string Granted(const Configuration& bucket) {
  std::string text;
  for (const AclGrant& grant : bucket.acl_grants) {
    const std::string uri = grant.uri.substr(grant.uri.rfind('/') + 1);
    text += (text.empty() ? "" : " ") + grant.permission + ":" + grant.id + uri;
  }
  return text;
}

struct CannedCase {
  const char* name;
  const char* terraform;
  const char* cloudformation;
  const char* granted;
};

class CannedAcl : public ::testing::TestWithParam<CannedCase> {};

TEST_P(CannedAcl, GrantsTheSameInBothLanguages) {
  Plan terraform;
  terraform.After("aws_s3_bucket.b", R"({"bucket":"b"})");
  terraform.After(
      "aws_s3_bucket_acl.a",
      std::string(R"({"bucket":"<<aws_s3_bucket.b.id>>","acl":")") + GetParam().terraform + "\"}");
  EXPECT_EQ(Granted(terraform.Run().after.configurations.at(0)), GetParam().granted);
  Plan cloudformation(model::Language::kCloudFormation);
  cloudformation.After("B",
                       std::string(R"({"AccessControl":")") + GetParam().cloudformation + "\"}",
                       "AWS::S3::Bucket");
  EXPECT_EQ(Granted(cloudformation.Run().after.configurations.at(0)), GetParam().granted);
}

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl
INSTANTIATE_TEST_SUITE_P(
    Acls, CannedAcl,
    ::testing::Values(CannedCase{"Private", "private", "Private", ""},
                      CannedCase{"PublicRead", "public-read", "PublicRead", "READ:AllUsers"},
                      CannedCase{"PublicReadWrite", "public-read-write", "PublicReadWrite",
                                 "READ:AllUsers WRITE:AllUsers"},
                      CannedCase{"AuthenticatedRead", "authenticated-read", "AuthenticatedRead",
                                 "READ:AuthenticatedUsers"},
                      CannedCase{"LogDeliveryWrite", "log-delivery-write", "LogDeliveryWrite", ""},
                      CannedCase{"BucketOwnerRead", "bucket-owner-read", "BucketOwnerRead", ""}),
    [](const auto& one) { return std::string(one.param.name); });

TEST(Acl, AccessControlPolicyLeavesTheOwnerOut) {
  Plan plan;
  plan.After("aws_s3_bucket.b", R"({"bucket":"b"})");
  plan.After("aws_s3_bucket_acl.a", std::string(R"({"bucket":"b","access_control_policy":[{"grant":[
               {"grantee":[{"type":"CanonicalUser","id":")") +
                                        kOwner + R"("}],"permission":"FULL_CONTROL"},
               {"grantee":[{"type":"CanonicalUser","id":")" +
                                        kStranger + R"("}],"permission":"READ"},
               {"grantee":[{"type":"Group","uri":"http://acs.amazonaws.com/groups/global/AllUsers"}],"permission":"READ_ACP"}],
               "owner":[{"id":")" + kOwner +
                                        R"("}]}]})");
  const Assembled assembled = plan.Run();
  const Configuration& bucket = assembled.after.configurations.at(0);
  EXPECT_EQ(Granted(bucket), std::string("READ:") + kStranger + " READ_ACP:AllUsers");
  EXPECT_EQ(bucket.acl_grants[0].carrier, "aws_s3_bucket_acl.a");
}

TEST(Acl, TheOnlyFullControlGrantOfTheBucketIsItsOwners) {
  Plan plan;
  plan.After("aws_s3_bucket.b",
             std::string(R"({"bucket":"b","grant":[{"id":")") + kOwner +
                 R"(","type":"CanonicalUser","permissions":["FULL_CONTROL"],"uri":""},
                  {"id":"","type":"Group","permissions":["READ"],"uri":"http://acs.amazonaws.com/groups/global/AllUsers"}]})");
  EXPECT_EQ(Granted(plan.Run().after.configurations.at(0)), "READ:AllUsers");
  // Where the owner is known, another one's FULL_CONTROL is a grant.
  plan.deployment.canonical_user = kStranger;
  EXPECT_EQ(Granted(plan.Run().after.configurations.at(0)),
            std::string("FULL_CONTROL:") + kOwner + " READ:AllUsers");
}

TEST(Acl, BucketOwnerEnforcedSwitchesItOff) {
  for (const char* ownership : {"BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter"}) {
    Plan plan;
    plan.After("aws_s3_bucket.b", R"({"bucket":"b"})");
    plan.After("aws_s3_bucket_acl.a", R"({"bucket":"b","acl":"public-read"})");
    plan.After("aws_s3_bucket_ownership_controls.o",
               std::string(R"({"bucket":"arn:aws:s3:::b","rule":[{"object_ownership":")") +
                   ownership + "\"}]}");
    const Assembled assembled = plan.Run();
    const Configuration& bucket = assembled.after.configurations.at(0);
    EXPECT_EQ(bucket.acl_grants.empty(), std::string(ownership) == "BucketOwnerEnforced")
        << ownership;
  }
}

TEST(Acl, WithoutOwnershipControlsItCountsWithAnAssumption) {
  Plan plan;
  plan.After("aws_s3_bucket.b", R"({"bucket":"b","acl":"public-read"})");
  const Assembled assembled = plan.Run();
  const Configuration& bucket = assembled.after.configurations.at(0);
  EXPECT_EQ(Granted(bucket), "READ:AllUsers");
  ASSERT_EQ(bucket.assumptions.size(), 2U);  // ownership, and the block that is not there
  EXPECT_NE(bucket.assumptions[0].find("ownership"), std::string::npos);
}

TEST(Acl, UnknownCannedAclIsUndetermined) {
  Plan plan;
  plan.After("aws_s3_bucket.b", R"({"bucket":"b"})");
  plan.After("aws_s3_bucket_acl.a", R"({"bucket":"b","acl":"??"})");
  const Assembled assembled = plan.Run();
  const Configuration& bucket = assembled.after.configurations.at(0);
  EXPECT_TRUE(bucket.acl_grants.empty());
  ASSERT_EQ(bucket.undetermined.size(), 1U);
  EXPECT_EQ(bucket.undetermined[0].attribute, "acl");
}

TEST(Acl, RemovedAclResourceLeavesItsGrants) {
  Plan plan;
  plan.Both("aws_s3_bucket.b", R"({"bucket":"b"})");
  plan.Before("aws_s3_bucket_acl.a", R"({"bucket":"b","acl":"public-read"})");
  const Assembled assembled = plan.Run();
  EXPECT_EQ(Granted(assembled.after.configurations.at(0)), "READ:AllUsers");
  ASSERT_EQ(assembled.after.configurations[0].notes.size(), 1U);
  EXPECT_TRUE(assembled.after.configurations[0].notes[0].matters);
}

TEST(Acl, MadePrivateGrantsNothing) {
  Plan plan;
  plan.Both("aws_s3_bucket.b", R"({"bucket":"b"})");
  plan.Before("aws_s3_bucket_acl.a", R"({"bucket":"b","acl":"public-read"})");
  plan.After("aws_s3_bucket_acl.a", R"({"bucket":"b","acl":"private"})");
  const Assembled assembled = plan.Run();
  EXPECT_EQ(Granted(assembled.before.configurations.at(0)), "READ:AllUsers");
  EXPECT_TRUE(assembled.after.configurations.at(0).acl_grants.empty());
}

constexpr const char* kAllOn =
    R"("block_public_acls":true,"block_public_policy":true,"ignore_public_acls":true,"restrict_public_buckets":true)";

// User ask 16: the block is linked to its bucket by reference, whatever attribute is used.
TEST(Block, IsLinkedWhateverAttributeNamesTheBucket) {
  for (const char* target : {"<<aws_s3_bucket.b.id>>", "<<aws_s3_bucket.b.bucket>>",
                             "<<aws_s3_bucket_policy.p.bucket>>"}) {
    Plan plan;
    plan.After("aws_s3_bucket.b", R"({"bucket":"<<aws_s3_bucket.b.bucket>>"})");
    plan.After("aws_s3_bucket_policy.p", R"({"bucket":"<<aws_s3_bucket.b.bucket>>","policy":)" +
                                             QuotedPolicy("*", "s3:*") + "}");
    plan.After("aws_s3_bucket_public_access_block.x",
               std::string(R"({"bucket":")") + target + "\"," + kAllOn + "}");
    const Assembled assembled = plan.Run();
    ASSERT_EQ(assembled.after.configurations.size(), 1U);
    const Configuration& bucket = assembled.after.configurations[0];
    ASSERT_TRUE(bucket.bucket_block.has_value()) << target;
    EXPECT_TRUE(bucket.bucket_block->restrict_public_buckets);
    EXPECT_TRUE(bucket.assumptions.empty());
  }
}

TEST(Block, OneThatCannotBeJoinedBlocksNothingAndSaysSo) {
  Plan plan;
  plan.After("aws_s3_bucket.b", R"({"bucket":"b","acl":"public-read"})");
  plan.After("aws_s3_bucket_public_access_block.x",
             std::string(R"({"bucket":"??",)") + kAllOn + "}");
  const Assembled assembled = plan.Run();
  EXPECT_FALSE(assembled.after.configurations.at(0).bucket_block.has_value());
  ASSERT_EQ(assembled.notes.size(), 1U);
  EXPECT_EQ(assembled.notes[0].resource_address, "aws_s3_bucket_public_access_block.x");
}

TEST(Block, UnknownSettingIsOff) {
  Plan plan;
  plan.After("aws_s3_bucket.b", R"({"bucket":"b"})");
  plan.After("aws_s3_bucket_public_access_block.x",
             R"({"bucket":"b","ignore_public_acls":"??","restrict_public_buckets":true})");
  const auto block = plan.Run().after.configurations.at(0).bucket_block;
  ASSERT_TRUE(block.has_value());
  EXPECT_FALSE(block->ignore_public_acls);
  EXPECT_TRUE(block->restrict_public_buckets);
}

TEST(Block, RemovedWhileTheBucketStays) {
  Plan plan;
  plan.Both("aws_s3_bucket.b", R"({"bucket":"b"})");
  plan.Both("aws_s3_bucket_policy.p",
            R"({"bucket":"b","policy":)" + QuotedPolicy("*", "s3:*") + "}");
  plan.Before("aws_s3_bucket_public_access_block.x",
              std::string(R"({"bucket":"b",)") + kAllOn + "}");
  const Assembled assembled = plan.Run();
  EXPECT_TRUE(assembled.before.configurations.at(0).bucket_block.has_value());
  EXPECT_FALSE(assembled.after.configurations.at(0).bucket_block.has_value());
}

TEST(Block, NewBucketWithoutOneIsTakenAsOffWithAnAssumption) {
  Plan plan;
  plan.After("aws_s3_bucket.b", R"({"bucket":"b","policy":)" + QuotedPolicy("*", "s3:*") + "}");
  plan.After("aws_s3_bucket.quiet", R"({"bucket":"quiet"})");
  const Assembled assembled = plan.Run();
  const Configuration* bucket = At(assembled.after, "aws_s3_bucket.b");
  EXPECT_FALSE(bucket->bucket_block.has_value());
  ASSERT_EQ(bucket->assumptions.size(), 1U);
  EXPECT_NE(bucket->assumptions[0].find("S3 refuses a public policy"), std::string::npos);
  EXPECT_TRUE(At(assembled.after, "aws_s3_bucket.quiet")->assumptions.empty());
}

TEST(AccountBlock, HoldsForTheBucketsOfItsAccountOnly) {
  Plan plan;
  plan.After("aws_s3_bucket.own", R"({"bucket":"own"})");
  plan.After("aws_s3_bucket.other", R"({"bucket":"other"})").environment.account = "222233334444";
  plan.After("aws_s3_account_public_access_block.x", std::string("{") + kAllOn + "}");
  const Assembled assembled = plan.Run();
  EXPECT_TRUE(At(assembled.after, "aws_s3_bucket.own")->account_block.has_value());
  EXPECT_FALSE(At(assembled.after, "aws_s3_bucket.other")->account_block.has_value());
}

TEST(AccountBlock, OptionStandsInWhereTheInputSaysNothing) {
  Plan plan;
  plan.options.account_public_access_block = true;
  plan.Both("aws_s3_bucket.b", R"({"bucket":"b"})");
  plan.After("aws_s3_account_public_access_block.x", R"({"restrict_public_buckets":false})");
  const Assembled assembled = plan.Run();
  EXPECT_TRUE(assembled.before.configurations.at(0).account_block->restrict_public_buckets);
  EXPECT_FALSE(assembled.after.configurations.at(0).account_block->restrict_public_buckets);
}

TEST(Block, CloudFormationWritesItInTheBucket) {
  Plan plan(model::Language::kCloudFormation);
  plan.After("B", R"({"BucketName":"b","PublicAccessBlockConfiguration":{"IgnorePublicAcls":"true"},
                      "OwnershipControls":{"Rules":[{"ObjectOwnership":"BucketOwnerEnforced"}]},"AccessControl":"PublicRead"})",
             "AWS::S3::Bucket");
  const Assembled assembled = plan.Run();
  const Configuration& bucket = assembled.after.configurations.at(0);
  EXPECT_TRUE(bucket.bucket_block->ignore_public_acls);
  EXPECT_FALSE(bucket.bucket_block->restrict_public_buckets);
  EXPECT_TRUE(bucket.acl_grants.empty());
}

TEST(DirectoryBucket, TakesTheOrdinaryPolicyResource) {
  Plan plan;
  plan.After("aws_s3_directory_bucket.d", R"({"bucket":"data--use1-az4--x-s3"})");
  plan.After("aws_s3_bucket_policy.p",
             R"({"bucket":"<<aws_s3_directory_bucket.d.bucket>>","policy":)" +
                 QuotedPolicy("*", "s3express:*") + "}");
  plan.After("aws_s3_bucket_policy.named", R"({"bucket":"elsewhere--use1-az4--x-s3","policy":)" +
                                               QuotedPolicy("*", "s3express:*") + "}");
  plan.After("aws_s3_bucket_policy.ordinary",
             R"({"bucket":"elsewhere","policy":)" + QuotedPolicy("*", "s3:*") + "}");
  const Assembled assembled = plan.Run();
  EXPECT_EQ(At(assembled.after, "aws_s3_directory_bucket.d")->policies.size(), 1U);
  const Configuration* named = At(assembled.after, "aws_s3_bucket_policy.named");
  EXPECT_EQ(named->resource_type, "AWS::S3Express::DirectoryBucket");
  EXPECT_EQ(named->arn,
            "arn:aws:s3express:us-east-1:111122223333:bucket/elsewhere--use1-az4--x-s3");
  EXPECT_EQ(At(assembled.after, "aws_s3_bucket_policy.ordinary")->resource_type, "AWS::S3::Bucket");
}

TEST(AccessPoint, IsJoinedToItsBucket) {
  Plan plan;
  plan.After("aws_s3_bucket.b", R"({"bucket":"b"})");
  plan.After("aws_s3_access_point.a",
             R"({"bucket":"<<aws_s3_bucket.b.id>>","name":"ap","account_id":"111122223333",
      "vpc_configuration":[{"vpc_id":"vpc-1"}],"public_access_block_configuration":[{"restrict_public_buckets":false}],"policy":)" +
                 QuotedPolicy("*", "s3:GetObject") + "}");
  const Assembled assembled = plan.Run();
  ASSERT_EQ(assembled.after.configurations.size(), 1U);
  const auto& points = assembled.after.configurations[0].access_points;
  ASSERT_EQ(points.size(), 1U);
  EXPECT_EQ(points[0].arn, "arn:aws:s3:us-east-1:111122223333:accesspoint/ap");
  EXPECT_EQ(points[0].carrier, "aws_s3_access_point.a");
  EXPECT_TRUE(points[0].vpc_only);
  EXPECT_EQ(points[0].vpc_id, "vpc-1");
  EXPECT_EQ(points[0].account, "");
  EXPECT_TRUE(points[0].policy.has_value());
  EXPECT_FALSE(points[0].block.restrict_public_buckets);
  EXPECT_TRUE(points[0].block.ignore_public_acls);
}

TEST(AccessPoint, SeparatePolicyStandsInPlaceOfItsOwn) {
  Plan plan;
  plan.After("aws_s3_bucket.b", R"({"bucket":"b"})");
  plan.After("aws_s3_access_point.a", R"({"bucket":"b","name":"ap","policy":"??"})");
  plan.After("aws_s3control_access_point_policy.p",
             R"({"access_point_arn":"<<aws_s3_access_point.a.arn>>","policy":)" +
                 QuotedPolicy("*", "s3:GetObject") + "}");
  const Assembled assembled = plan.Run();
  const auto& points = assembled.after.configurations.at(0).access_points;
  ASSERT_EQ(points.size(), 1U);
  EXPECT_TRUE(points[0].policy->is_string());
  EXPECT_EQ(points[0].carrier, "aws_s3control_access_point_policy.p");
}

TEST(AccessPoint, BucketThatIsNotInTheInputIsTakenToDelegate) {
  Plan plan;
  plan.After("aws_s3_access_point.a", R"({"bucket":"elsewhere","name":"ap","policy":)" +
                                          QuotedPolicy("*", "s3:GetObject") + "}");
  const Assembled assembled = plan.Run();
  const Configuration& bucket = assembled.after.configurations.at(0);
  EXPECT_EQ(bucket.arn, "arn:aws:s3:::elsewhere");
  ASSERT_EQ(bucket.policies.size(), 1U);
  EXPECT_EQ(StatementJson(bucket.policies[0]),
            R"({"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*",)"
            R"("Condition":{"StringEquals":{"s3:DataAccessPointAccount":"111122223333"}}})");
  EXPECT_FALSE(bucket.assumptions.empty());
}

TEST(MultiRegionAccessPoint, BelongsToEachOfItsBuckets) {
  Plan plan;
  plan.After("aws_s3_bucket.east", R"({"bucket":"east"})");
  plan.After("aws_s3_bucket.west", R"({"bucket":"west"})");
  plan.After(
      "aws_s3control_multi_region_access_point.m",
      R"({"details":[{"name":"mr","region":[{"bucket":"<<aws_s3_bucket.east.id>>"},{"bucket":"west"}]}]})");
  plan.After("aws_s3control_multi_region_access_point_policy.p",
             R"({"details":[{"name":"mr","policy":)" + QuotedPolicy("*", "s3:GetObject") + "}]}");
  const Assembled assembled = plan.Run();
  ASSERT_EQ(assembled.after.configurations.size(), 2U);
  for (const Configuration& bucket : assembled.after.configurations) {
    ASSERT_EQ(bucket.access_points.size(), 1U) << bucket.address;
    EXPECT_TRUE(bucket.access_points[0].multi_region);
    EXPECT_TRUE(bucket.access_points[0].policy.has_value());
    EXPECT_TRUE(bucket.access_points[0].block.restrict_public_buckets);
  }
}

}  // namespace
}  // namespace preview::assemble::testing
