// Counts how deep the evaluator is in its own recursion.
#pragma once

#include "parsers/terraform/hcl/evaluate.h"

namespace preview::hcl {

inline constexpr int kMaxEvaluationDepth = 500;

class DepthGuard {
 public:
  explicit DepthGuard(Evaluator& evaluator);
  DepthGuard(const DepthGuard&) = delete;
  DepthGuard& operator=(const DepthGuard&) = delete;
  ~DepthGuard();

  [[nodiscard]] bool too_deep() const;
  // The value to give back then; reports it once.
  model::Value Refuse(const model::Place& place);

 private:
  Evaluator& evaluator_;
};

}  // namespace preview::hcl
