#include "preview/assemble/links.h"

#include <algorithm>
#include <set>

#include "preview/assemble/values.h"
#include "rules/catalogue.h"

namespace preview::assemble {

namespace {

using model::Resource;
using model::Value;

// How many resources a reference may lead through.
constexpr int kMaxHops = 8;

// Attributes that name a resource also where the catalogue has no form for them. The kind of
// resource that is looked for keeps a queue and a bucket of the same name apart.
constexpr std::string_view kNamingAttributes[] = {
    "id",        "arn",        "name",       "bucket",     "url",           "key_id",
    "alias",     "domain",     "email",      "identifier", "domain_name",   "function_name",
    "layer_arn", "stream_arn", "repository", "image_id",   "qualified_arn", "layer_name",
};

void AddOnce(std::vector<const Resource*>& list, const Resource* resource) {
  if (std::find(list.begin(), list.end(), resource) == list.end()) list.push_back(resource);
}

template <typename Keep>
std::vector<const Resource*> Filtered(const std::vector<const Resource*>& list, Keep keep) {
  std::vector<const Resource*> kept;
  std::copy_if(list.begin(), list.end(), std::back_inserter(kept),
               [&](const Resource* resource) { return keep(*resource); });
  return kept;
}

// `list` reduced to those to keep, unless that leaves none.
template <typename Keep>
void Prefer(std::vector<const Resource*>& list, Keep keep) {
  if (list.size() < 2) return;
  std::vector<const Resource*> kept = Filtered(list, keep);
  if (!kept.empty()) list = std::move(kept);
}

// Whether a symbol in `text` stands for the name itself: all of it, or all that follows the last
// `:` or `/` of an ARN or URL. `⟨bucket⟩-logs` names another bucket than ⟨bucket⟩ does.
bool NamesItsSymbol(std::string_view text) {
  if (model::AsSingleSymbol(text)) return true;
  if (!text.starts_with("arn:") && !text.starts_with("https:")) return false;
  return model::AsSingleSymbol(text.substr(text.find_last_of(":/") + 1)).has_value();
}

std::set<std::string_view> KeysOf(const std::vector<const Resource*>& resources) {
  std::set<std::string_view> keys;
  for (const Resource* resource : resources) keys.insert(SplitInstance(resource->address).key);
  return keys;
}

}  // namespace

InstanceAddress SplitInstance(std::string_view address) {
  if (!address.ends_with(']')) return {address, {}};
  // A key may hold brackets inside its quotes, so the key is looked for from the front.
  bool quoted = false;
  std::size_t open = std::string_view::npos;
  for (std::size_t i = 0; i < address.size(); ++i) {
    if (quoted && address[i] == '\\') {
      ++i;
    } else if (address[i] == '"') {
      quoted = !quoted;
    } else if (!quoted && address[i] == '[') {
      open = i;
    }
  }
  if (open == std::string_view::npos) return {address, {}};
  return {address.substr(0, open), address.substr(open)};
}

std::string_view ModuleOf(std::string_view address) {
  const std::string_view block = SplitInstance(address).block;
  // The block ends in `type.name`, or `data.type.name`; neither holds quotes.
  const std::size_t name = block.rfind('.');
  if (name == std::string_view::npos || name == 0) return {};
  const std::size_t type = block.rfind('.', name - 1);
  if (type == std::string_view::npos) return {};
  const std::string_view module = block.substr(0, type);
  if (module == "data") return {};
  return module.ends_with(".data") ? module.substr(0, module.size() - 5) : module;
}

LinkIndex::LinkIndex(const model::Inventory& inventory, model::Language language,
                     model::SymbolTable& symbols)
    : language_(language), symbols_(symbols) {
  for (const Resource& resource : inventory.resources) Add(resource);
}

void LinkIndex::Add(const Resource& resource) {
  by_address_[resource.address].push_back(&resource);
  by_block_[std::string(SplitInstance(resource.address).block)].push_back(&resource);
  std::set<std::string> texts;
  for (std::string_view attribute : rules::AttributesWithForm(language_, resource.type)) {
    if (auto text = TextOf(resource.attributes.Find(attribute))) texts.insert(*text);
    if (!resource.from_data_source) texts.insert(AttributeText(resource, attribute));
  }
  for (std::string_view attribute : kNamingAttributes) {
    if (auto text = TextOf(resource.attributes.Find(attribute))) texts.insert(*text);
  }
  for (const std::string& text : texts) {
    if (!text.empty()) by_text_[text].push_back(&resource);
  }
}

std::string LinkIndex::BaseText(const Resource& resource, std::string_view attribute) const {
  const Value* value = FirstAt(resource.attributes, attribute);
  if (auto text = TextOf(value)) return *text;
  const bool absent = value == nullptr;
  if (absent && !rules::AttributeDefault(language_, resource.type, attribute).empty()) {
    return std::string(rules::AttributeDefault(language_, resource.type, attribute));
  }
  // Named as the front ends name it, so that it is the same symbol: CloudFormation's identity holds
  // the stack.
  model::Symbol symbol;
  symbol.name = language_ == model::Language::kTerraform ? resource.address : resource.identity;
  if (attribute != "Ref") symbol.name += "." + std::string(attribute);
  symbol.resource = resource.address;
  symbol.attribute = attribute;
  symbol.form = rules::AttributeSymbolForm(language_, resource.type, attribute);
  symbol.sensitive = value != nullptr && value->sensitive;
  auto id = symbols_.Intern(symbol);
  return id ? model::SymbolText(*id) : symbol.name;
}

std::string LinkIndex::AttributeText(const Resource& resource, std::string_view attribute) const {
  auto given = TextOf(FirstAt(resource.attributes, attribute));
  if (given && !given->empty()) return *given;
  if (!resource.from_data_source) {
    auto built =
        rules::BuildAttribute(language_, resource.type, attribute, resource.environment,
                              [&](std::string_view base) { return BaseText(resource, base); });
    if (built) return *built;
  }
  return BaseText(resource, attribute);
}

LinkIndex::Resources LinkIndex::ByText(std::string_view text, const Wanted& wanted) const {
  auto found = by_text_.find(std::string(text));
  if (found == by_text_.end()) return {};
  return Filtered(found->second, wanted);
}

// Where the symbol of `text` leads. A resource that is not wanted passes on the text of the
// attribute that the symbol stands for, and for its id the texts by which it names its own target.
LinkIndex::Resources LinkIndex::BySymbols(std::string_view text, const Wanted& wanted,
                                          std::vector<std::string>& further) const {
  Resources reached;
  if (!NamesItsSymbol(text)) return reached;
  model::ForEachSymbol(text.substr(text.find_last_of(":/") + 1), [&](model::SymbolId id) {
    const model::Symbol& symbol = symbols_.Get(id);
    if (symbol.resource.empty()) return;
    auto found = by_address_.find(symbol.resource);
    if (found == by_address_.end()) {
      found = by_block_.find(symbol.resource);
      if (found == by_block_.end()) return;
    }
    Resources named = found->second;
    // Two stacks may use one logical id; the symbol's name begins with the stack's.
    Prefer(named, [&](const Resource& resource) {
      return symbol.name.starts_with(resource.identity + ".") || symbol.name == resource.identity;
    });
    for (const Resource* resource : named) {
      if (wanted(*resource)) {
        AddOnce(reached, resource);
        continue;
      }
      if (auto next = TextOf(FirstAt(resource->attributes, symbol.attribute))) {
        if (*next != text) further.push_back(*next);
      }
      if (symbol.attribute != "id" && symbol.attribute != "Ref") continue;
      // The settings of a bucket that do not bear on access have its name as their id too.
      std::string targets = "bucket";
      for (const rules::Binding& binding : rules::FindBindings(language_, resource->type)) {
        if (!binding.target.empty()) targets = binding.target;
      }
      if (auto next = TextOf(FirstAt(resource->attributes, targets))) further.push_back(*next);
    }
  });
  return reached;
}

// Where `from` is one of several instances with the same keys as the candidates', the one with its
// key.
LinkIndex::Resources LinkIndex::SameInstanceKey(const Resource& from,
                                                const Resources& candidates) const {
  const InstanceAddress own = SplitInstance(from.address);
  auto siblings = by_block_.find(std::string(own.block));
  if (own.key.empty() || siblings == by_block_.end()) return candidates;
  if (KeysOf(siblings->second) != KeysOf(candidates)) return candidates;
  return Filtered(candidates, [&](const Resource& candidate) {
    return SplitInstance(candidate.address).key == own.key;
  });
}

LinkIndex::Resources LinkIndex::Narrowed(const Resource& from, Resources candidates) const {
  Prefer(candidates, [](const Resource& candidate) { return !candidate.from_data_source; });
  Prefer(candidates, [&](const Resource& candidate) { return candidate.stack == from.stack; });
  Prefer(candidates, [&](const Resource& candidate) {
    return candidate.environment.account == from.environment.account &&
           candidate.environment.region == from.environment.region;
  });
  Prefer(candidates, [&](const Resource& candidate) {
    return ModuleOf(candidate.address) == ModuleOf(from.address);
  });
  // Names that are unique within another one only: a repository's in its domain, a table's in its
  // bucket.
  for (std::string_view outer : {"domain", "table_bucket_arn", "namespace"}) {
    const std::string text = TextAt(from.attributes, outer);
    if (text.empty()) continue;
    Prefer(candidates,
           [&](const Resource& candidate) { return TextAt(candidate.attributes, outer) == text; });
  }
  if (candidates.size() > 1) candidates = SameInstanceKey(from, candidates);
  // Several objects of one address (a deposed one beside its successor) are one resource.
  const bool one = !candidates.empty() &&
                   std::all_of(candidates.begin(), candidates.end(), [&](const Resource* other) {
                     return other->address == candidates.front()->address &&
                            other->stack == candidates.front()->stack;
                   });
  if (one) candidates.resize(1);
  return candidates;
}

Link LinkIndex::FindText(const Resource& from, std::string_view text, const Wanted& wanted) const {
  Link link;
  link.text = text;
  link.kind = Link::Kind::kName;
  std::vector<std::string> open = {std::string(text)};
  std::set<std::string> seen;
  for (int hop = 0; hop < kMaxHops && !open.empty(); ++hop) {
    Resources reached;
    std::vector<std::string> further;
    for (const std::string& one : open) {
      if (!seen.insert(one).second) continue;
      Resources found = ByText(one, wanted);
      if (found.empty()) found = BySymbols(one, wanted, further);
      for (const Resource* resource : found) AddOnce(reached, resource);
    }
    if (!reached.empty()) {
      link.candidates = Narrowed(from, std::move(reached));
      link.kind = link.candidates.size() == 1 ? Link::Kind::kResource : Link::Kind::kAmbiguous;
      if (link.kind == Link::Kind::kResource) link.resource = link.candidates.front();
      return link;
    }
    // A reference through another resource whose text is fully known names something outside of the
    // input by it.
    if (!further.empty() && !model::HasSymbol(further.front())) link.text = further.front();
    open = std::move(further);
  }
  return link;
}

Link LinkIndex::Find(const Resource& from, const Value* target, const Wanted& wanted) const {
  auto text = TextOf(target);
  if (!text || text->empty()) return {};
  return FindText(from, *text, wanted);
}

}  // namespace preview::assemble
