#include "preview/cli/input.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace preview::cli {
namespace {

namespace fs = std::filesystem;

class Folder {
 public:
  Folder() : path_(fs::temp_directory_path() / ("preview_input_" + std::to_string(getpid()))) {
    fs::create_directories(path_);
  }
  ~Folder() { fs::remove_all(path_); }
  std::string Add(const std::string& name, std::string_view text) {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << text;
    return (path_ / name).string();
  }
  [[nodiscard]] std::string path() const { return path_.string(); }

 private:
  fs::path path_;
};

TEST(Recognise, ByContentNotByName) {
  struct Case {
    std::string_view name;
    std::string_view text;
    InputKind want;
  };
  const Case cases[] = {
      {"plan", R"({"format_version":"1.2","terraform_version":"1.11.4","resource_changes":[]})",
       InputKind::kTerraformPlan},
      {"JSON template", R"({"AWSTemplateFormatVersion":"2010-09-09","Resources":{}})",
       InputKind::kTemplate},
      {"YAML template",
       "# x\nAWSTemplateFormatVersion: 2010-09-09\nResources:\n  Q:\n    Type: AWS::SQS::Queue\n",
       InputKind::kTemplate},
      {"YAML with a byte order mark",
       "\xEF\xBB\xBF"
       "Resources:\n  Q: {Type: 'AWS::SQS::Queue'}\n",
       InputKind::kTemplate},
      {"change set", R"({"ChangeSetId":"arn:x","StackId":"y","Changes":[]})",
       InputKind::kChangeSet},
      {"request", R"({"analyzerArn":"arn:x","configurations":{}})", InputKind::kPreviewRequest},
  };
  for (const Case& one : cases) {
    const Recognised recognised = RecogniseText(one.text);
    ASSERT_TRUE(recognised.kind.has_value()) << one.name << ": " << recognised.message;
    EXPECT_EQ(*recognised.kind, one.want) << one.name;
  }
}

TEST(Recognise, SaysWhatWasFoundAndWhatToDo) {
  struct Case {
    std::string_view text;
    std::string_view message;
    std::string_view help;
  };
  const Case cases[] = {
      {"", "empty", "terraform show -json"},
      {"  \n", "empty", "cdk.out"},
      {"[1]", "a JSON list", "accepted are"},
      {R"({"name":"x","version":"1"})", "with `name`, `version`", "accepted are"},
      {R"({"version":"36","artifacts":{}})", "CDK assembly", "preview cdk.out"},
      {R"({"id":"1","resourceType":"AWS::SQS::Queue","configuration":{}})", "preview batch",
       "preview batch FILE"},
      {"resource \"aws_sqs_queue\" \"q\" {\n}\n", "single Terraform source file", "folder"},
      {"name: x\non: push\n", "a YAML mapping with `name`, `on`", "accepted are"},
      {"hello world", "neither JSON nor a YAML mapping", "accepted are"},
  };
  for (const Case& one : cases) {
    const Recognised recognised = RecogniseText(one.text);
    EXPECT_FALSE(recognised.kind.has_value()) << one.text;
    EXPECT_NE(recognised.message.find(one.message), std::string::npos) << recognised.message;
    EXPECT_NE(recognised.help.find(one.help), std::string::npos) << recognised.help;
  }
}

TEST(TopLevelMembers, LooksAtTheFirstLevelOnly) {
  EXPECT_EQ(TopLevelMembers(R"({"a":{"x":1},"b":["y",{"z":2}],"c":"d"} trailing)"),
            (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_EQ(TopLevelMembers(R"({"a\"b":1, "c)"), (std::vector<std::string>{"a\\\"b", "c"}));
  EXPECT_TRUE(TopLevelMembers("{").empty());
}

TEST(ReadInputs, TakesFolders) {
  Folder folder;
  std::vector<model::InputError> errors;
  EXPECT_TRUE(ReadInputs(folder.path(), {}, errors).empty());
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_NE(errors[0].message.find("holds no plan"), std::string::npos);

  errors.clear();
  folder.Add("b.yaml", "Resources:\n  Q: {Type: 'AWS::SQS::Queue'}\n");
  folder.Add("a.json", R"({"Resources":{"Q":{"Type":"AWS::SQS::Queue"}}})");
  folder.Add("package.json", R"({"name":"x"})");
  const std::vector<Input> templates = ReadInputs(folder.path(), {}, errors);
  EXPECT_TRUE(errors.empty());
  ASSERT_EQ(templates.size(), 2U);
  EXPECT_TRUE(templates[0].path.ends_with("a.json"));

  folder.Add("main.tf", "");
  EXPECT_EQ(ReadInputs(folder.path(), {}, errors).at(0).kind, InputKind::kTerraformFolder);
  const std::string manifest = folder.Add("manifest.json", R"({"version":"36","artifacts":{}})");
  EXPECT_EQ(ReadInputs(folder.path(), {}, errors).at(0).kind, InputKind::kAssembly);
  EXPECT_EQ(ReadInputs(manifest, {}, errors).at(0).kind, InputKind::kAssembly);
  EXPECT_TRUE(errors.empty());
}

TEST(ReadInputs, RespectsTheLimitOnBytes) {
  Folder folder;
  const std::string path = folder.Add("big.json", std::string(3 << 20, ' '));
  text::Limits limits;
  limits.bytes = 1 << 20;
  std::vector<model::InputError> errors;
  EXPECT_TRUE(ReadInputs(path, limits, errors).empty());
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_NE(errors[0].message.find("larger than 1048576 bytes"), std::string::npos);
}

TEST(ReadInputs, NamesAMissingFile) {
  std::vector<model::InputError> errors;
  EXPECT_TRUE(ReadInputs("/nonexistent/plan.json", {}, errors).empty());
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors[0].input, "/nonexistent/plan.json");
  EXPECT_NE(errors[0].message.find("No such file"), std::string::npos);
}

}  // namespace
}  // namespace preview::cli
