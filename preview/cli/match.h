// Which configuration before the change is which after it.
#pragma once

#include <vector>

#include "model/configuration.h"

namespace preview::cli {

// Indices into the two assemblies; -1: there is none on that side.
struct Match {
  int before = -1;
  int after = -1;
};

// The same resource type and
//  1. the same known ARN, whatever the address is; else
//  2. the same identity and stack, unless their ARNs differ for certain: then the one was replaced
//  by the other, and
//     each stands alone; else
//  3. the same ARN text, symbols included: a renamed logical id whose physical name stayed.
// Every configuration is in exactly one match. Those with an `after` come first, in its order.
[[nodiscard]] std::vector<Match> MatchConfigurations(const model::Assembly& before,
                                                     const model::Assembly& after);

// True when no values of the symbols make the two ARNs equal: a part (between colons) that holds no
// symbol differs.
[[nodiscard]] bool CertainlyDiffer(std::string_view one, std::string_view other);

}  // namespace preview::cli
