// The values of root variables for a configuration without a plan.
#pragma once

#include <map>
#include <string>

#include "model/result.h"
#include "model/value.h"
#include "parsers/terraform/folder.h"
#include "parsers/terraform/hcl/opened_source.h"

namespace preview::terraform {

using VariableValues = std::map<std::string, model::Value, std::less<>>;

// Error: a variable file that cannot be read. Files that do not parse are in `problems`.
[[nodiscard]] model::Result<VariableValues> ReadVariables(OpenedSource& source,
                                                          const FolderOptions& options,
                                                          model::SymbolTable& symbols,
                                                          model::SourceFiles& files,
                                                          model::Diagnostics& problems);

}  // namespace preview::terraform
