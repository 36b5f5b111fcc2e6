// The objects of a plan and what connects them: which object a reference names, which text an
// attribute will have.
//
// An attribute that is known only after apply is filled, once, in this order: the `.tf` source, the
// references of the plan's configuration, the form that the catalogue has for it; what is left is a
// symbol where a text is asked for, and an unknown value with its reason else. Policies follow
// input-formats' ladder (policy_document.h).
//
// Example: `queue_url` of `aws_sqs_queue_policy.p` is unknown; its expression refers to
// `aws_sqs_queue.q.id`, unknown too, whose form is
// `https://sqs.{region}.{dns_suffix}/{account}/{name}`: both get that text, and so are joined.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "model/symbol.h"
#include "model/value.h"
#include "model/zone.h"
#include "parsers/terraform/plan.h"
#include "parsers/terraform/plan_file.h"
#include "parsers/terraform/plan_text.h"

namespace preview::terraform {

// A module instance.
struct ModuleContext {
  std::string text;                                    // `module.a["x"]`, empty: root
  InstanceKey key;                                     // of its last step
  const ModuleConfiguration* configuration = nullptr;  // null: the plan has none
  const CallConfiguration* call = nullptr;
  ModuleContext* parent = nullptr;
};

// Where an expression stands: module instance, and the instance key of its block.
struct Position {
  ModuleContext* module = nullptr;
  InstanceKey key;
  const model::Value* for_each = nullptr;  // of the block or call whose key it is
};

// What one use of a reference comes to.
struct Target {
  enum class Kind {
    kValue,   // a value that the plan knows; null where it knows it but does not show it
    kObject,  // an attribute (`path`; empty: the whole) of an object of the plan
    kAbsent,  // an object that does not exist (`count = 0`)
    kOpen,    // cannot be told from the plan JSON (a local, `each.value` of an expression)
  };
  Kind kind = Kind::kOpen;
  model::Value value;
  std::size_t object = 0;
  std::vector<PathStep> path;
  std::string text;  // of the reference
};

struct ProviderFacts {
  std::string region;
  std::string account;
  std::string account_from;  // in words
  bool assumes_role = false;
};

class PlanGraph {
 public:
  PlanGraph(PlanFile plan, std::string_view json, const PlanOptions& options,
            model::SymbolTable& symbols);
  PlanGraph(const PlanGraph&) = delete;
  PlanGraph& operator=(const PlanGraph&) = delete;

  [[nodiscard]] std::size_t size() const { return objects_.size(); }
  // Objects as they are after the change, data sources included; the changes come first and in the
  // plan's order.
  [[nodiscard]] PlanObject& object(std::size_t i) { return objects_[i]; }
  [[nodiscard]] const PlanFile& plan() const { return plan_; }

  // Fills everything of object `i` that can be filled.
  void FillObject(std::size_t i);
  // The value of an attribute after apply; an unknown one is filled first, and becomes its symbol.
  [[nodiscard]] model::Value AttributeValue(std::size_t i, std::span<const PathStep> path);
  // The document of a data.aws_iam_policy_document: an object, or an unknown value.
  [[nodiscard]] const model::Value& Document(std::size_t i);
  // All instances of a block, for the source's evaluator.
  [[nodiscard]] std::optional<model::Value> Block(std::string_view block);
  [[nodiscard]] std::optional<model::Value> RootVariable(std::string_view name);

  // Account, region and partition of an object; `attributes` is the side that is asked about.
  [[nodiscard]] model::Environment EnvironmentOf(const PlanObject& object,
                                                 const model::Value& attributes);
  [[nodiscard]] const model::Environment& default_environment() const { return environment_; }
  [[nodiscard]] const std::string& account_inferred_from() const { return account_from_; }

 private:
  struct Filling {
    std::set<std::string, std::less<>> done;
    std::set<std::string, std::less<>> open;
    std::set<std::string, std::less<>> computed;  // nobody wrote them: absent, but with a text
  };
  // What the entries of a list are for.
  struct ListUse {
    std::string_view attribute;  // guides which attribute of a whole object is meant
    bool resources = false;      // Resource elements: may be longer than what they refer to
    bool principals = false;
    bool arns = false;  // ARNs are asked for: a name or an id is at most a part of one
    bool deny =
        false;  // too many entries would hide access, where in an Allow they would show too much
    bool negated = false;  // each entry takes away: NotPrincipal, StringNotEquals
  };

  // plan_graph.cpp: objects, modules, references
  // The instances of one block, found by key.
  struct Instances {
    std::vector<std::size_t> all;
    std::unordered_map<std::string, std::size_t> by_key;  // of KeyText
  };
  void Index();
  ModuleContext* Module(const std::string& text);
  Position PositionOf(const PlanObject& object);
  const BlockConfiguration* BlockOf(const PlanObject& object);
  std::vector<Target> Targets(const model::Value& expression, const Position& at);
  void Expand(const model::Value& expression, const Position& at, std::span<const PathStep> suffix,
              int depth, std::vector<Target>& out);
  void ExpandUse(const Reference& use, const Position& at, bool keyed,
                 std::span<const PathStep> suffix, int depth, std::vector<Target>& out);
  void ExpandVariable(const Reference& use, const Position& at, std::span<const PathStep> path,
                      int depth, std::vector<Target>& out);
  void ExpandEachValue(const Reference& use, const Position& at, std::span<const PathStep> path,
                       int depth, std::vector<Target>& out);
  void ExpandModule(const Reference& use, const Position& at, bool keyed,
                    std::span<const PathStep> path, int depth, std::vector<Target>& out);
  void ExpandResource(const Reference& use, const Position& at, bool keyed,
                      std::span<const PathStep> path, std::vector<Target>& out);
  bool IsKnown(const Target& target);
  std::vector<Target> UnknownTargets(const model::Value& expression, const Position& at);

  // plan_fill.cpp: attributes
  void Load(std::size_t i, std::string_view attribute);
  void Fill(std::size_t i, std::string_view attribute);
  model::Value Compute(std::size_t i, std::string_view attribute);
  model::Value ComputeLink(std::size_t i, std::string_view attribute,
                           const model::Value& expression);
  model::Value ComputeShares(std::size_t i, std::string_view attribute,
                             const model::Value& expression);
  std::optional<model::Value> FromForm(std::size_t i, std::string_view attribute);
  std::string BaseText(std::size_t i, std::string_view attribute);
  model::Value SymbolOf(std::size_t i, std::span<const PathStep> path);
  model::Value TargetValue(const Target& target, std::string_view attribute);
  Scope& SourceScope();
  std::optional<model::Value> AskSource(const PlanObject& object, const std::string& attribute);
  std::optional<model::Value> FromSource(const PlanObject& object, const std::string& attribute);
  std::vector<model::Place> StatementPlaces(const PlanObject& object, const std::string& attribute);
  std::vector<PathStep> GuessPath(const Target& target, std::string_view attribute);
  std::optional<std::size_t> OnlyCandidate(std::size_t i, std::string_view attribute);

  // plan_nested.cpp: what is unknown inside lists and blocks
  void FillNested(std::size_t i, std::string_view attribute);
  void FillList(model::Value& list, const model::Value* expression, const Position& at,
                const std::string& what, const ListUse& use);
  model::Value Entry(const Target& target, const std::string& what, const ListUse& use);
  model::Value TextSymbol(const std::string& name);

  // plan_policies.cpp: policies and documents
  bool IsPolicy(const PlanObject& object, std::string_view attribute) const;
  model::Value RecoverPolicy(std::size_t i, const std::string& attribute,
                             const model::Value* expression);
  void PlacePolicies(std::size_t i);
  model::Value BuildDocument(std::size_t i);
  void TakeKnown(model::Value& plan, const model::Value& source);
  void NameOperations(model::Value& value);
  void FillStatements(std::size_t i);
  void FillStatement(std::size_t i, model::Value& statement, const model::Value* expressions,
                     const std::string& what);
  void FillBlocks(std::size_t i, model::Value* blocks, const model::Value* expressions,
                  const std::string& what, std::string_view list, const ListUse& use);
  std::vector<model::Value> DocumentsIn(std::size_t i, const std::string& attribute);
  model::Value TargetDocument(const Target& target);
  std::optional<std::size_t> PolicyDataSource(std::size_t i, const model::Value* expression);
  void PlacePolicy(std::size_t i, const std::string& attribute);

  // plan_environment.cpp
  void FindEnvironments();
  const ProviderFacts& FactsOf(const std::string& provider_key);
  ProviderFacts ReadProvider(const std::string& key);
  std::string ProviderKeyOf(const PlanObject& object);
  std::string KnownText(const model::Value& expression, const Position& at);

  PlanFile plan_;
  PlanText text_;
  const PlanOptions& options_;
  model::SymbolTable& symbols_;
  std::vector<PlanObject> objects_;
  std::unordered_map<std::string, Instances> blocks_;
  std::unordered_map<std::string, std::unique_ptr<ModuleContext>> modules_;
  std::unordered_map<std::size_t, Filling> fillings_;
  std::unordered_map<std::size_t, model::Value> documents_;
  std::unique_ptr<Scope> scope_;
  std::set<std::size_t> documents_open_;
  std::set<std::size_t> loaded_;
  std::unordered_map<std::string, ProviderFacts> providers_;
  std::unordered_map<std::string, model::Value> block_values_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_type_;
  model::Environment environment_;
  std::string account_from_;
  std::size_t steps_ = 0;      // of one expansion
  std::size_t all_steps_ = 0;  // of all of them
};

}  // namespace preview::terraform
