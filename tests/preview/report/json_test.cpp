#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "preview/report/json_writer.h"
#include "preview/report/report.h"
#include "tests/preview/report/sample.h"

namespace preview::report {
namespace {

using nlohmann::ordered_json;

class JsonReport : public testing::Test {
 protected:
  ordered_json Parse(const Document& document) {
    return ordered_json::parse(Json(document, {symbols_, files_}));
  }
  static std::vector<std::string> Keys(const ordered_json& object) {
    std::vector<std::string> keys;
    for (const auto& [key, value] : object.items()) keys.push_back(key);
    return keys;
  }

  model::SymbolTable symbols_;
  model::SourceFiles files_;
};

using Strings = std::vector<std::string>;

TEST_F(JsonReport, HasTheMembersOfTheContractInItsOrder) {
  Document document;
  document.version = "0.1.0";
  document.zone.accounts = {"111122223333"};
  document.zone.inferred_from = "--account";
  document.resources = 7;
  document.findings = {PartnerFinding()};
  document.findings[0].place = {files_.Add("main.tf", "a\nb\n"), 2, 3};
  const ordered_json json = Parse(document);
  EXPECT_EQ(Keys(json), (Strings{"schemaVersion", "tool", "zoneOfTrust", "summary", "findings",
                                 "notes", "undetermined", "errors"}));
  EXPECT_EQ(json["schemaVersion"], "1");
  EXPECT_EQ(
      json["zoneOfTrust"],
      ordered_json::parse(
          R"({"type":"ACCOUNT","accounts":["111122223333"],"organizationId":null,"inferredFrom":"--account"})"));
  EXPECT_EQ(
      json["summary"],
      ordered_json::parse(
          R"({"resources":7,"new":1,"changed":0,"unchanged":0,"resolved":0,"archived":0,"undetermined":0,"errors":0})"));
  const ordered_json& finding = json["findings"][0];
  EXPECT_EQ(Keys(finding), (Strings{"id",
                                    "code",
                                    "input",
                                    "changeType",
                                    "status",
                                    "existingFindingId",
                                    "existingFindingStatus",
                                    "resource",
                                    "resourceAddress",
                                    "stack",
                                    "resourceType",
                                    "resourceOwnerAccount",
                                    "principal",
                                    "isPublic",
                                    "action",
                                    "newAction",
                                    "accessLevels",
                                    "condition",
                                    "sources",
                                    "resourceControlPolicyRestriction",
                                    "encryption",
                                    "precision",
                                    "assumptions",
                                    "witness",
                                    "location",
                                    "message"}));
  EXPECT_EQ(finding["principal"], ordered_json::parse(R"({"AWS":"999999999999"})"));
  EXPECT_EQ(finding["condition"], ordered_json::parse(R"({"aws:SourceVpc":"vpc-1"})"));
  EXPECT_EQ(finding["accessLevels"], ordered_json::parse(R"({"Write":["sqs:SendMessage"]})"));
  EXPECT_EQ(finding["sources"],
            ordered_json::parse(R"([{"type":"POLICY","statement":{"index":0,"sid":"Partner"}}])"));
  EXPECT_EQ(finding["location"], ordered_json::parse(R"({"path":"main.tf","line":2,"column":3})"));
  EXPECT_EQ(finding["witness"]["context"], ordered_json::parse(R"({"aws:SourceVpc":"vpc-1"})"));
  EXPECT_TRUE(finding["existingFindingId"].is_null());
  EXPECT_TRUE(finding["encryption"].is_null());
  EXPECT_EQ(
      finding["message"],
      "account 999999999999 can call sqs:SendMessage on SQS queue `module.a.aws_sqs_queue.orders`");
}

TEST_F(JsonReport, InventsNoLocation) {
  Document document;
  document.findings = {PartnerFinding()};
  EXPECT_TRUE(Parse(document)["findings"][0]["location"].is_null());
}

TEST_F(JsonReport, ShowsSymbolsByName) {
  const auto id = symbols_.Intern(
      {"aws_iam_role.a.arn", "aws_iam_role.a", "arn", model::SymbolForm::kText, false});
  Document document;
  document.findings = {PartnerFinding()};
  document.findings[0].principal.value = model::SymbolText(*id);
  EXPECT_EQ(Parse(document)["findings"][0]["principal"]["AWS"], "⟨aws_iam_role.a.arn⟩");
}

TEST_F(JsonReport, NeverPrintsWhatIsSensitive) {
  Document document;
  document.findings = {PartnerFinding()};
  model::Finding& finding = document.findings[0];
  finding.sensitive = true;
  finding.message = "account 999999999999 gets in from vpc-1";
  finding.assumptions = {"account 999999999999 has the role"};
  finding.because = "999999999999 is new";
  const std::string json = Json(document, {symbols_, files_});
  EXPECT_EQ(json.find("999999999999"), std::string::npos) << json;
  EXPECT_EQ(json.find("vpc-1"), std::string::npos) << json;
  EXPECT_NE(json.find("⟨sensitive⟩"), std::string::npos);
  const std::string text = Text(document, {symbols_, files_}, {});
  EXPECT_EQ(text.find("999999999999"), std::string::npos) << text;
  EXPECT_EQ(text.find("vpc-1"), std::string::npos) << text;
}

TEST_F(JsonReport, SaysWhatAFindingDependsOn) {
  Document document;
  document.findings = {PartnerFinding()};
  document.findings[0].when = "`IsProd` is true";
  const std::string message = Parse(document)["findings"][0]["message"];
  EXPECT_TRUE(message.ends_with("when `IsProd` is true")) << message;
}

TEST_F(JsonReport, CountsEveryFindingOnce) {
  Document document;
  document.findings.assign(5, PartnerFinding());
  document.findings[1].change = model::ChangeType::kChanged;
  document.findings[2].change = model::ChangeType::kUnchanged;
  document.findings[3].status = model::Status::kResolved;
  document.findings[3].change = model::ChangeType::kChanged;
  document.findings[4].status = model::Status::kArchived;
  const ordered_json summary = Parse(document)["summary"];
  for (const char* key : {"new", "changed", "unchanged", "resolved", "archived"})
    EXPECT_EQ(summary[key], 1) << key;
}

TEST_F(JsonReport, ABatchAnswerIsOneLine) {
  Document document;
  document.findings = {PartnerFinding()};
  document.errors = {{"input", "", "broken\nline", "", {}}};
  std::string out;
  AppendBatchLine(out, "\"7\"", document, {symbols_, files_});
  EXPECT_EQ(std::count(out.begin(), out.end(), '\n'), 1);
  EXPECT_EQ(Keys(ordered_json::parse(out)),
            (Strings{"id", "findings", "notes", "undetermined", "errors"}));
  EXPECT_EQ(ordered_json::parse(out)["id"], "7");
  EXPECT_EQ(ordered_json::parse(out)["errors"][0]["message"], "broken\nline");
}

TEST(JsonWriter, WritesNestedListsCompactAndPretty) {
  const auto write = [](bool pretty) {
    std::string out;
    JsonWriter json(out, pretty);
    json.BeginObject();
    json.Key("a");
    json.BeginArray();
    json.Number(1);
    json.BeginObject();
    json.EndObject();
    json.Null();
    json.EndArray();
    json.Key("b");
    json.Bool(true);
    json.EndObject();
    return out;
  };
  EXPECT_EQ(write(false), R"({"a":[1,{},null],"b":true})");
  EXPECT_EQ(write(true), "{\n  \"a\": [\n    1,\n    {},\n    null\n  ],\n  \"b\": true\n}");
}

}  // namespace
}  // namespace preview::report
