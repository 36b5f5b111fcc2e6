// The recorded findings of the real service, the documented policies and the random ones: what is
// expected of them holds, and every witness is let in by the twin and comes from outside.

#include "tests/preview/access/cases.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/preview/access/twin.h"

namespace preview::access {
namespace {

using model::Finding;
using model::Value;

std::string Join(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) out += text + " ";
  return out;
}

// A finding as the expectation spells it, restricted to the fields that it compares.
std::string Spell(const Finding& finding, const std::set<std::string>& fields) {
  std::string out;
  if (fields.contains("principal"))
    out += "principal " + finding.principal.kind + " " + finding.principal.value + "; ";
  if (fields.contains("condition")) {
    out += "condition ";
    for (const auto& [key, value] : finding.conditions) out += key + "=" + value + " ";
    out += "; ";
  }
  if (fields.contains("action")) out += "action " + Join(finding.actions) + "; ";
  if (fields.contains("isPublic")) out += finding.is_public ? "public" : "not public";
  return out;
}

std::string Spell(const Value& expected, const std::set<std::string>& fields) {
  Finding finding;
  if (const Value* principal = expected.Find("principal"))
    finding.principal = {principal->keys[0], principal->items[0].text};
  if (const Value* condition = expected.Find("condition")) {
    for (std::size_t i = 0; i < condition->keys.size(); ++i)
      finding.conditions.emplace_back(condition->keys[i], condition->items[i].text);
    std::sort(finding.conditions.begin(), finding.conditions.end());
  }
  if (const Value* action = expected.Find("action")) {
    for (const Value& name : action->items) finding.actions.push_back(name.text);
    std::sort(finding.actions.begin(), finding.actions.end());
  }
  if (const Value* is_public = expected.Find("isPublic")) finding.is_public = is_public->boolean;
  return Spell(finding, fields);
}

// A wider principal of the list says the same: `*` over anyone, an account over its users.
bool Covered(const std::string& principal, const std::set<std::string>& all) {
  if (principal != "*" && all.contains("*")) return true;
  std::size_t from = 0;
  for (int i = 0; i < 4; ++i) {
    auto colon = principal.find(':', from);
    if (colon == std::string::npos) return false;
    from = colon + 1;
  }
  return all.contains(principal.substr(from, principal.find(':', from) - from));
}

std::string WrongList(const Value& wanted, const std::vector<Finding>& active) {
  std::set<std::string> fields;
  for (const Value& finding : wanted.items) fields.insert(finding.keys.begin(), finding.keys.end());
  std::vector<std::string> need;
  std::vector<std::string> got;
  for (const Value& finding : wanted.items) need.push_back(Spell(finding, fields));
  for (const Finding& finding : active) got.push_back(Spell(finding, fields));
  std::sort(need.begin(), need.end());
  std::sort(got.begin(), got.end());
  if (need == got) return "";
  std::vector<std::string> missing;
  std::vector<std::string> extra;
  std::set_difference(need.begin(), need.end(), got.begin(), got.end(), back_inserter(missing));
  std::set_difference(got.begin(), got.end(), need.begin(), need.end(), back_inserter(extra));
  return "missing: " + Join(missing) + " extra: " + Join(extra);
}

std::string WrongPrincipals(const Value& wanted, const std::vector<Finding>& active) {
  std::set<std::string> need;
  std::set<std::string> got;
  for (const Value& principal : wanted.items) need.insert(principal.text);
  for (const Finding& finding : active) got.insert(finding.principal.value);
  bool only = std::includes(need.begin(), need.end(), got.begin(), got.end());
  bool enough = std::all_of(need.begin(), need.end(), [&](const std::string& principal) {
    return got.contains(principal) || Covered(principal, need);
  });
  if (only && enough) return "";
  return "principals: expected " + Join({need.begin(), need.end()}) + "found " +
         Join({got.begin(), got.end()});
}

// What differs from the expectation; empty when nothing does.
std::string Wrong(const Case& one, const Report& report) {
  const Value& want = one.expect;
  std::vector<Finding> active;
  for (const Finding& finding : report.findings) {
    if (finding.status == model::Status::kActive) active.push_back(finding);
  }
  bool approximate_ok = want.Find("approximateOk") != nullptr;
  bool undecided = std::any_of(report.undetermined.begin(), report.undetermined.end(),
                               [](const auto& u) { return u.code != model::Code::kPV020; });
  if (undecided && !approximate_ok) return "undetermined: " + report.undetermined[0].reason;
  if (const Value* findings = want.Find("findings")) {
    if (std::string wrong = WrongList(*findings, active); !wrong.empty()) return wrong;
  }
  const Value* external = want.Find("external");
  bool all_approximate = std::all_of(active.begin(), active.end(), [](const Finding& finding) {
    return finding.precision == model::Precision::kApproximate;
  });
  if (approximate_ok && !external->boolean && !active.empty() && all_approximate) return "";
  if (external != nullptr && external->boolean == active.empty()) {
    return std::string("external: expected ") + (external->boolean ? "some" : "none");
  }
  const Value* is_public = want.Find("public");
  if (is_public != nullptr && is_public->is_bool()) {
    bool any = std::any_of(active.begin(), active.end(),
                           [](const Finding& finding) { return finding.is_public; });
    if (any != is_public->boolean) return "public: expected otherwise";
  }
  const Value* principals = want.Find("principals");
  if (principals != nullptr && principals->is_list()) return WrongPrincipals(*principals, active);
  return "";
}

std::string Print(const model::Witness& witness) {
  std::string out = witness.principal.kind + " " + witness.principal.value + " " + witness.action +
                    " " + witness.resource;
  for (const auto& [key, values] : witness.context) out += " " + key + "=" + Join(values);
  return out;
}

class PolicyCases : public testing::TestWithParam<const char*> {};

TEST_P(PolicyCases, AgreeWithWhatIsExpected) {
  for (const Case& one : ReadCases(GetParam())) {
    std::string wrong = Wrong(one, Decide(one.configuration, one.options));
    EXPECT_EQ(wrong, "") << one.id;
  }
}

// An approximate finding may rest on a policy variable, whose value no witness has.
TEST_P(PolicyCases, EveryWitnessIsLetInByTheTwin) {
  std::size_t replayed = 0;
  for (const Case& one : ReadCases(GetParam())) {
    for (const Finding& finding : Decide(one.configuration, one.options).findings) {
      ASSERT_TRUE(finding.witness) << one.id;
      twin::Request request =
          twin::RequestOf(*finding.witness, one.configuration, one.options.zone);
      EXPECT_TRUE(twin::IsOutside(request, one.options.zone))
          << one.id << ": " << Print(*finding.witness);
      if (finding.precision == model::Precision::kApproximate) continue;
      ++replayed;
      EXPECT_EQ(twin::Impossible(request).value_or(""), "")
          << one.id << ": " << Print(*finding.witness);
      EXPECT_TRUE(twin::Allows(one.configuration, request))
          << one.id << ": " << Print(*finding.witness) << "\n"
          << one.configuration.policies[0].document.text;
    }
  }
  EXPECT_GT(replayed, 5U);
}

INSTANTIATE_TEST_SUITE_P(Files, PolicyCases,
                         testing::Values("aws-findings", "policies-high", "policies-low", "random",
                                         "adversarial"),
                         [](const auto& parameter) {
                           std::string name = parameter.param;
                           std::erase(name, '-');
                           return name;
                         });

}  // namespace
}  // namespace preview::access
