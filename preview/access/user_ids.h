// What aws:userid can say of which caller: a user has the unique id AIDA…, a role's session
// AROA…:NAME, an account's root the account's id, a federated user ACCOUNT:NAME.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "model/zone.h"
#include "preview/access/key_atoms.h"
#include "preview/access/principals.h"

namespace preview::access {

// The kind of caller that an id belongs to; nothing when no request has it.
[[nodiscard]] std::optional<CallerKind> UserIdOwner(std::string_view id);

// Cuts the ids by their forms, and those of the zone's own accounts from the others.
void CutUserIds(const model::ZoneOfTrust& zone, SingleValueRequest& request);

// Gives examples whose account is made up one of digits, where no test sees a difference.
void SettleUserIds(const std::vector<const Test*>& tests, KeyAtoms& ids);

// Whether the id is that of an own account's root or federated user.
[[nodiscard]] bool IsOwnUserId(const model::ZoneOfTrust& zone, std::string_view id);

}  // namespace preview::access
