// Hand-made deployments for the tests of preview/assemble.
#pragma once

#include <string>
#include <string_view>

#include "model/configuration.h"
#include "model/deployment.h"
#include "model/symbol.h"
#include "preview/assemble/assemble.h"

namespace preview::assemble::testing {

inline constexpr std::string_view kAccount = "111122223333";

// A deployment into account 111122223333, us-east-1. Attributes are JSON in which
// `<<address.attribute>>` stands for the symbol of that attribute and the text `??` for a value
// that is not known.
class Plan {
 public:
  explicit Plan(model::Language language = model::Language::kTerraform);

  // The type is the address's own in Terraform; CloudFormation resources need it given.
  model::Resource& Before(std::string_view address, std::string_view attributes,
                          std::string_view type = "");
  model::Resource& After(std::string_view address, std::string_view attributes,
                         std::string_view type = "");
  void Both(std::string_view address, std::string_view attributes, std::string_view type = "");
  // `aws_kms_alias.a` becomes data.aws_kms_alias.a on the after side.
  model::Resource& Data(std::string_view address, std::string_view attributes);

  [[nodiscard]] Assembled Run();
  [[nodiscard]] std::string SymbolOf(std::string_view name);

  model::Deployment deployment;
  model::SymbolTable symbols;
  AssembleOptions options;

 private:
  model::Resource Make(std::string_view address, std::string_view attributes,
                       std::string_view type);
};

// The configuration at an address; null pointer when there is none. `type` where a resource has
// several.
[[nodiscard]] const model::Configuration* At(const model::Assembly& assembly,
                                             std::string_view address, std::string_view type = "");

// A policy of one statement that lets `account` do `action`, as JSON text inside a JSON string.
[[nodiscard]] std::string QuotedPolicy(std::string_view principal, std::string_view action);

// The statement of a policy source that has an object document, as JSON.
[[nodiscard]] std::string StatementJson(const model::PolicySource& source);

}  // namespace preview::assemble::testing
