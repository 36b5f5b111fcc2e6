// What the plan graph shares between its files.
#pragma once

#include <span>
#include <string>

#include "parsers/terraform/plan_graph.h"
#include "parsers/terraform/source.h"

namespace preview::terraform {

// What expressions of the source see of a plan.
class PlanScope : public Scope {
 public:
  explicit PlanScope(PlanGraph& graph) : graph_(graph) {}

  std::optional<model::Value> Block(std::string_view block) override { return graph_.Block(block); }
  std::optional<model::Value> RootVariable(std::string_view name) override {
    return graph_.RootVariable(name);
  }
  // A plan says nothing of the workspace or of the working folder.
  std::optional<model::Value> Builtin(std::string_view) override { return std::nullopt; }

 private:
  PlanGraph& graph_;
};

// Whether what the source says of an unknown value is more than a reference or a choice among
// references: a call, an operation, a repetition, a failure. What it refers to is then not what it
// is.
[[nodiscard]] bool NamesOperation(const model::Value& unknown);

// The expression that the words of an unknown value name.
[[nodiscard]] std::string OperationText(const model::Value& unknown);

// "known after apply: `a.b`, `c.d`".
[[nodiscard]] std::string WaitsFor(std::span<const Target> targets);

}  // namespace preview::terraform
