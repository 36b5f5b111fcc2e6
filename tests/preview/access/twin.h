// The slow twin of the access engine: decides one concrete request against one configuration, the
// way the IAM documentation says it, one statement and one condition after the other. It shares
// nothing with preview/access but the model and the policy parser, so that the two can be compared.
//
// What it leaves out: symbols (every text is what it is), and everything that is asked of more than
// one request (findings, what is new). Whether a policy is public, which RestrictPublicBuckets
// asks, it decides by its statements, not by its requests: see PolicyIsPublic.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/configuration.h"
#include "model/finding.h"
#include "model/policy.h"
#include "model/zone.h"

namespace preview::twin {

// Condition keys (lower case) with their values; a key that is not there is absent.
using Context = std::map<std::string, std::vector<std::string>>;

// `*` any text, `?` one letter, everything else itself. Letters are code points.
[[nodiscard]] bool GlobMatches(std::string_view pattern, std::string_view text);
// The same for each of the six parts of an ARN.
[[nodiscard]] bool ArnMatches(std::string_view pattern, std::string_view text);

// Whether one condition holds. `variables`: the policy's version has policy variables.
[[nodiscard]] bool ConditionHolds(const model::Condition& condition, bool variables,
                                  const Context& context);

// A concrete request with all keys that follow from who calls and what is called.
struct Request {
  model::Principal principal;
  std::string action;
  std::string resource;
  Context context;
};
[[nodiscard]] Request RequestOf(const model::Witness& witness,
                                const model::Configuration& configuration,
                                const model::ZoneOfTrust& zone);

// Why there can be no such request (a time stamp after the current time); nothing when there can.
// That aws:username is the end of the user's ARN is not asked: the engine takes it as free.
[[nodiscard]] std::optional<std::string> Impossible(const Request& request);
// Whether the request comes from outside the zone of trust.
[[nodiscard]] bool IsOutside(const Request& request, const model::ZoneOfTrust& zone);
// Whether a statement speaks of the request. `variables`: the policy's version has policy
// variables.
[[nodiscard]] bool Applies(const model::Statement& statement, bool variables,
                           const Request& request);
// Whether the configuration lets the request in: some statement, ACL grant, key grant or share
// allows it and no statement denies it; through an access point, both policies have to.
[[nodiscard]] bool Allows(const model::Configuration& configuration, const Request& request);
// S3's published rule read statement by statement: an Allow for everybody without a condition that
// fixes who or where from.
[[nodiscard]] bool PolicyIsPublic(const model::PolicyDocument& document);

}  // namespace preview::twin
