// The access engine: which requests from outside the zone of trust does a configuration allow, and
// what of that is new. See docs/engine.md for the algorithm.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/configuration.h"
#include "model/finding.h"
#include "model/policy.h"
#include "model/symbol.h"
#include "model/zone.h"

namespace preview::access {

struct AccessOptions {
  model::ZoneOfTrust zone;
  bool minimal = false;            // --findings minimal
  std::size_t max_atoms = 10'000;  // a dimension; beyond it the answer is approximate
  std::uint64_t max_steps =
      2'000'000;  // of search, a configuration; beyond it the answer is approximate
  // Fill Finding::obstacles and ::closing of new findings (costs a second decision for each).
  bool explain = false;
  bool all_grants = false;  // fill Report::grants
  // Resource control policies (parsed), and whether they are subtracted.
  std::vector<model::PolicyDocument> resource_control_policies;
  bool apply_resource_control_policies = false;
};

// What is to be said about one resource.
struct Report {
  std::vector<model::Finding> findings;
  // For each finding all that grants a part of it (Finding::sources names what its witness comes
  // through); empty lists without AccessOptions::all_grants, and for resolved findings.
  std::vector<std::vector<model::FindingSource>> grants;
  std::vector<model::Undetermined> undetermined;
  std::vector<model::Note> notes;
  bool shareable = true;  // the resource is of a type that can be shared: counted in the last line
};

// One resource before and after the change; either may be missing (null). Assemblies give the keys
// and other configurations that it refers to. Findings have everything filled but `id` and `input`.
[[nodiscard]] Report Compare(const model::Configuration* before,
                             const model::Assembly& assembly_before,
                             const model::Configuration* after,
                             const model::Assembly& assembly_after, const AccessOptions& options,
                             const model::SymbolTable& symbols);

}  // namespace preview::access
