// Keys that depend on each other share one dimension, so that no impossible combination is ever
// reported:
//   aws:PrincipalOrgID with aws:PrincipalOrgPaths (a path begins with its organization's id),
//   likewise aws:SourceOrg…; aws:MultiFactorAuthAge only when aws:MultiFactorAuthPresent is true;
//   aws:CurrentTime and aws:EpochTime are one time, aws:TokenIssueTime is not after it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "model/zone.h"
#include "preview/access/test.h"

namespace preview::access {

struct FusedRequest {
  const std::map<std::string, std::vector<const Test*>>& by_key;
  std::size_t max_atoms;
  const model::ZoneOfTrust& zone;
  std::uint64_t* steps = nullptr;  // as in TextClassesRequest
};

struct FusedDimension {
  std::vector<std::string> keys;
  std::vector<bool> multivalued;
  std::vector<std::vector<ContextValue>> atoms;
  bool complete = true;
};

// A dimension for each group of which the request tests at least two keys, or one that the group
// changes.
[[nodiscard]] std::vector<FusedDimension> MakeFusedDimensions(const FusedRequest& request);

}  // namespace preview::access
