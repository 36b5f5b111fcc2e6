#include "preview/cli/options.h"

#include <gtest/gtest.h>

namespace preview::cli {
namespace {

std::optional<std::string> NoVariables(std::string_view) { return std::nullopt; }
std::optional<std::string> SomeVariables(std::string_view name) {
  if (name == "PREVIEW_ACCOUNT") return "222233334444";
  if (name == "PREVIEW_REGION") return "eu-west-1";
  if (name == "NO_COLOR") return "1";
  return std::nullopt;
}

Options Parse(const std::vector<std::string>& arguments, Environment environment = NoVariables) {
  Parsed parsed = ParseArguments(arguments, environment);
  EXPECT_TRUE(parsed.options.has_value()) << parsed.error;
  return parsed.options.value_or(Options());
}

TEST(Options, CheckIsTheDefaultCommand) {
  EXPECT_EQ(Parse({"plan.json"}).command, Command::kCheck);
  EXPECT_EQ(Parse({"check", "plan.json"}).inputs, std::vector<std::string>{"plan.json"});
  EXPECT_EQ(Parse({"-"}).inputs, std::vector<std::string>{"-"});
  EXPECT_EQ(Parse({"batch"}).command, Command::kBatch);
  EXPECT_EQ(Parse({"types", "--format", "json"}).outputs[0].format, "json");
}

TEST(Options, OptionGoesBeforeEnvironment) {
  const Options both = Parse({"--account", "111122223333", "plan.json"}, SomeVariables);
  EXPECT_EQ(both.account.text, "111122223333");
  EXPECT_EQ(both.account.origin, "--account");
  EXPECT_EQ(both.region.text, "eu-west-1");
  EXPECT_EQ(both.region.origin, "PREVIEW_REGION");
  EXPECT_EQ(Parse({"plan.json"}, SomeVariables).account.origin, "PREVIEW_ACCOUNT");
}

TEST(Options, ReadsAllOfCheck) {
  const Options options = Parse({"--account=111122223333",
                                 "--organization",
                                 "o-abc",
                                 "--organization-accounts",
                                 "222233334444,333344445555",
                                 "--trust",
                                 "444455556666,555566667777",
                                 "--account-public-access-block",
                                 "on",
                                 "--base",
                                 "git:HEAD",
                                 "--parameters",
                                 "p.json",
                                 "--parameters",
                                 "Env=prod",
                                 "--import",
                                 "Name=a=b",
                                 "--findings",
                                 "minimal",
                                 "--fail-on",
                                 "public,new",
                                 "--undetermined",
                                 "warn",
                                 "--exit-zero",
                                 "--limit",
                                 "depth=50",
                                 "--limit",
                                 "atoms=7",
                                 "--jobs",
                                 "3",
                                 "--format",
                                 "json=out.json",
                                 "--format",
                                 "text",
                                 "--verbose",
                                 "--no-progress",
                                 "a.yaml",
                                 "b.yaml"});
  EXPECT_EQ(options.trust, (std::vector<std::string>{"444455556666", "555566667777"}));
  EXPECT_TRUE(options.account_public_access_block);
  EXPECT_EQ(options.base, "git:HEAD");
  ASSERT_EQ(options.parameters.size(), 2U);
  EXPECT_EQ(options.parameters[0].name, "");
  EXPECT_EQ(options.parameters[1].name, "Env");
  EXPECT_EQ(options.imports[0].value, "a=b");
  EXPECT_TRUE(options.minimal);
  EXPECT_EQ(options.fail_on, (std::vector<FailOn>{FailOn::kPublic, FailOn::kNew}));
  EXPECT_FALSE(options.undetermined_fails);
  EXPECT_TRUE(options.exit_zero);
  EXPECT_EQ(options.limits.depth, 50U);
  EXPECT_EQ(options.max_atoms, 7U);
  EXPECT_EQ(options.jobs, 3U);
  ASSERT_EQ(options.outputs.size(), 2U);
  EXPECT_EQ(options.outputs[0].path, "out.json");
  EXPECT_EQ(options.inputs, (std::vector<std::string>{"a.yaml", "b.yaml"}));
}

TEST(Options, RefuseWhatIsWrong) {
  struct Case {
    std::vector<std::string> arguments;
    std::string_view part;
  };
  const Case cases[] = {
      {{}, "no input"},
      {{"--account", "12", "x"}, "no account id"},
      {{"--organization", "123", "x"}, "no organization id"},
      {{"--format", "sarif", "x"}, "not offered yet"},
      {{"--format", "xml", "x"}, "unknown format `xml`"},
      {{"--format", "json", "--format", "text", "x"}, "only one --format"},
      {{"--baseline", "f", "x"}, "`--baseline` is not offered yet"},
      {{"--fail-on", "never,new", "x"}, "stands alone"},
      {{"--fail-on", "all", "x"}, "none of new, public, any, never"},
      {{"--limit", "depth=501", "x"}, "at most 500"},
      {{"--limit", "speed=1", "x"}, "none of bytes"},
      {{"--jobs", "many", "x"}, "no number"},
      {{"--nonsense", "x"}, "--nonsense"},
      {{"explain"}, "an input and an id"},
      {{"completion", "csh"}, "bash, zsh, fish"},
      {{"batch", "a", "b"}, "more than one input"},
  };
  for (const Case& one : cases) {
    const Parsed parsed = ParseArguments(one.arguments, NoVariables);
    EXPECT_FALSE(parsed.options.has_value()) << one.part;
    EXPECT_EQ(parsed.status, 2) << one.part;
    EXPECT_NE(parsed.error.find(one.part), std::string::npos) << parsed.error;
  }
}

TEST(Options, TodayIsADayThatThereIs) {
  EXPECT_EQ(Parse({"--today", "2028-02-29", "plan.json"}).today, "2028-02-29");
  for (const char* day : {"2027-02-29", "2027-2-1", "tomorrow"}) {
    const Parsed parsed = ParseArguments({"--today", day, "plan.json"}, NoVariables);
    EXPECT_FALSE(parsed.options.has_value()) << day;
    EXPECT_EQ(parsed.status, 2) << day;
  }
}

TEST(Options, HelpAndVersionGoToStandardOutput) {
  const Parsed help = ParseArguments({"--help"}, NoVariables);
  EXPECT_EQ(help.status, 0);
  for (const OptionWords& option : DescribeOptions(Command::kCheck)) {
    EXPECT_NE(help.out.find(option.name), std::string::npos) << option.name;
  }
  EXPECT_EQ(ParseArguments({"--version"}, NoVariables).out, "preview " PREVIEW_VERSION "\n");
}

TEST(Options, ColourVariablesAreHonoured) {
  EXPECT_EQ(Parse({"x"}, SomeVariables).color, ColorMode::kNever);
  EXPECT_EQ(Parse({"--color", "always", "x"}, SomeVariables).color, ColorMode::kAlways);
  EXPECT_EQ(Parse({"x"},
                  [](std::string_view name) {
                    return name == "FORCE_COLOR" ? std::optional<std::string>("1") : std::nullopt;
                  })
                .color,
            ColorMode::kAlways);
}

TEST(Options, ExplainTakesACodeOrAnInputAndAnId) {
  const Options code = Parse({"explain", "PV001"});
  EXPECT_TRUE(code.inputs.empty());
  EXPECT_EQ(code.subject, "PV001");
  const Options finding = Parse({"explain", "--account", "111122223333", "plan.json", "0123"});
  EXPECT_EQ(finding.inputs, std::vector<std::string>{"plan.json"});
  EXPECT_EQ(finding.subject, "0123");
}

}  // namespace
}  // namespace preview::cli
