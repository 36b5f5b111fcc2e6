#include "preview/assemble/side.h"

#include <algorithm>

#include "preview/assemble/values.h"
#include "rules/form.h"
#include "rules/tables.h"

namespace preview::assemble {

namespace {

using model::Resource;
using model::Value;
using rules::ResourceType;

// How many fixed letters of one of the type's name forms stand in what `arn` says after the type's
// own beginning: -1 when it has none of them. Tells a stream's ARN,
// `…table/{table}/stream/{label}`, from its table's.
int FitOf(const ResourceType& type, std::string_view arn) {
  const auto captured = rules::MatchForm(type.arn, arn);
  if (!captured) return -1;
  if (captured->empty()) return 0;
  const std::string_view name = captured->back().second;
  int fit = -1;
  for (const rules::TypeNames& names : rules::BuiltInTables().type_names) {
    if (names.resource_type != type.name) continue;
    for (const rules::NameForm& form : names.forms) {
      if (!rules::MatchForm(form.name, name)) continue;
      int letters = 0;
      for (const rules::FormPart& part : rules::ParseForm(form.name)) {
        letters += static_cast<int>(part.literal.size());
      }
      fit = std::max(fit, letters);
    }
  }
  return fit;
}

const rules::Binding* ResourceBinding(model::Language language, const Resource& resource,
                                      std::string_view type) {
  for (const rules::Binding& binding : rules::FindBindings(language, resource.type)) {
    if (binding.role == rules::BindingRole::kResource && binding.resource_type == type) {
      return &binding;
    }
  }
  return nullptr;
}

std::string Listed(const std::vector<const Resource*>& resources) {
  constexpr std::size_t kShown = 4;
  std::string text;
  for (std::size_t i = 0; i < resources.size() && i < kShown; ++i) {
    text += (i == 0 ? "`" : ", `") + resources[i]->address + "`";
  }
  return resources.size() > kShown ? text + ", …" : text;
}

Draft DraftOf(const Resource& resource) {
  Draft draft;
  draft.resource = &resource;
  draft.configuration.address = resource.address;
  draft.configuration.identity = resource.identity;
  draft.configuration.stack = resource.stack;
  draft.configuration.environment = resource.environment;
  draft.configuration.place = resource.place;
  return draft;
}

}  // namespace

void AddOnce(std::vector<std::string>& texts, std::string text) {
  if (std::find(texts.begin(), texts.end(), text) == texts.end()) texts.push_back(std::move(text));
}

Side::Side(const model::Deployment& deployment, const model::Inventory& inventory,
           model::SymbolTable& symbols, const AssembleOptions& options, const Side* before)
    : deployment_(deployment),
      inventory_(inventory),
      symbols_(symbols),
      options_(options),
      before_(before),
      links_(inventory, deployment.language, symbols) {
  for (const Resource& resource : inventory.resources) {
    if (resource.from_data_source) continue;
    by_type_[resource.type].push_back(&resource);
    identities_[resource.identity] = true;
  }
}

std::span<const Resource* const> Side::OfType(std::string_view iac_type) const {
  auto found = by_type_.find(iac_type);
  if (found == by_type_.end()) return {};
  return found->second;
}

DraftId Side::Add(Draft draft, std::string_view type) {
  const DraftId id = drafts_.size();
  draft.configuration.resource_type = type;
  draft.configuration.input = deployment_.input;
  by_arn_.try_emplace({draft.configuration.resource_type, draft.configuration.arn}, id);
  by_identity_.try_emplace({draft.configuration.resource_type, draft.configuration.identity}, id);
  drafts_.push_back(std::move(draft));
  return id;
}

std::string Side::ArnOf(const Resource& resource, const ResourceType& type) const {
  const rules::Binding* binding = ResourceBinding(language(), resource, type.name);
  if (binding != nullptr && !binding->arn.empty()) {
    return links_.AttributeText(resource, binding->arn);
  }
  const bool terraform = language() == model::Language::kTerraform;
  if (auto arn = TextOf(resource.attributes.Find(terraform ? "arn" : "Arn"))) {
    if (!arn->empty()) return *arn;
  }
  const std::string id = links_.AttributeText(resource, terraform ? "id" : "Ref");
  return rules::ArnFromName(type, id, resource.environment);
}

DraftId Side::ForResource(const Resource& resource, const ResourceType& type) {
  const std::pair key(&resource, std::string(type.name));
  auto found = by_resource_.find(key);
  if (found != by_resource_.end()) return found->second;
  Draft draft = DraftOf(resource);
  draft.configuration.arn = ArnOf(resource, type);
  const DraftId id = Add(std::move(draft), type.name);
  by_resource_.emplace(key, id);
  return id;
}

DraftId Side::ForName(const Resource& carrier, const ResourceType& type, std::string_view name) {
  const std::string arn = rules::ArnFromName(type, name, carrier.environment);
  if (auto found = FindArn(type.name, arn)) return *found;
  Draft draft;
  model::Configuration& configuration = draft.configuration;
  configuration.arn = arn;
  configuration.address = carrier.address;
  // The name is what stays the same when another carrier speaks of it.
  configuration.identity = arn;
  configuration.stack = carrier.stack;
  configuration.environment = carrier.environment;
  configuration.place = carrier.place;
  return Add(std::move(draft), type.name);
}

DraftId Side::ForShare(const Resource& carrier, DraftId named) {
  model::Configuration& first = drafts_[named].configuration;
  if (drafts_[named].resource != nullptr) return named;
  if (first.address == carrier.address) {
    first.identity = carrier.identity;
    return named;
  }
  Draft draft;
  draft.configuration = first;
  draft.configuration.shares.clear();
  draft.configuration.address = carrier.address;
  draft.configuration.identity = carrier.identity;
  draft.configuration.place = carrier.place;
  drafts_.push_back(std::move(draft));
  return drafts_.size() - 1;
}

DraftId Side::ForUnnamed(const Resource& carrier, const ResourceType& type, std::string_view what) {
  const std::string arn = rules::ArnFromName(type, Symbol(carrier, what), carrier.environment);
  const DraftId id = ForName(carrier, type, arn);
  drafts_[id].configuration.identity = carrier.identity;
  by_identity_.try_emplace({std::string(type.name), carrier.identity}, id);
  return id;
}

// Whether `text` is the ARN of the resource as a `type`, in full or as the symbol of the attribute
// that is.
bool Side::IsArnOf(const Resource& resource, const ResourceType& type,
                   std::string_view text) const {
  if (ArnOf(resource, type) == text) return true;
  const rules::Binding* binding = ResourceBinding(language(), resource, type.name);
  auto symbol = model::AsSingleSymbol(text);
  return symbol && binding != nullptr && !binding->arn.empty() &&
         symbols_.Get(*symbol).attribute == binding->arn;
}

const ResourceType& Side::ChooseType(const Resource* resource, std::string_view text,
                                     std::span<const ResourceType* const> types) const {
  // A directory bucket's name ends in its zone and `--x-s3`.
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/directory-bucket-naming-rules.html
  const bool directory = text.ends_with("--x-s3");
  constexpr int kSurely = 1 << 20;
  const ResourceType* best = nullptr;
  int best_fit = -2;
  for (const ResourceType* type : types) {
    if (resource != nullptr && !IsA(*resource, type->name)) continue;
    int fit = text.starts_with("arn:") ? FitOf(*type, text) : -1;
    if (resource != nullptr && IsArnOf(*resource, *type, text)) fit = kSurely;
    if (resource == nullptr && directory == (type->service == "s3express")) fit += 1;
    if (fit > best_fit) {
      best = type;
      best_fit = fit;
    }
  }
  return best == nullptr ? *types.front() : *best;
}

DraftId Side::ForTarget(const Resource& carrier, const Value* target, std::string_view what,
                        std::span<const ResourceType* const> types) {
  const Link link = links_.Find(carrier, target, [&](const Resource& resource) {
    return std::any_of(types.begin(), types.end(),
                       [&](const ResourceType* type) { return IsA(resource, type->name); });
  });
  const ResourceType& type = ChooseType(link.resource, link.text, types);
  switch (link.kind) {
    case Link::Kind::kResource:
      if (link.resource->from_data_source) {
        return ForName(carrier, type, ArnOf(*link.resource, type));
      }
      return ForResource(*link.resource, type);
    case Link::Kind::kName:
      return ForName(carrier, type, link.text);
    case Link::Kind::kAmbiguous: {
      const DraftId id = ForUnnamed(carrier, type, what);
      AddNote(drafts_[id], carrier,
              "it is not clear which of " + Listed(link.candidates) + " `" + std::string(what) +
                  "` means, so it is analysed by itself",
              true);
      return id;
    }
    case Link::Kind::kUnknown:
      return ForUnnamed(carrier, type, what);
  }
  return ForUnnamed(carrier, type, what);
}

DraftId Side::ForTarget(const Resource& carrier, const Value* target, std::string_view what,
                        const ResourceType& type) {
  const ResourceType* const types[] = {&type};
  return ForTarget(carrier, target, what, types);
}

DraftId Side::ForUndescribed(const Resource& resource) {
  const std::pair key(&resource, resource.type);
  auto found = by_resource_.find(key);
  if (found != by_resource_.end()) return found->second;
  Draft draft = DraftOf(resource);
  draft.configuration.generic = true;
  const bool terraform = language() == model::Language::kTerraform;
  draft.configuration.arn = links_.AttributeText(resource, terraform ? "arn" : "Arn");
  const DraftId id = Add(std::move(draft), resource.type);
  by_resource_.emplace(key, id);
  return id;
}

std::optional<DraftId> Side::FindTarget(const Resource& carrier, const Value* target,
                                        const ResourceType& type, Link& link) const {
  link = links_.Find(carrier, target,
                     [&](const Resource& resource) { return IsA(resource, type.name); });
  switch (link.kind) {
    case Link::Kind::kResource:
      if (link.resource->from_data_source) return FindArn(type.name, ArnOf(*link.resource, type));
      return FindResource(*link.resource, type.name);
    case Link::Kind::kName:
      return FindArn(type.name, rules::ArnFromName(type, link.text, carrier.environment));
    case Link::Kind::kAmbiguous:
    case Link::Kind::kUnknown:
      return std::nullopt;
  }
  return std::nullopt;
}

std::optional<DraftId> Side::FindResource(const Resource& resource, std::string_view type) const {
  auto found = by_resource_.find({&resource, std::string(type)});
  if (found == by_resource_.end()) return std::nullopt;
  return found->second;
}

std::optional<DraftId> Side::FindArn(std::string_view type, std::string_view arn) const {
  auto found = by_arn_.find({std::string(type), std::string(arn)});
  if (found == by_arn_.end()) return std::nullopt;
  return found->second;
}

const Draft* Side::FindIdentity(std::string_view identity, std::string_view type) const {
  auto found = by_identity_.find({std::string(type), std::string(identity)});
  return found == by_identity_.end() ? nullptr : &drafts_[found->second];
}

bool Side::HasIdentity(std::string_view identity) const {
  return identities_.find(identity) != identities_.end();
}

bool Side::IsA(const Resource& resource, std::string_view type) const {
  return ResourceBinding(language(), resource, type) != nullptr;
}

std::string Side::Symbol(const Resource& resource, std::string_view what,
                         model::SymbolForm form) const {
  model::Symbol symbol;
  symbol.name = resource.address + "." + std::string(what);
  symbol.resource = resource.address;
  symbol.attribute = what;
  symbol.form = form;
  auto id = symbols_.Intern(symbol);
  return id ? model::SymbolText(*id) : symbol.name;
}

model::Note Side::NoteOf(const Resource& resource, std::string message, bool matters) const {
  model::Note note;
  note.input = deployment_.input;
  note.resource_address = resource.address;
  note.message = std::move(message);
  note.place = resource.place;
  note.matters = matters;
  return note;
}

void Side::AddNote(const Resource& resource, std::string message, bool matters) {
  notes_.push_back(NoteOf(resource, std::move(message), matters));
}

void Side::AddNote(Draft& draft, const Resource& carrier, std::string message, bool matters) const {
  draft.configuration.notes.push_back(NoteOf(carrier, std::move(message), matters));
}

void Side::AddUndetermined(Draft& draft, model::Undetermined undetermined) const {
  undetermined.input = deployment_.input;
  undetermined.resource_address = draft.configuration.address;
  undetermined.resource_type = draft.configuration.resource_type;
  draft.configuration.undetermined.push_back(std::move(undetermined));
}

}  // namespace preview::assemble
