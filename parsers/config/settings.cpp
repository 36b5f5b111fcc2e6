#include "parsers/config/settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "parsers/text/yaml.h"

namespace preview::config {
namespace {

using model::Error;
using model::Value;

constexpr std::array<std::string_view, 8> kKeys = {"account",
                                                   "region",
                                                   "partition",
                                                   "organization",
                                                   "organization-accounts",
                                                   "trust",
                                                   "canonical-user",
                                                   "account-public-access-block"};

Error Wrong(std::string_view key, std::string_view what, const Value& value) {
  return {fmt::format("`{}` must be {}", key, what), "", value.place};
}

// An account id may stand without quotes: YAML then takes it for a number, whose text is kept.
std::optional<Error> ReadText(std::string_view key, const Value& value, std::string& text) {
  if (!value.is_string() && !value.is_number()) return Wrong(key, "a text", value);
  text = value.text;
  return std::nullopt;
}

std::optional<Error> ReadList(std::string_view key, const Value& value,
                              std::vector<std::string>& texts) {
  if (!value.is_list()) {
    if (value.is_string() || value.is_number()) {
      texts.push_back(value.text);
      return std::nullopt;
    }
    return Wrong(key, "a list of texts", value);
  }
  for (const Value& item : value.items) {
    if (!item.is_string() && !item.is_number()) return Wrong(key, "a list of texts", item);
    texts.push_back(item.text);
  }
  return std::nullopt;
}

std::optional<Error> CheckAccount(std::string_view key, const std::string& id, const Value& value) {
  const bool fine = id.size() == 12 && id.find_first_not_of("0123456789") == std::string::npos;
  if (fine || id.empty()) return std::nullopt;
  return Error{fmt::format("`{}` of `{}` is no account id (twelve digits)", id, key),
               "put quotes around an id that begins with 0", value.place};
}

std::optional<Error> ReadFlag(std::string_view key, const Value& value, std::optional<bool>& flag) {
  // YAML 1.1 reads `on` and `off` as booleans.
  if (!value.is_bool()) return Wrong(key, "on or off", value);
  flag = value.boolean;
  return std::nullopt;
}

std::optional<Error> ReadMember(const std::string& key, const Value& value, Settings& settings) {
  if (key == "account") {
    if (auto error = ReadText(key, value, settings.account); error.has_value()) return error;
    return CheckAccount(key, settings.account, value);
  }
  if (key == "region") return ReadText(key, value, settings.region);
  if (key == "partition") return ReadText(key, value, settings.partition);
  if (key == "organization") return ReadText(key, value, settings.organization);
  if (key == "canonical-user") return ReadText(key, value, settings.canonical_user);
  if (key == "account-public-access-block")
    return ReadFlag(key, value, settings.account_public_access_block);
  std::vector<std::string>& list = key == "trust" ? settings.trust : settings.organization_accounts;
  if (auto error = ReadList(key, value, list); error.has_value()) return error;
  for (const std::string& id : list) {
    if (auto error = CheckAccount(key, id, value); error.has_value()) return error;
  }
  return std::nullopt;
}

std::size_t EditDistance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

}  // namespace

std::string_view Nearest(std::string_view word, std::span<const std::string_view> words) {
  std::string_view best;
  if (word.size() > 64) return best;
  std::size_t best_distance = std::max<std::size_t>(2, word.size() / 3) + 1;
  for (const std::string_view candidate : words) {
    const std::size_t distance = EditDistance(word, candidate);
    if (distance < best_distance) {
      best = candidate;
      best_distance = distance;
    }
  }
  return best;
}

model::Result<Settings> ReadSettings(std::string_view yaml, std::uint32_t file,
                                     const text::Limits& limits) {
  Settings settings;
  model::Diagnostics problems;
  text::YamlOptions options;
  options.limits = limits;
  options.file = file;
  model::Result<Value> read = text::ParseYaml(yaml, options, &problems);
  if (!read.ok()) return read.error();
  if (!problems.empty()) return problems.front();
  const Value& value = read.value();
  if (value.is_null()) return settings;
  if (!value.is_object()) return Error{"the settings must be a mapping", "", value.place};
  for (std::size_t i = 0; i < value.keys.size(); ++i) {
    const std::string& key = value.keys[i];
    if (std::find(kKeys.begin(), kKeys.end(), key) == kKeys.end()) {
      const std::string_view nearest = Nearest(key, kKeys);
      return Error{fmt::format("unknown key `{}`", key),
                   nearest.empty() ? fmt::format("there are {}", fmt::join(kKeys, ", "))
                                   : fmt::format("did you mean `{}`?", nearest),
                   i < value.key_places.size() ? value.key_places[i] : value.place};
    }
    if (value.items[i].is_null()) continue;
    if (auto error = ReadMember(key, value.items[i], settings); error.has_value()) return *error;
  }
  return settings;
}

}  // namespace preview::config
