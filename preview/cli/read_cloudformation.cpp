// Templates, change sets and CDK assemblies to targets. All templates of a run are one deployment.
#include <fmt/format.h>

#include <filesystem>
#include <optional>
#include <utility>

#include "parsers/cloudformation/assembly.h"
#include "parsers/cloudformation/change_set.h"
#include "parsers/cloudformation/template.h"
#include "preview/cli/git.h"
#include "preview/cli/target.h"

namespace preview::cli {
namespace {

namespace cf = preview::cloudformation;
namespace fs = std::filesystem;

constexpr std::string_view kGit = "git:";

std::string StemOf(const std::string& path) {
  return path.empty() ? "stdin" : fs::path(path).stem().string();
}

cf::TemplateText TemplateOf(const Input& input) {
  cf::TemplateText text;
  text.name = input.name;
  text.text = input.text;
  text.folder = input.path.empty() ? "" : FolderOf(input.path);
  return text;
}

// Values given as K=V, and those of parameter files; a later one wins.
std::optional<cf::Texts> ParametersOf(const std::vector<Assignment>& assignments,
                                      ReadContext& context) {
  cf::Texts parameters;
  for (const Assignment& assignment : assignments) {
    if (!assignment.name.empty()) {
      parameters[assignment.name] = assignment.value;
      continue;
    }
    std::string why;
    std::optional<std::string> text =
        ReadWholeFile(assignment.value, context.options.limits.bytes, why);
    if (!text.has_value()) {
      context.Fail(assignment.value, {why, "parameters are K=V or a file", {}});
      return std::nullopt;
    }
    const std::uint32_t file = context.tables.files.Add(assignment.value, *text);
    auto read = cf::ParseParameters(*text, file, context.options.limits);
    if (!read.ok()) {
      context.Fail(assignment.value, read.error());
      return std::nullopt;
    }
    for (auto& [key, value] : read.value()) parameters[key] = value;
  }
  return parameters;
}

std::optional<cf::TemplateOptions> OptionsOf(const std::string& input, ReadContext& context) {
  const Options& options = context.options;
  cf::TemplateOptions settings;
  settings.limits = options.limits;
  settings.input = input;
  settings.environment = {options.account.text, options.region.text, options.partition.text};
  std::optional<cf::Texts> parameters = ParametersOf(options.parameters, context);
  if (!parameters.has_value()) return std::nullopt;
  settings.parameters = *std::move(parameters);
  if (!options.base_parameters.empty()) {
    settings.base_parameters = ParametersOf(options.base_parameters, context);
    if (!settings.base_parameters.has_value()) return std::nullopt;
  }
  for (const Assignment& assignment : options.imports)
    settings.imports[assignment.name] = assignment.value;
  return settings;
}

// The templates at a git revision of the same paths. One that was not there is new.
std::optional<std::vector<cf::TemplateText>> BaseFromGit(const std::vector<const Input*>& templates,
                                                         ReadContext& context) {
  const std::string revision = context.options.base.substr(kGit.size());
  std::vector<cf::TemplateText> base;
  for (const Input* input : templates) {
    if (input->path.empty()) {
      context.Fail(context.options.base,
                   {"standard input has no path, so git cannot know its base", "", {}});
      return std::nullopt;
    }
    auto text = FileAtRevision(input->path, revision, context.options.limits.bytes);
    if (!text.ok()) {
      context.Fail(context.options.base, text.error());
      return std::nullopt;
    }
    if (!text.value().has_value()) continue;
    cf::TemplateText old = TemplateOf(*input);
    old.name = fmt::format("{}:{}", revision, input->name);
    old.text = *std::move(text.value());
    base.push_back(std::move(old));
  }
  return base;
}

// --base for templates: nothing, a template, a folder of templates, or git:REF.
std::optional<std::vector<cf::TemplateText>> BaseTemplates(
    const std::vector<const Input*>& templates, ReadContext& context) {
  const std::string& base = context.options.base;
  if (base.empty()) return std::vector<cf::TemplateText>();
  if (base.starts_with(kGit)) return BaseFromGit(templates, context);
  const std::size_t errors = context.errors.size();
  const std::vector<Input> inputs = ReadInputs(base, context.options.limits, context.errors);
  if (context.errors.size() > errors) return std::nullopt;
  std::vector<cf::TemplateText> texts;
  for (const Input& input : inputs) {
    if (input.kind != InputKind::kTemplate) {
      context.Fail(
          input.name,
          {"the base of a template is a template, a folder of templates, or git:REF", "", {}});
      return std::nullopt;
    }
    texts.push_back(TemplateOf(input));
  }
  return texts;
}

// Where there are several, each is told by its file's name without extension, on both sides.
void Label(std::vector<cf::TemplateText>& texts) {
  for (cf::TemplateText& text : texts) text.label = StemOf(text.name);
}

void AddTarget(model::Result<std::vector<model::Deployment>> read, Target target,
               ReadContext& context) {
  if (!read.ok()) return context.Fail(target.input, read.error());
  for (model::Deployment& deployment : read.value())
    target.scenarios.push_back({std::move(deployment), std::nullopt});
  if (!target.scenarios.empty()) context.targets.push_back(std::move(target));
}

void ReadAssemblyInput(const Input& input, ReadContext& context) {
  const std::string& base = context.options.base;
  if (base.starts_with(kGit)) {
    return context.Fail(base, {"a git revision is the base of a template only",
                               "give the folder of the older assembly",
                               {}});
  }
  std::string old_folder;
  if (!base.empty()) {
    const std::vector<Input> inputs = ReadInputs(base, context.options.limits, context.errors);
    if (inputs.empty()) return;
    if (inputs.front().kind != InputKind::kAssembly)
      return context.Fail(base, {"the base of a CDK assembly is an older one", "", {}});
    old_folder = inputs.front().path;
  }
  const std::optional<cf::TemplateOptions> settings = OptionsOf(input.name, context);
  if (!settings.has_value()) return;
  Target target;
  target.input = input.name;
  AddTarget(cf::ReadAssembly(input.path, old_folder, *settings, context.tables.symbols,
                             context.tables.files),
            std::move(target), context);
}

void ReadTogether(const std::vector<const Input*>& templates,
                  const std::vector<const Input*>& change_sets, ReadContext& context) {
  const Input& first = change_sets.empty() ? *templates.front() : *change_sets.front();
  const std::optional<cf::TemplateOptions> settings = OptionsOf(first.name, context);
  std::optional<std::vector<cf::TemplateText>> base = BaseTemplates(templates, context);
  if (!settings.has_value() || !base.has_value()) return;
  std::vector<cf::TemplateText> after;
  Target target;
  target.input = first.name;
  for (const Input* input : templates) after.push_back(TemplateOf(*input));
  if (templates.size() > 1 || base->size() > 1) {
    Label(after);
    Label(*base);
    for (const cf::TemplateText& text : after) target.input_of.emplace(text.label, text.name);
  }
  if (change_sets.empty()) {
    return AddTarget(
        cf::ReadTemplates(after, *base, *settings, context.tables.symbols, context.tables.files),
        std::move(target), context);
  }
  std::vector<cf::ChangeSetText> changes;
  for (const Input* input : change_sets) changes.push_back({input->name, input->text});
  AddTarget(cf::ReadChangeSets(changes, after, *base, *settings, context.tables.symbols,
                               context.tables.files),
            std::move(target), context);
}

}  // namespace

void ReadCloudFormation(const std::vector<const Input*>& inputs, ReadContext& context) {
  std::vector<const Input*> templates;
  std::vector<const Input*> change_sets;
  for (const Input* input : inputs) {
    if (input->kind == InputKind::kAssembly) {
      ReadAssemblyInput(*input, context);
    } else {
      (input->kind == InputKind::kChangeSet ? change_sets : templates).push_back(input);
    }
  }
  if (!templates.empty() || !change_sets.empty()) ReadTogether(templates, change_sets, context);
}

}  // namespace preview::cli
