#include "preview/cli/gate.h"

#include <algorithm>

namespace preview::cli {

bool Fails(const model::Finding& finding, const std::vector<FailOn>& fail_on) {
  if (finding.status != model::Status::kActive) return false;
  return std::any_of(fail_on.begin(), fail_on.end(), [&finding](FailOn what) {
    switch (what) {
      case FailOn::kNew:
        return !finding.new_actions.empty();
      case FailOn::kPublic:
        return finding.is_public;
      case FailOn::kAny:
        return true;
    }
    return false;
  });
}

int ExitStatus(const Tally& tally, const Options& options) {
  if (tally.errors) return 2;
  if (options.exit_zero) return 0;
  if (tally.failing) return 1;
  return tally.undetermined && options.undetermined_fails ? 3 : 0;
}

}  // namespace preview::cli
