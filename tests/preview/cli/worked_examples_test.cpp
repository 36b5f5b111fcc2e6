// Every line of testdata/policies/worked-examples.jsonl through `preview batch`: the worked
// examples of AWS's documentation and test suites (each named by what it shows) and the questions
// that the documentation leaves open, with the findings that were reasoned from the sources. A
// field that an expected finding leaves out is not compared. A text in place of the list is the one
// PV020 that is expected, with its statement.

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "preview/cli/batch.h"

namespace preview::cli {
namespace {

using nlohmann::json;

std::vector<json> Lines() {
  std::ifstream file(std::string(PREVIEW_TESTDATA) + "/policies/worked-examples.jsonl");
  std::vector<json> out;
  for (std::string line; std::getline(file, line);) out.push_back(json::parse(line));
  return out;
}

json Answer(const json& line) {
  access::AccessOptions access;
  Options options;
  std::string out;
  BatchWorker worker(options, access);
  worker.Answer(line.dump(), out);
  return json::parse(out);
}

// A finding with the members of `wanted` only; of its sources their types.
json Picked(const json& finding, const json& wanted) {
  json out = json::object();
  for (const auto& [key, value] : wanted.items()) out[key] = finding[key];
  if (out.contains("sources")) {
    for (json& source : out["sources"]) source = json(source["type"]);
  }
  return out;
}

class WorkedExample : public testing::TestWithParam<json> {};

TEST_P(WorkedExample, IsFoundAsReasoned) {
  const json& line = GetParam();
  const json answer = Answer(line);
  EXPECT_EQ(answer["errors"], json::array());
  const json& expect = line["expect"];
  if (expect.is_string()) {
    ASSERT_EQ(answer["undetermined"].size(), 1U) << answer;
    const json& entry = answer["undetermined"][0];
    EXPECT_EQ(entry["code"].get<std::string>() + " " + entry["origin"].get<std::string>(), expect);
    EXPECT_EQ(answer["findings"], json::array());
    return;
  }
  EXPECT_EQ(answer["undetermined"], json::array());
  ASSERT_EQ(answer["findings"].size(), expect.size()) << answer["findings"];
  for (const json& wanted : expect) {
    const json& findings = answer["findings"];
    bool found = std::any_of(findings.begin(), findings.end(), [&](const json& finding) {
      return Picked(finding, wanted) == wanted;
    });
    EXPECT_TRUE(found) << "expected " << wanted << "\nfound " << findings;
  }
}

std::string NameOf(const json& line) {
  std::string name = line["id"];
  std::replace_if(
      name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(File, WorkedExample, testing::ValuesIn(Lines()),
                         [](const auto& parameter) { return NameOf(parameter.param); });

TEST(WorkedExamples, NoneIsLost) { EXPECT_EQ(Lines().size(), 86U); }

}  // namespace
}  // namespace preview::cli
