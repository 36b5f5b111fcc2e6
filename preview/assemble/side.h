// One side of a deployment (before or after) while its configurations are put together.
//
// The passes (passes.h) run one after the other over a Side: first every resource that can be
// shared gets a draft, then what is attached to it is joined in. Drafts are numbered as the
// configurations of the Assembly will be.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/configuration.h"
#include "model/deployment.h"
#include "preview/assemble/assemble.h"
#include "preview/assemble/links.h"
#include "rules/catalogue.h"

namespace preview::assemble {

using DraftId = std::size_t;

// A configuration being put together, with its policies by the way they are attached.
struct Draft {
  model::Configuration configuration;
  const model::Resource* resource = nullptr;  // null pointer: named in the input only
  std::vector<model::PolicySource> own;       // in the resource's own attributes
  bool own_computed = false;  // AWS's answer may stand there in place of what was written
  std::vector<model::PolicySource> attached;    // by resources of their own, each the whole policy
  std::vector<model::PolicySource> statements;  // each adds to the policy
};

class Side {
 public:
  // `before` is the other side when this is the after side, else null pointer.
  Side(const model::Deployment& deployment, const model::Inventory& inventory,
       model::SymbolTable& symbols, const AssembleOptions& options, const Side* before);

  [[nodiscard]] const model::Deployment& deployment() const { return deployment_; }
  [[nodiscard]] const model::Inventory& inventory() const { return inventory_; }
  [[nodiscard]] model::Language language() const { return deployment_.language; }
  [[nodiscard]] const AssembleOptions& options() const { return options_; }
  [[nodiscard]] const Side* before() const { return before_; }
  [[nodiscard]] const LinkIndex& links() const { return links_; }
  [[nodiscard]] model::SymbolTable& symbols() const { return symbols_; }

  // The managed resources of one type of the input language, in the input's order.
  [[nodiscard]] std::span<const model::Resource* const> OfType(std::string_view iac_type) const;

  [[nodiscard]] Draft& draft(DraftId id) { return drafts_[id]; }
  [[nodiscard]] const std::vector<Draft>& drafts() const { return drafts_; }
  [[nodiscard]] std::vector<Draft>& drafts() { return drafts_; }

  // The draft of a managed resource as a `type`, new or existing.
  DraftId ForResource(const model::Resource& resource, const rules::ResourceType& type);
  // The draft of what `carrier` names and the input does not hold, new or existing.
  DraftId ForName(const model::Resource& carrier, const rules::ResourceType& type,
                  std::string_view name);
  // The draft of what a share `carrier` names and the input does not hold: one for each carrier, so
  // that every share is reported under its own address. `named` is what ForTarget gave.
  DraftId ForShare(const model::Resource& carrier, DraftId named);
  // A draft of what `carrier` speaks of but does not say; always the same for one `what`.
  DraftId ForUnnamed(const model::Resource& carrier, const rules::ResourceType& type,
                     std::string_view what);

  // The draft that `target`, an attribute of `carrier`, means: one of `types`. Where that is
  // ambiguous the draft is one of its own, with a note. `what` is the attribute's name.
  DraftId ForTarget(const model::Resource& carrier, const model::Value* target,
                    std::string_view what, std::span<const rules::ResourceType* const> types);
  DraftId ForTarget(const model::Resource& carrier, const model::Value* target,
                    std::string_view what, const rules::ResourceType& type);

  // The draft of a resource whose type nobody described; it goes by the type of the input language.
  DraftId ForUndescribed(const model::Resource& resource);

  // Existing drafts only. `link` says what the target is when there is none.
  [[nodiscard]] std::optional<DraftId> FindTarget(const model::Resource& carrier,
                                                  const model::Value* target,
                                                  const rules::ResourceType& type,
                                                  Link& link) const;
  [[nodiscard]] std::optional<DraftId> FindResource(const model::Resource& resource,
                                                    std::string_view type) const;
  [[nodiscard]] std::optional<DraftId> FindArn(std::string_view type, std::string_view arn) const;
  // The draft of the same resource on another side.
  [[nodiscard]] const Draft* FindIdentity(std::string_view identity, std::string_view type) const;
  // Whether a resource with this identity is managed on this side.
  [[nodiscard]] bool HasIdentity(std::string_view identity) const;

  // Whether resources of the input's type are of this catalogue type.
  [[nodiscard]] bool IsA(const model::Resource& resource, std::string_view type) const;

  // A symbol of its own for something the input does not say.
  [[nodiscard]] std::string Symbol(const model::Resource& resource, std::string_view what,
                                   model::SymbolForm form = model::SymbolForm::kText) const;

  void AddNote(const model::Resource& resource, std::string message, bool matters = false);
  void AddNote(Draft& draft, const model::Resource& carrier, std::string message,
               bool matters = false) const;
  // `undetermined` with the draft's resource filled in.
  void AddUndetermined(Draft& draft, model::Undetermined undetermined) const;

  [[nodiscard]] std::vector<model::Note>& notes() { return notes_; }

 private:
  DraftId Add(Draft draft, std::string_view type);
  [[nodiscard]] model::Note NoteOf(const model::Resource& resource, std::string message,
                                   bool matters) const;
  [[nodiscard]] std::string ArnOf(const model::Resource& resource,
                                  const rules::ResourceType& type) const;
  [[nodiscard]] bool IsArnOf(const model::Resource& resource, const rules::ResourceType& type,
                             std::string_view text) const;
  [[nodiscard]] const rules::ResourceType& ChooseType(
      const model::Resource* resource, std::string_view text,
      std::span<const rules::ResourceType* const> types) const;

  const model::Deployment& deployment_;
  const model::Inventory& inventory_;
  model::SymbolTable& symbols_;
  const AssembleOptions& options_;
  const Side* before_;
  LinkIndex links_;
  std::map<std::string, std::vector<const model::Resource*>, std::less<>> by_type_;
  std::vector<Draft> drafts_;
  std::map<std::pair<const model::Resource*, std::string>, DraftId> by_resource_;
  std::map<std::pair<std::string, std::string>, DraftId> by_arn_;       // type, ARN
  std::map<std::pair<std::string, std::string>, DraftId> by_identity_;  // type, identity
  std::map<std::string, bool, std::less<>> identities_;
  std::vector<model::Note> notes_;
};

// Adds a text once, in order of arrival.
void AddOnce(std::vector<std::string>& texts, std::string text);

}  // namespace preview::assemble
