// What a plan JSON holds, taken out of it while it is read: memory holds only what bears on access.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "model/finding.h"
#include "model/result.h"
#include "model/value.h"
#include "parsers/terraform/address.h"
#include "parsers/terraform/plan_configuration.h"
#include "parsers/text/limits.h"

namespace preview::terraform {

// The words of `change.actions`. Unknown words count as a change.
struct Actions {
  bool create = false;
  bool destroy = false;
  bool forget = false;
  bool read = false;
  bool no_op = false;
};

// An object of the plan: an entry of `resource_changes`, or of the prior state.
struct PlanObject {
  std::string address;
  std::string previous_address;
  std::string module;  // its module instance, `module.a["x"]`
  std::string type;
  std::string name;
  std::string deposed;
  InstanceKey key;
  Actions actions;
  bool data = false;
  bool aws = false;      // of the provider aws, whoever hands it out
  bool kept = false;     // its attributes are here
  bool partial = false;  // of its attributes only some are here
  // No type of the catalogue, but it carries something that looks like a resource policy.
  bool generic = false;
  bool importing = false;
  bool has_after = false;
  bool has_before = false;
  model::Value before;
  model::Value after;   // unknown and sensitive parts marked in it
  std::string account;  // that its ARN before names; empty: none
};

struct DeferredChange {
  std::string reason;
  PlanObject object;
};

struct PlanFile {
  std::string format_version;
  bool errored = false;
  bool complete = true;
  bool has_changes = false;  // the key `resource_changes` is there
  std::vector<PlanObject> changes;
  std::vector<PlanObject>
      state;  // of `prior_state`, or planned_values where there is none; `after` holds it
  std::vector<std::string> drifted;  // addresses
  // Entries of `resource_changes` that have not the shape of one: their addresses, empty where even
  // that is missing.
  std::vector<std::string> misshapen;
  std::vector<DeferredChange> deferred;
  std::unordered_map<std::string, std::vector<std::string>> relevant;  // address to attributes
  model::Value variables;
  Configuration configuration;
  model::Diagnostics problems;
};

// Error: not JSON, or not the shape of a plan.
[[nodiscard]] model::Result<PlanFile> ReadPlanFile(std::string_view json,
                                                   const text::Limits& limits, std::uint32_t file);

// One object of `resource_changes` with all attributes, from its own text; nothing when that is no
// such object.
[[nodiscard]] std::optional<PlanObject> ReadPlanObject(std::string_view json,
                                                       const text::Limits& limits);

}  // namespace preview::terraform
