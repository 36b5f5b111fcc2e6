#include <gtest/gtest.h>

#include <string>

#include "rules/catalogue.h"

namespace preview::rules {
namespace {

const model::Environment kHere = {
    .account = "111122223333", .region = "us-east-1", .partition = "aws"};

struct Case {
  std::string name;
  std::string type;
  std::string given;
  std::string arn;
};

class ArnFromNameTest : public testing::TestWithParam<Case> {};

TEST_P(ArnFromNameTest, GivesTheArn) {
  const ResourceType* type = FindResourceType(GetParam().type);
  ASSERT_NE(type, nullptr);
  EXPECT_EQ(ArnFromName(*type, GetParam().given, kHere), GetParam().arn);
}

INSTANTIATE_TEST_SUITE_P(
    Names, ArnFromNameTest,
    testing::Values(
        Case{"ArnIsKept", "AWS::SQS::Queue", "arn:aws:sqs:eu-west-1:444455556666:q",
             "arn:aws:sqs:eu-west-1:444455556666:q"},
        Case{"QueueUrlSaysRegionAndAccount", "AWS::SQS::Queue",
             "https://sqs.eu-west-1.amazonaws.com/444455556666/q",
             "arn:aws:sqs:eu-west-1:444455556666:q"},
        Case{"OldQueueUrl", "AWS::SQS::Queue",
             "https://eu-west-1.queue.amazonaws.com/444455556666/q",
             "arn:aws:sqs:eu-west-1:444455556666:q"},
        Case{"QueueName", "AWS::SQS::Queue", "q", "arn:aws:sqs:us-east-1:111122223333:q"},
        Case{"BucketName", "AWS::S3::Bucket", "b", "arn:aws:s3:::b"},
        Case{"DirectoryBucketName", "AWS::S3Express::DirectoryBucket", "b--use1-az4--x-s3",
             "arn:aws:s3express:us-east-1:111122223333:bucket/b--use1-az4--x-s3"},
        Case{"RoleName", "AWS::IAM::Role", "r", "arn:aws:iam::111122223333:role/r"},
        Case{"KeyId", "AWS::KMS::Key", "1234abcd-12ab-34cd-56ef-1234567890ab",
             "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"},
        Case{"KeyAlias", "AWS::KMS::Key", "alias/orders",
             "arn:aws:kms:us-east-1:111122223333:alias/orders"},
        Case{"FunctionName", "AWS::Lambda::Function", "f",
             "arn:aws:lambda:us-east-1:111122223333:function:f"},
        Case{"PartialFunctionArn", "AWS::Lambda::Function", "444455556666:function:f",
             "arn:aws:lambda:us-east-1:444455556666:function:f"},
        Case{"RepositoryName", "AWS::ECR::Repository", "team/app",
             "arn:aws:ecr:us-east-1:111122223333:repository/team/app"},
        Case{"RepositoryUri", "AWS::ECR::Repository",
             "444455556666.dkr.ecr.eu-west-1.amazonaws.com/app",
             "arn:aws:ecr:eu-west-1:444455556666:repository/app"},
        Case{"FileSystemId", "AWS::EFS::FileSystem", "fs-1",
             "arn:aws:elasticfilesystem:us-east-1:111122223333:file-system/fs-1"},
        Case{"TableName", "AWS::DynamoDB::Table", "t",
             "arn:aws:dynamodb:us-east-1:111122223333:table/t"},
        Case{"TopicName", "AWS::SNS::Topic", "t", "arn:aws:sns:us-east-1:111122223333:t"},
        Case{"SecretName", "AWS::SecretsManager::Secret", "prod/db",
             "arn:aws:secretsmanager:us-east-1:111122223333:secret:prod/db"},
        Case{"SnapshotHasNoAccount", "AWS::EC2::Snapshot", "snap-1",
             "arn:aws:ec2:us-east-1::snapshot/snap-1"},
        Case{"EndpointServiceByName", "AWS::EC2::VPCEndpointService",
             "com.amazonaws.vpce.eu-west-1.vpce-svc-1",
             "arn:aws:ec2:eu-west-1:111122223333:vpc-endpoint-service/vpce-svc-1"},
        Case{"NoNamesAtAll", "AWS::Glue::ResourcePolicy", "whatever",
             "arn:aws:glue:us-east-1:111122223333:catalog"}),
    [](const auto& instance) { return instance.param.name; });

TEST(IsAwsServiceAccount, KnowsAccountsUsersAndCanonicalIds) {
  EXPECT_TRUE(IsAwsServiceAccount("127311923021"));  // load balancers, us-east-1
  EXPECT_TRUE(IsAwsServiceAccount("arn:aws:iam::127311923021:root"));
  EXPECT_TRUE(IsAwsServiceAccount("193672423079"));  // Redshift, us-east-1
  EXPECT_TRUE(IsAwsServiceAccount("cloudfront"));
  EXPECT_TRUE(
      IsAwsServiceAccount("arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1"));
  EXPECT_TRUE(IsAwsServiceAccount("CloudFront Origin Access Identity E1"));
  EXPECT_TRUE(
      IsAwsServiceAccount("c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0"));
  EXPECT_FALSE(IsAwsServiceAccount("111122223333"));
  EXPECT_FALSE(IsAwsServiceAccount("arn:aws:iam::111122223333:user/127311923021"));
  EXPECT_FALSE(IsAwsServiceAccount(""));
  EXPECT_FALSE(IsAwsServiceAccount("arn:aws"));
}

}  // namespace
}  // namespace preview::rules
