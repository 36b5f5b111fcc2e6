// The program as a whole: what goes to which stream, and the exit statuses.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "preview/cli/git.h"

namespace preview {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::string_view kShared = R"(Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties: {QueueName: orders}
  Policy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Queue]
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Sid: Partner
            Effect: Allow
            Principal: {AWS: 'PRINCIPAL'}
            Action: sqs:SendMessage
            Resource: !GetAtt Queue.Arn
)";

class Program : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("preview_program_" + std::to_string(getpid()));
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string Write(const std::string& name, std::string_view text) {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return (folder_ / name).string();
  }
  std::string Template(const std::string& name, const std::string& principal) {
    std::string text(kShared);
    return Write(name, text.replace(text.find("PRINCIPAL"), 9, principal));
  }
  static cli::ProgramResult Call(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), PREVIEW_PROGRAM);
    return cli::RunProgram(arguments, std::size_t{16} << 20);
  }
  // `check` with an account and JSON.
  static json Check(std::vector<std::string> arguments, int status) {
    arguments.insert(arguments.begin(),
                     {"--account", "111122223333", "--region", "us-east-1", "--format", "json"});
    const cli::ProgramResult result = Call(arguments);
    EXPECT_EQ(result.status, status) << result.error << result.out;
    return json::parse(result.out, nullptr, false);
  }

  fs::path folder_;
};

TEST_F(Program, LeavesWithOneForNewAccess) {
  const json report = Check({Template("t.yaml", "999999999999")}, 1);
  ASSERT_EQ(report["findings"].size(), 1U);
  const json& finding = report["findings"][0];
  EXPECT_EQ(finding["changeType"], "NEW");
  EXPECT_EQ(finding["resource"], "arn:aws:sqs:us-east-1:111122223333:orders");
  EXPECT_EQ(finding["resourceAddress"], "Queue");
  EXPECT_EQ(finding["sources"][0]["statement"]["sid"], "Partner");
  EXPECT_EQ(finding["location"]["line"], 12);
}

TEST_F(Program, LeavesWithZeroForTheOwnAccount) {
  EXPECT_EQ(Check({Template("t.yaml", "111122223333")}, 0)["findings"].size(), 0U);
}

TEST_F(Program, LeavesWithTwoForAnInputThatCannotBeRead) {
  const json report = Check({Write("x.json", "{\"a\":1}"), Template("t.yaml", "999999999999")}, 2);
  EXPECT_EQ(report["errors"].size(), 1U);
  EXPECT_EQ(report["findings"].size(), 1U);  // the other input is decided all the same
}

TEST_F(Program, LeavesWithThreeForWhatStaysOpen) {
  const std::string path =
      Write("t.yaml",
            "Parameters:\n  Partner: {Type: String}\nResources:\n  Queue: {Type: "
            "'AWS::SQS::Queue'}\n  Policy:\n    Type: AWS::SQS::QueuePolicy\n    Properties:\n     "
            " Queues: [!Ref Queue]\n      PolicyDocument: !ImportValue elsewhere\n");
  const json report = Check({path}, 3);
  EXPECT_GE(report["undetermined"].size(), 1U);
  Check({"--undetermined", "warn", path}, 0);
  Check({"--exit-zero", path}, 0);
}

TEST_F(Program, LeavesWithZeroForWhatIsAccepted) {
  const auto accepted = [this](const std::string& principal, const std::string& codes) {
    std::string text(kShared);
    text.replace(text.find("'PRINCIPAL'"), 11, principal);
    text.insert(text.find("  Policy:"), "  # preview: ignore[" + codes + "] it is meant\n");
    return Write("t.yaml", text);
  };
  const json finding = Check({accepted("'999999999999'", "PV002")}, 0);
  EXPECT_EQ(finding["findings"][0]["status"], "ARCHIVED");
  EXPECT_EQ(finding["findings"][0]["suppression"]["location"]["line"], 5);
  EXPECT_EQ(finding["summary"]["archived"], 1);
  EXPECT_EQ(Check({"--fail-on", "any", accepted("'999999999999'", "PV002")}, 0)["findings"].size(),
            1U);
  Check({accepted("'999999999999'", "PV001")}, 1);

  const json open = Check({accepted("!ImportValue X", "PV010")}, 0);
  EXPECT_EQ(open["undetermined"][0]["status"], "ARCHIVED");
  EXPECT_EQ(open["summary"]["undetermined"], 0);
  EXPECT_EQ(open["summary"]["undeterminedArchived"], 1);
  Check({accepted("!ImportValue X", "PV002")}, 3);
}

TEST_F(Program, ComparesWithABase) {
  const std::string before = Template("a/t.yaml", "999999999999");
  const std::string after = Template("b/t.yaml", "999999999999");
  const json same = Check({"--base", before, after}, 0);
  EXPECT_EQ(same["summary"]["unchanged"], 1);
  const json folders = Check({"--base", (folder_ / "a").string(), (folder_ / "b").string()}, 0);
  EXPECT_EQ(folders["summary"]["unchanged"], 1);
  EXPECT_EQ(Check({"--base", before, Template("c.yaml", "111122223333")}, 0)["summary"]["resolved"],
            1);
}

TEST_F(Program, ComparesWithAGitRevision) {
  if (!cli::RunProgram({"git", "--version"}, 1000).started) GTEST_SKIP() << "no git";
  const std::string path = Template("t.yaml", "111122223333");
  const auto git = [this](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"git", "-C", folder_.string()});
    ASSERT_EQ(cli::RunProgram(arguments, 1 << 20).status, 0);
  };
  git({"init", "--quiet"});
  git({"add", "."});
  git({"-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false", "commit",
       "--quiet", "-m", "one"});
  Template("t.yaml", "999999999999");
  EXPECT_EQ(Check({"--base", "git:HEAD", path}, 1)["summary"]["new"], 1);
  git({"-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false", "commit",
       "--quiet", "-a", "-m", "two"});
  EXPECT_EQ(Check({"--base", "git:HEAD", path}, 0)["summary"]["unchanged"], 1);
  Check({"--base", "git:nothing", path}, 2);
}

TEST_F(Program, WritesReportsToFiles) {
  const std::string out = (folder_ / "out.json").string();
  const cli::ProgramResult result =
      Call({"--account", "111122223333", "--format", "text", "--format", "json=" + out,
            Template("t.yaml", "999999999999")});
  EXPECT_EQ(result.status, 1);
  EXPECT_NE(result.out.find("PV002 new"), std::string::npos);
  std::ifstream file(out);
  EXPECT_EQ(json::parse(file)["summary"]["new"], 1);
  EXPECT_EQ(Call({"--format", "json=/nonexistent/x", Template("t.yaml", "999999999999")}).status,
            2);
}

TEST_F(Program, ExplainsAFindingAndACode) {
  const std::string path = Template("t.yaml", "999999999999");
  const std::string id = Check({path}, 1)["findings"][0]["id"];
  const cli::ProgramResult result =
      Call({"explain", "--account", "111122223333", "--region", "us-east-1", path, id});
  EXPECT_EQ(result.status, 0) << result.error;
  EXPECT_NE(result.out.find("\"Sid\": \"Partner\""), std::string::npos) << result.out;
  EXPECT_EQ(Call({"explain", path, "ffffffffffffffff"}).status, 2);
  EXPECT_NE(Call({"explain", "PV006"}).out.find("shared snapshot or image"), std::string::npos);
  EXPECT_EQ(Call({"explain", "PV999"}).status, 2);
}

TEST_F(Program, AccessPreviewRequestsAreInputs) {
  const json policy = {{"Statement",
                        {{{"Effect", "Allow"},
                          {"Principal", "*"},
                          {"Action", "sqs:SendMessage"},
                          {"Resource", "*"}}}}};
  const json request = {
      {"analyzerArn", "arn:aws:access-analyzer:us-east-1:111122223333:analyzer/a"},
      {"configurations",
       {{"arn:aws:sqs:us-east-1:111122223333:q",
         {{"sqsQueue", {{"queuePolicy", policy.dump()}}}}}}}};
  const std::string path = Write("request.json", request.dump());
  const cli::ProgramResult result = Call({"--format", "json", path});
  EXPECT_EQ(result.status, 1) << result.error;
  const json report = json::parse(result.out);
  EXPECT_EQ(report["findings"][0]["isPublic"], true);
  EXPECT_EQ(report["zoneOfTrust"]["inferredFrom"], "analyzerArn");
  EXPECT_EQ(Check({"--base", path, path}, 0)["summary"]["unchanged"], 1);
}

TEST_F(Program, UsageErrorsGoToStandardError) {
  const cli::ProgramResult result = Call({"--format", "sarif", "x"});
  EXPECT_EQ(result.status, 2);
  EXPECT_EQ(result.out, "");
  EXPECT_NE(result.error.find("not offered yet"), std::string::npos);
  EXPECT_EQ(Call({}).status, 2);
  EXPECT_EQ(Call({"--help"}).status, 0);
  EXPECT_EQ(Call({"--version"}).out, "preview " PREVIEW_VERSION "\n");
}

TEST_F(Program, HostileNamesAreNotPrintedRaw) {
  const cli::ProgramResult result = Call({"/nonexistent/\x1b[2J"});
  EXPECT_EQ(result.status, 2);
  EXPECT_EQ(result.error.find('\x1b'), std::string::npos);
}

TEST_F(Program, BatchReadsAFile) {
  const std::string path =
      Write("b.ndjson", "{\"id\":\"1\",\"configuration\":{\"sqsQueue\":{}}}\nbroken\n");
  const cli::ProgramResult result = Call({"batch", path});
  EXPECT_EQ(result.status, 2);
  EXPECT_EQ(std::count(result.out.begin(), result.out.end(), '\n'), 2);
  EXPECT_EQ(Call({"batch", "/nonexistent"}).status, 2);
}

TEST_F(Program, CompletionsAreScriptsThatTheirShellTakes) {
  for (const std::string shell : {"bash", "zsh", "fish"}) {
    const cli::ProgramResult result = Call({"completion", shell});
    EXPECT_EQ(result.status, 0);
    EXPECT_NE(result.out.find("--organization-accounts") == std::string::npos
                  ? result.out.find("organization-accounts")
                  : 0,
              std::string::npos)
        << shell;
    if (!cli::RunProgram({shell, "-c", "exit 0"}, 1000).started) continue;
    const cli::ProgramResult read =
        cli::RunProgram({shell, "-n", Write("completion." + shell, result.out)}, 1 << 20);
    EXPECT_EQ(read.status, 0) << shell << ": " << read.error;
  }
}

TEST_F(Program, TypesAreListed) {
  const json types = json::parse(Call({"types", "--format", "json"}).out);
  EXPECT_GE(types["types"].size(), 10U);
  EXPECT_NE(Call({"types"}).out.find("AWS::SQS::Queue  SQS queue"), std::string::npos);
}

}  // namespace
}  // namespace preview
