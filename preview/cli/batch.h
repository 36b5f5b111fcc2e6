// `preview batch`: many proposed configurations as NDJSON, in and out. docs/cli.md has the form of
// a line.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "model/symbol.h"
#include "preview/access/access.h"
#include "preview/cli/gate.h"
#include "preview/cli/options.h"

namespace preview::cli {

// What lines are answered with; one a thread, since a symbol table is written to.
class BatchWorker {
 public:
  // `access` holds the zone of trust and policies that the options give; a line may override the
  // zone.
  BatchWorker(const Options& options, access::AccessOptions access);

  // Appends the answer to one line, with its line break; says what it came to.
  Tally Answer(std::string_view line, std::string& out);

 private:
  std::reference_wrapper<const Options> options_;
  access::AccessOptions access_;
  model::SymbolTable symbols_;
};

// Reads lines from the file descriptor `in` until its end and writes the answers in the order of
// the lines, as soon as they are there. Blank lines are skipped. Returns the exit status: 2 when a
// line could not be read, else as
// --fail-on and --undetermined have it.
// Stops when `write` gives false.
int RunBatch(int in, const Options& options, const access::AccessOptions& access,
             const std::function<bool(std::string_view)>& write);

}  // namespace preview::cli
