// testdata/cloudformation/pairs: each template in YAML (short form) and in JSON (long form). Both
// say the same.
#include <algorithm>
#include <filesystem>
#include <sstream>

#include "tests/parsers/cloudformation/reader.h"

namespace preview::cloudformation {
namespace {

std::string ReadText(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::stringstream text;
  text << stream.rdbuf();
  return text.str();
}

std::vector<std::string> PairNames() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(
           std::filesystem::path(PREVIEW_TESTDATA) / "cloudformation" / "pairs")) {
    if (entry.path().extension() == ".yaml") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

class Pairs : public ::testing::TestWithParam<std::string> {};

TEST_P(Pairs, SayTheSame) {
  const std::filesystem::path folder =
      std::filesystem::path(PREVIEW_TESTDATA) / "cloudformation" / "pairs";
  Fixture fixture;
  const auto yaml = fixture.Read(ReadText(folder / (GetParam() + ".yaml")));
  const auto json = fixture.Read(ReadText(folder / (GetParam() + ".json")));
  ASSERT_FALSE(yaml.empty());
  ASSERT_EQ(yaml.size(), json.size());
  for (std::size_t i = 0; i < yaml.size(); ++i) {
    EXPECT_EQ(yaml[i].when, json[i].when);
    EXPECT_EQ(Fixture::Reasons(yaml[i]), std::vector<std::string>());
    EXPECT_EQ(Fixture::Reasons(json[i]), std::vector<std::string>());
    ASSERT_FALSE(yaml[i].after.resources.empty());
    ASSERT_EQ(yaml[i].after.resources.size(), json[i].after.resources.size());
    for (std::size_t j = 0; j < yaml[i].after.resources.size(); ++j) {
      const model::Resource& a = yaml[i].after.resources[j];
      const model::Resource& b = json[i].after.resources[j];
      EXPECT_EQ(a.address, b.address);
      EXPECT_TRUE(a.attributes.SameAs(b.attributes)) << fixture.Show(a.attributes) << "\n"
                                                     << fixture.Show(b.attributes);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Table, Pairs, ::testing::ValuesIn(PairNames()),
                         [](const auto& pair_info) { return pair_info.param; });

}  // namespace
}  // namespace preview::cloudformation
