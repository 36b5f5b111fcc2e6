// Decides one resource before and after a change: cuts the space, groups the actions, mines
// findings on both sides and compares what they allow as sets. The only user is access.cpp.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "preview/access/access.h"
#include "preview/access/actions.h"
#include "preview/access/miner.h"
#include "preview/access/rule.h"
#include "preview/access/search.h"
#include "preview/access/space.h"

namespace preview::access {

// Actions that no statement tells apart, asked of one ARN form through one channel.
struct ActionClass {
  std::size_t form = 0;
  std::string channel;               // source and detail of the channel
  std::vector<std::size_t> actions;  // indices into the type's table
  Box region;                        // the form and the channel's context
  Access before;
  Access after;
  std::vector<const CompiledRule*> rules_before;
  std::vector<const CompiledRule*> rules_after;
  bool never_public = false;
  bool through_access_point = false;
  // Keys that have one value in the channel, or that bound nothing in it.
  std::set<std::string> context_keys;
  std::set<std::string> unbounding_keys;
  std::size_t resource_dimension = 0;
};

using FindingKey = std::pair<model::Principal, std::vector<std::pair<std::string, std::string>>>;

// What was found on one side for one principal and conditions, over all classes.
struct SideFinding {
  std::vector<std::size_t> classes;  // where it was mined
  std::vector<std::size_t> actions;
  bool is_public = false;
  bool approximate = false;
  Box region;  // caller and conditions
  Hit hit;     // of the first class, public where one is
  std::size_t hit_class = 0;
  bool hit_public = false;
  std::vector<model::FindingSource> sources;
  std::vector<model::FindingSource> grants;  // with AccessOptions::all_grants: all that let it in
};

using SideFindings = std::map<FindingKey, SideFinding>;

class Comparison {
 public:
  Comparison(const model::Configuration* before, const model::Assembly& assembly_before,
             const model::Configuration* after, const model::Assembly& assembly_after,
             const AccessOptions& options, const model::SymbolTable& symbols);

  [[nodiscard]] Report Run();

  // Changes the rules of the proposed side before they are decided: how a proposed correction is
  // verified.
  using Edit = std::function<void(Lowered&)>;
  void set_edit(Edit edit) { edit_ = std::move(edit); }

 private:
  struct Side {
    const model::Configuration* configuration = nullptr;
    const model::Assembly* assembly = nullptr;
    Lowered lowered;
    std::optional<Lowered> key;                         // of the key that encrypts the resource
    std::vector<std::vector<std::size_t>> layer_index;  // channel, layer → index into compiled_
    std::optional<std::size_t> key_layer;
    std::map<std::string, Box> key_callers;  // key action → callers that the key lets
    SideFindings findings;
  };

  void LowerSide(Side& side);
  void BuildSpace();
  void CompileLayers();
  void FindKeyCallers(Side& side);
  [[nodiscard]] Box CallersOfKey(Side& side, const std::string& key_action);
  void MakeClasses();
  void MakeClassesOf(const std::string& channel, const Channel* before, const Channel* after);
  // `with_key`: only callers that the key which encrypts the resource lets, for the actions that
  // need it.
  [[nodiscard]] Access AccessOf(Side& side, const Channel* channel, const ActionClass& action_class,
                                std::vector<const CompiledRule*>& rules, bool with_key);
  void NoteShutKey(Report& report);
  void CutPublic(Side& side, bool after);
  void MineSide(Side& side, bool after);
  void Add(Side& side, std::size_t class_index, const std::vector<View>& views, MinedFinding mined);
  void AddGrants(SideFinding& found, const ActionClass& action_class,
                 const std::vector<View>& views, const MinedFinding& mined);
  void Minimise(SideFindings& findings);

  [[nodiscard]] model::Finding Describe(const Side& side, const FindingKey& key,
                                        const SideFinding& found) const;
  [[nodiscard]] std::vector<std::string> NewActions(const SideFinding& found);
  // Whether a resource control policy denies something of the finding: a value of the API's field.
  [[nodiscard]] std::string RestrictionOf(const SideFinding& found) const;
  // The principal itself, without those below it that some rule names on their own; nothing for a
  // principal that no rule names.
  [[nodiscard]] std::optional<Box> OwnCallers(const model::Principal& principal);
  [[nodiscard]] bool HadAccess(const model::Principal& principal);
  // Whether what a finding of before speaks of is let in after the change too, under whatever
  // finding.
  [[nodiscard]] bool StillOpen(const FindingKey& key, const SideFinding& found);
  void Diff(Report& report);
  [[nodiscard]] bool IsUndetermined(const model::Finding& finding, Report& report) const;
  [[nodiscard]] model::Witness WitnessOf(const SideFinding& found) const;
  void AddEncryption(model::Finding& finding, const SideFinding& found);
  // What callers of the region lack of the key actions that a snapshot takes; nothing where there
  // is no key, or one that is not in the input.
  [[nodiscard]] std::vector<std::string> LackingKeyActions(Side& side, const Box& region);
  [[nodiscard]] bool DropsShare(const Side& side, const FindingKey& key, Report& report) const;

  void Explain(model::Finding& finding, const SideFinding& found);
  [[nodiscard]] std::string WhyNot(const CompiledRule& deny, const Box& point) const;
  [[nodiscard]] bool Closes(const model::Finding& finding, const Edit& edit);

  AccessOptions options_;
  Edit edit_;
  const model::SymbolTable& symbols_;
  Side before_;
  Side after_;
  const rules::ResourceType* type_ = nullptr;
  std::unique_ptr<rules::ResourceType> generic_type_;
  std::vector<std::string> generic_names_;
  std::vector<rules::Action> generic_actions_;
  std::unique_ptr<Space> space_;
  std::unique_ptr<Search> search_;
  std::unique_ptr<Search> grant_search_;  // with steps of its own: what it asks changes no answer
  std::vector<const Layer*> layers_;
  std::vector<std::vector<CompiledRule>> compiled_;  // per layer
  std::vector<std::vector<ActionSet>> actions_;      // per layer and rule
  std::vector<ActionClass> classes_;
  std::optional<View> all_callers_;  // of all rules of both sides; made when first asked for
  Layer resource_control_;
  std::optional<std::size_t> resource_control_layer_;
  std::size_t decisions_left_ = 0;  // to verify corrections with
  bool complete_ = true;
};

}  // namespace preview::access
