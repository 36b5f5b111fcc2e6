// What expressions see of resources and data sources when there is no plan: the configuration
// itself.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/zone.h"
#include "parsers/terraform/folder.h"
#include "parsers/terraform/hcl/evaluate.h"
#include "parsers/terraform/hcl/folder_variables.h"
#include "parsers/terraform/hcl/opened_source.h"

namespace preview::terraform {

struct FolderInstance {
  InstanceKey key;
  model::Value attributes;  // as the evaluator has it (hcl/values.h)
  model::Environment environment;
};

struct FolderBlock {
  std::vector<FolderInstance> instances;
  hcl::Instances::Kind kind = hcl::Instances::Kind::kSingle;
  // How often the block exists is not known: one instance stands for all.
  bool open = false;
  std::string why;
};

class FolderScope : public Scope {
 public:
  FolderScope(OpenedSource& source, const FolderOptions& options, VariableValues variables,
              model::SymbolTable& symbols);

  std::optional<model::Value> Block(std::string_view block) override;
  std::optional<model::Value> RootVariable(std::string_view name) override;
  std::optional<model::Value> Builtin(std::string_view name) override;

  // All instances of a block with their attributes; null pointer while it is being evaluated
  // already, or when there is no such block. `name` is `aws_sqs_queue.q` or `data.t.n`.
  const FolderBlock* Instances(hcl::ModuleInstance& module, std::string_view name);
  [[nodiscard]] const model::Environment& default_environment() const { return environment_; }
  [[nodiscard]] const std::string& account_inferred_from() const { return account_from_; }
  hcl::Evaluator& evaluator();

 private:
  struct Provider {
    std::string region;
    std::string account;
    std::string account_from;
  };

  model::Environment FindEnvironment(const FolderOptions& options);
  Provider ReadProvider(const hcl::Declaration& declaration);
  model::Environment EnvironmentOf(const hcl::ModuleInstance& module,
                                   const hcl::Declaration& declaration,
                                   const model::Value& attributes);
  void AddForms(const ResourceAddress& address, const std::string& text,
                const model::Environment& environment, model::Value& attributes);
  void AddKnownData(const std::string& type, const std::string& address,
                    const model::Environment& environment, model::Value& attributes);
  std::string SymbolText(std::string name, model::SymbolForm form);
  // Sets a member that the source does not set.
  static void SetAbsent(model::Value& attributes, std::string_view name, model::Value value);

  OpenedSource& source_;
  model::SymbolTable& symbols_;
  VariableValues variables_;
  std::string workspace_;
  model::Environment environment_;
  std::string account_from_;
  bool account_given_ = false;
  bool region_given_ = false;
  std::map<std::string, FolderBlock, std::less<>> blocks_;
  std::set<std::string, std::less<>> open_;
};

}  // namespace preview::terraform
