#include "preview/access/comparison.h"

#include <algorithm>
#include <set>

#include "preview/access/resource_control.h"

namespace preview::access {

namespace {

std::string ChannelName(const Channel& channel) {
  return std::to_string(static_cast<int>(channel.source)) + " " + channel.detail;
}

const Channel* FindChannel(const Lowered& side, const std::string& name) {
  for (const Channel& channel : side.channels) {
    if (ChannelName(channel) == name) return &channel;
  }
  return nullptr;
}

bool HasRules(const Lowered& side) {
  return std::any_of(side.channels.begin(), side.channels.end(), [](const Channel& channel) {
    return std::any_of(channel.layers.begin(), channel.layers.end(), [](const Layer& layer) {
      return std::any_of(layer.rules.begin(), layer.rules.end(), [](const Rule& rule) {
        return rule.statement.effect == model::Effect::kAllow;
      });
    });
  });
}

constexpr std::string_view kKeyType = "AWS::KMS::Key";

// Of two layers' Allows each pair is a box. Beyond so many boxes the later layer is taken as
// letting everything through.
constexpr std::size_t kMaxJoined = 2'000;

// Adds what the rules come from; each once.
void AddSources(const std::vector<const CompiledRule*>& rules, const ActionClass& action_class,
                std::vector<model::FindingSource>& sources) {
  for (const CompiledRule* rule : rules) {
    const model::FindingSource& own = rule->rule->source;
    // Through an access point it is its policy that grants; the bucket's only lets it.
    if (action_class.through_access_point && own.type != model::SourceType::kS3AccessPoint)
      continue;
    bool known =
        std::any_of(sources.begin(), sources.end(), [&](const model::FindingSource& source) {
          return source.type == own.type && source.carrier == own.carrier &&
                 source.statement == own.statement && source.detail == own.detail;
        });
    if (!known) sources.push_back(own);
  }
}

}  // namespace

Comparison::Comparison(const model::Configuration* before, const model::Assembly& assembly_before,
                       const model::Configuration* after, const model::Assembly& assembly_after,
                       const AccessOptions& options, const model::SymbolTable& symbols)
    : options_(options), symbols_(symbols) {
  before_.configuration = before;
  before_.assembly = &assembly_before;
  after_.configuration = after;
  after_.assembly = &assembly_after;
}

Report Comparison::Run() {
  Report report;
  const model::Configuration* any =
      after_.configuration != nullptr ? after_.configuration : before_.configuration;
  if (any == nullptr) return report;
  type_ = rules::FindResourceType(any->resource_type);
  if (type_ == nullptr) {
    generic_type_ = std::make_unique<rules::ResourceType>();
    generic_type_->name = any->resource_type;
    type_ = generic_type_.get();
  }
  LowerSide(before_);
  LowerSide(after_);
  if (edit_) edit_(after_.lowered);
  report.undetermined = after_.lowered.undetermined;
  report.notes = after_.lowered.notes;
  if (!HasRules(before_.lowered) && !HasRules(after_.lowered)) return report;
  BuildSpace();
  CompileLayers();
  search_ = std::make_unique<Search>(*space_, options_.max_steps);
  FindKeyCallers(before_);
  FindKeyCallers(after_);
  MakeClasses();
  CutPublic(before_, false);
  CutPublic(after_, true);
  MineSide(before_, false);
  MineSide(after_, true);
  if (options_.minimal) {
    Minimise(before_.findings);
    Minimise(after_.findings);
  }
  Diff(report);
  NoteShutKey(report);
  return report;
}

void Comparison::NoteShutKey(Report& report) {
  if (after_.configuration == nullptr || !after_.configuration->encryption) return;
  for (const ActionClass& action_class : classes_) {
    if (type_->actions[action_class.actions.front()].key_action.empty()) continue;
    const Channel* channel = FindChannel(after_.lowered, action_class.channel);
    std::vector<const CompiledRule*> rules;
    Access without_key = AccessOf(after_, channel, action_class, rules, false);
    if (!search_->FindNew(action_class.region, without_key, action_class.after)) continue;
    model::Note note;
    note.input = after_.configuration->input;
    note.resource_address = after_.configuration->address;
    note.message = "its policy lets somebody outside call `" +
                   std::string(type_->actions[action_class.actions.front()].name) +
                   "`, but the key that encrypts it does not let them: the share does not work";
    note.place = after_.configuration->place;
    note.matters = true;
    report.notes.push_back(std::move(note));
    return;
  }
}

void Comparison::LowerSide(Side& side) {
  if (side.configuration == nullptr) return;
  side.lowered = Lower(*side.configuration, *type_, &symbols_);
  if (generic_type_ != nullptr) {
    // Nobody described the type: its actions are those that its policies name.
    for (const Channel& channel : side.lowered.channels) {
      for (const Layer& layer : channel.layers) {
        for (const Rule& rule : layer.rules) {
          for (const std::string& action : rule.statement.actions) {
            if (std::find(generic_names_.begin(), generic_names_.end(), action) ==
                generic_names_.end()) {
              if (generic_names_.size() < kMaxActions) generic_names_.push_back(action);
            }
          }
        }
      }
    }
    std::sort(generic_names_.begin(), generic_names_.end());
    generic_actions_.clear();
    for (const std::string& name : generic_names_)
      generic_actions_.push_back({name, rules::AccessLevel::kWrite, 1, {}});
    generic_type_->actions = generic_actions_;
  }
  const auto& encryption = side.configuration->encryption;
  if (!encryption || encryption->kind != model::EncryptionKind::kCustomerKey ||
      encryption->key_configuration < 0)
    return;
  auto index = static_cast<std::size_t>(encryption->key_configuration);
  const rules::ResourceType* key_type = rules::FindResourceType(kKeyType);
  if (key_type == nullptr || index >= side.assembly->configurations.size()) return;
  side.key = Lower(side.assembly->configurations[index], *key_type, &symbols_);
  for (Channel& channel : side.key->channels) {
    for (Layer& layer : channel.layers) layer.form_suffixes = {""};
  }
}

void Comparison::BuildSpace() {
  auto add = [&](Side& side) {
    for (const Channel& channel : side.lowered.channels) {
      auto& indices = side.layer_index.emplace_back();
      for (const Layer& layer : channel.layers) {
        indices.push_back(layers_.size());
        layers_.push_back(&layer);
      }
    }
    if (side.key && !side.key->channels.empty()) {
      side.key_layer = layers_.size();
      layers_.push_back(&side.key->channels[0].layers[0]);
    }
  };
  add(after_);
  add(before_);
  const model::Configuration& any =
      after_.configuration != nullptr ? *after_.configuration : *before_.configuration;
  if (!options_.resource_control_policies.empty() && SupportsResourceControl(type_->service)) {
    for (const model::PolicyDocument& policy : options_.resource_control_policies) {
      for (const model::Statement& statement : policy.statements) {
        if (statement.effect != model::Effect::kDeny) continue;
        Rule rule;
        rule.statement = statement;
        rule.variables = policy.version == "2012-10-17";
        resource_control_.rules.push_back(std::move(rule));
      }
    }
    resource_control_.arn = any.arn;
    resource_control_layer_ = layers_.size();
    layers_.push_back(&resource_control_);
  }
  SpaceOptions options;
  options.zone = &options_.zone;
  options.type = type_;
  options.environment = any.environment;
  options.symbols = &symbols_;
  options.max_atoms = options_.max_atoms;
  if (after_.key || before_.key) {
    // The key is asked through the service that holds the encrypted resource.
    options.constants["kms:viaservice"] =
        std::string(type_->service == "rds" ? "rds" : type_->service) + "." +
        any.environment.region + ".amazonaws.com";
  }
  for (const Side* side : {&after_, &before_}) {
    for (const Channel& channel : side->lowered.channels) {
      for (const auto& [key, value] : channel.context) options.further_values[key].push_back(value);
    }
  }
  space_ = std::make_unique<Space>(layers_, options);
}

void Comparison::CompileLayers() {
  for (std::size_t l = 0; l < layers_.size(); ++l) {
    auto& compiled = compiled_.emplace_back();
    auto& actions = actions_.emplace_back();
    for (const Rule& rule : layers_[l]->rules) {
      compiled.push_back(space_->Compile(rule, l));
      bool key = l == after_.key_layer || l == before_.key_layer;
      actions.push_back(
          ActionsOf(rule.statement, key ? *rules::FindResourceType(kKeyType) : *type_));
    }
  }
}

Box Comparison::CallersOfKey(Side& side, const std::string& key_action) {
  auto found = side.key_callers.find(key_action);
  if (found != side.key_callers.end()) return found->second;
  Box callers = space_->everything();
  if (side.key_layer) {
    const rules::ResourceType& key_type = *rules::FindResourceType(kKeyType);
    std::size_t index = key_type.actions.size();
    for (std::size_t i = 0; i < key_type.actions.size(); ++i) {
      if (key_type.actions[i].name == key_action) index = i;
    }
    Access access;
    for (std::size_t r = 0; r < compiled_[*side.key_layer].size(); ++r) {
      if (index == key_type.actions.size() || !actions_[*side.key_layer][r].test(index)) continue;
      const CompiledRule& rule = compiled_[*side.key_layer][r];
      if (rule.rule->statement.effect == model::Effect::kDeny) {
        access.denies.push_back(&rule);
      } else {
        access.allows.push_back({rule.box, {&rule}, rule.approximate});
      }
    }
    for (std::size_t i = 0; i < space_->callers().size(); ++i) {
      Box one = space_->everything();
      for (std::size_t k = 0; k < space_->callers().size(); ++k) {
        if (k != i) space_->ClearAtom(one, 0, k);
      }
      if (!search_->Find(one, access)) space_->ClearAtom(callers, 0, i);
    }
  }
  side.key_callers[key_action] = callers;
  return callers;
}

void Comparison::FindKeyCallers(Side& side) {
  if (side.configuration == nullptr || !side.configuration->encryption) return;
  for (const rules::Action& action : type_->actions) {
    if (action.key_action.empty()) continue;
    std::string key_action(action.key_action);
    if (side.configuration->encryption->kind == model::EncryptionKind::kAwsManaged) {
      // No other account can use an AWS managed key.
      // https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples_cross.html
      side.key_callers[key_action] = Box(space_->words(), 0);
    } else {
      (void)CallersOfKey(side, key_action);
    }
  }
}

void Comparison::MakeClasses() {
  std::vector<std::string> names;
  for (const Side* side : {&after_, &before_}) {
    for (const Channel& channel : side->lowered.channels) {
      std::string name = ChannelName(channel);
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
  }
  for (const std::string& name : names) {
    MakeClassesOf(name, FindChannel(before_.lowered, name), FindChannel(after_.lowered, name));
  }
}

void Comparison::MakeClassesOf(const std::string& channel, const Channel* before,
                               const Channel* after) {
  // The layers of the channel on both sides, and the layer that gives the request its resource.
  std::vector<std::size_t> layers;
  auto collect = [&](const Side& side, const Channel* c) {
    if (c == nullptr) return;
    auto index = static_cast<std::size_t>(c - side.lowered.channels.data());
    for (std::size_t l : side.layer_index[index]) layers.push_back(l);
  };
  collect(after_, after);
  collect(before_, before);
  if (resource_control_layer_) layers.push_back(*resource_control_layer_);
  const Channel& any = after != nullptr ? *after : *before;
  std::size_t forms = std::max<std::size_t>(1, type_->forms.size());
  for (std::size_t form = 0; form < forms; ++form) {
    if (!space_->HasForm(layers[0], form)) continue;
    std::vector<std::pair<std::vector<bool>, std::vector<std::size_t>>> groups;
    for (std::size_t a = 0; a < type_->actions.size(); ++a) {
      if ((type_->actions[a].forms >> form & 1) == 0) continue;
      std::vector<bool> signature;
      bool any_rule = false;
      for (std::size_t l : layers) {
        for (const ActionSet& set : actions_[l]) {
          signature.push_back(set.test(a));
          any_rule = any_rule || set.test(a);
        }
      }
      if (!any_rule) continue;
      std::string_view key_action = type_->actions[a].key_action;
      signature.push_back(key_action == "kms:Decrypt");
      signature.push_back(key_action == "kms:GenerateDataKey");
      auto same = std::find_if(groups.begin(), groups.end(),
                               [&](const auto& g) { return g.first == signature; });
      if (same == groups.end()) {
        groups.push_back({std::move(signature), {a}});
      } else {
        same->second.push_back(a);
      }
    }
    for (auto& [signature, members] : groups) {
      ActionClass action_class;
      action_class.form = form;
      action_class.channel = channel;
      action_class.actions = std::move(members);
      action_class.never_public = any.never_public;
      action_class.through_access_point = any.source == model::SourceType::kS3AccessPoint;
      for (const auto& [context_key, value] : any.context)
        action_class.context_keys.insert(context_key);
      action_class.unbounding_keys = action_class.context_keys;
      if (any.context.empty() && !any.restricted) {
        // Delegating to another account's access points is public until RestrictPublicBuckets says
        // otherwise.
        // https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-resources.html
        action_class.unbounding_keys = {"s3:dataaccesspointarn", "s3:dataaccesspointaccount"};
      }
      action_class.resource_dimension = space_->ResourceDimension(layers[0]);
      action_class.region = space_->everything();
      for (std::size_t l : layers) {
        if (space_->HasForm(l, form)) space_->RestrictToForm(action_class.region, l, form);
      }
      if (any.context.empty()) IntersectInto(action_class.region, space_->WithoutOwnAccessPoints());
      for (const auto& [key, value] : any.context)
        IntersectInto(action_class.region, space_->ContextBox(key, value));
      action_class.after = AccessOf(after_, after, action_class, action_class.rules_after, true);
      action_class.before =
          AccessOf(before_, before, action_class, action_class.rules_before, true);
      if (action_class.after.allows.empty() && action_class.before.allows.empty() &&
          type_->actions[action_class.actions.front()].key_action.empty()) {
        continue;
      }
      classes_.push_back(std::move(action_class));
    }
  }
}

Access Comparison::AccessOf(Side& side, const Channel* channel, const ActionClass& action_class,
                            std::vector<const CompiledRule*>& rules, bool with_key) {
  Access out;
  if (channel == nullptr) return out;
  auto index = static_cast<std::size_t>(channel - side.lowered.channels.data());
  std::size_t action = action_class.actions.front();
  Box start = action_class.region;
  std::string_view key_action = type_->actions[action].key_action;
  if (with_key && !key_action.empty() && side.configuration->encryption) {
    IntersectInto(start, side.key_callers.at(std::string(key_action)));
  }
  std::vector<AllowBox> allows{{start, {}, false}};
  for (std::size_t l : side.layer_index[index]) {
    std::vector<AllowBox> next;
    bool too_many = false;
    for (std::size_t r = 0; r < compiled_[l].size(); ++r) {
      if (!actions_[l][r].test(action)) continue;
      const CompiledRule& rule = compiled_[l][r];
      rules.push_back(&rule);
      if (rule.rule->statement.effect == model::Effect::kDeny) {
        out.denies.push_back(&rule);
        continue;
      }
      too_many = too_many || next.size() + allows.size() > kMaxJoined;
      if (too_many && allows.size() > 1) continue;
      for (const AllowBox& allow : allows) {
        AllowBox joined = allow;
        IntersectInto(joined.box, rule.box);
        if (space_->Empty(joined.box)) continue;
        joined.rules.push_back(&rule);
        joined.approximate = joined.approximate || rule.approximate;
        next.push_back(std::move(joined));
      }
    }
    if (too_many && allows.size() > 1) {
      // Never a missed grant: what the earlier layers allow stands, and is said to be approximate.
      for (AllowBox& allow : allows) allow.approximate = true;
    } else {
      allows = std::move(next);
    }
  }
  if (resource_control_layer_ && options_.apply_resource_control_policies) {
    for (std::size_t r = 0; r < compiled_[*resource_control_layer_].size(); ++r) {
      if (!actions_[*resource_control_layer_][r].test(action)) continue;
      out.denies.push_back(&compiled_[*resource_control_layer_][r]);
    }
  }
  // Exact Allows first: a hit through one of them settles the matter.
  std::stable_partition(allows.begin(), allows.end(),
                        [](const AllowBox& allow) { return !allow.approximate; });
  out.allows = std::move(allows);
  return out;
}

void Comparison::CutPublic(Side& side, bool after) {
  for (const Channel& channel : side.lowered.channels) {
    if (!channel.restricted) continue;
    std::string name = ChannelName(channel);
    bool is_public = false;
    for (ActionClass& action_class : classes_) {
      if (action_class.channel != name || is_public || channel.never_public) continue;
      // Only policies count: an ACL is the business of IgnorePublicAcls.
      Access policies = after ? action_class.after : action_class.before;
      std::erase_if(policies.allows, [](const AllowBox& allow) {
        return allow.rules.front()->rule->source.type == model::SourceType::kBucketAcl;
      });
      Box region =
          GenericRegion(*space_, after ? action_class.rules_after : action_class.rules_before,
                        action_class.unbounding_keys);
      IntersectInto(region, action_class.region);
      is_public = !space_->Empty(region) && search_->Find(region, policies).has_value();
    }
    if (!is_public) continue;
    // RestrictPublicBuckets: only services and the owner's own users remain.
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
    for (ActionClass& action_class : classes_) {
      if (action_class.channel != name) continue;
      (after ? action_class.after : action_class.before).allows.clear();
    }
  }
}

void Comparison::MineSide(Side& side, bool after) {
  for (std::size_t c = 0; c < classes_.size(); ++c) {
    ActionClass& action_class = classes_[c];
    const Access& access = after ? action_class.after : action_class.before;
    if (access.allows.empty()) continue;
    const auto& rules = after ? action_class.rules_after : action_class.rules_before;
    std::vector<View> views = MakeViews(*space_, rules, action_class.context_keys);
    Box generic = GenericRegion(*space_, rules, action_class.unbounding_keys);
    for (MinedFinding& mined :
         Mine(*space_, views, action_class.region, access, generic, *search_, complete_)) {
      Add(side, c, views, std::move(mined));
    }
  }
}

// Every Allow that lets in a part of what the finding alone speaks of.
void Comparison::AddGrants(SideFinding& found, const ActionClass& action_class,
                           const std::vector<View>& views, const MinedFinding& mined) {
  if (grant_search_ == nullptr)
    grant_search_ = std::make_unique<Search>(*space_, options_.max_steps);
  if (!complete_ || !grant_search_->Spend(action_class.after.allows.size())) {
    // What else grants it is not known: a source that is nowhere, so that no statement covers it.
    found.grants.emplace_back();
    return;
  }
  Box own = action_class.region;
  for (std::size_t v = 0; v < views.size(); ++v)
    IntersectAtoms(*space_, views[v].dimension, views[v].values[mined.values[v]].own, own);
  for (const AllowBox& allow : action_class.after.allows) {
    Box meeting = own;
    IntersectInto(meeting, allow.box);
    if (space_->Empty(meeting)) continue;
    const Access alone{{allow}, action_class.after.denies};
    // When the steps run out on the way it may grant.
    if (grant_search_->Find(own, alone).has_value() || grant_search_->exhausted())
      AddSources(allow.rules, action_class, found.grants);
  }
}

void Comparison::Add(Side& side, std::size_t class_index, const std::vector<View>& views,
                     MinedFinding mined) {
  const ActionClass& action_class = classes_[class_index];
  FindingKey key;
  key.first = views[0].principals[mined.values[0]];
  for (std::size_t v = 1; v < views.size(); ++v) {
    if (mined.values[v] != 0)
      key.second.emplace_back(views[v].key, views[v].values[mined.values[v]].text);
  }
  std::sort(key.second.begin(), key.second.end());
  const std::string& shown = mined.hit.allow->rules.front()->rule->shown_principal;
  if (!shown.empty()) {
    key.first = {"AWS", shown};
    std::erase_if(key.second, [](const auto& condition) {
      return condition.first.starts_with("aws:PrincipalOrg");
    });
  }
  bool is_public = mined.is_public && !action_class.never_public;
  auto [it, added] = side.findings.try_emplace(key);
  SideFinding& found = it->second;
  found.classes.push_back(class_index);
  found.actions.insert(found.actions.end(), action_class.actions.begin(),
                       action_class.actions.end());
  Hit& hit = is_public && mined.public_hit ? *mined.public_hit : mined.hit;
  AddSources(mined.hit.allow->rules, action_class, found.sources);
  if (options_.all_grants && &side == &after_) AddGrants(found, action_class, views, mined);
  if (added) found.region = RegionOf(*space_, views, mined.values);
  if (added || (is_public && !found.hit_public)) {
    found.hit = hit;
    found.hit_class = class_index;
    found.hit_public = is_public;
  }
  found.is_public = found.is_public || is_public;
  found.approximate = found.approximate || !mined.hit.exact;
}

}  // namespace preview::access
