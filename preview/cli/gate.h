// From findings to an exit status. docs/cli.md, "Exit status".
#pragma once

#include <vector>

#include "model/finding.h"
#include "preview/cli/options.h"

namespace preview::cli {

// Whether --fail-on names the finding: `new` one that adds actions, `public` a public one, `any`
// every one. What is archived or resolved never counts.
[[nodiscard]] bool Fails(const model::Finding& finding, const std::vector<FailOn>& fail_on);

// What a run came to; tallies of several inputs or lines are merged.
struct Tally {
  bool errors = false;
  bool failing = false;
  bool undetermined = false;

  void Merge(const Tally& other) {
    errors |= other.errors;
    failing |= other.failing;
    undetermined |= other.undetermined;
  }
};

// 2 goes before 1, 1 before 3.
[[nodiscard]] int ExitStatus(const Tally& tally, const Options& options);

}  // namespace preview::cli
