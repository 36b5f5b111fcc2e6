// README.md says what the program says.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "preview/cli/commands.h"

namespace preview {
namespace {

std::string Readme() {
  std::ifstream file(PREVIEW_ROOT "/README.md", std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string Between(const std::string& text, const std::string& begin, const std::string& end) {
  const std::size_t at = text.find(begin);
  if (at == std::string::npos) return "no `" + begin + "`";
  const std::size_t line = text.find('\n', at) + 1;
  return text.substr(line, text.find(end, line) - line);
}

TEST(Readme, TableOfTypesIsThatOfTheCatalogue) {
  EXPECT_EQ(Between(Readme(), "<!-- types:", "<!-- /types -->"), cli::TypesMarkdown())
      << "run scripts/update-readme-types";
}

TEST(Readme, LinksToFilesThatAreThere) {
  const std::string text = Readme();
  int links = 0;
  for (std::size_t at = text.find("]("); at != std::string::npos; at = text.find("](", at + 1)) {
    const std::string target = text.substr(at + 2, text.find(')', at) - at - 2);
    if (target.starts_with("http")) continue;
    ++links;
    EXPECT_TRUE(std::filesystem::exists(std::filesystem::path(PREVIEW_ROOT) / target)) << target;
  }
  EXPECT_GT(links, 10);
}

}  // namespace
}  // namespace preview
