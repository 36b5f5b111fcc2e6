// Small universes of policies and requests, in which the engine and the twin are compared over
// every policy.
#pragma once

#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "model/finding.h"
#include "model/zone.h"

namespace preview::exhaustive {

// Statements are all combinations of an effect, a principal, a target and a condition. The texts
// are the members of a statement's JSON object (`"Principal":"*"`); a condition is the Condition
// element's content and may be empty.
struct Universe {
  std::string name;
  std::string resource_type = "AWS::SQS::Queue";
  std::string arn = "arn:aws:sqs:us-east-1:111122223333:jobs";
  model::ZoneOfTrust zone;
  std::vector<std::string> principals;
  std::vector<std::string> targets;
  std::vector<std::string> conditions;
  // Requests are all combinations of a caller, a target and a value of each key.
  // A federated caller counts where the policy names his provider.
  std::vector<model::Principal> callers;
  std::vector<std::pair<std::string, std::string>> asked;  // action, resource
  struct Key {
    std::string name;
    std::vector<std::vector<std::string>> values;  // an empty one: absent
  };
  std::vector<Key> keys;
  std::size_t statements = 2;  // at most so many in a policy
};

[[nodiscard]] std::vector<Universe> Universes();
inline void PrintTo(const Universe& universe, std::ostream* out) { *out << universe.name; }

}  // namespace preview::exhaustive
