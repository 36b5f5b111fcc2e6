// Inputs to deployments: which of the inputs belong together, read by the front end they are for.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "model/deployment.h"
#include "model/finding.h"
#include "model/place.h"
#include "model/result.h"
#include "model/symbol.h"
#include "preview/assemble/assemble.h"
#include "preview/cli/input.h"
#include "preview/cli/options.h"

namespace preview::cli {

// One reading of a deployment.
struct Scenario {
  model::Deployment deployment;
  std::optional<assemble::Assembled>
      assembled;  // an access preview request: configurations already
};

// What is deployed into one account together, in all its readings (CloudFormation conditions that
// nobody decided).
struct Target {
  std::vector<Scenario> scenarios;
  std::string input;  // shown for what names no resource
  std::map<std::string, std::string, std::less<>>
      input_of;  // by address or stack, where several inputs were joined
};

// What reading writes to.
struct Tables {
  model::SymbolTable symbols;
  model::SourceFiles files;
};

// Reads all inputs. What cannot be read is appended to `errors`; the others are still read.
[[nodiscard]] std::vector<Target> ReadTargets(std::vector<Input> inputs, const Options& options,
                                              Tables& tables,
                                              std::vector<model::InputError>& errors);

// The front ends, one file each. Every one appends what it could read to `targets`.
struct ReadContext {
  const Options& options;
  Tables& tables;
  std::vector<model::InputError>& errors;
  std::vector<Target>& targets;

  void Fail(const std::string& input, const model::Error& error) {
    errors.push_back({"input", input, error.message, error.help, error.place});
  }
};
void ReadTerraform(const std::vector<const Input*>& inputs, ReadContext& context);
void ReadCloudFormation(const std::vector<const Input*>& inputs, ReadContext& context);
void ReadRequest(const Input& input, ReadContext& context);

}  // namespace preview::cli
