#include "preview/cli/target.h"

#include <utility>

namespace preview::cli {

std::vector<Target> ReadTargets(std::vector<Input> inputs, const Options& options, Tables& tables,
                                std::vector<model::InputError>& errors) {
  std::vector<Target> targets;
  ReadContext context{options, tables, errors, targets};
  std::vector<const Input*> terraform;
  std::vector<const Input*> cloudformation;
  std::vector<const Input*> requests;
  for (const Input& input : inputs) {
    switch (input.kind) {
      case InputKind::kTerraformPlan:
      case InputKind::kTerraformFolder:
        terraform.push_back(&input);
        break;
      case InputKind::kTemplate:
      case InputKind::kChangeSet:
      case InputKind::kAssembly:
        cloudformation.push_back(&input);
        break;
      case InputKind::kPreviewRequest:
        requests.push_back(&input);
        break;
    }
  }
  if (!terraform.empty()) ReadTerraform(terraform, context);
  if (!cloudformation.empty()) ReadCloudFormation(cloudformation, context);
  for (const Input* request : requests) ReadRequest(*request, context);
  return targets;
}

}  // namespace preview::cli
