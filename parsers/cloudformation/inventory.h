// The resources of the stacks of one side, evaluated, and what stays the same between two sides.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/deployment.h"
#include "parsers/cloudformation/evaluator.h"

namespace preview::cloudformation {

// A resource with what the template says about its end.
struct Item {
  model::Resource resource;
  std::string physical;  // a text that identifies it in AWS; empty: not known without the stack
  bool keep_on_delete = false;   // DeletionPolicy Retain
  bool keep_on_replace = false;  // UpdateReplacePolicy Retain
};

// The resources of a stack and of the stacks nested in it, in the template's order, those that bear
// on access.
void CollectItems(Evaluator& evaluator, Stack& stack, std::vector<Item>& out);

// Gives the same identity to what is the same in AWS on both sides, and lets stay in `after` what
// is retained.
void MatchSides(std::vector<Item>& before, std::vector<Item>& after, const std::string& input,
                std::vector<model::Note>& notes);

// Whether the resource is of a type that bears on access, or holds what looks like a policy with
// principals.
[[nodiscard]] bool IsAnalysed(std::string_view type, const model::Value& body);

// A text that names the resource in AWS: the first of its attributes with a form that is known
// without the symbols of the resource itself. Empty when there is none.
[[nodiscard]] std::string PhysicalName(const model::Resource& resource,
                                       const model::SymbolTable& symbols);

}  // namespace preview::cloudformation
