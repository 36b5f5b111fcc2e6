// Which actions of a resource type a statement names.
#pragma once

#include <bitset>
#include <string>
#include <vector>

#include "model/policy.h"
#include "rules/catalogue.h"

namespace preview::access {

// Enough for the longest table (rules/data); checked when a type is first used.
inline constexpr std::size_t kMaxActions = 256;
using ActionSet = std::bitset<kMaxActions>;

// The set of the type's actions (by index into type.actions) that Action or NotAction of a
// statement takes in.
[[nodiscard]] ActionSet ActionsOf(const model::Statement& statement,
                                  const rules::ResourceType& type);

}  // namespace preview::access
