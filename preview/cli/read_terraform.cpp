// Terraform plans and folders to targets. Plans of one account whose addresses do not clash are one
// deployment.
#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <unordered_set>
#include <utility>

#include "parsers/terraform/folder.h"
#include "parsers/terraform/plan.h"
#include "parsers/terraform/source.h"
#include "preview/cli/target.h"

namespace preview::cli {
namespace {

namespace fs = std::filesystem;

model::Environment OptionEnvironment(const Options& options) {
  return {options.account.text, options.region.text, options.partition.text};
}

terraform::SourceOptions SourceSettings(const Options& options) {
  terraform::SourceOptions settings;
  settings.limits = options.limits;
  settings.evaluation_steps = options.evaluation_steps;
  return settings;
}

// Sources opened so far, by folder or plan file: several plans may share one.
class Sources {
 public:
  explicit Sources(ReadContext& context) : context_(context) {}

  // The source of a plan: --source, else the plan's folder, else the working folder. Null when
  // there is none.
  terraform::Source* Find(const Input& plan) {
    if (!context_.options.source.empty()) return Given();
    const std::string folder = plan.path.empty() ? "." : FolderOf(plan.path);
    if (terraform::Source* source = Folder(folder); source != nullptr) return source;
    return Folder(".");
  }

 private:
  terraform::Source* Given() {
    const std::string& path = context_.options.source;
    if (const auto known = opened_.find(path); known != opened_.end()) return known->second.get();
    std::error_code error;
    const bool folder = fs::is_directory(path, error);
    auto source = folder ? terraform::OpenSourceFolder(path, SourceSettings(context_.options),
                                                       context_.tables.files)
                         : terraform::OpenSourcePlanFile(path, SourceSettings(context_.options),
                                                         context_.tables.files);
    if (!source.ok()) {
      context_.Fail(path, source.error());
      return Keep(path, nullptr);
    }
    return Keep(path, std::move(source).value());
  }
  terraform::Source* Folder(const std::string& folder) {
    std::error_code error;
    const std::string key = fs::weakly_canonical(folder, error).string();
    if (const auto known = opened_.find(key); known != opened_.end()) return known->second.get();
    if (!HoldsSource(folder)) return Keep(key, nullptr);
    auto source = terraform::OpenSourceFolder(folder, SourceSettings(context_.options),
                                              context_.tables.files);
    return Keep(key, source.ok() ? std::move(source).value() : nullptr);
  }
  static bool HoldsSource(const std::string& folder) {
    std::error_code error;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
      const std::string name = entry.path().filename().string();
      if (name.ends_with(".tf") || name.ends_with(".tofu")) return true;
    }
    return false;
  }
  terraform::Source* Keep(const std::string& key, std::unique_ptr<terraform::Source> source) {
    return (opened_[key] = std::move(source)).get();
  }

  ReadContext& context_;
  std::map<std::string, std::unique_ptr<terraform::Source>> opened_;
};

std::optional<model::Deployment> ReadOnePlan(const Input& input, terraform::Source* source,
                                             ReadContext& context) {
  terraform::PlanOptions settings;
  settings.limits = context.options.limits;
  settings.input = input.name;
  settings.environment = OptionEnvironment(context.options);
  settings.source = source;
  model::Result<model::Deployment> read =
      terraform::ReadPlan(input.text, settings, context.tables.symbols, context.tables.files);
  if (!read.ok()) {
    context.Fail(input.name, read.error());
    return std::nullopt;
  }
  model::Deployment deployment = std::move(read).value();
  if (source == nullptr) return deployment;
  deployment.suppressions = source->Suppressions();
  for (const model::Error& problem : source->problems()) {
    deployment.notes.push_back({input.name, "",
                                fmt::format("in the Terraform source: {}", problem.message),
                                problem.place, false});
  }
  return deployment;
}

// Variables of the environment that Terraform would take: `TF_VAR_name`, by name.
std::map<std::string, std::string> EnvironmentVariables() {
  constexpr std::string_view kPrefix = "TF_VAR_";
  std::map<std::string, std::string> variables;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const std::size_t equals = text.find('=');
    if (!text.starts_with(kPrefix) || equals == std::string_view::npos) continue;
    variables.emplace(text.substr(kPrefix.size(), equals - kPrefix.size()),
                      text.substr(equals + 1));
  }
  return variables;
}

std::optional<model::Deployment> ReadOneFolder(const Input& input, ReadContext& context) {
  terraform::FolderOptions settings;
  settings.source = SourceSettings(context.options);
  settings.input = input.name;
  settings.environment = OptionEnvironment(context.options);
  settings.environment_variables = EnvironmentVariables();
  settings.variable_files = context.options.variable_files;
  for (const Assignment& variable : context.options.variables) {
    settings.variables.emplace_back(variable.name, variable.value);
  }
  model::Result<model::Deployment> read =
      terraform::ReadFolder(input.path, settings, context.tables.symbols, context.tables.files);
  if (!read.ok()) {
    context.Fail(input.name, read.error());
    return std::nullopt;
  }
  return std::move(read).value();
}

std::optional<model::Deployment> ReadOne(const Input& input, Sources& sources,
                                         ReadContext& context) {
  if (input.kind == InputKind::kTerraformFolder) return ReadOneFolder(input, context);
  return ReadOnePlan(input, sources.Find(input), context);
}

// --base: what that plan or folder makes is what is there now.
void ApplyBase(model::Deployment& deployment, Sources& sources, ReadContext& context) {
  const std::string& base = context.options.base;
  if (base.empty()) return;
  if (base.starts_with("git:")) {
    return context.Fail(base, {"a git revision is the base of a template only",
                               "give an older plan: --base old-plan.json",
                               {}});
  }
  const std::vector<Input> inputs = ReadInputs(base, context.options.limits, context.errors);
  if (inputs.empty()) return;
  const InputKind kind = inputs.front().kind;
  if (inputs.size() > 1 ||
      (kind != InputKind::kTerraformPlan && kind != InputKind::kTerraformFolder)) {
    return context.Fail(base, {"the base of Terraform is an older plan or folder", "", {}});
  }
  std::optional<model::Deployment> read = ReadOne(inputs.front(), sources, context);
  if (read.has_value()) deployment.before = std::move(read->after);
}

bool SameAccount(const model::Deployment& a, const model::Deployment& b) {
  return a.environment.account == b.environment.account &&
         a.environment.partition == b.environment.partition;
}

void RememberInputs(const model::Deployment& deployment, const std::string& input, Target& target) {
  for (const model::Inventory* side : {&deployment.before, &deployment.after}) {
    for (const model::Resource& resource : side->resources)
      target.input_of.emplace(resource.address, input);
  }
}

bool Clashes(const model::Deployment& deployment, const Target& target) {
  for (const model::Inventory* side : {&deployment.before, &deployment.after}) {
    for (const model::Resource& resource : side->resources) {
      if (target.input_of.contains(resource.address)) return true;
    }
  }
  return false;
}

template <typename T>
void Append(std::vector<T>& list, std::vector<T>& more) {
  list.insert(list.end(), std::make_move_iterator(more.begin()),
              std::make_move_iterator(more.end()));
}

void Join(model::Deployment& into, model::Deployment& more) {
  Append(into.before.resources, more.before.resources);
  Append(into.after.resources, more.after.resources);
  Append(into.undetermined, more.undetermined);
  Append(into.notes, more.notes);
  Append(into.suppressions, more.suppressions);
  if (into.organization.empty()) into.organization = more.organization;
  if (into.organization == more.organization)
    Append(into.organization_accounts, more.organization_accounts);
  if (into.canonical_user.empty()) into.canonical_user = more.canonical_user;
}

// Joins the deployment to the first target of the same account whose addresses are others', else
// begins a target.
void AddPlan(model::Deployment deployment, const std::string& input, std::size_t first,
             ReadContext& context) {
  for (std::size_t i = first; i < context.targets.size(); ++i) {
    Target& target = context.targets[i];
    model::Deployment& into = target.scenarios.front().deployment;
    if (!SameAccount(into, deployment) || Clashes(deployment, target)) continue;
    RememberInputs(deployment, input, target);
    Join(into, deployment);
    return;
  }
  Target target;
  target.input = input;
  RememberInputs(deployment, input, target);
  target.scenarios.push_back({std::move(deployment), std::nullopt});
  context.targets.push_back(std::move(target));
}

}  // namespace

void ReadTerraform(const std::vector<const Input*>& inputs, ReadContext& context) {
  Sources sources(context);
  const std::size_t first = context.targets.size();
  for (const Input* input : inputs) {
    std::optional<model::Deployment> deployment = ReadOne(*input, sources, context);
    if (!deployment.has_value()) continue;
    if (inputs.size() == 1) {
      ApplyBase(*deployment, sources, context);
      Target target;
      target.input = input->name;
      target.scenarios.push_back({*std::move(deployment), std::nullopt});
      context.targets.push_back(std::move(target));
    } else {
      AddPlan(*std::move(deployment), input->name, first, context);
    }
  }
  if (inputs.size() > 1 && !context.options.base.empty()) {
    context.Fail(context.options.base, {"--base takes one plan; there are several inputs", "", {}});
  }
}

}  // namespace preview::cli
