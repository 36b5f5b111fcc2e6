// testdata/cloudformation/pairs: each template in YAML (short form) and in JSON (long form),
// written by hand. Both say the same. And every other YAML template of testdata says the same as
// the JSON that its value prints as: the long form, without aliases, tags and places.
#include <algorithm>
#include <filesystem>
#include <sstream>

#include "parsers/text/yaml.h"
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

// Every YAML template below testdata, by its path there.
std::vector<std::string> TemplateNames() {
  const std::filesystem::path root = PREVIEW_TESTDATA;
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    const std::string extension = entry.path().extension().string();
    if (extension != ".yaml" && extension != ".yml") continue;
    const auto value = text::ParseYaml(ReadText(entry.path()), {});
    if (value.ok() && IsTemplate(value.value()))
      names.push_back(entry.path().lexically_relative(root).generic_string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

class Printed : public ::testing::TestWithParam<std::string> {};

TEST_P(Printed, SaysTheSameAsItsYaml) {
  const std::filesystem::path path = std::filesystem::path(PREVIEW_TESTDATA) / GetParam();
  const std::string yaml = ReadText(path);
  const auto value = text::ParseYaml(yaml, {});
  ASSERT_TRUE(value.ok());
  Fixture of_yaml;
  Fixture of_json;
  of_yaml.folder = of_json.folder = path.parent_path().string();
  const auto a = of_yaml.Read(yaml);
  const auto b = of_json.Read(model::ToJson(value.value()));
  ASSERT_FALSE(a.empty());
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    EXPECT_EQ(a[i].when, b[i].when);
    EXPECT_EQ(Fixture::Reasons(a[i]), Fixture::Reasons(b[i]));
    ASSERT_EQ(a[i].after.resources.size(), b[i].after.resources.size());
    for (std::size_t j = 0; j < a[i].after.resources.size(); ++j) {
      const model::Resource& x = a[i].after.resources[j];
      const model::Resource& y = b[i].after.resources[j];
      EXPECT_EQ(x.address, y.address);
      EXPECT_EQ(x.type, y.type);
      EXPECT_EQ(of_yaml.Show(x.attributes), of_json.Show(y.attributes));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Table, Pairs, ::testing::ValuesIn(PairNames()),
                         [](const auto& pair_info) { return pair_info.param; });

INSTANTIATE_TEST_SUITE_P(Table, Printed, ::testing::ValuesIn(TemplateNames()),
                         [](const auto& printed_info) {
                           std::string name = printed_info.param;
                           for (char& c : name) {
                             const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                                                (c >= 'A' && c <= 'Z');
                             if (!plain) c = '_';
                           }
                           return name;
                         });

}  // namespace
}  // namespace preview::cloudformation
