// Every case of testdata/cases through the program: all that is expected is found, and nothing
// else.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "preview/cli/git.h"
#include "tests/integration/expectations.h"

namespace preview {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

// Paths below testdata/cases of all expectations, in order.
std::vector<std::string> Cases() {
  const fs::path top = PREVIEW_TESTDATA "/cases";
  std::vector<std::string> out;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(top)) {
    const std::string name = entry.path().filename();
    if (name == "expect.json" || name == "expect_org.json")
      out.push_back(fs::relative(entry.path(), top));
  }
  std::sort(out.begin(), out.end());
  return out;
}

class ExpectedCases : public testing::TestWithParam<std::string> {};

TEST_P(ExpectedCases, AgreeWithWhatIsExpected) {
  const fs::path file = fs::path(PREVIEW_TESTDATA "/cases") / GetParam();
  std::ifstream stream(file);
  const json want = json::parse(stream);
  std::vector<std::string> arguments = ArgumentsOf(want, file.parent_path());
  ASSERT_TRUE(fs::exists(arguments.back())) << "the case has no input";
  arguments.insert(arguments.begin(), PREVIEW_PROGRAM);
  const cli::ProgramResult result = cli::RunProgram(arguments, std::size_t{64} << 20);
  const json report = json::parse(result.out, nullptr, false);
  ASSERT_FALSE(report.is_discarded()) << result.error;
  for (const std::string& difference : Differences(want, report)) ADD_FAILURE() << difference;
}

// Cases whose configuration is there as a whole; all that they plan is new.
std::vector<std::string> Folders() {
  std::vector<std::string> out;
  for (const std::string& name : Cases()) {
    const fs::path folder = fs::path(PREVIEW_TESTDATA "/cases") / fs::path(name).parent_path();
    if (fs::exists(folder / "provider.tf") && fs::exists(folder / "plan.json")) out.push_back(name);
  }
  return out;
}

class ExpectedFolders : public testing::TestWithParam<std::string> {};

// The configuration alone says as much as the plan that was made from it.
TEST_P(ExpectedFolders, AgreeWithoutThePlan) {
  const fs::path file = fs::path(PREVIEW_TESTDATA "/cases") / GetParam();
  std::ifstream stream(file);
  const json want = json::parse(stream);
  std::vector<std::string> arguments = ArgumentsOf(want, file.parent_path());
  arguments.back() = file.parent_path();
  arguments.insert(arguments.begin(), PREVIEW_PROGRAM);
  const cli::ProgramResult result = cli::RunProgram(arguments, std::size_t{64} << 20);
  const json report = json::parse(result.out, nullptr, false);
  ASSERT_FALSE(report.is_discarded()) << result.error;
  for (const std::string& difference : Differences(want, report)) ADD_FAILURE() << difference;
}

// The comparison itself can fail: each way of being wrong is told.
TEST(Expectations, TellEveryDifference) {
  const json want = json::parse(R"({
    "findings": [{"resource_address": "q", "principal": {"AWS": "999988887777"}, "is_public": false,
                  "change": "NEW", "conditions": {"aws:SourceVpc": "vpc-1"}, "confidence": "high"}],
    "indeterminate": [{"resource_address": "t", "reason": "unknown"}]})");
  const json right = json::parse(R"({
    "findings": [{"resourceAddress": "q", "principal": {"AWS": "arn:aws:iam::999988887777:root"},
                  "isPublic": false, "changeType": "NEW", "status": "ACTIVE",
                  "condition": {"aws:SourceVpc": "vpc-1"}}],
    "undetermined": [{"resourceAddress": "t", "reason": "unknown"}], "errors": []})");
  EXPECT_EQ(Differences(want, right), std::vector<std::string>{});
  for (const auto& [pointer, value] :
       std::vector<std::pair<const char*, json>>{{"/findings/0/resourceAddress", "other"},
                                                 {"/findings/0/principal/AWS", "444455556666"},
                                                 {"/findings/0/isPublic", true},
                                                 {"/findings/0/changeType", "UNCHANGED"},
                                                 {"/findings/0/status", "RESOLVED"},
                                                 {"/findings/0/condition", json::object()},
                                                 {"/undetermined/0/resourceAddress", "q"},
                                                 {"/undetermined", json::array()},
                                                 {"/errors", {{{"message", "cannot be read"}}}}}) {
    json wrong = right;
    wrong[json::json_pointer(pointer)] = value;
    EXPECT_NE(Differences(want, wrong), std::vector<std::string>{}) << pointer;
  }
}

std::string TestName(const testing::TestParamInfo<std::string>& parameter) {
  std::string name = parameter.param;
  name = name.substr(0, name.rfind('.'));
  for (char& letter : name)
    letter = std::isalnum(static_cast<unsigned char>(letter)) != 0 ? letter : '_';
  return name;
}

INSTANTIATE_TEST_SUITE_P(Testdata, ExpectedCases, testing::ValuesIn(Cases()), TestName);
INSTANTIATE_TEST_SUITE_P(Testdata, ExpectedFolders, testing::ValuesIn(Folders()), TestName);

}  // namespace
}  // namespace preview
