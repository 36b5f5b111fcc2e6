#include "preview/report/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "rules/catalogue.h"

namespace preview::report {
namespace {

constexpr std::size_t kLevelCount = 5;
constexpr std::array<std::string_view, kLevelCount> kLevelNames = {"List", "Read", "Write",
                                                                   "Permissions", "Tagging"};

std::string_view NameOf(const model::Finding& finding) {
  return finding.resource_address.empty() ? finding.resource : finding.resource_address;
}

// `role/app` of an ARN, with its kind in words: ("role", "app").
std::pair<std::string_view, std::string_view> ArnTail(std::string_view arn) {
  std::size_t at = 0;
  for (int colons = 0; colons < 5; ++colons) {
    at = arn.find(':', at);
    if (at == std::string_view::npos) return {};
    ++at;
  }
  const std::string_view tail = arn.substr(at);
  const std::size_t slash = tail.find('/');
  if (slash == std::string_view::npos) return {};
  return {tail.substr(0, slash), tail.substr(slash + 1)};
}

std::string AwsPrincipalWords(std::string_view value) {
  if (value == "*") return "everybody";
  if (!value.starts_with("arn:")) return fmt::format("account {}", value);
  const auto [kind, name] = ArnTail(value);
  if (kind == "role") return fmt::format("the role `{}`", value);
  if (kind == "user") return fmt::format("the user `{}`", value);
  if (kind == "assumed-role") return fmt::format("the role session `{}`", value);
  if (kind == "federated-user") return fmt::format("the federated user `{}`", value);
  return fmt::format("`{}`", value);
}

std::string ActionWords(const std::vector<std::string>& actions) {
  if (actions.empty()) return "use";
  if (actions.size() == 1) return fmt::format("call {} on", actions.front());
  if (actions.size() == 2) return fmt::format("call {} and {} on", actions[0], actions[1]);
  return fmt::format("call {} and {} more actions on", actions.front(), actions.size() - 1);
}

std::vector<std::string> Secrets(const model::Finding& finding) {
  std::vector<std::string> secrets;
  const auto add = [&secrets](const std::string& text) {
    if (text.size() > 1) secrets.push_back(text);
  };
  add(finding.principal.value);
  for (const auto& [key, value] : finding.conditions) add(value);
  if (finding.witness.has_value()) {
    add(finding.witness->principal.value);
    add(finding.witness->resource);
    for (const auto& [key, values] : finding.witness->context) {
      for (const std::string& value : values) add(value);
    }
  }
  // A longer secret first, so that no part of it stays behind.
  std::sort(secrets.begin(), secrets.end(), [](const std::string& a, const std::string& b) {
    return a.size() != b.size() ? a.size() > b.size() : a < b;
  });
  return secrets;
}

void Redact(std::string& text, const std::vector<std::string>& secrets) {
  for (const std::string& secret : secrets) {
    for (std::size_t at = text.find(secret); at != std::string::npos;
         at = text.find(secret, at + kSensitive.size())) {
      text.replace(at, secret.size(), kSensitive);
    }
  }
}

void HideSensitive(model::Finding& finding) {
  const std::vector<std::string> secrets = Secrets(finding);
  finding.principal.value = kSensitive;
  for (auto& [key, value] : finding.conditions) value = kSensitive;
  if (finding.witness.has_value()) {
    finding.witness->principal.value = kSensitive;
    finding.witness->resource = kSensitive;
    for (auto& [key, values] : finding.witness->context) {
      for (std::string& value : values) value = kSensitive;
    }
  }
  for (std::string& assumption : finding.assumptions) Redact(assumption, secrets);
  if (finding.encryption.has_value()) Redact(finding.encryption->reason, secrets);
  for (model::FindingSource& source : finding.sources) {
    if (!source.sid.empty()) source.sid = kSensitive;
    Redact(source.detail, secrets);
  }
  finding.because.clear();
  finding.closing.clear();
  finding.obstacles.clear();
  finding.message.clear();
}

}  // namespace

std::string_view CodeName(model::Code code) {
  switch (code) {
    case model::Code::kPV001:
      return "PV001";
    case model::Code::kPV002:
      return "PV002";
    case model::Code::kPV003:
      return "PV003";
    case model::Code::kPV004:
      return "PV004";
    case model::Code::kPV005:
      return "PV005";
    case model::Code::kPV006:
      return "PV006";
    case model::Code::kPV010:
      return "PV010";
    case model::Code::kPV020:
      return "PV020";
  }
  return "";
}

std::string_view ChangeName(model::ChangeType change) {
  switch (change) {
    case model::ChangeType::kNew:
      return "NEW";
    case model::ChangeType::kChanged:
      return "CHANGED";
    case model::ChangeType::kUnchanged:
      return "UNCHANGED";
  }
  return "";
}

std::string_view StatusName(model::Status status) {
  switch (status) {
    case model::Status::kActive:
      return "ACTIVE";
    case model::Status::kArchived:
      return "ARCHIVED";
    case model::Status::kResolved:
      return "RESOLVED";
  }
  return "";
}

std::string_view PrecisionName(model::Precision precision) {
  switch (precision) {
    case model::Precision::kExact:
      return "exact";
    case model::Precision::kApproximate:
      return "approximate";
  }
  return "";
}

std::string_view SourceName(model::SourceType type) {
  switch (type) {
    case model::SourceType::kPolicy:
      return "POLICY";
    case model::SourceType::kBucketAcl:
      return "BUCKET_ACL";
    case model::SourceType::kS3AccessPoint:
      return "S3_ACCESS_POINT";
    case model::SourceType::kS3AccessPointAccount:
      return "S3_ACCESS_POINT_ACCOUNT";
    case model::SourceType::kKmsGrant:
      return "KMS_GRANT";
    case model::SourceType::kSharing:
      return "SHARING";
  }
  return "";
}

Levels ByLevel(std::string_view resource_type, const std::vector<std::string>& actions) {
  const rules::ResourceType* type = rules::FindResourceType(resource_type);
  if (type == nullptr) return {};
  std::array<std::vector<std::string_view>, kLevelCount> by_level;
  for (const std::string& action : actions) {
    const auto found = std::lower_bound(
        type->actions.begin(), type->actions.end(), action,
        [](const rules::Action& a, std::string_view name) { return a.name < name; });
    if (found == type->actions.end() || found->name != action) continue;
    by_level[static_cast<std::size_t>(found->level)].push_back(action);
  }
  Levels levels;
  for (std::size_t level = 0; level < kLevelCount; ++level) {
    if (!by_level[level].empty())
      levels.emplace_back(kLevelNames[level], std::move(by_level[level]));
  }
  return levels;
}

std::string Who(const model::Principal& principal) {
  if (principal.kind == "AWS") return AwsPrincipalWords(principal.value);
  if (principal.kind == "Federated") {
    return fmt::format("identities federated by `{}`", principal.value);
  }
  if (principal.kind == "CanonicalUser") {
    if (principal.value.find("groups/global/AllUsers") != std::string::npos) return "everybody";
    if (principal.value.find("groups/global/AuthenticatedUsers") != std::string::npos) {
      return "everybody with an AWS account";
    }
    return fmt::format("the canonical user `{}`", principal.value);
  }
  return fmt::format("{} `{}`", principal.kind, principal.value);
}

std::string TypeTitle(std::string_view resource_type) {
  const rules::ResourceType* type = rules::FindResourceType(resource_type);
  return std::string(type == nullptr || type->title.empty() ? resource_type : type->title);
}

std::string Headline(const model::Finding& finding) {
  const std::string who = Who(finding.principal);
  const bool resolved = finding.status == model::Status::kResolved;
  const bool adds = finding.change != model::ChangeType::kUnchanged && !finding.new_actions.empty();
  const std::vector<std::string>& actions = adds ? finding.new_actions : finding.actions;
  return fmt::format("{} {} {} {} `{}`", who, resolved ? "can no longer" : "can",
                     ActionWords(actions), TypeTitle(finding.resource_type), NameOf(finding));
}

model::Finding Presentable(const model::Finding& finding) {
  model::Finding shown = finding;
  if (shown.sensitive) HideSensitive(shown);
  if (shown.message.empty()) shown.message = Headline(shown);
  if (!shown.when.empty() && shown.message.find(shown.when) == std::string::npos) {
    shown.message += fmt::format(", when {}", shown.when);
  }
  return shown;
}

}  // namespace preview::report
