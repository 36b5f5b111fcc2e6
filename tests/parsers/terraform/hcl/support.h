// What the tests of the `.tf` reader share: sources in a folder or in memory, and scopes that know
// little.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/symbol.h"
#include "parsers/terraform/hcl/evaluate.h"
#include "parsers/terraform/hcl/files.h"
#include "parsers/terraform/hcl/module.h"
#include "parsers/terraform/hcl/opened_source.h"
#include "parsers/terraform/hcl/values.h"

namespace preview::hcl {

using FileTexts = std::map<std::string, std::string>;

// Files that a test writes down.
class MemoryTree : public FileTree {
 public:
  explicit MemoryTree(FileTexts files) : files_(std::move(files)) {}
  [[nodiscard]] model::Result<std::string> Read(const std::string& path) const override {
    auto found = files_.find(path);
    if (found != files_.end()) return found->second;
    return model::Error{.message = "there is no file `" + path + "`", .help = "", .place = {}};
  }
  [[nodiscard]] std::vector<std::string> List(const std::string& folder) const override {
    std::vector<std::string> names;
    for (const auto& [path, text] : files_) {
      auto slash = path.rfind('/');
      std::string in = slash == std::string::npos ? "." : path.substr(0, slash);
      if (in == folder) names.push_back(slash == std::string::npos ? path : path.substr(slash + 1));
    }
    return names;
  }
  [[nodiscard]] bool IsFolder(const std::string& path) const override {
    return !List(path).empty();
  }
  [[nodiscard]] std::string Shown(const std::string& path) const override { return path; }
  [[nodiscard]] bool HasOtherFiles() const override { return true; }

 private:
  FileTexts files_;
};

// Knows the blocks and variables that a test gives it.
class TestScope : public terraform::Scope {
 public:
  std::optional<model::Value> Block(std::string_view block) override { return Find(blocks, block); }
  std::optional<model::Value> RootVariable(std::string_view name) override {
    return Find(variables, name);
  }
  std::optional<model::Value> Builtin(std::string_view name) override {
    if (name == "terraform.workspace") return model::Value::String("default");
    return std::nullopt;
  }

  std::map<std::string, model::Value, std::less<>> blocks;
  std::map<std::string, model::Value, std::less<>> variables;

 private:
  static std::optional<model::Value> Find(
      const std::map<std::string, model::Value, std::less<>>& values, std::string_view name) {
    auto found = values.find(name);
    if (found == values.end()) return std::nullopt;
    return found->second;
  }
};

// A configuration with one evaluator over it.
class Workbench {
 public:
  explicit Workbench(std::unique_ptr<FileTree> files, std::size_t steps = 2'000'000)
      : files_(std::move(files)) {
    options.evaluation_steps = steps;
    auto loaded = ModuleTree::Load(*files_, options.limits, sources);
    PREVIEW_CHECK(loaded.ok());
    tree_ = std::move(loaded).value();
    problems = tree_->problems();
    evaluator_ = std::make_unique<Evaluator>(
        EvaluatorInput{*tree_, *files_, options, scope, symbols, sources, problems});
  }
  explicit Workbench(FileTexts files, std::size_t steps = 2'000'000)
      : Workbench(std::make_unique<MemoryTree>(std::move(files)), steps) {}
  // One file.
  explicit Workbench(const std::string& text) : Workbench(FileTexts{{"main.tf", text}}) {}

  // The value of an expression in the root module.
  model::Value Evaluate(const std::string& expression) {
    ExprId root = 0;
    kept_.push_back(std::make_unique<Syntax>(ParseExpression(expression, 0, problems, root)));
    Frame frame;
    frame.module = &evaluator_->root();
    return evaluator_->Evaluate({kept_.back().get(), root}, frame);
  }
  // Its JSON with symbols as ⟨name⟩; `unknown: …` or `failure: …` instead of a value.
  std::string Show(const std::string& expression) {
    model::Value value = Evaluate(expression);
    if (IsFailure(value)) return "failure: " + value.text;
    if (value.is_unknown()) return "unknown: " + DefinitionOf(value);
    return model::Display(EncodeJson(value), symbols);
  }
  [[nodiscard]] bool HasProblem(std::string_view text) const {
    for (const model::Error& problem : problems) {
      if (problem.message.find(text) != std::string::npos) return true;
    }
    return false;
  }

  terraform::SourceOptions options;
  model::SourceFiles sources;
  model::SymbolTable symbols;
  model::Diagnostics problems;
  TestScope scope;

  Evaluator& evaluator() { return *evaluator_; }

 private:
  std::unique_ptr<FileTree> files_;
  std::unique_ptr<ModuleTree> tree_;
  std::vector<std::unique_ptr<Syntax>> kept_;
  std::unique_ptr<Evaluator> evaluator_;
};

// A source over files in memory, through the public interface.
struct TestSource {
  explicit TestSource(FileTexts files) {
    auto opened =
        terraform::OpenedSource::Open(std::make_unique<MemoryTree>(std::move(files)), {}, sources);
    PREVIEW_CHECK(opened.ok());
    source = std::move(opened).value();
  }

  // The attribute as JSON text with symbols as ⟨name⟩; `unknown: …`; `-` when it is not set.
  std::string Show(std::string_view address, std::string_view attribute) {
    auto value = source->Attribute(address, attribute, scope, symbols);
    if (!value) return "-";
    if (value->is_unknown()) return "unknown: " + value->text;
    return model::Display(model::ToJson(*value), symbols);
  }

  model::SourceFiles sources;
  model::SymbolTable symbols;
  TestScope scope;
  std::unique_ptr<terraform::Source> source;
};

}  // namespace preview::hcl
