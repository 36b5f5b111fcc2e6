#include "preview/cli/trust.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "model/symbol.h"
#include "parsers/config/settings.h"
#include "parsers/text/json.h"
#include "preview/cli/input.h"

namespace preview::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kSettingsFile = ".preview.yaml";
constexpr std::string_view kUnknownAccount = "not known; give --account ID";

// The settings file that is in force for `folder`; empty: none.
std::string FindSettings(const std::string& folder) {
  std::error_code error;
  fs::path at = fs::absolute(folder, error);
  while (!error && !at.empty()) {
    const fs::path candidate = at / kSettingsFile;
    if (fs::is_regular_file(candidate, error)) return candidate.string();
    if (fs::exists(at / ".git", error) || at == at.parent_path()) break;
    at = at.parent_path();
  }
  return {};
}

void Fill(const Options& options, std::string_view key, const std::string& text,
          const std::string& path, Setting& setting) {
  if (text.empty() || options.given.contains(key)) return;
  setting = {text, path};
}

void Merge(const config::Settings& settings, const std::string& path, Options& options) {
  Fill(options, "account", settings.account, path, options.account);
  Fill(options, "region", settings.region, path, options.region);
  Fill(options, "partition", settings.partition, path, options.partition);
  Fill(options, "organization", settings.organization, path, options.organization);
  if (!options.given.contains("canonical-user")) options.canonical_user = settings.canonical_user;
  if (!options.given.contains("trust")) options.trust = settings.trust;
  if (!options.given.contains("organization-accounts"))
    options.organization_accounts = settings.organization_accounts;
  if (!options.given.contains("account-public-access-block")) {
    options.account_public_access_block = settings.account_public_access_block.value_or(false);
  }
}

bool IsAccount(std::string_view text) {
  return text.size() == 12 && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// One id a line or between commas; what follows `#` is a comment. Nothing when anything else stands
// there.
std::optional<std::vector<std::string>> IdsOf(std::string_view text) {
  std::vector<std::string> ids;
  std::string word;
  bool comment = false;
  for (const char letter : text) {
    if (letter == '\n') comment = false;
    if (letter == '#') comment = true;
    const bool between = comment || letter == ',' || letter == ' ' || letter == '\t' ||
                         letter == '\r' || letter == '\n';
    if (!between) {
      word += letter;
      continue;
    }
    if (word.empty()) continue;
    if (!IsAccount(word)) return std::nullopt;
    ids.push_back(std::move(word));
    word.clear();
  }
  if (!word.empty() && !IsAccount(word)) return std::nullopt;
  if (!word.empty()) ids.push_back(std::move(word));
  return ids;
}

// https://docs.aws.amazon.com/cli/latest/reference/organizations/list-accounts.html; also a plain
// list of ids.
std::optional<std::vector<std::string>> IdsOfJson(const std::string& text) {
  const model::Result<model::Value> read = text::ParseJson(text, {});
  if (!read.ok()) return std::nullopt;
  const model::Value* list = read.value().is_list() ? &read.value() : read.value().Find("Accounts");
  if (list == nullptr || !list->is_list()) return std::nullopt;
  std::vector<std::string> ids;
  for (const model::Value& item : list->items) {
    const model::Value* id = item.is_object() ? item.Find("Id") : &item;
    if (id == nullptr || !id->is_string() || !IsAccount(id->text)) return std::nullopt;
    ids.push_back(id->text);
  }
  return ids;
}

}  // namespace

std::optional<model::InputError> ApplySettings(const std::string& folder, Options& options,
                                               model::SourceFiles& files) {
  const std::string path = options.config.empty() ? FindSettings(folder) : options.config;
  if (path.empty()) return std::nullopt;
  std::string why;
  std::optional<std::string> text = ReadWholeFile(path, options.limits.bytes, why);
  if (!text.has_value()) return model::InputError{"config", path, why, "", {}};
  std::error_code error;
  const std::string shown = options.config.empty() ? fs::proximate(path, error).string() : path;
  const std::uint32_t file = files.Add(shown.empty() ? path : shown, *text);
  const model::Result<config::Settings> settings =
      config::ReadSettings(*text, file, options.limits);
  if (!settings.ok()) {
    return model::InputError{"config", path, settings.error().message, settings.error().help,
                             settings.error().place};
  }
  Merge(settings.value(), files.files[file].path, options);
  return std::nullopt;
}

model::Result<std::vector<std::string>> OrganizationAccounts(const Options& options) {
  std::vector<std::string> accounts;
  for (const std::string& entry : options.organization_accounts) {
    std::optional<std::vector<std::string>> ids = IdsOf(entry);
    if (!ids.has_value()) {
      std::string why;
      const std::optional<std::string> text = ReadWholeFile(entry, options.limits.bytes, why);
      if (!text.has_value())
        return model::Error{
            fmt::format("`{}` of --organization-accounts is no list of account ids and {}", entry,
                        why),
            "",
            {}};
      ids = IdsOf(*text);
      if (!ids.has_value()) ids = IdsOfJson(*text);
    }
    if (!ids.has_value()) {
      return model::Error{fmt::format("`{}` holds no account ids", entry),
                          "give ids, one a line, or the JSON of `aws organizations list-accounts`",
                          {}};
    }
    accounts.insert(accounts.end(), ids->begin(), ids->end());
  }
  return accounts;
}

model::ZoneOfTrust ZoneOfOptions(const Options& options,
                                 const std::vector<std::string>& organization_accounts) {
  model::ZoneOfTrust zone;
  zone.account = options.account.text;
  if (options.account.given()) zone.inferred_from = options.account.origin;
  zone.organization = options.organization.text;
  zone.accounts.insert(options.trust.begin(), options.trust.end());
  if (zone.IsOrganization())
    zone.accounts.insert(organization_accounts.begin(), organization_accounts.end());
  zone.canonical_user = options.canonical_user;
  return zone;
}

model::ZoneOfTrust ZoneOf(const model::Deployment& deployment, const Options& options,
                          const std::vector<std::string>& organization_accounts) {
  model::ZoneOfTrust zone = ZoneOfOptions(options, organization_accounts);
  if (zone.account.empty()) {
    zone.account = deployment.environment.account;
    const bool known = !zone.account.empty() && !model::HasSymbol(zone.account);
    zone.inferred_from = known ? deployment.account_inferred_from : std::string(kUnknownAccount);
    if (known && zone.inferred_from.empty()) zone.inferred_from = "the input";
  }
  if (!zone.IsOrganization() && !deployment.organization.empty() &&
      !model::HasSymbol(deployment.organization)) {
    zone.organization = deployment.organization;
    zone.inferred_from +=
        fmt::format("{}organization {} from the input", zone.inferred_from.empty() ? "" : "; ",
                    deployment.organization);
  } else if (options.organization.given()) {
    zone.inferred_from +=
        fmt::format("{}organization from {}", zone.inferred_from.empty() ? "" : "; ",
                    options.organization.origin);
  }
  if (zone.organization == deployment.organization) {
    zone.accounts.insert(deployment.organization_accounts.begin(),
                         deployment.organization_accounts.end());
  }
  if (zone.canonical_user.empty()) zone.canonical_user = deployment.canonical_user;
  return zone;
}

void AddOwnArns(const model::Assembly& assembly, model::ZoneOfTrust& zone) {
  for (const model::Configuration& configuration : assembly.configurations) {
    // `arn:aws:s3:::name`: region and account are empty.
    if (configuration.arn.find(":::") != std::string::npos) zone.own_arns.insert(configuration.arn);
  }
}

void Describe(const model::ZoneOfTrust& zone, report::Zone& described) {
  const auto add = [](std::vector<std::string>& list, const std::string& text) {
    if (std::find(list.begin(), list.end(), text) == list.end()) list.push_back(text);
  };
  if (!zone.account.empty() && !model::HasSymbol(zone.account))
    add(described.accounts, zone.account);
  for (const std::string& account : zone.accounts) {
    if (!model::HasSymbol(account)) add(described.accounts, account);
  }
  if (zone.IsOrganization()) {
    described.type = "ORGANIZATION";
    described.organization = zone.organization;
  }
  if (described.inferred_from.find(zone.inferred_from) == std::string::npos) {
    described.inferred_from += (described.inferred_from.empty() ? "" : "; ") + zone.inferred_from;
  }
}

}  // namespace preview::cli
