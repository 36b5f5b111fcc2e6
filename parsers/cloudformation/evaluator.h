// Evaluates intrinsic functions over the stacks of one side (before or after) in one run.
//
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
// What is decided only at deployment becomes a symbol where it is a text, an unknown value where
// its shape is not known. Nothing fails: what CloudFormation would refuse is a problem with its
// place, and an unknown value.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/finding.h"
#include "model/symbol.h"
#include "model/value.h"
#include "parsers/cloudformation/decisions.h"
#include "parsers/cloudformation/stack.h"
#include "parsers/cloudformation/template.h"

namespace preview::cloudformation {

// Evaluates a part of a template that is still being prepared (the collection of a loop).
using PartEvaluator =
    std::function<std::optional<model::Value>(const Template&, const model::Value&)>;

// Gives the template of a nested stack; null when it cannot be read (`why` says so).
using NestedSource =
    std::function<const Template*(const Template& parent, const std::string& path,
                                  const PartEvaluator& evaluate, std::string& why)>;

struct EvaluatorInput {
  const TemplateOptions* options = nullptr;
  model::SymbolTable* symbols = nullptr;
  Decisions* decisions = nullptr;
  NestedSource nested;
};

class Evaluator {
 public:
  explicit Evaluator(EvaluatorInput input);

  Stack& AddStack(std::unique_ptr<Stack> stack);

  // The value of a part of the template; nothing where it is AWS::NoValue.
  std::optional<model::Value> Evaluate(Stack& stack, const model::Value& value);
  // One property of a resource, evaluated; nothing where it is absent.
  std::optional<model::Value> Property(Stack& stack, const std::string& resource,
                                       const std::string& name);
  // The same, of the value as it is written.
  std::optional<model::Value> Property(Stack& stack, const std::string& resource,
                                       const std::string& name, const model::Value& raw);
  // A named condition; nothing when it is open and may not be asked.
  std::optional<bool> Condition(Stack& stack, const std::string& name, const model::Place& place);
  // Whether a resource exists (its Condition); nothing when that is open.
  std::optional<bool> Exists(Stack& stack, const std::string& resource);
  // The text of `Ref` or of an attribute of a resource.
  model::Value ResourceAttribute(Stack& stack, const std::string& resource,
                                 const std::string& attribute, const model::Place& place);
  // The stack of an AWS::CloudFormation::Stack resource; null when it cannot be read (a problem
  // says so).
  Stack* Child(Stack& stack, const std::string& resource);
  // A parameter's value.
  model::Value Parameter(Stack& stack, const std::string& name);

  // Whether open questions may be asked now (they are not for parts that do not bear on access).
  void SetMayAsk(bool may_ask) { may_ask_ = may_ask; }

  [[nodiscard]] const std::vector<std::unique_ptr<Stack>>& stacks() const { return stacks_; }
  [[nodiscard]] const std::vector<model::Undetermined>& problems() const { return problems_; }
  // Values evaluated so far.
  [[nodiscard]] std::size_t steps() const { return steps_; }
  [[nodiscard]] const std::vector<model::Note>& notes() const { return notes_; }
  void Problem(const Stack& stack, const model::Place& place, std::string reason,
               std::string hint = {});
  void AddNote(const Stack& stack, const model::Place& place, std::string message);

 private:
  struct Piece {  // text of an evaluated part
    std::string text;
    bool sensitive = false;
  };
  using Function = std::optional<model::Value> (Evaluator::*)(Stack&, const model::Value&,
                                                              const model::Value&);

  // intrinsic functions: (stack, call, argument)
  std::optional<model::Value> Call(Stack& stack, std::string_view name, const model::Value& call);
  std::optional<model::Value> CallRef(Stack& stack, const model::Value& call,
                                      const model::Value& argument);
  std::optional<model::Value> CallGetAtt(Stack& stack, const model::Value& call,
                                         const model::Value& argument);
  std::optional<model::Value> CallSub(Stack& stack, const model::Value& call,
                                      const model::Value& argument);
  std::optional<model::Value> CallJoin(Stack& stack, const model::Value& call,
                                       const model::Value& argument);
  std::optional<model::Value> CallSplit(Stack& stack, const model::Value& call,
                                        const model::Value& argument);
  std::optional<model::Value> CallSelect(Stack& stack, const model::Value& call,
                                         const model::Value& argument);
  std::optional<model::Value> CallIf(Stack& stack, const model::Value& call,
                                     const model::Value& argument);
  std::optional<model::Value> CallFindInMap(Stack& stack, const model::Value& call,
                                            const model::Value& argument);
  std::optional<model::Value> CallImportValue(Stack& stack, const model::Value& call,
                                              const model::Value& argument);
  std::optional<model::Value> CallStackOutput(Stack& stack, const model::Value& call,
                                              const model::Value& argument);
  std::optional<model::Value> CallBase64(Stack& stack, const model::Value& call,
                                         const model::Value& argument);
  std::optional<model::Value> CallCidr(Stack& stack, const model::Value& call,
                                       const model::Value& argument);
  std::optional<model::Value> CallGetAZs(Stack& stack, const model::Value& call,
                                         const model::Value& argument);
  std::optional<model::Value> CallLength(Stack& stack, const model::Value& call,
                                         const model::Value& argument);
  std::optional<model::Value> CallToJsonString(Stack& stack, const model::Value& call,
                                               const model::Value& argument);
  std::optional<model::Value> CallTransform(Stack& stack, const model::Value& call,
                                            const model::Value& argument);
  std::optional<model::Value> CallLogic(Stack& stack, const model::Value& call,
                                        const model::Value& argument);

  std::optional<model::Value> EvaluateContainer(Stack& stack, const model::Value& value);
  std::optional<bool> Logic(Stack& stack, const model::Value& value);
  std::optional<bool> Equals(Stack& stack, const model::Value& call);
  std::optional<bool> EqualTexts(const std::string& left, const std::string& right);
  std::optional<model::Value> Reference(Stack& stack, const std::string& target,
                                        const model::Place& place);
  std::optional<model::Value> PseudoParameter(Stack& stack, std::string_view name,
                                              const model::Place& place);
  std::string SubPart(Stack& stack, std::string_view name, const model::Value* map,
                      const model::Place& place, bool& sensitive);
  model::Value ParameterWithoutValue(Stack& stack, const std::string& name,
                                     const model::Value& declaration);
  model::Value TypedParameter(const std::string& type, std::string text,
                              const model::Value& declaration);
  std::optional<model::Value> GivenParameter(Stack& stack, const std::string& name);
  void EnumerateParameter(const model::Value& value, const model::Value& declaration);
  model::Value Output(Stack& stack, const std::string& name, const model::Place& place);
  std::optional<model::Value> Exported(const std::string& name);
  void CollectExports();

  // helpers
  Piece TextOf(Stack& stack, const std::optional<model::Value>& value, const model::Place& place);
  model::Value Symbolic(model::Symbol symbol, const model::Place& place);
  std::string SymbolString(model::Symbol symbol);
  model::Value Text(std::string text, bool sensitive, const model::Place& place);
  model::Value UnknownAt(std::string waits_for, const model::Place& place);
  model::Value Refused(Stack& stack, const model::Place& place, std::string reason);
  std::string WithDynamicReferences(std::string text, bool& sensitive);
  std::vector<model::Value> Arguments(Stack& stack, const model::Value& argument);
  bool Spend();

  EvaluatorInput input_;
  std::vector<std::unique_ptr<Stack>> stacks_;
  std::map<std::string, std::pair<Stack*, std::string>, std::less<>>
      exports_;  // name → stack, output
  bool exports_collected_ = false;
  std::vector<model::Undetermined> problems_;
  std::vector<model::Note> notes_;
  std::set<std::string> seen_;  // problems and notes already said
  bool may_ask_ = true;
  int principal_depth_ = 0;  // > 0 within a part that says who gets in
  std::size_t depth_ = 0;
  std::size_t steps_ = 0;
  std::size_t children_ = 0;
};

}  // namespace preview::cloudformation
