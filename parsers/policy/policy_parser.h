// A policy document (JSON text or object) to a model::PolicyDocument.
//
// Called by preview/access for every policy of a configuration. A statement that the service would
// reject becomes a problem (PV020) and is left out; the others are kept. Parts that are not known
// become UnknownPart.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
#pragma once

#include <string>
#include <vector>

#include "model/policy.h"
#include "model/symbol.h"
#include "model/value.h"

namespace preview::policy {

struct UnknownPart {
  int statement = -1;     // -1: the whole document
  std::string element;    // `Principal`, `Condition aws:SourceVpc`
  std::string waits_for;  // as the unknown value says
  model::Place place;
};

struct ParsedPolicy {
  model::PolicyDocument document;
  std::vector<model::PolicyProblem> problems;
  std::vector<UnknownPart> unknown;
  bool sensitive = false;
};

struct PolicyOptions {
  bool trust_policy = false;  // a role's: no Resource element, NotPrincipal is not allowed
  // Tells values of which so little is known that no test can be made of them; null: there are
  // none.
  const model::SymbolTable* symbols = nullptr;
};

// Never fails: what cannot be read is in `problems`. An empty text and a null value are an empty
// document (no policy).
[[nodiscard]] ParsedPolicy ParsePolicy(const model::Value& document, const PolicyOptions& options);

// Whether a condition operator exists (`ForAnyValue:StringLikeIfExists`), without case.
[[nodiscard]] bool IsConditionOperator(std::string_view name);

}  // namespace preview::policy
