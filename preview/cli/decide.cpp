#include "preview/cli/decide.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "parsers/policy/policy_parser.h"
#include "parsers/text/json.h"
#include "preview/cli/input.h"
#include "preview/cli/parallel.h"
#include "preview/cli/trust.h"

namespace preview::cli {
namespace {

const model::Configuration* At(const model::Assembly& side, int index) {
  return index < 0 ? nullptr : &side.configurations[static_cast<std::size_t>(index)];
}

}  // namespace

Decision Decide(Scenario scenario, model::ZoneOfTrust zone, const Options& options,
                const access::AccessOptions& access, model::SymbolTable& symbols) {
  Decision decision;
  decision.when = std::move(scenario.deployment.when);
  if (scenario.assembled.has_value()) {
    decision.assembled = *std::move(scenario.assembled);
  } else {
    assemble::AssembleOptions settings;
    settings.account_public_access_block = options.account_public_access_block;
    decision.assembled = assemble::Assemble(scenario.deployment, symbols, settings);
  }
  const model::Assembly& before = decision.assembled.before;
  const model::Assembly& after = decision.assembled.after;
  AddOwnArns(before, zone);
  AddOwnArns(after, zone);
  decision.matches = MatchConfigurations(before, after);
  decision.reports.resize(decision.matches.size());

  access::AccessOptions own = access;
  own.zone = zone;
  own.all_grants = !scenario.deployment.suppressions.empty();
  ForEach(decision.matches.size(), options.jobs, [&](std::size_t, std::size_t i) {
    const model::Configuration* old = At(before, decision.matches[i].before);
    const model::Configuration* proposed = At(after, decision.matches[i].after);
    const std::string& account = (proposed != nullptr ? proposed : old)->environment.account;
    if (account.empty() || account == own.zone.account) {
      decision.reports[i] = access::Compare(old, before, proposed, after, own, symbols);
      return;
    }
    access::AccessOptions other = own;
    other.zone.account = account;
    decision.reports[i] = access::Compare(old, before, proposed, after, other, symbols);
  });
  decision.zone = std::move(zone);
  return decision;
}

model::Result<access::AccessOptions> AccessOptionsOf(const Options& options,
                                                     model::SourceFiles& files) {
  access::AccessOptions access;
  access.minimal = options.minimal;
  access.max_atoms = options.max_atoms;
  access.max_steps = options.max_steps;
  // The text form says how to close a finding; the others have no place for it.
  const auto is_text = [](const Output& output) { return output.format == "text"; };
  access.explain = options.command == Command::kExplain ||
                   (options.command == Command::kCheck &&
                    std::any_of(options.outputs.begin(), options.outputs.end(), is_text));
  access.apply_resource_control_policies = options.apply_resource_control_policies;
  for (const std::string& path : options.resource_control_policies) {
    std::string why;
    std::optional<std::string> text = ReadWholeFile(path, options.limits.bytes, why);
    if (!text.has_value()) return model::Error{fmt::format("`{}` {}", path, why), "", {}};
    text::JsonOptions json;
    json.limits = options.limits;
    json.file = files.Add(path, *text);
    const model::Result<model::Value> value = text::ParseJson(*text, json);
    if (!value.ok()) return value.error();
    const policy::ParsedPolicy parsed = policy::ParsePolicy(value.value(), {});
    if (!parsed.problems.empty()) {
      return model::Error{fmt::format("`{}`: {}", path, parsed.problems.front().reason), "",
                          parsed.problems.front().place};
    }
    access.resource_control_policies.push_back(parsed.document);
  }
  return access;
}

}  // namespace preview::cli
