// Ids of findings.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "model/finding.h"
#include "model/symbol.h"

namespace preview::cli {

// 64-bit FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/).
[[nodiscard]] std::uint64_t Fnv1a(std::string_view text, std::uint64_t hash = 0xcbf29ce484222325);

// Gives every finding its id: 16 hexadecimal digits, the FNV-1a hash of resource type, stack,
// resource address (the ARN where there is none), principal, conditions and kinds of source. So it
// is the same over runs and machines, and does not change with the actions, the position in the
// file or the name of the input. A second finding of the same hash gets `-2`. The values of a
// sensitive finding are left out of its hash: an account id could be guessed from it.
void AssignIds(std::vector<model::Finding>& findings, const model::SymbolTable& symbols);

}  // namespace preview::cli
