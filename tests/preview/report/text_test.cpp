#include <gtest/gtest.h>

#include "preview/report/report.h"
#include "tests/preview/report/sample.h"

namespace preview::report {
namespace {

class TextReport : public testing::Test {
 protected:
  std::string Print(const TextOptions& options = {}) {
    return Text(document_, {symbols_, files_}, options);
  }
  std::string LastLine() {
    std::string text = Print();
    text.pop_back();
    return text.substr(text.rfind('\n') + 1);
  }

  model::SymbolTable symbols_;
  model::SourceFiles files_;
  Document document_;
};

TEST_F(TextReport, TellsWhoMayDoWhatOnWhatWhen) {
  document_.findings = {PartnerFinding()};
  const std::string text = Print();
  for (const char* part :
       {"PV002 new: account 999999999999 can call sqs:SendMessage on SQS queue "
        "`module.a.aws_sqs_queue.orders`\n",
        "   = who: account 999999999999\n", "   = may: Write: sqs:SendMessage\n",
        "   = on: SQS queue arn:aws:sqs:us-east-1:111122223333:orders "
        "(`module.a.aws_sqs_queue.orders` in plan.json)\n",
        "   = when: aws:SourceVpc is vpc-1\n", "   = granted by: statement 1 `Partner`\n",
        "   = new because: before the change, account 999999999999 had no access to this "
        "resource\n",
        "   = for example: arn:aws:iam::999999999999:role/x calls sqs:SendMessage on "
        "arn:aws:sqs:us-east-1:111122223333:orders with aws:SourceVpc = vpc-1\n",
        "   = id: 0123456789abcdef\n"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
  EXPECT_EQ(text.find("encryption"), std::string::npos);
  EXPECT_EQ(text.find("to close it"), std::string::npos);
}

TEST_F(TextReport, LastLineCounts) {
  document_.findings.assign(4, PartnerFinding());
  document_.findings[2].change = model::ChangeType::kUnchanged;
  document_.findings[3].status = model::Status::kResolved;
  document_.undetermined.resize(1);
  document_.resources = 214;
  document_.decided = 213;
  EXPECT_EQ(LastLine(),
            "2 new · 1 resolved · 1 unchanged · 1 undetermined (214 resources that can be shared, "
            "213 decided)");
}

TEST_F(TextReport, SaysSoWhenNothingIsShared) {
  document_.resources = 3;
  document_.decided = 3;
  const std::string text = Print();
  EXPECT_NE(text.find("nobody from outside gets in\n"), std::string::npos) << text;
  EXPECT_EQ(LastLine(),
            "0 new · 0 resolved · 0 unchanged · 0 undetermined (3 resources that can be shared, 3 "
            "decided)");
}

TEST_F(TextReport, SaysSoWhenNothingCanBeShared) {
  document_.read = 12;
  EXPECT_NE(Print().find("12 resources were read, none of a type that carries access"),
            std::string::npos);
}

TEST_F(TextReport, ShowsUnchangedFindingsOnlyWhenAsked) {
  document_.findings = {PartnerFinding()};
  document_.findings[0].change = model::ChangeType::kUnchanged;
  document_.findings[0].new_actions.clear();
  EXPECT_EQ(Print().find("PV002"), std::string::npos);
  TextOptions verbose;
  verbose.verbose = true;
  EXPECT_NE(Print(verbose).find("PV002 unchanged"), std::string::npos);
}

TEST_F(TextReport, ShowsANoteThatMattersAlways) {
  document_.notes = {{"plan.json", "aws_a.b", "small talk", {}, false},
                     {"plan.json", "aws_c.d", "the share will not work", {}, true}};
  EXPECT_EQ(Print().find("small talk"), std::string::npos);
  EXPECT_NE(Print().find("note: `aws_c.d`: the share will not work\n"), std::string::npos);
  TextOptions verbose;
  verbose.verbose = true;
  EXPECT_NE(Print(verbose).find("small talk"), std::string::npos);
}

TEST_F(TextReport, ShowsWhatIsUndeterminedWithItsHint) {
  model::Undetermined entry;
  entry.input = "plan.json";
  entry.resource_address = "aws_sqs_queue.q";
  entry.resource_type = "AWS::SQS::Queue";
  entry.attribute = "policy";
  entry.reason = "known after apply";
  entry.origin = "aws_organizations_account.new.id";
  entry.hint = "give the account's id as a variable";
  document_.undetermined = {entry};
  const std::string text = Print();
  EXPECT_NE(text.find("PV010 undetermined: `aws_sqs_queue.q.policy`: known after apply\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("   = comes from: aws_organizations_account.new.id\n   = help: give the "
                      "account's id as a variable\n"),
            std::string::npos)
      << text;
}

TEST_F(TextReport, EscapesUntrustedText) {
  document_.findings = {PartnerFinding()};
  document_.findings[0].resource_address = "evil\x1b[2J\xE2\x80\xAE";
  document_.findings[0].message = "x\ny";
  const std::string text = Print();
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_EQ(text.find("\xE2\x80\xAE"), std::string::npos);
  EXPECT_NE(text.find("x\\u{000a}y"), std::string::npos);
}

TEST_F(TextReport, SaysThatTheKeyIsShut) {
  document_.findings = {PartnerFinding()};
  document_.findings[0].encryption = model::Encryption{
      "alias/data", false, {"kms:CreateGrant", "kms:Decrypt"}, "creating a volume will fail there"};
  EXPECT_NE(Print().find("   = encryption: creating a volume will fail there; the principal lacks "
                         "kms:CreateGrant, kms:Decrypt; the key is alias/data\n"),
            std::string::npos)
      << Print();
}

TEST_F(TextReport, QuietHasNoClosingLines) {
  TextOptions quiet;
  quiet.quiet = true;
  EXPECT_EQ(Print(quiet), "");
}

TEST_F(TextReport, ColoursOnlyWhenAsked) {
  document_.findings = {PartnerFinding()};
  EXPECT_EQ(Print().find('\x1b'), std::string::npos);
  TextOptions color;
  color.color = true;
  EXPECT_NE(Print(color).find("\x1b[1;31mPV002 new\x1b[0m"), std::string::npos);
}

TEST(ErrorText, GivesMessagePlaceAndHelp) {
  model::SymbolTable symbols;
  model::SourceFiles files;
  const auto file = files.Add("plan.json", "{");
  EXPECT_EQ(ErrorText({{"input", "plan.json", "cut off", "make it again", {file, 1, 2}}},
                      {symbols, files}, false),
            "error: plan.json: cut off\n --> plan.json:1:2\n  |\n1 | {\n  |  ^\n  = help: make it "
            "again\n");
}

}  // namespace
}  // namespace preview::report
