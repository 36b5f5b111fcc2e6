#include "tests/integration/expectations.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

namespace preview {
namespace {

using nlohmann::json;
using Strings = std::vector<std::string>;

std::string Lower(std::string text) {
  for (char& letter : text) letter = letter >= 'A' && letter <= 'Z' ? char(letter + 32) : letter;
  return text;
}

std::string Text(const json& object, const char* key) {
  auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool Flag(const json& object, const char* key) { return object.value(key, false); }

// The fifth part of an ARN.
std::string AccountOf(const std::string& arn) {
  std::size_t from = 0;
  for (int i = 0; i < 4; ++i) {
    const std::size_t colon = arn.find(':', from);
    if (colon == std::string::npos) return {};
    from = colon + 1;
  }
  return arn.substr(from, arn.find(':', from) - from);
}

// Kind and value; an account and its root are the same, and what only deployment tells is one
// value.
struct Who {
  std::string kind;
  std::string value;
  friend auto operator<=>(const Who&, const Who&) = default;
};

constexpr const char* kOpen = "{}";

Who WhoOf(const json& principal) {
  if (!principal.is_object() || principal.empty()) return {};
  Who who{principal.begin().key(), principal.begin().value().get<std::string>()};
  if (who.value.starts_with("arn:") && who.value.ends_with(":root"))
    who.value = AccountOf(who.value);
  if (who.value.find('{') != std::string::npos || who.value.find("⟨") != std::string::npos)
    who.value = kOpen;
  return who;
}

// The tracked keys of a finding; others are no part of Access Analyzer's finding.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-filter-keys.html
std::map<std::string, std::string> ConditionsOf(const json& object) {
  static const std::set<std::string> kTracked = {"aws:principalorgid",
                                                 "aws:principalorgpaths",
                                                 "aws:principalarn",
                                                 "aws:sourceip",
                                                 "aws:sourcevpc",
                                                 "aws:sourcevpce",
                                                 "aws:sourcearn",
                                                 "aws:sourceaccount",
                                                 "aws:sourceowner",
                                                 "aws:userid",
                                                 "kms:calleraccount",
                                                 "s3:dataaccesspointarn",
                                                 "s3:dataaccesspointaccount",
                                                 "lambda:eventsourcetoken"};
  std::map<std::string, std::string> out;
  if (!object.is_object()) return out;
  for (const auto& [key, value] : object.items()) {
    if (!kTracked.contains(Lower(key))) continue;
    out[Lower(key)] = value.is_string() ? value.get<std::string>() : value.dump();
  }
  return out;
}

Strings Addresses(const json& object) {
  Strings out;
  for (const char* key : {"resource_address", "via_address"}) {
    if (std::string text = Text(object, key); !text.empty()) out.push_back(std::move(text));
  }
  for (const json& text : object.value("address_alternatives", json::array()))
    out.push_back(text.get<std::string>());
  return out;
}

bool Names(const std::string& address, const Strings& wanted) {
  return std::any_of(wanted.begin(), wanted.end(), [&](const std::string& want) {
    const std::size_t external = want.find("external:");
    return address == want || address.ends_with("/" + want) || address.ends_with("." + want) ||
           (external != std::string::npos &&
            address.find(want.substr(external + 9)) != std::string::npos);
  });
}

struct Expected {
  Strings addresses;
  std::set<Who> who;
  std::set<bool> is_public;
  std::set<std::string> changes;
  std::optional<std::map<std::string, std::string>> conditions;  // nothing: not compared
  bool optional = false;
  bool may_resolve = false;  // changed or replaced: an old finding may show as resolved beside it
  bool hit = false;
  std::string text;
};

Expected Read(const json& finding) {
  Expected out;
  out.addresses = Addresses(finding);
  out.who.insert(WhoOf(finding["principal"]));
  for (const json& other : finding.value("principal_alternatives", json::array()))
    out.who.insert(WhoOf(other));
  out.is_public.insert(Flag(finding, "is_public"));
  for (const json& other : finding.value("is_public_alternatives", json::array()))
    out.is_public.insert(other.get<bool>());
  const std::string change = Text(finding, "change");
  out.changes.insert(change);
  for (const json& other : finding.value("change_alternatives", json::array()))
    out.changes.insert(other.get<std::string>());
  if (change == "CHANGED") out.changes.insert("NEW");
  if (Flag(finding, "replaced")) out.changes.insert({"UNCHANGED", "CHANGED"});
  if (!Flag(finding, "conditions_free"))
    out.conditions = ConditionsOf(finding.value("conditions", json::object()));
  out.optional = Flag(finding, "optional") || Text(finding, "confidence") == "low";
  out.may_resolve = change == "CHANGED" || Flag(finding, "replaced");
  out.text = change + " " + Text(finding, "resource_address") + " " + finding["principal"].dump() +
             " " + finding.value("conditions", json::object()).dump();
  return out;
}

// A wider principal of the same resource and conditions says the same.
void MarkCovered(std::vector<Expected>& all) {
  for (Expected& narrow : all) {
    for (const Expected& wide : all) {
      if (&wide == &narrow || wide.addresses[0] != narrow.addresses[0] ||
          wide.conditions != narrow.conditions)
        continue;
      for (const Who& who : narrow.who) {
        if (who.kind != "AWS" || who.value == "*") continue;
        const bool covered = std::any_of(wide.who.begin(), wide.who.end(), [&](const Who& other) {
          return other.value == "*" ||
                 (other.value != who.value && other.value == AccountOf(who.value));
        });
        narrow.optional = narrow.optional || covered;
      }
    }
  }
}

std::string ChangeOf(const json& finding) {
  return Text(finding, "status") == "RESOLVED" ? "RESOLVED" : Text(finding, "changeType");
}

bool SameGrant(const Expected& want, const json& finding) {
  const Who who = WhoOf(finding["principal"]);
  const bool same = std::any_of(want.who.begin(), want.who.end(), [&](const Who& one) {
    return one == who || (one.kind == who.kind && one.value == kOpen);
  });
  return same && Names(Text(finding, "resourceAddress"), want.addresses);
}

bool Matches(const Expected& want, const json& finding) {
  return SameGrant(want, finding) && want.changes.contains(ChangeOf(finding)) &&
         want.is_public.contains(Flag(finding, "isPublic")) &&
         (!want.conditions || *want.conditions == ConditionsOf(finding["condition"]));
}

std::string Spell(const json& finding) {
  return ChangeOf(finding) + " " + Text(finding, "resourceAddress") + " " +
         finding["principal"].dump() + " " + finding["condition"].dump() +
         (Flag(finding, "isPublic") ? " public" : "");
}

class Comparison {
 public:
  Comparison(const json& want, const json& report) : want_(want), report_(report) {
    for (const json& finding : want["findings"]) expected_.push_back(Read(finding));
    MarkCovered(expected_);
    for (const json& entry : want.value("indeterminate", json::array()))
      open_.push_back(Addresses(entry));
  }

  Strings Run() {
    for (const json& error : report_["errors"]) out_.push_back("error: " + error.dump());
    std::vector<const json*> left;
    for (const json& finding : report_["findings"]) {
      if (Text(finding, "status") != "ARCHIVED" && !Take(finding)) left.push_back(&finding);
    }
    for (const json* finding : left) {
      if (!Excused(*finding)) out_.push_back("too many: " + Spell(*finding));
    }
    for (const Expected& one : expected_) {
      if (!one.hit && !one.optional && !UndeterminedInstead(one))
        out_.push_back("missing: " + one.text);
    }
    CompareUndetermined();
    return out_;
  }

 private:
  // Marks what the finding is; one that is needed goes before one that may be there.
  bool Take(const json& finding) {
    std::vector<Expected*> fitting;
    for (Expected& one : expected_) {
      if (Matches(one, finding)) fitting.push_back(&one);
    }
    if (fitting.empty()) return false;
    std::stable_sort(fitting.begin(), fitting.end(), [](const Expected* a, const Expected* b) {
      return std::pair(a->hit, a->optional) < std::pair(b->hit, b->optional);
    });
    fitting.front()->hit = true;
    if (ChangeOf(finding) == "UNCHANGED") {
      for (Expected* one : fitting) one->hit = one->hit || one->may_resolve;
    }
    return true;
  }

  bool Excused(const json& finding) const {
    const std::string address = Text(finding, "resourceAddress");
    // Named by a symbol where nobody can name it: as good as undetermined.
    if (WhoOf(finding["principal"]).value == kOpen && IsOpen(address)) return true;
    if (Flag(want_, "optional_findings_ok")) return true;
    return std::any_of(expected_.begin(), expected_.end(), [&](const Expected& one) {
      return SameGrant(one, finding) &&
             (one.optional || (one.may_resolve && ChangeOf(finding) == "RESOLVED"));
    });
  }

  bool IsOpen(const std::string& address) const {
    return std::any_of(open_.begin(), open_.end(),
                       [&](const Strings& wanted) { return Names(address, wanted); });
  }

  bool UndeterminedInstead(const Expected& one) const {
    const json& entries = report_["undetermined"];
    return std::any_of(entries.begin(), entries.end(), [&](const json& entry) {
      const std::string address = Text(entry, "resourceAddress");
      return Names(address, one.addresses) && IsOpen(address);
    });
  }

  void CompareUndetermined() {
    for (const json& entry : report_["undetermined"]) {
      const std::string address = Text(entry, "resourceAddress");
      bool about = false;
      bool all_optional = true;
      for (const Expected& one : expected_) {
        if (!Names(address, one.addresses)) continue;
        about = true;
        all_optional = all_optional && one.optional;
      }
      if (!IsOpen(address) && !(about && all_optional))
        out_.push_back("undetermined: " + address + " " + Text(entry, "reason"));
    }
    for (const Strings& wanted : open_) {
      const auto about = [&](const json& entry) {
        return Names(Text(entry, "resourceAddress"), wanted);
      };
      const json& entries = report_["undetermined"];
      const json& findings = report_["findings"];
      const bool said = std::any_of(entries.begin(), entries.end(), about) ||
                        std::any_of(findings.begin(), findings.end(), [&](const json& finding) {
                          return about(finding) && (Text(finding, "precision") == "approximate" ||
                                                    WhoOf(finding["principal"]).value == kOpen);
                        });
      if (!said) out_.push_back("not undetermined: " + wanted[0]);
    }
  }

  const json& want_;
  const json& report_;
  std::vector<Expected> expected_;
  std::vector<Strings> open_;
  Strings out_;
};

}  // namespace

Strings ArgumentsOf(const json& want, const std::string& folder) {
  Strings out = {"--format",          "json", "--account", Text(want, "account"), "--region",
                 Text(want, "region")};
  const json& zone = want["zone_of_trust"];
  if (Text(zone, "type") == "ORGANIZATION") {
    out.insert(out.end(), {"--organization", Text(zone, "organization_id")});
    std::string accounts;
    for (const json& account : zone.value("accounts", json::array()))
      accounts += (accounts.empty() ? "" : ",") + account.get<std::string>();
    if (!accounts.empty()) out.insert(out.end(), {"--organization-accounts", accounts});
  }
  for (const auto& [key, option] :
       std::map<const char*, const char*>{{"parameters", "--parameters"},
                                          {"base_template", "--base"},
                                          {"base_parameters", "--base-parameters"}}) {
    if (std::string name = Text(want, key); !name.empty())
      out.insert(out.end(), {option, folder + "/" + name});
  }
  for (const std::string& name :
       {Text(want, "template"), Text(want, "assembly"), std::string("plan.json")}) {
    if (name.empty() || !std::filesystem::exists(folder + "/" + name)) continue;
    out.push_back(folder + "/" + name);
    break;
  }
  return out;
}

Strings Differences(const json& want, const json& report) { return Comparison(want, report).Run(); }

}  // namespace preview
