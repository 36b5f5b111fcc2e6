// Decisions to a report: readings merged, inputs named, findings numbered and sorted.
#pragma once

#include <vector>

#include "model/symbol.h"
#include "preview/cli/decide.h"
#include "preview/report/report.h"

namespace preview::cli {

// Appends what the readings of one target came to. A finding that all readings have stands once and
// depends on nothing; another one says when (`when`). The same holds for notes and what is
// undetermined.
void Collect(const std::vector<Decision>& readings, const Target& target,
             report::Document& document);

// Loudest first: new, changed, resolved, unchanged, archived; in each, public first; then by input,
// stack, address, principal and conditions. Independent of the order in which the engine found
// them.
void SortFindings(std::vector<model::Finding>& findings, const model::SymbolTable& symbols);

// In words, in which of `readings` something holds: empty when in all; a single condition where
// that says it.
[[nodiscard]] std::string WhenInWords(const std::vector<std::string>& readings,
                                      const std::vector<bool>& holds);

}  // namespace preview::cli
