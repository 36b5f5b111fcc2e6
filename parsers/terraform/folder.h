// A folder of `.tf` files without a plan to a model::Deployment: the configuration alone, as a
// pre-commit hook has it.
//
// Every managed resource is there in `after` with all its instances; `before` is empty, since
// nothing says what exists. Attributes that only a plan would know come from the forms of the
// catalogue, else they are symbols named after their reference. What was taken for granted is in
// the notes; what could not be read is undetermined.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "model/deployment.h"
#include "model/result.h"
#include "model/symbol.h"
#include "parsers/terraform/source.h"

namespace preview::terraform {

struct FolderOptions {
  SourceOptions source;
  std::string input;               // shown as the input's name
  model::Environment environment;  // what options say; empty members are taken from the provider
                                   // blocks, else symbols
  // Values of root variables, the later winning: `TF_VAR_name` of the environment (given by the
  // caller, names without prefix), terraform.tfvars, *.auto.tfvars, then these files and then these
  // texts.
  // https://developer.hashicorp.com/terraform/language/values/variables#variable-definition-precedence
  std::map<std::string, std::string> environment_variables;
  std::vector<std::string> variable_files;
  std::vector<std::pair<std::string, std::string>> variables;
  std::string workspace = "default";
};

// Error: no folder, no configuration in it, a variable file that cannot be read.
[[nodiscard]] model::Result<model::Deployment> ReadFolder(const std::string& folder,
                                                          const FolderOptions& options,
                                                          model::SymbolTable& symbols,
                                                          model::SourceFiles& files);

}  // namespace preview::terraform
