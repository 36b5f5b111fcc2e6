#include "parsers/terraform/hcl/module.h"

#include <algorithm>
#include <array>
#include <utility>

#include "parsers/terraform/hcl/declare.h"
#include "parsers/text/json.h"

namespace preview::hcl {

namespace {

constexpr std::size_t kMaxModules = 2'000;
constexpr std::size_t kMaxModuleDepth = 50;
constexpr std::size_t kMaxTotalBytes = std::size_t{128} << 20;
constexpr std::string_view kManifest = ".terraform/modules/modules.json";

constexpr std::array<std::string_view, 4> kSuffixes{".tf.json", ".tofu.json", ".tf", ".tofu"};

// The name without its suffix; empty when the file is no configuration.
std::string_view StemOf(std::string_view name) {
  if (name.starts_with('.') || name.starts_with('#') || name.ends_with('~')) return "";
  for (std::string_view suffix : kSuffixes) {
    if (name.ends_with(suffix)) return name.substr(0, name.size() - suffix.size());
  }
  return "";
}

bool IsOverride(std::string_view stem) { return stem == "override" || stem.ends_with("_override"); }

// The source of a module call, when it is a plain text.
std::string SourceOf(const Declaration& call) {
  ExprRef source = call.Value("source");
  if (!source || source.expr().kind != ExprKind::kString) return "";
  return source.expr().text;
}

}  // namespace

const AttributeRef* Declaration::Find(std::string_view name) const {
  for (const AttributeRef& attribute : attributes) {
    if (attribute.name == name) return &attribute;
  }
  return nullptr;
}

ExprRef Declaration::Value(std::string_view name) const {
  const AttributeRef* attribute = Find(name);
  return attribute != nullptr ? attribute->value : ExprRef{};
}

model::Result<std::unique_ptr<ModuleTree>> ModuleTree::Load(const FileTree& files,
                                                            const text::Limits& limits,
                                                            model::SourceFiles& sources) {
  std::unique_ptr<ModuleTree> tree(new ModuleTree);
  tree->files_ = &files;
  tree->limits_ = &limits;
  tree->sources_ = &sources;
  tree->ReadManifest();
  tree->root_.module = tree->LoadFolder(".");
  if (tree->root_.module == nullptr) {
    return model::Error{.message = "there is no Terraform configuration (`*.tf`) in the folder",
                        .help = "",
                        .place = {}};
  }
  tree->LoadChildren();
  return tree;
}

// https://developer.hashicorp.com/terraform/cli/commands/init#child-module-installation; a binary
// plan has the list without the object around it.
void ModuleTree::ReadManifest() {
  auto text = files_->Read(std::string(kManifest));
  if (!text.ok()) return;
  text::JsonOptions options;
  options.limits = *limits_;
  options.track_places = false;
  auto json = text::ParseJson(text.value(), options);
  if (!json.ok()) {
    problems_.push_back(
        {.message = "`" + std::string(kManifest) + "` is no JSON: " + json.error().message,
         .help = "run `terraform init` again",
         .place = {}});
    return;
  }
  const model::Value* list = json.value().is_list() ? &json.value() : json.value().Find("Modules");
  if (list == nullptr) return;
  for (const model::Value& item : list->items) {
    const model::Value* key = item.Find("Key");
    const model::Value* folder = item.Find("Dir");
    const model::Value* source = item.Find("Source");
    if (key == nullptr || folder == nullptr || !key->is_string() || !folder->is_string()) continue;
    manifest_[key->text] = {NormalPath(".", folder->text),
                            source != nullptr && source->is_string() ? source->text : ""};
  }
}

const Module* ModuleTree::LoadFolder(const std::string& folder) {
  auto [entry, is_new] = folders_.try_emplace(folder);
  if (!is_new) return entry->second.get();
  std::vector<std::string> plain;
  std::vector<std::string> overrides;
  for (const std::string& name : files_->List(folder)) {
    std::string_view stem = StemOf(name);
    if (stem.empty()) continue;
    (IsOverride(stem) ? overrides : plain).push_back(NormalPath(folder, name));
  }
  if (plain.empty() && overrides.empty()) return nullptr;
  auto module = std::make_unique<Module>();
  module->folder = folder;
  for (const std::string& path : plain) ReadFile(*module, path, false);
  for (const std::string& path : overrides) ReadFile(*module, path, true);
  entry->second = std::move(module);
  return entry->second.get();
}

void ModuleTree::ReadFile(Module& module, const std::string& path, bool is_override) {
  auto text = files_->Read(path);
  if (!text.ok() || bytes_ + text.value().size() > kMaxTotalBytes) {
    std::string why = text.ok() ? "the configuration is larger than 128 MiB" : text.error().message;
    problems_.push_back({.message = "`" + path + "` is not read: " + why, .help = "", .place = {}});
    return;
  }
  bytes_ += text.value().size();
  std::uint32_t file = sources_->Add(files_->Shown(path), text.value());
  auto syntax = std::make_unique<Syntax>(path.ends_with(".json")
                                             ? ParseHclJson(text.value(), file, *limits_, problems_)
                                             : ParseHcl(text.value(), file, problems_));
  Declare(*syntax, is_override, module, problems_);
  module.files.push_back(std::move(syntax));
}

// Breadth first, so that the depth of calls is bounded without recursion.
void ModuleTree::LoadChildren() {
  struct Open {
    ModuleNode* node;
    std::size_t depth;
  };
  std::vector<Open> open{{&root_, 0}};
  std::size_t modules = 1;
  for (std::size_t i = 0; i < open.size(); ++i) {
    auto [node, depth] = open[i];
    for (const auto& [name, call] : node->module->calls) {
      std::string path = node->path.empty() ? name : node->path + "." + name;
      std::string source = SourceOf(call);
      auto listed = manifest_.find(path);
      std::string folder;
      if (listed != manifest_.end()) {
        folder = listed->second.folder;
      } else if (source.starts_with("./") || source.starts_with("../")) {
        folder = NormalPath(node->module->folder, source);
      } else {
        node->missing[name] = "its source `" + source + "` is not at hand; run `terraform init`";
        continue;
      }
      if (depth >= kMaxModuleDepth || modules >= kMaxModules) {
        problems_.push_back(
            {.message = "module `" + path + "` is not read: modules are nested more than " +
                        std::to_string(kMaxModuleDepth) + " deep, or there are more than " +
                        std::to_string(kMaxModules),
             .help = "a module that calls itself has no end",
             .place = call.place});
        node->missing[name] = "modules are nested too deeply";
        if (modules >= kMaxModules) return;
        continue;
      }
      const Module* module = LoadFolder(folder);
      if (module == nullptr) {
        node->missing[name] =
            "there is no configuration in `" + folder + "`, or it lies outside the folder";
        continue;
      }
      auto child = std::make_unique<ModuleNode>();
      child->path = std::move(path);
      child->module = module;
      open.push_back({child.get(), depth + 1});
      node->children[name] = std::move(child);
      ++modules;
    }
  }
}

}  // namespace preview::hcl
