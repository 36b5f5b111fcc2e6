// The evaluator against terraform itself: testdata/terraform-source/expressions holds what
// `terraform console` answered.

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "parsers/text/json.h"
#include "tests/parsers/terraform/hcl/support.h"

namespace preview::hcl {
namespace {

const std::string kFolder = PREVIEW_TESTDATA "/terraform-source/expressions";

model::Value Recorded() {
  std::ifstream file(kFolder + "/expressions.json");
  std::ostringstream text;
  text << file.rdbuf();
  auto json = text::ParseJson(text.str(), {});
  PREVIEW_CHECK(json.ok());
  return std::move(json).value();
}

TEST(Expressions, GiveWhatTerraformGives) {
  auto tree = OpenFolderTree(kFolder, "");
  ASSERT_TRUE(tree.ok());
  Workbench bench(std::move(tree).value());
  EXPECT_TRUE(bench.problems.empty());
  model::Value recorded = Recorded();
  ASSERT_GE(recorded.items.size(), 500U);
  for (const model::Value& entry : recorded.items) {
    const std::string& expression = entry.Find("expression")->text;
    model::Value value = bench.Evaluate(expression);
    if (entry.Find("error") != nullptr) {
      EXPECT_TRUE(IsFailure(value)) << expression << " is " << EncodeJson(value);
      continue;
    }
    EXPECT_FALSE(value.is_unknown()) << expression << ": " << value.text;
    if (!value.is_unknown()) {
      EXPECT_EQ(EncodeJson(value), entry.Find("json")->text) << expression;
    }
  }
}

}  // namespace
}  // namespace preview::hcl
