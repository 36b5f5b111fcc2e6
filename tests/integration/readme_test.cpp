// README.md says what the program says.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "preview/cli/commands.h"
#include "preview/cli/git.h"

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

// The command of the example, and what stands below it, are what the program prints.
TEST(Readme, ExampleIsWhatTheProgramPrints) {
  const std::string block = Between(Readme(), "<!-- example", "<!-- /example -->");
  std::string shown;
  for (std::size_t at = 0; at < block.size();) {
    const std::size_t end = block.find('\n', at);
    const std::string line = block.substr(at, end - at);
    shown += line.starts_with("    ") ? line.substr(4) + "\n" : line.empty() ? "\n" : "";
    at = end + 1;
  }
  const std::string command =
      "$ scripts/run testdata/report/readme/plan.json --account 111122223333\n";
  const std::size_t begin = shown.find(command);
  ASSERT_NE(begin, std::string::npos) << shown;
  const std::filesystem::path here = std::filesystem::current_path();
  std::filesystem::current_path(PREVIEW_ROOT);
  const cli::ProgramResult result = cli::RunProgram(
      {PREVIEW_PROGRAM, "testdata/report/readme/plan.json", "--account", "111122223333"}, 1 << 20);
  std::filesystem::current_path(here);
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(shown.substr(begin + command.size()), result.out + "\n");
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
