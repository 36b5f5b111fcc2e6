#include "preview/cli/check.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "preview/cli/collect.h"
#include "preview/cli/gate.h"
#include "preview/cli/ids.h"
#include "preview/cli/input.h"
#include "preview/cli/suppress.h"
#include "preview/cli/trust.h"
#include "rules/catalogue.h"

namespace preview::cli {
namespace {

// The types of a reading that carry access, with how many resources there are of each.
std::map<std::string, std::size_t> CarryingTypes(const model::Deployment& deployment) {
  std::map<std::string, std::size_t> types;
  for (const model::Inventory* side : {&deployment.before, &deployment.after}) {
    for (const model::Resource& resource : side->resources) {
      if (!resource.from_data_source &&
          !rules::FindBindings(deployment.language, resource.type).empty())
        ++types[resource.type];
    }
  }
  return types;
}

// Resources that carry access, and not one was decided: that must not look like success.
void RefuseSilence(const Target& target, const std::map<std::string, std::size_t>& types,
                   std::size_t decided_resources, report::Document& document) {
  if (types.empty() || decided_resources > 0) return;
  std::string list;
  for (const auto& [type, count] : types)
    list += fmt::format("{}{} {}", list.empty() ? "" : ", ", count, type);
  model::Undetermined entry;
  entry.input = target.input;
  entry.reason = fmt::format(
      "the input has resources that carry access ({}), and none of them was decided", list);
  entry.hint = "this is a gap in the program; please report it with the input";
  document.undetermined.push_back(std::move(entry));
}

std::vector<Input> ReadAllInputs(const Options& options, std::vector<model::InputError>& errors) {
  std::vector<Input> inputs;
  for (const std::string& argument : options.inputs) {
    for (Input& input : ReadInputs(argument, options.limits, errors))
      inputs.push_back(std::move(input));
  }
  return inputs;
}

std::string SettingsFolder(const Options& options) {
  const std::string& first = options.inputs.front();
  return first == "-" ? "." : FolderOf(first);
}

std::vector<Decision> DecideTarget(Target& target, const Options& options,
                                   const access::AccessOptions& access,
                                   const std::vector<std::string>& organization_accounts,
                                   Tables& tables, Suppressor& suppressor,
                                   report::Document& document) {
  std::vector<Decision> readings;
  std::map<std::string, std::size_t> carrying;
  std::size_t read = 0;
  for (Scenario& scenario : target.scenarios) {
    const model::Deployment& deployment = scenario.deployment;
    read = std::max(
        read, std::max(deployment.before.resources.size(), deployment.after.resources.size()));
    carrying.merge(CarryingTypes(deployment));
    model::ZoneOfTrust zone = ZoneOf(deployment, options, organization_accounts);
    Describe(zone, document.zone);
    std::vector<model::Undetermined> undetermined = deployment.undetermined;
    std::vector<model::Note> notes = deployment.notes;
    const std::vector<model::Suppression> suppressions = deployment.suppressions;
    const ResourcePlaces places(deployment);
    Decision decision =
        Decide(std::move(scenario), std::move(zone), options, access, tables.symbols);
    std::move(undetermined.begin(), undetermined.end(),
              std::back_inserter(decision.assembled.undetermined));
    std::move(notes.begin(), notes.end(), std::back_inserter(decision.assembled.notes));
    suppressor.Apply(suppressions, places, decision);
    read = std::max(read, decision.assembled.after.configurations.size());
    readings.push_back(std::move(decision));
  }
  document.read += read;
  const std::size_t before = document.resources;
  const bool open = !document.undetermined.empty();
  Collect(readings, target, document);
  if (!open && document.undetermined.empty())
    RefuseSilence(target, carrying, document.resources - before, document);
  return readings;
}

Tally TallyOf(const report::Document& document, const Options& options) {
  Tally tally;
  tally.errors = !document.errors.empty();
  tally.undetermined =
      std::any_of(document.undetermined.begin(), document.undetermined.end(),
                  [](const model::Undetermined& entry) { return !entry.accepted.has_value(); });
  tally.failing = std::any_of(
      document.findings.begin(), document.findings.end(),
      [&options](const model::Finding& finding) { return Fails(finding, options.fail_on); });
  return tally;
}

}  // namespace

CheckResult Check(Options options, Tables& tables) {
  CheckResult result;
  report::Document& document = result.document;
  document.version = PREVIEW_VERSION;
  const auto fail = [&](const model::Error& error) {
    document.errors.push_back({"config", "", error.message, error.help, error.place});
    result.status = 2;
  };

  // 1. settings
  if (auto error = ApplySettings(SettingsFolder(options), options, tables.files);
      error.has_value()) {
    document.errors.push_back(*std::move(error));
  }
  model::Result<access::AccessOptions> access = AccessOptionsOf(options, tables.files);
  if (!access.ok()) fail(access.error());
  model::Result<std::vector<std::string>> organization_accounts = OrganizationAccounts(options);
  if (!organization_accounts.ok()) fail(organization_accounts.error());
  if (!document.errors.empty()) {
    result.status = 2;
    return result;
  }

  // 2. bytes to inputs, inputs to deployments
  std::vector<Input> inputs = ReadAllInputs(options, document.errors);
  std::vector<Target> targets = ReadTargets(std::move(inputs), options, tables, document.errors);

  // 3. deployments to findings
  Suppressor suppressor(options, tables.files);
  for (Target& target : targets) {
    std::vector<Decision> readings =
        DecideTarget(target, options, access.value(), organization_accounts.value(), tables,
                     suppressor, document);
    if (options.command == Command::kExplain) result.decisions.push_back(std::move(readings));
  }

  // 4. findings to a report
  SortFindings(document.findings, tables.symbols);
  AssignIds(document.findings, tables.symbols);
  suppressor.Warn(document);
  result.status = ExitStatus(TallyOf(document, options), options);
  return result;
}

}  // namespace preview::cli
