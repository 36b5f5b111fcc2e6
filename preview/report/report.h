// What a run found, ready to be printed. preview/cli fills it; the printers here know nothing but
// this.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "model/finding.h"
#include "model/place.h"
#include "model/symbol.h"

namespace preview::report {

// The zone of trust of the whole run; several accounts when the inputs go to several.
struct Zone {
  std::string type = "ACCOUNT";       // ACCOUNT or ORGANIZATION
  std::vector<std::string> accounts;  // known ones only; empty: not known
  std::string organization;           // empty: none
  std::string inferred_from;          // in words
};

struct Document {
  std::string version;
  Zone zone;
  std::size_t resources = 0;  // that can be shared
  std::size_t decided = 0;    // of those, the ones with nothing undetermined
  std::size_t read = 0;       // resources of any type in the inputs
  std::vector<model::Finding> findings;
  std::vector<model::Note> notes;
  std::vector<model::Undetermined> undetermined;
  std::vector<model::InputError> errors;
};

struct Summary {
  std::size_t fresh = 0;  // NEW; `new` is a keyword
  std::size_t changed = 0;
  std::size_t unchanged = 0;
  std::size_t resolved = 0;
  std::size_t archived = 0;
};
// How many undetermined entries the user accepts; they do not count for the exit status.
[[nodiscard]] std::size_t CountAccepted(const std::vector<model::Undetermined>& undetermined);
// Every finding is counted once: resolved and archived before the change type.
[[nodiscard]] Summary Summarise(const std::vector<model::Finding>& findings);

// What the indices and letters of a document refer to.
struct Tables {
  const model::SymbolTable& symbols;
  const model::SourceFiles& files;
};

// docs/cli.md, "--format json"; ends with a line break.
[[nodiscard]] std::string Json(const Document& document, const Tables& tables);

// One answer of `preview batch` (docs/cli.md), on one line, with its line break. `id` is JSON text;
// empty: null.
void AppendBatchLine(std::string& out, std::string_view id, const Document& document,
                     const Tables& tables);

struct TextOptions {
  bool color = false;
  bool verbose = false;  // unchanged and archived findings and all notes too
  bool quiet = false;    // no closing lines
};

// docs/cli.md, "--format text".
[[nodiscard]] std::string Text(const Document& document, const Tables& tables,
                               const TextOptions& options);
// One finding in full, as `preview explain` prints it. `statement` is the granting statement's
// JSON; may be empty.
[[nodiscard]] std::string FindingText(const model::Finding& finding, const Tables& tables,
                                      const TextOptions& options);
// Input errors, for standard error.
[[nodiscard]] std::string ErrorText(const std::vector<model::InputError>& errors,
                                    const Tables& tables, bool color);

}  // namespace preview::report
