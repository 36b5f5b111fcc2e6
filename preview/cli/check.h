// The default command, as stages.
#pragma once

#include <string>
#include <vector>

#include "preview/cli/decide.h"
#include "preview/cli/options.h"
#include "preview/cli/target.h"
#include "preview/report/report.h"

namespace preview::cli {

struct CheckResult {
  report::Document document;
  int status = 0;
  std::vector<std::vector<Decision>>
      decisions;  // by target, then reading; for `preview explain` only
};

// Reads, decides and sums up. Prints nothing.
[[nodiscard]] CheckResult Check(Options options, Tables& tables);

}  // namespace preview::cli
