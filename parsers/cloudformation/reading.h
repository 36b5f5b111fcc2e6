// All readings of a set of templates: one for each consistent answer to what their conditions leave
// open.
//
// template.cpp, change_set.cpp and assembly.cpp give the templates; change_set.cpp looks at the
// items in between.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "model/deployment.h"
#include "model/result.h"
#include "parsers/cloudformation/decisions.h"
#include "parsers/cloudformation/inventory.h"
#include "parsers/cloudformation/template.h"

namespace preview::cloudformation {

// Both sides of one reading, before they are matched.
struct Sides {
  std::vector<Item> before;
  std::vector<Item> after;
  std::vector<model::Undetermined> undetermined;
  std::vector<model::Note> notes;
};

// May change the sides of every reading (a change set's values win).
using Overlay = std::function<void(Sides&)>;

[[nodiscard]] model::Result<std::vector<model::Deployment>> ReadSides(
    std::span<const TemplateText> after, std::span<const TemplateText> base,
    const TemplateOptions& options, const Overlay& overlay, model::SymbolTable& symbols,
    model::SourceFiles& files);

// One reading, as far as telling readings apart needs it.
struct Reading {
  model::Deployment deployment;
  std::string print;  // equal for readings that give the same resources
  std::vector<Decision> decisions;
  // Named conditions with their values, and the decisions, in words: (`IsProd`, true). Those open
  // have no entry.
  std::vector<std::pair<std::string, bool>> conditions;
};

// Leaves one reading for each print and fills `when` of its deployment.
[[nodiscard]] std::vector<model::Deployment> TellApart(std::vector<Reading> readings,
                                                       const model::SymbolTable& symbols);

// Fills empty members of `environment` from `fallback`, then with symbols.
[[nodiscard]] model::Environment FilledEnvironment(model::Environment environment,
                                                   const model::Environment& fallback,
                                                   model::SymbolTable& symbols);

}  // namespace preview::cloudformation
