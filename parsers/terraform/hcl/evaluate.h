// A partial evaluator: expressions to values in which what is not known is a symbol or an unknown
// value.
//
// Made once per Scope; caches locals, variables and outputs per module instance. Every value
// follows values.h. Bounds: a depth over all references together, a budget of steps (a step is
// about one value or 64 bytes made), and a mark on what is being evaluated, which finds cycles. The
// same source and scope always give the same values.
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/result.h"
#include "model/symbol.h"
#include "model/value.h"
#include "parsers/terraform/address.h"
#include "parsers/terraform/hcl/files.h"
#include "parsers/terraform/hcl/module.h"
#include "parsers/terraform/hcl/type.h"
#include "parsers/terraform/source.h"

namespace preview::hcl {

// What `each` and `count` are in an instance of a block; absent outside of one.
struct Repetition {
  std::optional<model::Value> each_key;
  std::optional<model::Value> each_value;
  std::optional<model::Value> count_index;
};

struct ModuleInstance {
  const ModuleNode* node = nullptr;
  const ModuleInstance* parent = nullptr;
  std::string call;     // its name in the parent
  std::string address;  // `module.a["x"]`; empty for the root
  Repetition repetition;
  std::map<std::string, model::Value, std::less<>> values;  // `local.x`, `var.x`, `output.x`
};

// Names that `for` expressions, `dynamic` blocks and templates define, innermost first.
struct Binding {
  std::string_view name;
  const model::Value* value = nullptr;
  const Binding* outer = nullptr;
};

// Where an expression is evaluated.
struct Frame {
  ModuleInstance* module = nullptr;
  const Repetition* repetition = nullptr;
  const Binding* bindings = nullptr;
  const model::Value* splat_item = nullptr;
  bool is_template = false;  // a template file: only its own variables can be named
};

// A value, or a borrowed one.
class Operand {
 public:
  Operand() = default;
  explicit Operand(model::Value value) : own_(std::move(value)) {}
  explicit Operand(const model::Value* value) : view_(value) {}
  [[nodiscard]] const model::Value& operator*() const { return view_ != nullptr ? *view_ : own_; }
  [[nodiscard]] const model::Value* operator->() const { return &**this; }
  [[nodiscard]] bool borrowed() const { return view_ != nullptr; }
  [[nodiscard]] model::Value Take() && { return view_ != nullptr ? *view_ : std::move(own_); }

 private:
  model::Value own_;
  const model::Value* view_ = nullptr;
};

class Evaluator;

// A call of a function whose arguments are evaluated.
struct Call {
  Evaluator& evaluator;
  const Frame& frame;
  const ExprRef& expr;
  std::string_view name;
  std::vector<Operand> arguments;

  [[nodiscard]] const model::Value& operator[](std::size_t i) const { return *arguments[i]; }
  [[nodiscard]] std::size_t size() const { return arguments.size(); }
};

struct EvaluatorInput {
  const ModuleTree& tree;
  const FileTree& files;
  const terraform::SourceOptions& options;
  terraform::Scope& scope;
  model::SymbolTable& symbols;
  model::SourceFiles& sources;
  model::Diagnostics& problems;
};

// The instances of a block: `count` and `for_each` evaluated.
struct Instances {
  enum class Kind { kSingle, kCount, kForEach, kUnknown };
  Kind kind = Kind::kSingle;
  std::vector<terraform::InstanceKey> keys;
  std::vector<Repetition> repetitions;
  model::Value why;  // kUnknown
};

class Evaluator {
 public:
  explicit Evaluator(const EvaluatorInput& input);
  Evaluator(const Evaluator&) = delete;
  Evaluator& operator=(const Evaluator&) = delete;
  ~Evaluator();

  // The instance of a module; null pointer when the tree has no such module.
  ModuleInstance* FindModule(std::span<const terraform::ModuleStep> steps);
  ModuleInstance& root() { return *root_; }
  ModuleInstance* Child(ModuleInstance& parent, const terraform::ModuleStep& step);

  Instances InstancesOf(const Declaration& declaration, const Frame& frame);
  // What `each` and `count` are in one instance, from its key. Values that are not known are
  // unknown.
  Repetition RepetitionOf(const Declaration& declaration, const terraform::InstanceKey& key,
                          const Frame& frame);

  model::Value Evaluate(const ExprRef& expr, const Frame& frame);
  // The same without a copy where the value is kept anyway.
  Operand EvaluateOperand(const ExprRef& expr, const Frame& frame);

  // All attributes and nested blocks of a block, nested blocks as lists of objects; `dynamic`
  // blocks are expanded.
  model::Value EvaluateBlock(const Declaration& declaration, const Frame& frame);
  // One attribute of it, or all nested blocks of that type; nothing when the block has neither.
  std::optional<model::Value> EvaluateMember(const Declaration& declaration, std::string_view name,
                                             const Frame& frame);

  // What expressions can name.
  const model::Value& Local(ModuleInstance& module, std::string_view name);
  const model::Value& Variable(ModuleInstance& module, std::string_view name);
  model::Value Output(ModuleInstance& module, std::string_view name);
  // A resource or data source by its address without instance key; null pointer when it is not
  // known at all.
  const model::Value* BlockValue(ModuleInstance& module, std::string_view name);
  // `data.aws_iam_policy_document` from the source alone: all instances.
  std::optional<model::Value> PolicyDocument(ModuleInstance& module, std::string_view name);
  // One instance of it, with its `json`; `frame` says which.
  model::Value DocumentInstance(const Declaration& declaration, const Frame& frame,
                                const std::string& address);
  // An attribute of an instance that nobody gives: a symbol where it is surely a text, else
  // unknown.
  model::Value AttributeOfInstance(const std::string& address, std::string_view attribute);
  // The blocks that are being evaluated from outside (Source::Attribute): what a scope says of them
  // is not kept.
  std::set<std::string, std::less<>>& open_blocks() { return open_blocks_; }

  // One step behind a value.
  model::Value GetAttribute(const model::Value& value, std::string_view name);
  model::Value GetIndex(const model::Value& value, const model::Value& key);

  // The letter of the symbol that stands for an unknown value in a text.
  model::Value SymbolOf(const model::Value& unknown);
  // An unknown value for a call, defined by its name and arguments.
  model::Value UnknownCall(const Call& call);
  model::Value CallFunction(const ExprRef& expr, const Frame& frame);
  // A template in a file, with the variables that it is given.
  model::Value EvaluateTemplateFile(const std::string& path, const model::Value& variables,
                                    const Frame& frame);
  // The same of a template that is a text.
  model::Value EvaluateTemplateText(const model::Value& text, const model::Value& variables,
                                    const Frame& frame);
  // The text of a file; failure or unknown when there is none.
  model::Value ReadFile(std::string_view path);
  // The path as FileTree wants it.
  std::string PathOf(std::string_view path);

  // Uses up steps; false when none are left.
  bool Spend(std::size_t steps);
  [[nodiscard]] bool exhausted() const { return steps_ == 0; }
  model::Value Exhausted();
  void Report(std::string message, std::string help, const model::Place& place);

  [[nodiscard]] model::SymbolTable& symbols() { return input_.symbols; }
  [[nodiscard]] const EvaluatorInput& input() const { return input_; }
  // Unknown, with a name that no other value shares.
  model::Value Unique(const std::string& what, const ExprRef& expr);

 private:
  friend class DepthGuard;
  struct Template {
    Syntax syntax;
    ExprId root = 0;
  };
  // One step of a traversal.
  struct Step {
    std::string_view name;  // attribute
    ExprRef index;          // or index
  };
  struct Traversal {
    ExprRef root;
    std::vector<Step> steps;
  };

  model::Value Render(const Template& parsed, const model::Value& variables, const Frame& frame);
  model::Value EvaluateKind(const ExprRef& expr, const Frame& frame);
  model::Value EvaluateTuple(const ExprRef& expr, const Frame& frame);
  model::Value EvaluateObject(const ExprRef& expr, const Frame& frame);
  model::Value EvaluateTemplate(const ExprRef& expr, const Frame& frame);
  model::Value EvaluateTemplateFor(const ExprRef& expr, const Frame& frame);
  model::Value EvaluateFor(const ExprRef& expr, const Frame& frame);
  model::Value EvaluateConditional(const ExprRef& expr, const Frame& frame);
  model::Value EvaluateBinary(const ExprRef& expr, const Frame& frame);
  model::Value EvaluateLogical(const ExprRef& expr, const Frame& frame);
  model::Value EvaluateUnary(const ExprRef& expr, const Frame& frame);
  model::Value EvaluateSplat(const ExprRef& expr, const Frame& frame);
  model::Value Choose(const ExprRef& expr, const Frame& frame, bool condition);
  model::Value Enclose(model::Value value, const Expr& expr);

  [[nodiscard]] static Traversal Flatten(const ExprRef& expr);
  Operand EvaluateTraversal(const ExprRef& expr, const Frame& frame);
  Operand Walk(Operand start, std::span<const Step> steps, const Frame& frame);
  Operand EvaluateReference(const Traversal& traversal, const Frame& frame);
  Operand EvaluateModuleReference(const Traversal& traversal, const Frame& frame);
  Operand EvaluateBlockReference(const Traversal& traversal, const Frame& frame);
  Operand EvaluatePath(const Traversal& traversal, const Frame& frame);
  const model::Value* EachOrCount(std::string_view root, std::string_view name, const Frame& frame);
  model::Value ModuleOutputs(ModuleInstance& parent, const std::string& call,
                             const terraform::InstanceKey& key);
  model::Value MissingOutput(const ModuleInstance& parent, const std::string& call,
                             const terraform::InstanceKey& key, std::string_view name);

  void ExpandBlock(const BlockRef& ref, const Frame& frame, std::string_view only,
                   std::vector<std::pair<std::string, model::Value>>& lists);
  void ExpandDynamic(const BlockRef& ref, const Frame& frame, model::Value& list);
  model::Value EvaluateNested(const BlockRef& ref, const Frame& frame);
  model::Value VariableValue(ModuleInstance& module, const std::string& name,
                             const Declaration& declaration);
  // The value of `expr` in the module, kept under `name`.
  const model::Value& Keep(ModuleInstance& module, const std::string& name, const ExprRef& expr);
  // Keeps what `make` gives under `name`; a value that needs itself is a failure.
  template <typename Make>
  const model::Value& Cached(ModuleInstance& module, const std::string& name, Make make);

  EvaluatorInput input_;
  std::map<std::string, std::unique_ptr<ModuleInstance>, std::less<>> modules_;
  ModuleInstance* root_ = nullptr;
  std::map<std::string, std::optional<model::Value>, std::less<>> blocks_;
  std::map<std::string, std::unique_ptr<Template>, std::less<>> templates_;
  std::map<std::string, model::Value, std::less<>> file_texts_;
  std::deque<model::Value> unsettled_;       // values of blocks that are not kept, but borrowed
  std::set<std::string, std::less<>> open_;  // being evaluated
  std::set<std::string, std::less<>> open_blocks_;
  std::size_t steps_;
  int depth_ = 0;
  std::size_t unique_ = 0;
  bool reported_exhaustion_ = false;
  bool reported_depth_ = false;
};

}  // namespace preview::hcl
