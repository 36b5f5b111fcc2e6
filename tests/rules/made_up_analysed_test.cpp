// What a data file alone gives: the program with tests/rules/data/made_up.yaml in its catalogue
// analyses a type that exists nowhere else, in both languages and in batch.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "preview/cli/git.h"

namespace preview {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

class MadeUpTypeAnalysed : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("preview_made_up_" + std::to_string(getpid()));
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  [[nodiscard]] std::string Write(const std::string& name, std::string_view text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return (folder_ / name).string();
  }
  static json Run(std::vector<std::string> arguments, int status) {
    arguments.insert(arguments.begin(), PREVIEW_MADE_UP_PROGRAM);
    const cli::ProgramResult result = cli::RunProgram(arguments, std::size_t{1} << 20);
    EXPECT_EQ(result.status, status) << result.out << result.error;
    return json::parse(result.out, nullptr, false);
  }
  static json Check(std::vector<std::string> arguments, int status) {
    arguments.insert(arguments.begin(),
                     {"--account", "111122223333", "--region", "eu-west-1", "--format", "json"});
    return Run(std::move(arguments), status);
  }

  fs::path folder_;
};

std::string Template(std::string_view principal) {
  return R"(Resources:
  Vault:
    Type: AWS::MadeUp::Vault
    Properties:
      Name: gold
      Policy:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal: {AWS: ')" +
         std::string(principal) + R"('}
            Action: ['madeup:*', 'sqs:*']
            Resource: !Sub 'arn:aws:madeup:${AWS::Region}:${AWS::AccountId}:vault/gold/item/*'
)";
}

TEST_F(MadeUpTypeAnalysed, FiresInATemplateWithItsArnActionsAndForms) {
  const json report = Check({Write("t.yaml", Template("999988887777"))}, 1);
  ASSERT_EQ(report["findings"].size(), 1U);
  const json& finding = report["findings"][0];
  EXPECT_EQ(finding["resourceType"], "AWS::MadeUp::Vault");
  EXPECT_EQ(finding["resource"], "arn:aws:madeup:eu-west-1:111122223333:vault/gold");
  EXPECT_EQ(finding["principal"], json({{"AWS", "999988887777"}}));
  EXPECT_EQ(finding["action"], json({"madeup:OpenVault", "madeup:ReadItem"}));
  EXPECT_EQ(finding["accessLevels"],
            json({{"Read", {"madeup:ReadItem"}}, {"Write", {"madeup:OpenVault"}}}));
}

TEST_F(MadeUpTypeAnalysed, StaysSilentForTheOwnAccount) {
  EXPECT_EQ(Check({Write("t.yaml", Template("111122223333"))}, 0)["findings"], json::array());
}

TEST_F(MadeUpTypeAnalysed, TellsBeforeFromAfter) {
  const std::string before = Write("before.yaml", Template("999988887777"));
  const std::string after = Write("after.yaml", Template("666677778888"));
  const json report = Check({"--base", before, after}, 1);
  ASSERT_EQ(report["findings"].size(), 2U);
  for (const json& finding : report["findings"]) {
    const bool is_new = finding["principal"]["AWS"] == "666677778888";
    EXPECT_EQ(finding["changeType"], is_new ? "NEW" : "CHANGED");
    EXPECT_EQ(finding["status"], is_new ? "ACTIVE" : "RESOLVED");
  }
}

// A vault, a policy that names it and is known only after apply, and a share.
TEST_F(MadeUpTypeAnalysed, JoinsPoliciesAndSharesOfAPlan) {
  const std::string plan = Write("plan.json", R"({"format_version":"1.2","resource_changes":[
{"address":"aws_madeup_vault.v","mode":"managed","type":"aws_madeup_vault","name":"v",
 "provider_name":"registry.terraform.io/hashicorp/aws",
 "change":{"actions":["create"],"before":null,"after":{"name":"gold"},"after_unknown":{"arn":true,"id":true}}},
{"address":"aws_madeup_vault_policy.p","mode":"managed","type":"aws_madeup_vault_policy","name":"p",
 "provider_name":"registry.terraform.io/hashicorp/aws",
 "change":{"actions":["create"],"before":null,"after":{"vault_name":"gold"},"after_unknown":{"document":true}}},
{"address":"aws_madeup_vault_share.s","mode":"managed","type":"aws_madeup_vault_share","name":"s",
 "provider_name":"registry.terraform.io/hashicorp/aws",
 "change":{"actions":["create"],"before":null,"after":{"vault_name":"gold","accounts":["999988887777"]},
 "after_unknown":{}}}],
"configuration":{"root_module":{"resources":[
{"address":"aws_madeup_vault.v","mode":"managed","type":"aws_madeup_vault","name":"v",
 "expressions":{"name":{"constant_value":"gold"}}},
{"address":"aws_madeup_vault_policy.p","mode":"managed","type":"aws_madeup_vault_policy","name":"p",
 "expressions":{"vault_name":{"references":["aws_madeup_vault.v.name","aws_madeup_vault.v"]},
 "document":{"references":["aws_x.y.z","aws_x.y"]}}},
{"address":"aws_madeup_vault_share.s","mode":"managed","type":"aws_madeup_vault_share","name":"s",
 "expressions":{"vault_name":{"references":["aws_madeup_vault.v.name","aws_madeup_vault.v"]},
 "accounts":{"constant_value":["999988887777"]}}}]}}})");
  const json report = Check({plan}, 1);
  ASSERT_EQ(report["findings"].size(), 1U) << report;
  EXPECT_EQ(report["findings"][0]["resourceAddress"], "aws_madeup_vault.v");
  EXPECT_EQ(report["findings"][0]["principal"], json({{"AWS", "999988887777"}}));
  ASSERT_EQ(report["undetermined"].size(), 1U) << report;
  EXPECT_EQ(report["undetermined"][0]["resourceAddress"], "aws_madeup_vault.v");
}

TEST_F(MadeUpTypeAnalysed, IsTakenByBatch) {
  const std::string lines = Write(
      "lines.jsonl",
      R"({"id":"1","resourceType":"AWS::MadeUp::Vault","account":"111122223333","configuration":{"policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"madeup:OpenVault\",\"Resource\":\"*\"}]}"}})"
      "\n");
  const json answer = Run({"batch", lines}, 1);  // new access
  ASSERT_EQ(answer["findings"].size(), 1U) << answer;
  EXPECT_EQ(answer["findings"][0]["isPublic"], true);
  EXPECT_EQ(answer["findings"][0]["action"], json({"madeup:OpenVault"}));
}

}  // namespace
}  // namespace preview
