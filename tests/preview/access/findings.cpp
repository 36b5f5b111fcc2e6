#include "tests/preview/access/findings.h"

#include <algorithm>

#include "tests/preview/access/cases.h"

namespace preview::access {

namespace {

std::string List(const std::vector<std::string>& actions) {
  if (actions.size() > 3) return "[" + std::to_string(actions.size()) + " actions]";
  std::string out = "[";
  for (const std::string& action : actions) out += (out.size() > 1 ? " " : "") + action;
  return out + "]";
}

std::string SpellOne(const model::Finding& finding) {
  std::string out = finding.principal.kind + " " + finding.principal.value + " {";
  bool first = true;
  for (const auto& [key, value] : finding.conditions) {
    out += (first ? "" : " ") + key + "=" + value;
    first = false;
  }
  out += "} " + List(finding.actions);
  if (finding.is_public) out += " public";
  if (finding.precision == model::Precision::kApproximate) out += " approximate";
  return out;
}

}  // namespace

AccessOptions OwnAccount() {
  AccessOptions options;
  options.zone.account = "111122223333";
  options.zone.own_arns = {"arn:aws:s3:::data"};
  return options;
}

std::vector<std::string> Spell(const Report& report) {
  std::vector<std::string> out;
  for (const model::Finding& finding : report.findings) out.push_back(SpellOne(finding));
  std::sort(out.begin(), out.end());
  return out;
}

std::vector<std::string> SpellChanges(const Report& report) {
  std::vector<std::string> out;
  for (const model::Finding& finding : report.findings) {
    std::string change;
    switch (finding.change) {
      case model::ChangeType::kNew:
        change = "NEW ";
        break;
      case model::ChangeType::kChanged:
        change = "CHANGED ";
        break;
      case model::ChangeType::kUnchanged:
        change = "UNCHANGED ";
        break;
    }
    if (finding.status == model::Status::kResolved) change = "RESOLVED ";
    if (finding.change == model::ChangeType::kChanged && !finding.new_actions.empty())
      change += "+" + List(finding.new_actions) + " ";
    out.push_back(change + SpellOne(finding));
  }
  std::sort(out.begin(), out.end());
  return out;
}

model::Configuration Bucket(const std::string& statements) {
  return ConfigurationOf("AWS::S3::Bucket", "arn:aws:s3:::data", "111122223333",
                         R"({"Version":"2012-10-17","Statement":[)" + statements + "]}");
}

std::vector<std::string> FindingsOf(const std::string& statements) {
  return Spell(Decide(Bucket(statements), OwnAccount()));
}

Report Change(const model::Configuration* before, const model::Configuration* after,
              const AccessOptions& options) {
  model::SymbolTable symbols;
  model::Assembly assembly_before;
  model::Assembly assembly_after;
  if (before != nullptr) assembly_before.configurations.push_back(*before);
  if (after != nullptr) assembly_after.configurations.push_back(*after);
  return Compare(before, assembly_before, after, assembly_after, options, symbols);
}

}  // namespace preview::access
