// `aws cloudformation describe-change-set --include-property-values` to Deployments.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "parsers/cloudformation/template.h"

namespace preview::cloudformation {

// What has `Changes` and the ids of a change set.
[[nodiscard]] bool IsChangeSet(const model::Value& value);

struct ChangeSetText {
  std::string name;
  std::string text;  // JSON
};

// One change set, and those of its nested stacks. `templates` (none or those of the stack) give
// what the change set does not list; the values of the change set win, and what is known after
// apply only is taken from the template. `base` may give the template that is deployed now; without
// it, what is not listed is the same before and after. Account and region are those of StackId
// unless the options say otherwise. Errors: no change set, cut off (`NextToken`), without property
// values (with the right command).
[[nodiscard]] model::Result<std::vector<model::Deployment>> ReadChangeSets(
    std::span<const ChangeSetText> change_sets, std::span<const TemplateText> templates,
    std::span<const TemplateText> base, const TemplateOptions& options, model::SymbolTable& symbols,
    model::SourceFiles& files);

}  // namespace preview::cloudformation
