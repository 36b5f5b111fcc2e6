// The commands beside check and batch. Each gives back what it prints; only main writes.
#pragma once

#include <string>

#include "preview/cli/options.h"

namespace preview::cli {

struct Printed {
  std::string out;
  std::string error;
  int status = 0;
};

[[nodiscard]] Printed Explain(const Options& options, bool color);
[[nodiscard]] Printed Types(const Options& options);
[[nodiscard]] Printed Init(const Options& options);
[[nodiscard]] Printed Completion(const std::string& shell);

// The table of types as the README holds it, in Markdown.
[[nodiscard]] std::string TypesMarkdown();

}  // namespace preview::cli
