// CDK cloud assemblies (`cdk.out`) to Deployments.
// https://github.com/aws/aws-cdk-cli/tree/main/packages/%40aws-cdk/cloud-assembly-schema
#pragma once

#include <string>
#include <vector>

#include "parsers/cloudformation/template.h"

namespace preview::cloudformation {

// A folder with manifest.json.
[[nodiscard]] bool IsAssemblyFolder(const std::string& path);

// The stacks of the assembly in `folder` and of the assemblies nested in it (stages), as one
// deployment; `base` is the assembly deployed now, empty: nothing. Error: the manifest or a
// template cannot be read, or there is no stack.
[[nodiscard]] model::Result<std::vector<model::Deployment>> ReadAssembly(
    const std::string& folder, const std::string& base, const TemplateOptions& options,
    model::SymbolTable& symbols, model::SourceFiles& files);

}  // namespace preview::cloudformation
