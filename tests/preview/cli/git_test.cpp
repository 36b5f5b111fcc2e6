#include "preview/cli/git.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace preview::cli {
namespace {

namespace fs = std::filesystem;

class Git : public testing::Test {
 protected:
  void SetUp() override {
    if (!RunProgram({"git", "--version"}, 1000).started) GTEST_SKIP() << "no git";
    folder_ = fs::temp_directory_path() / ("preview_git_" + std::to_string(getpid()));
    fs::create_directories(folder_ / "sub");
    Do({"init", "--quiet"});
    Write("old\n");
    Do({"add", "."});
    Do({"-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false", "commit",
        "--quiet", "-m", "one"});
    Write("new\n");
  }
  void TearDown() override {
    if (!folder_.empty()) fs::remove_all(folder_);
  }
  void Do(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"git", "-C", folder_.string()});
    const ProgramResult result = RunProgram(arguments, 1 << 20);
    ASSERT_EQ(result.status, 0) << result.error;
  }
  void Write(std::string_view text) {
    std::ofstream(folder_ / "sub/t.yaml", std::ios::binary) << text;
  }
  std::string Path(const std::string& name) { return (folder_ / "sub" / name).string(); }

  fs::path folder_;
};

TEST_F(Git, GivesTheFileAtARevision) {
  const auto text = FileAtRevision(Path("t.yaml"), "HEAD", 1 << 20);
  ASSERT_TRUE(text.ok()) << text.error().message;
  EXPECT_EQ(text.value(), "old\n");
}

TEST_F(Git, AFileThatWasNotThereIsNothing) {
  const auto text = FileAtRevision(Path("later.yaml"), "HEAD", 1 << 20);
  ASSERT_TRUE(text.ok()) << text.error().message;
  EXPECT_FALSE(text.value().has_value());
}

TEST_F(Git, AnUnknownRevisionIsAnError) {
  EXPECT_FALSE(FileAtRevision(Path("t.yaml"), "nothing", 1 << 20).ok());
  EXPECT_FALSE(FileAtRevision(Path("t.yaml"), "", 1 << 20).ok());
  EXPECT_FALSE(FileAtRevision(Path("t.yaml"), "--output=x", 1 << 20).ok());
  EXPECT_FALSE(FileAtRevision("/", "HEAD", 1 << 20).ok());
}

TEST(RunProgram, UsesNoShell) {
  const ProgramResult result = RunProgram({"printf", "%s", "$HOME;`id`"}, 1000);
  EXPECT_EQ(result.out, "$HOME;`id`");
  EXPECT_EQ(result.status, 0);
}

TEST(RunProgram, EndsAProgramThatPrintsTooMuch) {
  EXPECT_NE(RunProgram({"yes"}, 100000).status, 0);
  EXPECT_FALSE(RunProgram({"/nonexistent/program"}, 1000).started);
}

}  // namespace
}  // namespace preview::cli
