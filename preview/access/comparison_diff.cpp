// The second half of a comparison: from what was mined on both sides to findings with their change,
// witness and encryption.

#include <algorithm>
#include <set>

#include "preview/access/comparison.h"
#include "preview/access/keys.h"

namespace preview::access {

namespace {

using model::ChangeType;
using model::Finding;
using model::Status;

// What the account that a snapshot under a customer key is shared with needs of the key to copy it
// or to make a volume. https://docs.aws.amazon.com/ebs/latest/userguide/share-kms-key.html
constexpr std::string_view kSnapshotKeyActions[] = {"kms:CreateGrant",
                                                    "kms:Decrypt",
                                                    "kms:DescribeKey",
                                                    "kms:GenerateDataKey",
                                                    "kms:GenerateDataKeyWithoutPlaintext",
                                                    "kms:ReEncryptFrom",
                                                    "kms:ReEncryptTo"};

// Corrections are verified by deciding once more. So many findings are decided for all corrections
// of one resource together, at least eight times and never more than 512 times.
constexpr std::size_t kExplainedPairs = 20'000;

// How far somebody gets with a key of which they lack these of the actions above.
enum class KeyUse { kNone, kPartly, kFully };

// Decrypting, re-encrypting from it or granting either to oneself reaches the data; whether EC2 and
// RDS are content with less than the documented list is not known, so that is no safe "no".
KeyUse UseOf(const std::vector<std::string>& lacking) {
  if (lacking.empty()) return KeyUse::kFully;
  for (std::string_view action : {"kms:CreateGrant", "kms:Decrypt", "kms:ReEncryptFrom"}) {
    if (std::find(lacking.begin(), lacking.end(), action) == lacking.end()) return KeyUse::kPartly;
  }
  return KeyUse::kNone;
}

// The actions on a snapshot that need its key.
bool NeedsKey(std::string_view action) {
  return action == "ec2:CopySnapshot" || action == "ec2:CreateVolume" ||
         action == "rds:CopyDBSnapshot" || action == "rds:RestoreDBInstanceFromDBSnapshot" ||
         action == "rds:CopyDBClusterSnapshot" || action == "rds:RestoreDBClusterFromSnapshot";
}

model::Code CodeOf(const Finding& finding, const rules::ResourceType& type) {
  if (type.shared_image) return model::Code::kPV006;
  if (finding.is_public) return model::Code::kPV001;
  if (finding.principal.kind == "Federated") return model::Code::kPV004;
  if (finding.principal.kind == "CanonicalUser") return model::Code::kPV005;
  for (const auto& [key, value] : finding.conditions) {
    if (key == "aws:PrincipalOrgID" || key == "aws:PrincipalOrgPaths") return model::Code::kPV003;
  }
  return model::Code::kPV002;
}

// Symbols of which it is not known whether they lie inside or outside.
std::vector<model::SymbolId> OpenSymbols(std::string_view text, const model::SymbolTable& symbols) {
  std::vector<model::SymbolId> out;
  model::ForEachSymbol(text, [&](model::SymbolId id) {
    const model::Symbol& symbol = symbols.Get(id);
    if (symbol.form == model::SymbolForm::kText || symbol.form == model::SymbolForm::kOpaqueId)
      out.push_back(id);
  });
  return out;
}

}  // namespace

model::Witness Comparison::WitnessOf(const SideFinding& found) const {
  model::Witness witness;
  const ActionClass& action_class = classes_[found.hit_class];
  const Box& point = found.hit.point;
  const Caller& caller = space_->callers()[space_->FirstAtom(point, 0).value_or(0)];
  if (!caller.canonical.empty()) {
    witness.principal = {"CanonicalUser", caller.canonical};
  } else if (caller.kind == CallerKind::kAnonymous) {
    witness.principal = {"AWS", "*"};
  } else if (caller.kind == CallerKind::kFederated) {
    witness.principal = {"Federated", caller.arn};
  } else if (!caller.session.empty()) {
    std::string role = caller.arn.substr(caller.arn.rfind('/') + 1);
    std::string partition = caller.arn.substr(4, caller.arn.find(':', 4) - 4);
    witness.principal = {"AWS", "arn:" + partition + ":sts::" + caller.account + ":assumed-role/" +
                                    role + "/" + caller.session};
  } else {
    witness.principal = {"AWS", caller.arn};
  }
  if (!caller.canonical.empty() || !caller.session.empty()) {
    // Neither a canonical id nor a session's ARN tells the identity behind it.
    witness.context.emplace_back("aws:PrincipalArn", std::vector<std::string>{caller.arn});
  }
  witness.action = type_->actions[action_class.actions.front()].name;
  for (std::size_t d = 1; d < space_->dimensions().size(); ++d) {
    const Dimension& dimension = space_->dimensions()[d];
    auto atom = space_->FirstAtom(point, d);
    if (!atom) continue;
    const auto& values = dimension.atoms[*atom];
    if (dimension.keys.empty()) {
      if (d == action_class.resource_dimension) witness.resource = values[0]->front();
      continue;
    }
    for (std::size_t k = 0; k < dimension.keys.size(); ++k) {
      if (!values[k]) continue;
      const rules::ConditionKey* known = rules::FindConditionKey(dimension.keys[k]);
      std::string name = dimension.keys[k];
      // A family's name (`kms:EncryptionContext:`) is only the beginning of its key's.
      if (known != nullptr && known->name.size() == name.size()) name = known->name;
      witness.context.emplace_back(name, *values[k]);
    }
  }
  std::sort(witness.context.begin(), witness.context.end());
  return witness;
}

model::Finding Comparison::Describe(const Side& side, const FindingKey& key,
                                    const SideFinding& found) const {
  const model::Configuration& configuration = *side.configuration;
  Finding finding;
  finding.input = configuration.input;
  finding.resource = configuration.arn;
  finding.resource_address = configuration.address;
  finding.stack = configuration.stack;
  finding.resource_type = configuration.resource_type;
  finding.resource_owner_account = configuration.environment.account;
  finding.principal = key.first;
  finding.conditions = key.second;
  finding.is_public = found.is_public;
  for (std::size_t action : found.actions)
    finding.actions.emplace_back(type_->actions[action].name);
  std::sort(finding.actions.begin(), finding.actions.end());
  finding.actions.erase(std::unique(finding.actions.begin(), finding.actions.end()),
                        finding.actions.end());
  finding.sources = found.sources;
  for (const auto& [name, value] : finding.conditions) {
    // A bucket that leaves the decision to another account's access points.
    if (!name.starts_with("s3:DataAccessPoint") || found.is_public) continue;
    for (model::FindingSource& source : finding.sources) {
      if (source.type != model::SourceType::kPolicy) continue;
      source.type = model::SourceType::kS3AccessPointAccount;
      source.detail = value;
    }
  }
  finding.precision = found.approximate ? model::Precision::kApproximate : model::Precision::kExact;
  for (const auto& [name, value] : finding.conditions) {
    if (!OpenSymbols(value, symbols_).empty()) finding.precision = model::Precision::kApproximate;
  }
  finding.assumptions = configuration.assumptions;
  for (const auto& [name, value] : finding.conditions) {
    // An S3 bucket's: https://github.com/prowler-cloud/prowler/issues/3212
    if (name != "aws:SourceArn" || !value.starts_with("arn:") || !AccountOfArn(value).empty())
      continue;
    finding.assumptions.push_back("`" + model::Display(value, symbols_) +
                                  "` names no account and is not in the input, so its owner may be "
                                  "anybody: a condition on aws:SourceAccount would tell");
  }
  if (generic_type_ != nullptr || configuration.generic) {
    finding.assumptions.emplace_back(
        "nobody described this resource type: its policy was read by generic rules");
  }
  finding.witness = WitnessOf(found);
  finding.place = configuration.place;
  for (const model::FindingSource& source : found.sources) {
    if (source.place.known()) {
      finding.place = source.place;
      break;
    }
  }
  finding.sensitive = side.lowered.sensitive;
  finding.code = CodeOf(finding, *type_);
  if (!options_.resource_control_policies.empty()) {
    finding.resource_control_policy_restriction = RestrictionOf(found);
  }
  return finding;
}

std::string Comparison::RestrictionOf(const SideFinding& found) const {
  if (!resource_control_layer_) return "NOT_APPLICABLE";
  const auto& rules = compiled_[*resource_control_layer_];
  for (std::size_t r = 0; r < rules.size(); ++r) {
    for (std::size_t c : found.classes) {
      if (!actions_[*resource_control_layer_][r].test(classes_[c].actions.front())) continue;
      Box meeting = found.region;
      IntersectInto(meeting, classes_[c].region);
      IntersectInto(meeting, rules[r].largest.empty() ? rules[r].box : rules[r].largest);
      for (const Box& outside : space_->outside()) {
        Box part = meeting;
        IntersectInto(part, outside);
        if (!space_->Empty(part))
          return options_.apply_resource_control_policies ? "APPLIED" : "APPLICABLE";
      }
    }
  }
  return "NOT_APPLICABLE";
}

std::vector<std::string> Comparison::NewActions(const SideFinding& found) {
  std::set<std::string> out;
  for (std::size_t c : found.classes) {
    const ActionClass& action_class = classes_[c];
    Box region = found.region;
    IntersectInto(region, action_class.region);
    if (space_->Empty(region) || !search_->FindNew(region, action_class.after, action_class.before))
      continue;
    for (std::size_t action : action_class.actions) out.emplace(type_->actions[action].name);
  }
  return {out.begin(), out.end()};
}

std::optional<Box> Comparison::OwnCallers(const model::Principal& principal) {
  if (!all_callers_) {
    std::vector<const CompiledRule*> all;
    for (const ActionClass& action_class : classes_) {
      all.insert(all.end(), action_class.rules_after.begin(), action_class.rules_after.end());
      all.insert(all.end(), action_class.rules_before.begin(), action_class.rules_before.end());
    }
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    all_callers_ = MakeViews(*space_, all, {}).front();
  }
  for (std::size_t i = 0; i < all_callers_->principals.size(); ++i) {
    if (all_callers_->principals[i] != principal) continue;
    const ViewValue& value = all_callers_->values[i];
    Box callers = space_->everything();
    IntersectAtoms(*space_, 0, value.own, callers);
    if (!space_->EmptyIn(callers, 0)) return callers;
    callers = space_->everything();
    IntersectAtoms(*space_, 0, value.atoms, callers);
    return callers;
  }
  return std::nullopt;
}

bool Comparison::HadAccess(const model::Principal& principal) {
  const std::optional<Box> callers = OwnCallers(principal);
  return callers && std::any_of(classes_.begin(), classes_.end(), [&](const ActionClass& c) {
           Box region = *callers;
           IntersectInto(region, c.region);
           return !space_->Empty(region) && search_->Find(region, c.before).has_value();
         });
}

bool Comparison::StillOpen(const FindingKey& key, const SideFinding& found) {
  auto lets_in = [&](const Box& callers, Access ActionClass::* side) {
    return std::any_of(found.classes.begin(), found.classes.end(), [&](std::size_t c) {
      Box region = callers;
      IntersectInto(region, classes_[c].region);
      return !space_->Empty(region) && search_->Find(region, classes_[c].*side).has_value();
    });
  };
  Box callers = found.region;
  if (auto own = OwnCallers(key.first)) {
    IntersectInto(callers, *own);
    // Where only others below the principal were let in, it stood for them.
    if (!lets_in(callers, &ActionClass::before)) callers = found.region;
  }
  return lets_in(callers, &ActionClass::after);
}

bool Comparison::IsUndetermined(const Finding& finding, Report& report) const {
  // Who is meant is decided only at deployment, and nothing says whether that is somebody inside.
  std::string_view account = finding.principal.value;
  if (account.starts_with("arn:")) account = AccountOfArn(account);
  if (finding.principal.kind != "AWS") return false;
  auto open = OpenSymbols(account, symbols_);
  if (open.empty()) return false;
  const model::Symbol& symbol = symbols_.Get(open.front());
  // The unique id of a role or user of the same deployment is one of the own account.
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
  if (!symbol.resource.empty() && symbol.attribute == "unique_id") return true;
  model::Undetermined entry;
  entry.input = finding.input;
  entry.resource_address = finding.resource_address;
  entry.resource_type = finding.resource_type;
  entry.attribute = "Principal";
  entry.reason = "a principal is known only at deployment: `" +
                 model::Display(finding.principal.value, symbols_) + "`";
  entry.origin = symbol.sensitive ? "a sensitive value" : symbol.name;
  entry.hint = "write the account id or ARN out, or give the value as an option";
  entry.place = finding.place;
  report.undetermined.push_back(std::move(entry));
  return true;
}

bool Comparison::DropsShare(const Side& side, const FindingKey& key, Report& report) const {
  const auto& encryption = side.configuration->encryption;
  if (!type_->shared_image || !encryption) return false;
  std::string why;
  if (encryption->kind == model::EncryptionKind::kAwsManaged) {
    why =
        "it is encrypted under an AWS managed key, which no other account can use: AWS refuses the "
        "share";
  } else if (encryption->kind == model::EncryptionKind::kCustomerKey && key.first.value == "*") {
    why = "it is encrypted, and an encrypted one cannot be public: AWS refuses the share";
  }
  if (why.empty()) return false;
  model::Note note;
  note.input = side.configuration->input;
  note.resource_address = side.configuration->address;
  note.message = "shared with " + model::Display(key.first.value, symbols_) + ", but " + why;
  note.place = side.configuration->place;
  note.matters = true;
  if (&side == &after_) report.notes.push_back(std::move(note));
  return true;
}

std::vector<std::string> Comparison::LackingKeyActions(Side& side, const Box& region) {
  std::vector<std::string> lacking;
  if (!side.key_layer) return lacking;
  for (std::string_view action : kSnapshotKeyActions) {
    Box callers = CallersOfKey(side, std::string(action));
    IntersectInto(callers, region);
    if (space_->EmptyIn(callers, 0)) lacking.emplace_back(action);
  }
  return lacking;
}

void Comparison::AddEncryption(Finding& finding, const SideFinding& found) {
  Side& side = finding.status == Status::kResolved ? before_ : after_;
  const auto& source = side.configuration->encryption;
  if (!source) return;
  model::Encryption encryption;
  encryption.kms_key_id = source->key;
  switch (source->kind) {
    case model::EncryptionKind::kNone:
      encryption.reason = "not encrypted";
      encryption.usable_by_principal = true;
      break;
    case model::EncryptionKind::kAwsManaged:
      encryption.reason = "encrypted under an AWS managed key, which no other account can use";
      encryption.usable_by_principal = false;
      break;
    case model::EncryptionKind::kUnknownKey:
      encryption.reason =
          type_->shared_image
              ? "whether it is encrypted, and under which key, is not known"
              : "the key that encrypts it is not known: taken as open to the principal";
      if (!type_->shared_image)
        finding.assumptions.emplace_back(
            "the key that encrypts it is not known and is taken as open to the principal");
      break;
    case model::EncryptionKind::kCustomerKey:
      if (!side.key_layer) {
        encryption.reason =
            "encrypted under a customer key that is not in the input: taken as open to the "
            "principal";
        finding.assumptions.emplace_back(
            "the key `" + model::Display(source->key, symbols_) +
            "` is not in the input and is taken as open to the principal");
      } else if (type_->shared_image) {
        encryption.missing_actions = LackingKeyActions(side, found.region);
        switch (UseOf(encryption.missing_actions)) {
          case KeyUse::kFully:
            encryption.usable_by_principal = true;
            encryption.reason = "encrypted under a customer key that the principal can use";
            break;
          case KeyUse::kPartly:
            encryption.reason =
                "encrypted under a customer key of which the principal has only a part of the "
                "actions that AWS names for copying the snapshot or creating a volume from it";
            break;
          case KeyUse::kNone:
            encryption.usable_by_principal = false;
            encryption.reason =
                "encrypted under a customer key whose policy and grants do not let the principal "
                "use it: copying the snapshot or creating a volume from it will fail there";
            break;
        }
      } else {
        encryption.usable_by_principal = true;
        encryption.reason =
            "encrypted under a customer key; only what the principal can do with that key is "
            "listed";
      }
      break;
  }
  finding.encryption = std::move(encryption);
}

void Comparison::Minimise(SideFindings& findings) {
  // A finding is left out when the others let in all that it does; the narrowest go first.
  std::vector<SideFindings::iterator> order;
  for (auto it = findings.begin(); it != findings.end(); ++it) order.push_back(it);
  std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
    return a->first.second.size() > b->first.second.size();
  });
  Side& side = &findings == &before_.findings ? before_ : after_;
  bool after = &side == &after_;
  for (auto candidate : order) {
    bool needed = false;
    for (std::size_t c : candidate->second.classes) {
      const Access& access = after ? classes_[c].after : classes_[c].before;
      std::vector<const Box*> others;
      for (const auto& [key, other] : findings) {
        if (&other == &candidate->second) continue;
        if (std::find(other.classes.begin(), other.classes.end(), c) == other.classes.end())
          continue;
        others.push_back(&other.region);
      }
      search_->Spend(1 + findings.size() / 4);
      Box region = candidate->second.region;
      IntersectInto(region, classes_[c].region);
      if (search_->exhausted() || search_->FindAvoiding(region, access, others)) {
        needed = true;
        break;
      }
    }
    if (!needed) findings.erase(candidate);
  }
}

void Comparison::Diff(Report& report) {
  std::set<model::Principal> before_principals;
  for (const auto& [key, found] : before_.findings) before_principals.insert(key.first);
  std::map<model::Principal, bool> had;
  decisions_left_ = std::clamp<std::size_t>(
      kExplainedPairs / std::max<std::size_t>(after_.findings.size(), 1), 8, 512);
  for (auto& [key, found] : after_.findings) {
    if (DropsShare(after_, key, report)) continue;
    Finding finding = Describe(after_, key, found);
    finding.new_actions = NewActions(found);
    auto same = before_.findings.find(key);
    if (same == before_.findings.end()) {
      // The same requests in other words (`O-ONE` without case, a network's host bits).
      same = std::find_if(before_.findings.begin(), before_.findings.end(), [&](const auto& other) {
        return other.first.first == key.first && other.second.region == found.region;
      });
    }
    bool dropped_before = same != before_.findings.end() && DropsShare(before_, key, report);
    AddEncryption(finding, found);
    if (same != before_.findings.end() && !dropped_before) {
      Finding earlier = Describe(before_, key, same->second);
      // A key that opens makes usable what was shared before.
      if (type_->shared_image && UseOf(LackingKeyActions(after_, found.region)) >
                                     UseOf(LackingKeyActions(before_, same->second.region))) {
        for (const std::string& action : finding.actions) {
          bool listed = std::find(finding.new_actions.begin(), finding.new_actions.end(), action) !=
                        finding.new_actions.end();
          if (NeedsKey(action) && !listed) finding.new_actions.push_back(action);
        }
        std::sort(finding.new_actions.begin(), finding.new_actions.end());
      }
      bool equal = earlier.actions == finding.actions && earlier.is_public == finding.is_public &&
                   finding.new_actions.empty();
      finding.change = equal ? ChangeType::kUnchanged : ChangeType::kChanged;
    } else {
      auto [it, added] = had.try_emplace(key.first, false);
      if (added && before_.configuration != nullptr && !before_.findings.empty())
        it->second = HadAccess(key.first);
      // Nothing is new where every request was let in before, though as another principal's.
      bool nothing_new = before_.configuration != nullptr && finding.new_actions.empty();
      if (dropped_before || (!it->second && !nothing_new)) {
        finding.change = ChangeType::kNew;
        if (finding.new_actions.empty() || dropped_before) finding.new_actions = finding.actions;
      } else if (before_principals.contains(key.first) || !finding.new_actions.empty()) {
        finding.change = ChangeType::kChanged;
      } else {
        finding.change = ChangeType::kUnchanged;
      }
    }
    if (IsUndetermined(finding, report)) continue;
    if (options_.explain && finding.change != ChangeType::kUnchanged) Explain(finding, found);
    report.findings.push_back(std::move(finding));
    report.grants.push_back(std::move(found.grants));
  }
  // Where it is open what will be allowed, nothing is known to end.
  const auto& open = after_.lowered.undetermined;
  if (std::any_of(open.begin(), open.end(), [](const model::Undetermined& entry) {
        return entry.code == model::Code::kPV010;
      }))
    return;
  for (auto& [key, found] : before_.findings) {
    if (after_.findings.contains(key) || DropsShare(before_, key, report) || StillOpen(key, found))
      continue;
    Finding finding = Describe(before_, key, found);
    finding.status = Status::kResolved;
    finding.change = ChangeType::kChanged;
    finding.witness.reset();
    AddEncryption(finding, found);
    Report ignored;
    if (IsUndetermined(finding, ignored)) continue;
    report.findings.push_back(std::move(finding));
    report.grants.emplace_back();
  }
}

}  // namespace preview::access
