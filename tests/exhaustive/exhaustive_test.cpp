// Every policy of every small universe, in the engine and in the twin: the engine lists exactly the
// actions that the twin allows for some request from outside, and each witness is let in.

#include <gtest/gtest.h>

#include <ctime>
#include <set>

#include "parsers/policy/policy_parser.h"
#include "tests/exhaustive/universe.h"
#include "tests/preview/access/cases.h"
#include "tests/preview/access/twin.h"

namespace preview::exhaustive {
namespace {

using access::Report;
using model::Effect;

// A statement as text and as parsed, with the requests that it speaks of.
struct Entry {
  std::string text;
  model::Statement statement;
  std::vector<bool> applies;
};

class Checker {
 public:
  explicit Checker(const Universe& universe) : universe_(universe) {
    options_.zone = universe.zone;
    bare_ =
        access::ConfigurationOf(universe.resource_type, universe.arn, universe.zone.account, "");
    MakeRequests();
    MakeEntries();
  }

  // All policies of one statement up to universe.statements; the number of policies.
  std::size_t Run() {
    std::vector<std::size_t> chosen;
    Extend(chosen, 0);
    return policies_;
  }

 private:
  void MakeRequests() {
    std::vector<std::size_t> position(universe_.keys.size(), 0);
    while (true) {
      model::Witness witness;
      for (std::size_t k = 0; k < position.size(); ++k) {
        const auto& values = universe_.keys[k].values[position[k]];
        if (!values.empty()) witness.context.emplace_back(universe_.keys[k].name, values);
      }
      for (const auto& caller : universe_.callers) {
        for (const auto& [action, resource] : universe_.asked) {
          witness.principal = caller;
          witness.action = action;
          witness.resource = resource;
          AddRequest(witness);
        }
      }
      std::size_t k = 0;
      while (k < position.size() && ++position[k] == universe_.keys[k].values.size())
        position[k++] = 0;
      if (k == position.size()) return;
    }
  }

  void AddRequest(const model::Witness& witness) {
    twin::Request request = twin::RequestOf(witness, bare_, universe_.zone);
    if (auto now = request.context.find("aws:currenttime"); now != request.context.end())
      request.context["aws:epochtime"] = {EpochOf(now->second.front())};
    // A path comes with its organization and the other way round.
    bool id = request.context.contains("aws:principalorgid");
    bool paths = request.context.contains("aws:principalorgpaths");
    if (id != paths && (id || paths)) return;
    if (twin::Impossible(request) || !twin::IsOutside(request, universe_.zone)) return;
    requests_.push_back(std::move(request));
  }

  // Seconds since 1970 of midnight on the date that the text begins with.
  static std::string EpochOf(const std::string& text) {
    std::tm tm{};
    tm.tm_year = std::stoi(text.substr(0, 4)) - 1900;
    tm.tm_mon = std::stoi(text.substr(5, 2)) - 1;
    tm.tm_mday = std::stoi(text.substr(8, 2));
    return std::to_string(timegm(&tm));
  }

  void MakeEntries() {
    for (const char* effect : {"Allow", "Deny"}) {
      for (const std::string& principal : universe_.principals) {
        for (const std::string& target : universe_.targets) {
          for (const std::string& condition : universe_.conditions) {
            Entry entry;
            entry.text = std::string(R"({"Effect":")") + effect + "\"," + principal + "," + target;
            if (!condition.empty()) entry.text += ",\"Condition\":{" + condition + "}";
            entry.text += "}";
            auto parsed = policy::ParsePolicy(model::Value::String(Document({&entry})), {});
            ASSERT_TRUE(parsed.problems.empty()) << entry.text << ": " << parsed.problems[0].reason;
            entry.statement = parsed.document.statements.at(0);
            for (const twin::Request& request : requests_)
              entry.applies.push_back(twin::Applies(entry.statement, true, request));
            entries_.push_back(std::move(entry));
          }
        }
      }
    }
  }

  static std::string Document(const std::vector<const Entry*>& entries) {
    std::string out = R"({"Version":"2012-10-17","Statement":[)";
    for (const Entry* entry : entries) out += entry->text + ",";
    out.back() = ']';
    return out + "}";
  }

  void Extend(std::vector<std::size_t>& chosen, std::size_t from) {
    if (!chosen.empty()) Check(chosen);
    if (chosen.size() == universe_.statements) return;
    for (std::size_t i = from; i < entries_.size(); ++i) {
      // Allows come first in the list: a policy without one lets nobody in.
      if (chosen.empty() && entries_[i].statement.effect == Effect::kDeny) return;
      if (failures_ > 5) return;
      chosen.push_back(i);
      Extend(chosen, i + 1);
      chosen.pop_back();
    }
  }

  void Check(const std::vector<std::size_t>& chosen) {
    ++policies_;
    std::vector<const Entry*> entries;
    for (std::size_t i : chosen) entries.push_back(&entries_[i]);
    std::string document = Document(entries);
    std::set<std::string> expected;
    for (std::size_t r = 0; r < requests_.size(); ++r) {
      const model::Principal& caller = requests_[r].principal;
      if (caller.kind == "Federated" && document.find(caller.value + '"') == std::string::npos)
        continue;
      bool allowed = false;
      bool denied = false;
      for (const Entry* entry : entries) {
        if (!entry->applies[r]) continue;
        (entry->statement.effect == Effect::kAllow ? allowed : denied) = true;
      }
      if (allowed && !denied) expected.insert(requests_[r].action);
    }
    model::Configuration configuration = bare_;
    configuration.policies.emplace_back().document = model::Value::String(document);
    Report report = access::Decide(configuration, options_);
    std::set<std::string> asked;
    for (const auto& [action, resource] : universe_.asked) asked.insert(action);
    std::set<std::string> exact;
    std::set<std::string> all;
    for (const model::Finding& finding : report.findings) {
      CheckWitness(configuration, finding, document);
      for (const std::string& action : finding.actions) {
        if (!asked.contains(action)) continue;
        all.insert(action);
        if (finding.precision == model::Precision::kExact) exact.insert(action);
      }
    }
    // Never a missed action; one too many only where the finding says that it is approximate.
    bool right = std::includes(all.begin(), all.end(), expected.begin(), expected.end()) &&
                 std::includes(expected.begin(), expected.end(), exact.begin(), exact.end());
    if (right) return;
    ++failures_;
    ADD_FAILURE() << document << "\n  twin: " << Join(expected) << "\n  engine: " << Join(all)
                  << "(exact: " << Join(exact) << ")";
  }

  void CheckWitness(const model::Configuration& configuration, const model::Finding& finding,
                    const std::string& document) {
    if (finding.precision == model::Precision::kApproximate) return;
    twin::Request request = twin::RequestOf(*finding.witness, configuration, universe_.zone);
    std::string wrong = twin::Impossible(request).value_or("");
    if (!twin::IsOutside(request, universe_.zone)) wrong += " comes from inside";
    if (!twin::Allows(configuration, request)) wrong += " is not let in";
    if (wrong.empty()) return;
    ++failures_;
    ADD_FAILURE() << document << "\n  witness of " << request.principal.value << ": " << wrong;
  }

  static std::string Join(const std::set<std::string>& texts) {
    std::string out;
    for (const std::string& text : texts) out += text + " ";
    return out;
  }

  const Universe& universe_;
  access::AccessOptions options_;
  model::Configuration bare_;
  std::vector<twin::Request> requests_;
  std::vector<Entry> entries_;
  std::size_t policies_ = 0;
  std::size_t failures_ = 0;
};

class Exhaustive : public testing::TestWithParam<Universe> {};

TEST_P(Exhaustive, EngineAndTwinAgreeOnEveryPolicy) {
  Checker checker(GetParam());
  if (HasFatalFailure()) return;
  std::size_t policies = checker.Run();
  RecordProperty("policies", static_cast<int>(policies));
  EXPECT_GT(policies, 100U);
}

INSTANTIATE_TEST_SUITE_P(Universes, Exhaustive, testing::ValuesIn(Universes()),
                         [](const auto& parameter) { return parameter.param.name; });

}  // namespace
}  // namespace preview::exhaustive
