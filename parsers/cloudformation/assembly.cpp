#include "parsers/cloudformation/assembly.h"

#include <fmt/core.h>

#include <filesystem>
#include <set>
#include <utility>

#include "parsers/cloudformation/library.h"
#include "parsers/cloudformation/parts.h"
#include "parsers/cloudformation/reading.h"
#include "parsers/text/json.h"

namespace preview::cloudformation {

using model::Value;

namespace {

constexpr int kMaxNesting = 20;  // of stages
constexpr std::size_t kMaxStacks = 5000;

// `aws://111122223333/eu-west-1`; what is unknown stays empty.
model::Environment ParseEnvironment(std::string_view text) {
  model::Environment environment;
  constexpr std::string_view kScheme = "aws://";
  if (!text.starts_with(kScheme)) return environment;
  text.remove_prefix(kScheme.size());
  const std::size_t slash = text.find('/');
  environment.account = text.substr(0, slash);
  if (slash != std::string_view::npos) environment.region = text.substr(slash + 1);
  if (environment.account == "unknown-account") environment.account.clear();
  if (environment.region == "unknown-region") environment.region.clear();
  return environment;
}

class AssemblyReader {
 public:
  AssemblyReader(const TemplateOptions& options, model::SourceFiles& files)
      : options_(options), files_(files) {}

  std::optional<model::Error> Read(const std::string& folder, int depth) {
    const std::string path = (std::filesystem::path(folder) / "manifest.json").generic_string();
    auto text = ReadLocalFile(path, options_.limits.bytes);
    if (!text.ok()) return model::Error{fmt::format("`{}` cannot be read", path), "", {}};
    const std::uint32_t file = files_.Add(path, text.value());
    auto manifest = text::ParseJson(text.value(), {options_.limits, file, true});
    if (!manifest.ok()) return manifest.error();
    const Value* artifacts = manifest.value().Find("artifacts");
    if (artifacts == nullptr && manifest.value().Find("version") == nullptr) {
      return model::Error{fmt::format("`{}` is no manifest of a cloud assembly", path), "",
                          manifest.value().place};
    }
    NoteMissing(manifest.value());
    if (artifacts == nullptr || !artifacts->is_object()) return std::nullopt;
    const Texts assets = ReadAssets(folder, *artifacts);
    for (std::size_t i = 0; i < artifacts->items.size(); ++i) {
      if (auto error = ReadArtifact(folder, artifacts->keys[i], artifacts->items[i], assets, depth))
        return error;
    }
    return std::nullopt;
  }

  std::vector<TemplateText> stacks;
  std::vector<model::Note> notes;

 private:
  void NoteMissing(const Value& manifest) {
    const Value* missing = manifest.Find("missing");
    if (missing == nullptr || !missing->is_list() || missing->items.empty()) return;
    for (const Value& item : missing->items) {
      model::Note note;
      note.input = options_.input;
      note.place = item.place;
      note.matters = true;
      const std::string key = MemberText(item, "key");
      if (!missing_.insert(key).second) continue;  // a stage repeats what its app lacks
      note.message = fmt::format(
          "the assembly is not complete: context `{}` is missing; synthesise it again", key);
      notes.push_back(std::move(note));
    }
  }

  // The files of the asset manifests of a folder, by the last part of their object keys: nested
  // templates, when the templates do not name them (`aws:asset:path` can be switched off). A
  // manifest that cannot be read leaves them unnamed.
  // https://github.com/aws/aws-cdk-cli/blob/main/packages/%40aws-cdk/cloud-assembly-schema/lib/assets/schema.ts
  Texts ReadAssets(const std::string& folder, const Value& artifacts) {
    Texts assets;
    for (const Value& artifact : artifacts.items) {
      const Value* name = artifact.FindPath("properties.file");
      if (MemberText(artifact, "type") != "cdk:asset-manifest" || name == nullptr) continue;
      std::string why;
      const std::string path = LocalFile(folder, ScalarText(*name).value_or(""), why);
      auto text = ReadLocalFile(path, options_.limits.bytes);
      if (!text.ok()) continue;
      const auto manifest = text::ParseJson(text.value(), {options_.limits, 0, false});
      const Value* files = manifest.ok() ? manifest.value().Find("files") : nullptr;
      if (files == nullptr) continue;
      for (const Value& file : files->items) AddAsset(file, assets);
    }
    return assets;
  }

  static void AddAsset(const Value& file, Texts& assets) {
    const Value* source = file.FindPath("source.path");
    const Value* destinations = file.Find("destinations");
    if (source == nullptr || !source->is_string() || destinations == nullptr) return;
    for (const Value& destination : destinations->items) {
      const std::string key = MemberText(destination, "objectKey");
      if (key.ends_with(".json")) assets.emplace(key.substr(key.rfind('/') + 1), source->text);
    }
  }

  std::optional<model::Error> ReadArtifact(const std::string& folder, const std::string& id,
                                           const Value& artifact, const Texts& assets, int depth) {
    const std::string type = MemberText(artifact, "type");
    const Value* properties = artifact.Find("properties");
    if (properties == nullptr) return std::nullopt;
    std::string why;
    if (type == "cdk:cloud-assembly") {
      const std::string nested = MemberText(*properties, "directoryName");
      const std::string manifest = LocalFile(folder, nested + "/manifest.json", why);
      if (manifest.empty() || depth >= kMaxNesting) {
        return model::Error{fmt::format("nested assembly `{}` cannot be read", nested), "",
                            artifact.place};
      }
      return Read((std::filesystem::path(folder) / nested).generic_string(), depth + 1);
    }
    if (type != "aws:cloudformation:stack") return std::nullopt;
    return ReadStack(folder, id, artifact, *properties, assets);
  }

  std::optional<model::Error> ReadStack(const std::string& folder, const std::string& id,
                                        const Value& artifact, const Value& properties,
                                        const Texts& assets) {
    const std::string name = MemberText(properties, "templateFile");
    std::string why;
    const std::string path = LocalFile(folder, name, why);
    if (path.empty() || stacks.size() >= kMaxStacks) {
      return model::Error{
          fmt::format("the template `{}` of stack `{}` cannot be read: {}", name, id, why), "",
          artifact.place};
    }
    auto text = ReadLocalFile(path, options_.limits.bytes);
    if (!text.ok()) return text.error();
    TemplateText stack;
    stack.name = (std::filesystem::path(folder) / name).lexically_normal().generic_string();
    stack.text = std::move(text).value();
    stack.folder = folder;
    stack.assets = assets;
    stack.stack = MemberText(properties, "stackName");
    if (stack.stack.empty()) stack.stack = id;
    stack.label = Label(stack.stack, MemberText(artifact, "displayName"), id);
    stack.environment = ParseEnvironment(MemberText(artifact, "environment"));
    if (const Value* parameters = properties.Find("parameters");
        parameters != nullptr && parameters->is_object()) {
      for (std::size_t i = 0; i < parameters->items.size(); ++i) {
        if (const auto value = ScalarText(parameters->items[i]))
          stack.parameters.emplace(parameters->keys[i], *value);
      }
    }
    stacks.push_back(std::move(stack));
    return std::nullopt;
  }

  // The stack's name; where two stacks (of two environments) have the same one, the CDK's own name
  // for it.
  std::string Label(const std::string& name, const std::string& display_name,
                    const std::string& id) {
    for (const std::string& candidate : {name, display_name, id}) {
      if (!candidate.empty() && labels_.insert(candidate).second) return candidate;
    }
    return fmt::format("{} ({})", id, stacks.size());
  }

  const TemplateOptions& options_;
  model::SourceFiles& files_;
  std::set<std::string> labels_;
  std::set<std::string> missing_;  // keys of context
};

}  // namespace

model::Result<std::vector<model::Deployment>> ReadAssembly(const std::string& folder,
                                                           const std::string& base,
                                                           const TemplateOptions& options,
                                                           model::SymbolTable& symbols,
                                                           model::SourceFiles& files) {
  AssemblyReader after(options, files);
  if (auto error = after.Read(folder, 0)) return *error;
  if (after.stacks.empty())
    return model::Error{fmt::format("the assembly `{}` has no stack", folder), "", {}};
  AssemblyReader before(options, files);
  if (!base.empty()) {
    if (auto error = before.Read(base, 0)) return *error;
  }
  auto deployments = ReadTemplates(after.stacks, before.stacks, options, symbols, files);
  if (!deployments.ok()) return deployments;
  const std::string& account = after.stacks.front().environment.account;
  for (model::Deployment& deployment : deployments.value()) {
    deployment.notes.insert(deployment.notes.end(), after.notes.begin(), after.notes.end());
    if (options.environment.account.empty() && !account.empty()) {
      deployment.account_inferred_from =
          fmt::format("the environment of stack `{}`", after.stacks.front().stack);
    }
  }
  return deployments;
}

}  // namespace preview::cloudformation
