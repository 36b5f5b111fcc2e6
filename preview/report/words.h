// The words that findings are told in: names of enums as the contract spells them, and plain
// sentences.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/finding.h"

namespace preview::report {

[[nodiscard]] std::string_view CodeName(model::Code code);
[[nodiscard]] std::string_view ChangeName(model::ChangeType change);
[[nodiscard]] std::string_view StatusName(model::Status status);
[[nodiscard]] std::string_view PrecisionName(model::Precision precision);
[[nodiscard]] std::string_view SourceName(model::SourceType type);

// The actions by access level, levels in the order List, Read, Write, Permissions, Tagging; actions
// that the catalogue does not list for the type are left out.
using Levels = std::vector<std::pair<std::string_view, std::vector<std::string_view>>>;
[[nodiscard]] Levels ByLevel(std::string_view resource_type,
                             const std::vector<std::string>& actions);

// `account 999999999999`, `everybody`, `the role …`: who a principal is, in words.
[[nodiscard]] std::string Who(const model::Principal& principal);
// `SQS queue`, or the type's name where the catalogue has no title.
[[nodiscard]] std::string TypeTitle(std::string_view resource_type);
// One line that says what happens. Used where the engine gave no message.
[[nodiscard]] std::string Headline(const model::Finding& finding);

// The finding as it may be printed: of a sensitive one, principal, condition values, witness and
// every text that could repeat them are `⟨sensitive⟩`. Message filled, with what it depends on
// (`when`).
[[nodiscard]] model::Finding Presentable(const model::Finding& finding);

inline constexpr std::string_view kSensitive = "⟨sensitive⟩";

}  // namespace preview::report
