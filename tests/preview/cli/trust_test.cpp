#include "preview/cli/trust.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "parsers/config/settings.h"

namespace preview::cli {
namespace {

namespace fs = std::filesystem;

class Trust : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("preview_trust_" + std::to_string(getpid()));
    fs::create_directories(folder_ / "repository/.git");
    fs::create_directories(folder_ / "repository/a/b");
  }
  void TearDown() override { fs::remove_all(folder_); }
  std::string Write(const std::string& name, std::string_view text) {
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return (folder_ / name).string();
  }
  std::string Deep() { return (folder_ / "repository/a/b").string(); }

  fs::path folder_;
  model::SourceFiles files_;
};

TEST_F(Trust, FindsTheSettingsUpwardsToTheRepositorysRoot) {
  Write(".preview.yaml", "account: '999999999999'\n");
  Options options;
  EXPECT_FALSE(ApplySettings(Deep(), options, files_).has_value());
  EXPECT_FALSE(options.account.given());  // it lies above the root
  Write("repository/.preview.yaml",
        "account: 111122223333\ntrust: [\"222233334444\"]\naccount-public-access-block: on\n");
  EXPECT_FALSE(ApplySettings(Deep(), options, files_).has_value());
  EXPECT_EQ(options.account.text, "111122223333");
  EXPECT_NE(options.account.origin.find(".preview.yaml"), std::string::npos);
  EXPECT_EQ(options.trust, std::vector<std::string>{"222233334444"});
  EXPECT_TRUE(options.account_public_access_block);
}

TEST_F(Trust, TheFileGoesLast) {
  Write("repository/.preview.yaml", "account: '111122223333'\nregion: eu-west-1\n");
  Options options;
  options.account = {"222233334444", "--account"};
  options.given["account"] = true;
  EXPECT_FALSE(ApplySettings(Deep(), options, files_).has_value());
  EXPECT_EQ(options.account.text, "222233334444");
  EXPECT_EQ(options.region.text, "eu-west-1");
}

TEST_F(Trust, AnUnknownKeyIsAnErrorWithTheNearestOne) {
  Write("repository/.preview.yaml", "account: '111122223333'\norganisation: o-x\n");
  Options options;
  const auto error = ApplySettings(Deep(), options, files_);
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(error->message, "unknown key `organisation`");
  EXPECT_EQ(error->help, "did you mean `organization`?");
  EXPECT_EQ(error->place.line, 2U);
}

TEST_F(Trust, RefusesWrongValues) {
  for (const std::string_view yaml :
       {"account: 12\n", "trust: {a: b}\n", "account: [a]\n", "- a\n", "a: b: c\n",
        "account-public-access-block: maybe\n", "trust: ['x']\n"}) {
    EXPECT_FALSE(config::ReadSettings(yaml, 0, {}).ok()) << yaml;
  }
  EXPECT_TRUE(config::ReadSettings("account:\n", 0, {}).ok());
}

TEST_F(Trust, AMissingConfigIsAnError) {
  Options options;
  options.config = (folder_ / "nothing.yaml").string();
  EXPECT_TRUE(ApplySettings(".", options, files_).has_value());
}

TEST_F(Trust, OrganizationAccountsFromIdsLinesOrJson) {
  struct Case {
    std::string name, entry;
  };
  const Case cases[] = {
      {"ids", "222233334444,333344445555"},
      {"lines", Write("lines.txt", "222233334444 # build\n\n333344445555\n")},
      {"list-accounts",
       Write("accounts.json", R"({"Accounts":[{"Id":"222233334444"},{"Id":"333344445555"}]})")},
      {"JSON list", Write("list.json", R"(["222233334444","333344445555"])")},
  };
  for (const Case& one : cases) {
    Options options;
    options.organization_accounts = {one.entry};
    const auto accounts = OrganizationAccounts(options);
    ASSERT_TRUE(accounts.ok()) << one.name << ": " << accounts.error().message;
    EXPECT_EQ(accounts.value(), (std::vector<std::string>{"222233334444", "333344445555"}))
        << one.name;
  }
  Options wrong;
  wrong.organization_accounts = {Write("wrong.txt", "not an id\n")};
  EXPECT_FALSE(OrganizationAccounts(wrong).ok());
  wrong.organization_accounts = {"/nonexistent"};
  EXPECT_FALSE(OrganizationAccounts(wrong).ok());
}

TEST_F(Trust, OptionsGoBeforeWhatTheInputSays) {
  model::Deployment deployment;
  deployment.environment.account = "111122223333";
  deployment.account_inferred_from = "data.aws_caller_identity.me";
  Options options;
  EXPECT_EQ(ZoneOf(deployment, options, {}).inferred_from, "data.aws_caller_identity.me");
  EXPECT_EQ(ZoneOf(deployment, options, {}).account, "111122223333");
  options.account = {"222233334444", "--account"};
  EXPECT_EQ(ZoneOf(deployment, options, {}).account, "222233334444");
  EXPECT_EQ(ZoneOf(deployment, options, {}).inferred_from, "--account");
}

TEST_F(Trust, AnUnknownAccountIsSaidToBe) {
  model::SymbolTable symbols;
  model::Deployment deployment;
  deployment.environment.account = model::SymbolText(
      *symbols.Intern({"account", "", "", model::SymbolForm::kOwnAccount, false}));
  const model::ZoneOfTrust zone = ZoneOf(deployment, {}, {});
  EXPECT_TRUE(zone.Contains(deployment.environment.account));
  EXPECT_EQ(zone.inferred_from, "not known; give --account ID");
  report::Zone described;
  Describe(zone, described);
  EXPECT_TRUE(described.accounts.empty());
}

TEST_F(Trust, AnOrganizationBringsItsAccounts) {
  Options options;
  options.organization = {"o-abcde12345", "--organization"};
  options.trust = {"444455556666"};
  const model::ZoneOfTrust zone = ZoneOf({}, options, {"222233334444"});
  EXPECT_TRUE(zone.IsOrganization());
  EXPECT_TRUE(zone.Contains("222233334444"));
  EXPECT_TRUE(zone.Contains("444455556666"));
  model::Deployment named;
  named.organization = "o-abcde12345";
  named.organization_accounts = {"555566667777"};
  EXPECT_TRUE(ZoneOf(named, options, {}).Contains("555566667777"));
  named.organization = "o-other";
  EXPECT_FALSE(ZoneOf(named, options, {}).Contains("555566667777"));
}

TEST_F(Trust, BucketsOfTheInputAreOurs) {
  model::Assembly assembly;
  assembly.configurations.resize(2);
  assembly.configurations[0].arn = "arn:aws:s3:::mine";
  assembly.configurations[1].arn = "arn:aws:sqs:us-east-1:111122223333:q";
  model::ZoneOfTrust zone;
  AddOwnArns(assembly, zone);
  EXPECT_EQ(zone.own_arns, (std::set<std::string, std::less<>>{"arn:aws:s3:::mine"}));
}

}  // namespace
}  // namespace preview::cli
