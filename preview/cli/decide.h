// One reading of a deployment, decided: joined, matched, compared.
#pragma once

#include <vector>

#include "model/symbol.h"
#include "model/zone.h"
#include "preview/access/access.h"
#include "preview/assemble/assemble.h"
#include "preview/cli/match.h"
#include "preview/cli/options.h"
#include "preview/cli/target.h"

namespace preview::cli {

struct Decision {
  model::ZoneOfTrust zone;
  assemble::Assembled assembled;
  std::vector<Match> matches;
  std::vector<access::Report> reports;  // one a match
  std::string when;                     // as the deployment has it
};

// `access` holds everything but the zone. A resource that goes to another account than the
// deployment's has that account as its zone of trust.
[[nodiscard]] Decision Decide(Scenario scenario, model::ZoneOfTrust zone, const Options& options,
                              const access::AccessOptions& access, model::SymbolTable& symbols);

// The options of the engine that the command line gives; the zone is left open. Error: a resource
// control policy that cannot be read.
[[nodiscard]] model::Result<access::AccessOptions> AccessOptionsOf(const Options& options,
                                                                   model::SourceFiles& files);

}  // namespace preview::cli
