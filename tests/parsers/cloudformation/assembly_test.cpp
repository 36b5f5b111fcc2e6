#include "parsers/cloudformation/assembly.h"

#include "tests/parsers/cloudformation/reader.h"

namespace preview::cloudformation {
namespace {

constexpr const char* kManifest = R"({"version":"36.0.0","artifacts":{
  "Net":{"type":"aws:cloudformation:stack","environment":"aws://111122223333/eu-west-1",
         "properties":{"templateFile":"Net.template.json"}},
  "App":{"type":"aws:cloudformation:stack","environment":"aws://unknown-account/unknown-region",
         "properties":{"templateFile":"App.template.json","stackName":"app-stack"}},
  "assembly-Prod":{"type":"cdk:cloud-assembly","properties":{"directoryName":"assembly-Prod"}},
  "Tree":{"type":"cdk:tree","properties":{"file":"tree.json"}}},
  "missing":[{"key":"vpc-provider:x","provider":"vpc-provider","props":{}}]})";

void WriteAssembly(const TemporaryFolder& folder) {
  folder.Write("manifest.json", kManifest);
  folder.Write("Net.template.json",
               R"({"Resources":{"Q":{"Type":"AWS::SQS::Queue","Metadata":{"aws:cdk:path":"Net/Q"}}},
    "Outputs":{"O":{"Value":{"Fn::GetAtt":["Q","Arn"]},"Export":{"Name":"Net:ExportsOutputQ"}}}})");
  folder.Write("App.template.json", R"({"Resources":{
    "Q":{"Type":"AWS::SQS::Queue","Properties":{"X":{"Fn::ImportValue":"Net:ExportsOutputQ"},"A":{"Ref":"AWS::AccountId"}}},
    "N":{"Type":"AWS::CloudFormation::Stack","Properties":{"TemplateURL":{"Fn::Sub":"https://s3/${AWS::Region}"}},
         "Metadata":{"aws:asset:path":"N.nested.template.json"}}}})");
  folder.Write("N.nested.template.json", R"({"Resources":{"T":{"Type":"AWS::SNS::Topic"}}})");
  folder.Write("assembly-Prod/manifest.json", R"({"version":"36.0.0","artifacts":{"Prod-S":{
    "type":"aws:cloudformation:stack","environment":"aws://444455556666/us-east-1",
    "properties":{"templateFile":"S.template.json"}}}})");
  folder.Write(
      "assembly-Prod/S.template.json",
      R"({"Resources":{"T":{"Type":"AWS::SNS::Topic","Properties":{"X":{"Ref":"AWS::Region"}}}}})");
}

const model::Resource* FindIn(const model::Inventory& inventory, const std::string& stack,
                              const std::string& address) {
  for (const model::Resource& resource : inventory.resources) {
    if (resource.stack == stack && resource.address == address) return &resource;
  }
  return nullptr;
}

// As the CDK writes it without `aws:cdk:enable-asset-metadata`.
TEST(Assembly, FindsNestedStacksByTheAssetManifest) {
  TemporaryFolder folder("asset_manifest");
  folder.Write("manifest.json", R"({"version":"36.0.0","artifacts":{
    "App":{"type":"aws:cloudformation:stack","properties":{"templateFile":"App.template.json"}},
    "App.assets":{"type":"cdk:asset-manifest","properties":{"file":"App.assets.json"}}}})");
  folder.Write("App.assets.json", R"({"version":"36.0.0","files":{"1a2b":{
    "source":{"path":"N.nested.template.json","packaging":"file"},
    "destinations":{"d":{"bucketName":"assets-${AWS::AccountId}","objectKey":"p/1a2b.json"}}}}})");
  folder.Write("App.template.json", R"({"Resources":{"N":{"Type":"AWS::CloudFormation::Stack",
    "Properties":{"TemplateURL":{"Fn::Sub":"https://s3.${AWS::Region}.${AWS::URLSuffix}/assets/p/1a2b.json"}}}}})");
  folder.Write("N.nested.template.json", R"({"Resources":{"T":{"Type":"AWS::SNS::Topic"}}})");
  Fixture fixture;
  const auto result =
      ReadAssembly(folder.path(), "", fixture.options, fixture.symbols, fixture.files);
  ASSERT_TRUE(result.ok()) << result.error().message;
  EXPECT_EQ(Fixture::Reasons(result.value().at(0)), std::vector<std::string>());
  EXPECT_NE(Fixture::Find(result.value()[0].after, "N.T"), nullptr);
}

TEST(Assembly, IsReadWithItsStagesStacksAndNestedStacks) {
  TemporaryFolder folder("assembly");
  WriteAssembly(folder);
  ASSERT_TRUE(IsAssemblyFolder(folder.path()));
  Fixture fixture;
  fixture.options.environment = {};
  fixture.options.environment.account = "777788889999";
  const auto result =
      ReadAssembly(folder.path(), "", fixture.options, fixture.symbols, fixture.files);
  ASSERT_TRUE(result.ok()) << result.error().message;
  ASSERT_EQ(result.value().size(), 1U);
  const model::Deployment& deployment = result.value()[0];
  const model::Resource* queue = FindIn(deployment.after, "Net", "Q");
  ASSERT_NE(queue, nullptr);
  EXPECT_EQ(queue->construct, "Net/Q");
  EXPECT_EQ(queue->environment.account, "111122223333");
  const model::Resource* other = FindIn(deployment.after, "app-stack", "Q");
  ASSERT_NE(other, nullptr);
  EXPECT_EQ(other->environment.account, "777788889999");
  EXPECT_EQ(fixture.Show(*other->attributes.Find("A")), R"("777788889999")");
  EXPECT_EQ(fixture.Show(*other->attributes.Find("X")),
            R"("arn:aws:sqs:eu-west-1:111122223333:⟨Net/Q.QueueName⟩")");
  EXPECT_NE(FindIn(deployment.after, "app-stack", "N.T"), nullptr);
  const model::Resource* staged = FindIn(deployment.after, "Prod-S", "T");
  ASSERT_NE(staged, nullptr);
  EXPECT_EQ(fixture.Show(*staged->attributes.Find("X")), R"("us-east-1")");
  EXPECT_EQ(Fixture::Reasons(deployment), std::vector<std::string>());
  ASSERT_FALSE(deployment.notes.empty());
  EXPECT_EQ(
      deployment.notes.back().message,
      "the assembly is not complete: context `vpc-provider:x` is missing; synthesise it again");
}

TEST(Assembly, IsComparedWithAnother) {
  TemporaryFolder before("assembly_before");
  TemporaryFolder after("assembly_after");
  WriteAssembly(before);
  WriteAssembly(after);
  after.Write("Net.template.json",
              R"({"Resources":{"Q":{"Type":"AWS::SQS::Queue","Properties":{"X":"new"}}}})");
  Fixture fixture;
  const auto result =
      ReadAssembly(after.path(), before.path(), fixture.options, fixture.symbols, fixture.files);
  ASSERT_TRUE(result.ok());
  const model::Resource* old = FindIn(result.value().at(0).before, "Net", "Q");
  const model::Resource* now = FindIn(result.value().at(0).after, "Net", "Q");
  ASSERT_NE(old, nullptr);
  ASSERT_NE(now, nullptr);
  EXPECT_EQ(old->identity, now->identity);
  EXPECT_EQ(old->attributes.Find("X"), nullptr);
  EXPECT_NE(now->attributes.Find("X"), nullptr);
}

TEST(Assembly, WithoutStacksOrManifestIsAnError) {
  TemporaryFolder folder("assembly_empty");
  Fixture fixture;
  EXPECT_FALSE(
      ReadAssembly(folder.path(), "", fixture.options, fixture.symbols, fixture.files).ok());
  folder.Write("manifest.json", R"({"version":"36.0.0","artifacts":{}})");
  EXPECT_FALSE(
      ReadAssembly(folder.path(), "", fixture.options, fixture.symbols, fixture.files).ok());
}

}  // namespace
}  // namespace preview::cloudformation
