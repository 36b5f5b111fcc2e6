// `.preview.yaml`: the user's settings. Read by preview/cli; says nothing of where the file lies.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/result.h"
#include "parsers/text/limits.h"

namespace preview::config {

// Keys are the options' names. An empty member is not set.
struct Settings {
  std::string account;
  std::string region;
  std::string partition;
  std::string organization;
  std::vector<std::string> organization_accounts;
  std::vector<std::string> trust;
  std::string canonical_user;
  std::optional<bool> account_public_access_block;
};

// Errors: not YAML, no mapping, an unknown key (with the nearest right one), a value of the wrong
// kind.
[[nodiscard]] model::Result<Settings> ReadSettings(std::string_view yaml, std::uint32_t file,
                                                   const text::Limits& limits);

// The entry of `words` that is nearest to `word` by edits of letters; empty when none is near.
[[nodiscard]] std::string_view Nearest(std::string_view word,
                                       std::span<const std::string_view> words);

}  // namespace preview::config
