// The third part of a comparison, made on demand: why nothing stops a finding's witness, and the
// smallest change that would. A proposed change is decided by the engine itself before it is
// offered.

#include <algorithm>
#include <set>

#include "preview/access/comparison.h"

namespace preview::access {

namespace {

std::string StatementName(const Rule& rule) {
  std::string name = "statement " + std::to_string(rule.source.statement + 1);
  if (!rule.source.sid.empty()) name += " `" + rule.source.sid + "`";
  return name;
}

bool SameStatement(const Rule& rule, const model::FindingSource& source) {
  return rule.source.type == source.type && rule.source.carrier == source.carrier &&
         rule.source.statement == source.statement && rule.source.detail == source.detail;
}

// Runs `change` on every Allow that grants the finding; false from it removes the rule.
void EditGranting(Lowered& side, const std::vector<model::FindingSource>& sources,
                  const std::function<bool(Rule&)>& change) {
  for (Channel& channel : side.channels) {
    for (Layer& layer : channel.layers) {
      std::vector<Rule> kept;
      for (Rule& rule : layer.rules) {
        bool grants = std::any_of(
            sources.begin(), sources.end(),
            [&](const model::FindingSource& source) { return SameStatement(rule, source); });
        if (!grants || change(rule)) kept.push_back(std::move(rule));
      }
      layer.rules = std::move(kept);
    }
  }
}

bool RemovePrincipal(Rule& rule, const model::Principal& principal) {
  std::erase_if(rule.statement.principals, [&](const model::PrincipalEntry& entry) {
    PrincipalMatcher matcher = MatcherOf(entry);
    if (principal.kind != "AWS") return entry.text == principal.value;
    return entry.text == principal.value ||
           (matcher.form == PrincipalMatcher::Form::kAccount && matcher.account == principal.value);
  });
  return !rule.statement.principals.empty();
}

}  // namespace

std::string Comparison::WhyNot(const CompiledRule& deny, const Box& point) const {
  const Rule& rule = *deny.rule;
  Box meeting = point;
  IntersectInto(meeting, deny.box);
  for (std::size_t d = 0; d < space_->dimensions().size(); ++d) {
    if (!space_->EmptyIn(meeting, d)) continue;
    if (d == 0) {
      for (const model::Condition& condition : rule.statement.conditions) {
        if (IsCallerView(ToLower(condition.key))) {
          return "its condition on `" + condition.key + "` does not hold for the caller";
        }
      }
      return "it does not speak of the caller";
    }
    const Dimension& dimension = space_->dimensions()[d];
    if (dimension.keys.empty()) return "it speaks of other resources";
    for (const model::Condition& condition : rule.statement.conditions) {
      std::string key = ToLower(condition.key);
      auto at = std::find(dimension.keys.begin(), dimension.keys.end(), key);
      if (at == dimension.keys.end()) continue;
      auto atom = space_->FirstAtom(point, d);
      const ContextValue& value =
          dimension.atoms[atom.value_or(0)][static_cast<std::size_t>(at - dimension.keys.begin())];
      std::string has = value ? "has `" + value->front() + "`" : "does not have it";
      return "its condition " + condition.op + " on `" + condition.key +
             "` does not hold: the request " + has;
    }
  }
  return "its conditions do not hold for the request";
}

bool Comparison::Closes(const model::Finding& finding, const Edit& edit) {
  if (decisions_left_ == 0) return false;
  --decisions_left_;
  AccessOptions options = options_;
  options.explain = false;
  static const model::Assembly kNone;
  Comparison changed(nullptr, kNone, after_.configuration, *after_.assembly, options, symbols_);
  changed.set_edit(edit);
  Report report = changed.Run();
  auto is_known = [&](const model::Principal& principal) {
    return std::any_of(after_.findings.begin(), after_.findings.end(),
                       [&](const auto& found) { return found.first.first == principal; });
  };
  return std::none_of(report.findings.begin(), report.findings.end(),
                      [&](const model::Finding& other) {
                        return other.principal == finding.principal || !is_known(other.principal) ||
                               (other.is_public && finding.is_public);
                      });
}

void Comparison::Explain(model::Finding& finding, const SideFinding& found) {
  const ActionClass& action_class = classes_[found.hit_class];
  std::set<const Rule*> seen;
  for (const CompiledRule* deny : action_class.after.denies) {
    if (!seen.insert(deny->rule).second) continue;
    finding.obstacles.push_back("Deny " + StatementName(*deny->rule) + ": " +
                                WhyNot(*deny, found.hit.point));
  }
  // Denies that this action is no business of.
  for (std::size_t l = 0; l < layers_.size(); ++l) {
    if (l == after_.key_layer || l == before_.key_layer) continue;
    bool proposed =
        std::any_of(after_.layer_index.begin(), after_.layer_index.end(), [&](const auto& layers) {
          return std::find(layers.begin(), layers.end(), l) != layers.end();
        });
    for (std::size_t r = 0; proposed && r < compiled_[l].size(); ++r) {
      const Rule& rule = *compiled_[l][r].rule;
      if (rule.statement.effect != model::Effect::kDeny || !seen.insert(&rule).second) continue;
      if (actions_[l][r].test(action_class.actions.front())) continue;
      finding.obstacles.push_back("Deny " + StatementName(rule) + ": it speaks of other actions");
    }
  }
  const model::Configuration& configuration = *after_.configuration;
  if (configuration.resource_type == "AWS::S3::Bucket") {
    bool restricts =
        (configuration.bucket_block && configuration.bucket_block->restrict_public_buckets) ||
        (configuration.account_block && configuration.account_block->restrict_public_buckets);
    finding.obstacles.push_back(
        restricts
            ? "public access block: RestrictPublicBuckets acts only on a public policy, and this "
              "one is not public"
            : "public access block: RestrictPublicBuckets is not on");
  }
  if (finding.encryption && !finding.encryption->reason.empty()) {
    finding.obstacles.push_back("encryption: " + finding.encryption->reason);
  }

  struct Proposal {
    std::string text;
    std::function<bool(Rule&)> change;
  };
  std::string where;
  for (const model::FindingSource& source : finding.sources) {
    if (!where.empty()) where += " and ";
    where +=
        source.statement >= 0 ? "statement " + std::to_string(source.statement + 1) : "the grant";
    if (!source.carrier.empty()) where += " of `" + source.carrier + "`";
  }
  const std::string own = configuration.environment.account;
  std::vector<Proposal> proposals;
  if (finding.principal.value != "*") {
    proposals.push_back({"take `" + model::Display(finding.principal.value, symbols_) +
                             "` out of the principals of " + where,
                         [&](Rule& rule) { return RemovePrincipal(rule, finding.principal); }});
  } else if (configuration.resource_type != "AWS::IAM::Role" && !own.empty()) {
    proposals.push_back({"add the condition {\"StringEquals\": {\"aws:PrincipalAccount\": \"" +
                             model::Display(own, symbols_) + "\"}} to " + where,
                         [&](Rule& rule) {
                           if (rule.source.statement < 0) return false;
                           rule.statement.conditions.push_back(
                               {"StringEquals", "aws:PrincipalAccount", {own}});
                           return true;
                         }});
  }
  proposals.push_back({"remove " + where, [](Rule&) { return false; }});
  for (const Proposal& proposal : proposals) {
    bool policy =
        std::all_of(finding.sources.begin(), finding.sources.end(),
                    [](const model::FindingSource& source) { return source.statement >= 0; });
    if (!policy && &proposal != &proposals.back()) continue;
    if (Closes(finding,
               [&](Lowered& side) { EditGranting(side, finding.sources, proposal.change); })) {
      finding.closing = proposal.text;
      return;
    }
  }
}

}  // namespace preview::access
