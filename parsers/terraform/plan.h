// Terraform and OpenTofu plan JSON (`terraform show -json`) to a model::Deployment.
//
// Rebuilds what the plan lost, in this order: the deferred data.aws_iam_policy_document of the same
// plan, the
// `.tf` source (source.h), the forms of the catalogue for ids and ARNs of resources of the same
// plan; what then remains is an unknown value that says what it waits for. Decides nothing about
// access.
#pragma once

#include <string>
#include <string_view>

#include "model/deployment.h"
#include "model/result.h"
#include "model/symbol.h"
#include "parsers/terraform/source.h"
#include "parsers/text/limits.h"

namespace preview::terraform {

struct PlanOptions {
  text::Limits limits;
  std::string input;  // shown as the input's name
  model::Environment
      environment;  // what options say; empty members are taken from the plan, else symbols
  Source* source = nullptr;  // the .tf source, when it is at hand
};

// True when `text` (the beginning of a file is enough) looks like a plan of some kind; `why` then
// says which when it is one that cannot be read (binary plan, `plan -json` stream, state file),
// with the command that makes the right one.
struct PlanKind {
  bool is_plan = false;  // `terraform show -json` of a plan
  std::string
      wrong_kind;  // else what it is, when it is a neighbour; empty: no Terraform file at all
  std::string help;
};
[[nodiscard]] PlanKind RecognisePlan(std::string_view text);

// Errors: not JSON, an unknown major format version, `errored` plan.
[[nodiscard]] model::Result<model::Deployment> ReadPlan(std::string_view json,
                                                        const PlanOptions& options,
                                                        model::SymbolTable& symbols,
                                                        model::SourceFiles& files);

}  // namespace preview::terraform
