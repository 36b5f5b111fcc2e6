// The one implementation of terraform::Source, which the folder reader (folder.h) also looks into.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "parsers/terraform/hcl/evaluate.h"
#include "parsers/terraform/hcl/files.h"
#include "parsers/terraform/hcl/module.h"
#include "parsers/terraform/source.h"

namespace preview::terraform {

class OpenedSource : public Source {
 public:
  OpenedSource(std::unique_ptr<hcl::FileTree> files, std::unique_ptr<hcl::ModuleTree> tree,
               SourceOptions options, model::SourceFiles& sources);
  OpenedSource(const OpenedSource&) = delete;
  OpenedSource& operator=(const OpenedSource&) = delete;
  ~OpenedSource() override;

  [[nodiscard]] static model::Result<std::unique_ptr<OpenedSource>> Open(
      std::unique_ptr<hcl::FileTree> files, const SourceOptions& options,
      model::SourceFiles& sources);

  std::optional<model::Value> Attribute(std::string_view address, std::string_view attribute,
                                        Scope& scope, model::SymbolTable& symbols) override;
  [[nodiscard]] std::optional<model::Place> BlockPlace(std::string_view address) const override;
  [[nodiscard]] std::optional<model::Place> AttributePlace(
      std::string_view address, std::string_view attribute) const override;
  // Where the number of statements depends on a variable of the root module, nothing: the plan may
  // have another value than the source's default.
  [[nodiscard]] std::vector<model::Place> StatementPlaces(
      std::string_view address, std::string_view attribute) const override;
  [[nodiscard]] std::vector<model::Place> StatementPlacesIn(std::string_view address,
                                                            std::string_view attribute,
                                                            Scope& scope,
                                                            model::SymbolTable& symbols) override;
  [[nodiscard]] std::vector<model::Suppression> Suppressions() const override;
  [[nodiscard]] const model::Diagnostics& problems() const override { return problems_; }

  [[nodiscard]] const hcl::ModuleTree& tree() const { return *tree_; }
  [[nodiscard]] const hcl::FileTree& files() const { return *files_; }
  // Kept until the scope is another one.
  hcl::Evaluator& EvaluatorOf(Scope& scope, model::SymbolTable& symbols);

 private:
  struct Found;
  [[nodiscard]] Found Find(std::string_view address) const;
  std::optional<model::Value> Raw(hcl::Evaluator& evaluator, std::string_view address,
                                  std::string_view attribute) const;

  std::unique_ptr<hcl::FileTree> files_;
  std::unique_ptr<hcl::ModuleTree> tree_;
  SourceOptions options_;
  model::SourceFiles& sources_;
  model::Diagnostics problems_;
  std::map<std::pair<std::uint64_t, model::SymbolTable*>, std::unique_ptr<hcl::Evaluator>>
      evaluators_;
  mutable int depth_ = 0;  // of Attribute within Attribute
  std::unique_ptr<Scope> empty_scope_;
  mutable SourceOptions place_options_;
  mutable model::SymbolTable place_symbols_;
  mutable model::Diagnostics place_problems_;
  mutable std::unique_ptr<hcl::Evaluator> place_evaluator_;
};

}  // namespace preview::terraform
