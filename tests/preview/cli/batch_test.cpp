#include "preview/cli/batch.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <nlohmann/json.hpp>
#include <thread>

namespace preview::cli {
namespace {

using nlohmann::json;

std::string Line(std::string_view id, std::string_view principal, std::string_view more = "") {
  const json policy = {{"Version", "2012-10-17"},
                       {"Statement",
                        {{{"Effect", "Allow"},
                          {"Principal", {{"AWS", principal}}},
                          {"Action", "sqs:SendMessage"},
                          {"Resource", "*"}}}}};
  json line = {{"id", id},
               {"resourceType", "AWS::SQS::Queue"},
               {"resource", "arn:aws:sqs:us-east-1:111122223333:q"},
               {"account", "111122223333"},
               {"configuration", {{"sqsQueue", {{"queuePolicy", policy.dump()}}}}}};
  if (!more.empty()) line.update(json::parse(more));
  return line.dump();
}

json Answer(std::string_view line, const Options& options = {}) {
  access::AccessOptions access;
  access.zone.account = options.account.text;
  std::string out;
  BatchWorker worker(options, access);
  worker.Answer(line, out);
  EXPECT_TRUE(out.ends_with('\n'));
  return json::parse(out);
}

// What `preview batch` prints for `input`, and its status.
std::pair<std::string, int> RunAll(const std::string& input, std::size_t jobs) {
  int ends[2];
  EXPECT_EQ(pipe(ends), 0);
  std::jthread writer([&] {
    std::size_t at = 0;
    while (at < input.size()) {
      const ssize_t put =
          write(ends[1], input.data() + at, std::min<std::size_t>(input.size() - at, 1000));
      if (put <= 0) break;
      at += static_cast<std::size_t>(put);
    }
    close(ends[1]);
  });
  Options options;
  options.jobs = jobs;
  std::string out;
  const int status = RunBatch(ends[0], options, {}, [&out](std::string_view text) {
    out += text;
    return true;
  });
  close(ends[0]);
  return {out, status};
}

TEST(Batch, AnswersAFinding) {
  const json answer = Answer(Line("1", "999999999999"));
  EXPECT_EQ(answer["id"], "1");
  EXPECT_EQ(answer["errors"], json::array());
  ASSERT_EQ(answer["findings"].size(), 1U) << answer;
  const json& finding = answer["findings"][0];
  EXPECT_EQ(finding["principal"], json({{"AWS", "999999999999"}}));
  EXPECT_EQ(finding["changeType"], "NEW");
  EXPECT_EQ(finding["action"], json::array({"sqs:SendMessage"}));
  EXPECT_EQ(finding["id"].get<std::string>().size(), 16U);
}

TEST(Batch, TheOwnAccountAndTrustedOnesAreSilent) {
  EXPECT_EQ(Answer(Line("1", "111122223333"))["findings"].size(), 0U);
  EXPECT_EQ(Answer(Line("1", "999999999999", R"({"trust":["999999999999"]})"))["findings"].size(),
            0U);
  EXPECT_EQ(
      Answer(
          Line("1", "999999999999",
               R"({"organization":{"id":"o-abcde12345","accounts":["999999999999"]}})"))["findings"]
          .size(),
      0U);
  EXPECT_EQ(
      Answer(
          Line("1", "888888888888",
               R"({"organization":{"id":"o-abcde12345","accounts":["999999999999"]}})"))["findings"]
          .size(),
      1U);
}

TEST(Batch, ComparesWithWhatExists) {
  const json same = json::parse(Line("1", "999999999999"))["configuration"];
  const json unchanged = Answer(Line("1", "999999999999", json({{"existing", same}}).dump()));
  ASSERT_EQ(unchanged["findings"].size(), 1U);
  EXPECT_EQ(unchanged["findings"][0]["changeType"], "UNCHANGED");
  const json resolved = Answer(Line("1", "111122223333", json({{"existing", same}}).dump()));
  ASSERT_EQ(resolved["findings"].size(), 1U);
  EXPECT_EQ(resolved["findings"][0]["status"], "RESOLVED");
}

TEST(Batch, ABadLineGivesAnErrorInItsPlace) {
  struct Case {
    std::string_view name, line;
    json id;
  };
  const Case cases[] = {
      {"no JSON", "nonsense", nullptr},
      {"cut off", R"({"id": "7", "resourceType": "AWS)", "7"},
      {"cut off, number as id", R"({"id":7,"resourceType")", 7},
      {"list", "[]", nullptr},
      {"no configuration", R"({"id":"8"})", "8"},
      {"wrong type of member", R"({"id":"9","resourceType":5,"configuration":{}})", "9"},
      {"bad related", R"({"id":"10","configuration":{"sqsQueue":{}},"related":[1]})", "10"},
      {"bad trust", R"({"id":"11","configuration":{"sqsQueue":{}},"trust":"x"})", "11"},
      {"bad organization", R"({"id":"12","configuration":{"sqsQueue":{}},"organization":5})", "12"},
  };
  for (const Case& one : cases) {
    const json answer = Answer(one.line);
    EXPECT_EQ(answer["id"], one.id) << one.name;
    EXPECT_EQ(answer["errors"].size(), 1U) << one.name;
    EXPECT_EQ(answer["findings"].size(), 0U) << one.name;
  }
}

TEST(Batch, ALinesOrganizationStandsInPlaceOfTheOptions) {
  Options options;
  options.trust = {"999999999999"};
  access::AccessOptions access;
  access.zone.accounts = {"999999999999"};
  BatchWorker worker(options, access);
  std::string out;
  worker.Answer(Line("1", "999999999999"), out);
  worker.Answer(Line("2", "999999999999", R"({"trust":[]})"), out);
  const std::size_t split = out.find('\n');
  EXPECT_EQ(json::parse(out.substr(0, split))["findings"].size(), 0U);
  EXPECT_EQ(json::parse(out.substr(split))["findings"].size(), 1U);
}

TEST(Batch, StreamsInOrderWhateverTheJobs) {
  std::string input;
  for (int i = 0; i < 500; ++i) {
    input += i % 50 == 7 ? "broken\n"
                         : Line(std::to_string(i), i % 3 == 0 ? "111122223333" : "999999999999") +
                               (i % 2 == 0 ? "\n" : "\r\n");
    if (i % 40 == 0) input += "\n";
  }
  input.pop_back();  // the last line without its end
  const auto [one, status] = RunAll(input, 1);
  EXPECT_EQ(status, 2);
  EXPECT_EQ(RunAll(input, 3).first, one);
  int count = 0;
  for (std::size_t at = 0; at < one.size(); at = one.find('\n', at) + 1, ++count) {
    const json answer = json::parse(one.substr(at, one.find('\n', at) - at));
    if (count % 50 == 7)
      EXPECT_EQ(answer["errors"].size(), 1U);
    else
      EXPECT_EQ(answer["id"], std::to_string(count));
  }
  EXPECT_EQ(count, 500);
}

TEST(Batch, StatusTellsFindings) {
  EXPECT_EQ(RunAll(Line("1", "111122223333"), 1).second, 0);
  EXPECT_EQ(RunAll(Line("1", "999999999999"), 1).second, 1);
  EXPECT_EQ(RunAll("", 1), (std::pair<std::string, int>("", 0)));
}

}  // namespace
}  // namespace preview::cli
