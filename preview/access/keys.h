// What the engine knows of condition keys: which ones name a finding, which ones bound who is let
// in, which ones are there for which kind of caller. Lower-case names throughout.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "preview/access/pattern.h"

namespace preview::access {

// The documented spelling of a key that names a finding (it shows in `condition`), or nothing.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-filter-keys.html
[[nodiscard]] std::optional<std::string_view> TrackedKey(std::string_view key);

// Whether a fixed value of the key keeps a grant from being public (S3's "meaning of public").
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
[[nodiscard]] bool BoundsPublic(std::string_view key);

// Keys that say who the caller is; anonymous and federated callers have none of them.
[[nodiscard]] bool IsPrincipalKey(std::string_view key);
// Keys that say on whose behalf a service calls; when present they point outside the zone of trust.
[[nodiscard]] bool IsSourceOwnerKey(std::string_view key);
// Keys that every request carries.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
[[nodiscard]] bool IsAlwaysPresent(std::string_view key);

// The texts that a key can have at all (an organization's id begins with `o-`, a user's unique id
// with AIDA), as far as that is documented; empty: any text.
[[nodiscard]] std::vector<Pattern> KeyUniverse(std::string_view key);
// False for texts that no request can have (an organization's id in upper case).
[[nodiscard]] bool IsPossibleValue(std::string_view key, std::string_view text);

// Whether a value of a BoundsPublic key is fixed: no variable, and no wildcard, or a literal
// account in an ARN; for addresses not broader than /8 (IPv4) or /32 (IPv6), private ranges
// excepted.
[[nodiscard]] bool IsFixedValue(std::string_view key, std::string_view text, bool wildcards,
                                bool has_variable);

// Account segment of an ARN text; empty where there is none.
[[nodiscard]] std::string_view AccountOfArn(std::string_view arn);

}  // namespace preview::access
