#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "parsers/terraform/plan.h"
#include "tests/parsers/terraform/plan_test_support.h"

namespace preview::terraform {
namespace {

TEST(PlanKind, TellsNeighboursApart) {
  struct Case {
    const char* name;
    std::string text;
    const char* kind;  // part of what it is called; empty: no Terraform file
    const char* help;  // part of the command
  };
  const std::vector<Case> cases = {
      {"binary", std::string("PK\x03\x04\x14\x00", 6), "binary plan", "terraform show -json"},
      {"stream",
       R"({"@level":"info","@message":"Terraform 1.11.4","@module":"terraform.ui","type":"version","ui":"1.2"})",
       "stream", "terraform plan -out=tfplan"},
      {"raw state",
       R"({"version":4,"terraform_version":"1.11.4","serial":3,"lineage":"x","outputs":{},"resources":[]})",
       "state file", "terraform plan -out=tfplan"},
      {"shown state",
       R"({"format_version":"1.0","terraform_version":"1.11.4","values":{"root_module":{}}})",
       "a state", "terraform show -json tfplan"},
      {"empty shown state", R"({"format_version":"1.0"})", "empty state",
       "terraform show -json tfplan"},
      {"cloud", R"({"remote_plan_format":1,"run_id":"run-x","hostname":"app.terraform.io"})",
       "HCP Terraform", "terraform show -json"},
      {"encrypted", R"({"meta":{},"encrypted_data":"AA==","encryption_version":"v0"})", "OpenTofu",
       "tofu show -json"},
      {"powershell", std::string("\xFF\xFE{\0", 4), "UTF-16", "utf8"},
      {"printed", "\nTerraform will perform the following actions:\n", "printed for people",
       "terraform show -json"},
      {"schema", R"({"format_version":"1.0","provider_schemas":{}})", "schema",
       "terraform show -json"},
      {"validate",
       R"({"format_version":"1.0","valid":true,"error_count":0,"warning_count":0,"diagnostics":[]})",
       "validate", "terraform show -json"},
      {"template", R"({"AWSTemplateFormatVersion":"2010-09-09","Resources":{}})", "", ""},
      {"yaml", "Resources:\n  Q:\n    Type: AWS::SQS::Queue\n", "", ""},
      {"empty", "", "", ""},
  };
  for (const Case& test : cases) {
    PlanKind kind = RecognisePlan(test.text);
    EXPECT_FALSE(kind.is_plan) << test.name;
    EXPECT_EQ(kind.wrong_kind.empty(), std::string(test.kind).empty())
        << test.name << ": " << kind.wrong_kind;
    EXPECT_NE(kind.wrong_kind.find(test.kind), std::string::npos)
        << test.name << ": " << kind.wrong_kind;
    EXPECT_NE(kind.help.find(test.help), std::string::npos) << test.name << ": " << kind.help;
  }
}

TEST(PlanKind, KnowsAPlanByItsBeginning) {
  std::string plan = ReadTestdata("documents/plan.json");
  EXPECT_TRUE(RecognisePlan(plan).is_plan);
  EXPECT_TRUE(RecognisePlan(std::string_view(plan).substr(0, 400)).is_plan);
  EXPECT_TRUE(RecognisePlan("\xEF\xBB\xBF" + plan).is_plan);
  EXPECT_TRUE(RecognisePlan(ReadTestdata("refresh-only/plan.json")).is_plan);
  // Members sorted by another tool.
  EXPECT_TRUE(RecognisePlan(
                  R"({"applyable":true,"complete":true,"configuration":{"provider_config":{"aws":)")
                  .is_plan);
  // A plan without variables that is cut off before its first value.
  EXPECT_TRUE(
      RecognisePlan(
          R"({"format_version":"1.2","terraform_version":"1.11.4","planned_values":{"root_mo)")
          .is_plan);
}

TEST(PlanKind, ReadingAWrongKindSaysWhichCommandMakesTheRightOne) {
  ReadingOfPlan reading;
  reading.options.input = "tfplan";
  auto result =
      ReadPlan(std::string_view("PK\x03\x04", 4), reading.options, reading.symbols, reading.files);
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().message, "`tfplan` is a binary plan file");
  EXPECT_NE(result.error().help.find("terraform show -json"), std::string::npos);
}

TEST(ReadPlan, RefusesWhatItCannotRead) {
  struct Case {
    const char* name;
    const char* json;
    const char* message;
  };
  const std::vector<Case> cases = {
      {"not JSON", R"({"format_version": oops})", "not valid JSON"},
      {"cut off", R"({"format_version":"1.2","resource_changes":[{"address")", "ends too early"},
      {"no plan", R"({"hello":"world"})", "no Terraform plan"},
      {"list", R"([1,2])", "no Terraform plan"},
      {"new major", R"({"format_version":"2.0","terraform_version":"3.0.0","resource_changes":[]})",
       "unknown format version `2.0`"},
      {"errored",
       R"({"format_version":"1.2","terraform_version":"1.11.4","resource_changes":[],"errored":true})",
       "errored"},
  };
  for (const Case& test : cases) {
    ReadingOfPlan reading;
    auto result = ReadPlan(test.json, reading.options, reading.symbols, reading.files);
    ASSERT_FALSE(result.ok()) << test.name;
    EXPECT_NE(result.error().message.find(test.message), std::string::npos)
        << test.name << ": " << result.error().message;
    if (result.error().place.known()) {
      EXPECT_LT(result.error().place.file, reading.files.files.size()) << test.name;
    }
  }
}

TEST(ReadPlan, AcceptsOlderAndNewerMinorVersions) {
  for (const char* version : {"0.1", "0.2", "1.0", "1.9"}) {
    ReadingOfPlan reading;
    reading.Read(R"({"format_version":")" + std::string(version) +
                 R"(","terraform_version":"1.0.0","resource_changes":[]})");
    EXPECT_TRUE(reading.deployment.after.resources.empty());
  }
}

TEST(ReadPlan, NestingBeyondTheLimitIsAnError) {
  std::string deep = R"({"format_version":"1.2","resource_changes":)" + std::string(100'000, '[');
  ReadingOfPlan reading;
  auto result = ReadPlan(deep, reading.options, reading.symbols, reading.files);
  ASSERT_FALSE(result.ok());
  EXPECT_NE(result.error().message.find("nested deeper"), std::string::npos)
      << result.error().message;
}

}  // namespace
}  // namespace preview::terraform
