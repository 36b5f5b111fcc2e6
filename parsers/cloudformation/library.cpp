#include "parsers/cloudformation/library.h"

#include <fmt/core.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "parsers/cloudformation/parts.h"
#include "parsers/text/yaml.h"

namespace preview::cloudformation {

using model::Value;

namespace {

constexpr std::string_view kSam = "AWS::Serverless-2016-10-31";

// Macros of AWS that change nothing about who gets in.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-reference.html
bool IsHarmlessMacro(std::string_view name) {
  static constexpr std::array<std::string_view, 6> kNames = {
      "AWS::LanguageExtensions",        "AWS::CodeDeployBlueGreen",       "AWS::ServiceCatalog",
      "AWS::SecretsManager-2020-07-23", "AWS::SecretsManager-2024-09-16", "AWS::Include"};
  for (std::string_view known : kNames) {
    if (known == name) return true;
  }
  return false;
}

// Names in the template's `Transform` member, with their places.
std::vector<std::pair<std::string, model::Place>> MacroNames(const Value& root) {
  std::vector<std::pair<std::string, model::Place>> names;
  const Value* transform = root.Find("Transform");
  if (transform == nullptr) return names;
  const auto add = [&](const Value& value) {
    if (value.is_string()) names.emplace_back(value.text, value.place);
    if (value.is_object()) names.emplace_back(MemberText(value, "Name"), value.place);
  };
  if (transform->is_list()) {
    for (const Value& item : transform->items) add(item);
  } else {
    add(*transform);
  }
  return names;
}

std::string_view LastPart(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

void Index(const Value& root, std::string_view section,
           std::map<std::string, const Value*, std::less<>>& out) {
  const Value* found = root.Find(section);
  if (found == nullptr || !found->is_object()) return;
  for (std::size_t i = 0; i < found->items.size(); ++i)
    out.insert_or_assign(found->keys[i], &found->items[i]);
}

}  // namespace

void Preparation::Problem(const model::Place& place, std::string reason, std::string hint) {
  model::Undetermined problem;
  problem.input = options->input;
  problem.reason = std::move(reason);
  problem.hint = std::move(hint);
  problem.origin = source->name;
  problem.place = place;
  source->problems.push_back(std::move(problem));
}

void Preparation::AddNote(const model::Place& place, std::string message, bool matters) {
  model::Note note;
  note.input = options->input;
  note.message = std::move(message);
  note.place = place;
  note.matters = matters;
  source->notes.push_back(std::move(note));
}

void IndexSections(Template& source) {
  source.resources.clear();
  source.conditions.clear();
  source.parameters.clear();
  source.mappings.clear();
  source.outputs.clear();
  Index(source.root, "Resources", source.resources);
  Index(source.root, "Conditions", source.conditions);
  Index(source.root, "Parameters", source.parameters);
  Index(source.root, "Mappings", source.mappings);
  Index(source.root, "Outputs", source.outputs);
}

model::Result<const Template*> Library::Prepare(const TemplateText& text, const std::string& key,
                                                const PartEvaluator& evaluate) {
  auto source = std::make_unique<Template>();
  source->name = text.name;
  source->folder = text.folder;
  source->assets = text.assets;
  source->file = files_.Add(text.name, text.text);
  model::Diagnostics repeated;
  auto parsed = text::ParseYaml(text.text, {options_.limits, source->file}, &repeated);
  if (!parsed.ok()) return parsed.error();
  source->root = std::move(parsed).value();
  if (!source->root.is_object()) {
    return model::Error{"a CloudFormation template is an object with `Resources`", "",
                        source->root.place};
  }
  Prepared prepared;
  const PartEvaluator recording = [&](const Template& partial, const Value& expression) {
    std::optional<Value> answer = evaluate(partial, expression);
    prepared.parts.push_back(
        {expression, answer.has_value() ? model::ToJson(*answer) : std::string()});
    return answer;
  };
  Preparation preparation{source.get(), &options_, &files_, &recording, options_.max_nodes};
  for (const model::Error& problem : repeated)
    preparation.AddNote(problem.place, problem.message, true);
  for (const auto& [name, place] : MacroNames(source->root)) {
    source->sam = source->sam || name == kSam;
    if (name == kSam || IsHarmlessMacro(name)) continue;
    source->foreign_macro = true;
    preparation.Problem(
        place, fmt::format("macro `{}` may change the template and is not run here", name),
        "give the processed template: aws cloudformation get-template --template-stage Processed");
  }
  IndexSections(*source);
  ApplyIncludes(preparation, source->root);
  IndexSections(*source);
  ApplyLoops(preparation, source->root);
  IndexSections(*source);
  if (source->sam) ApplySam(preparation, source->root);
  IndexSections(*source);
  CheckTemplate(preparation);
  prepared.source = std::move(source);
  auto& versions = prepared_[key];
  versions.push_back(std::move(prepared));
  return static_cast<const Template*>(versions.back().source.get());
}

model::Result<const Template*> Library::FromText(const TemplateText& text,
                                                 const PartEvaluator& evaluate) {
  return Prepare(text, "", evaluate);
}

const Template* Library::FromFile(const Template& parent, const std::string& path,
                                  const PartEvaluator& evaluate, std::string& why) {
  const auto asset = parent.assets.find(LastPart(path));
  const std::string& location = asset == parent.assets.end() ? path : asset->second;
  const std::string file = LocalFile(parent.folder, location, why);
  if (file.empty()) return nullptr;
  for (const Prepared& version : prepared_[file]) {
    bool same = true;
    for (const Part& part : version.parts) {
      const std::optional<Value> answer = evaluate(*version.source, part.expression);
      same = same && part.answer == (answer.has_value() ? model::ToJson(*answer) : std::string());
    }
    if (same) return version.source.get();
  }
  auto text = ReadLocalFile(file, options_.limits.bytes);
  if (!text.ok()) {
    why = text.error().message;
    return nullptr;
  }
  TemplateText nested;
  const std::filesystem::path shown = std::filesystem::path(parent.name).parent_path() / location;
  nested.name = shown.lexically_normal().generic_string();
  nested.text = std::move(text).value();
  nested.folder = std::filesystem::path(file).parent_path().generic_string();
  nested.assets = parent.assets;
  const auto prepared = Prepare(nested, file, evaluate);
  if (!prepared.ok()) {
    why = prepared.error().message;
    return nullptr;
  }
  return prepared.value();
}

std::string LocalFile(const std::string& folder, const std::string& location, std::string& why) {
  if (location.empty() || location.find("://") != std::string::npos || model::HasSymbol(location)) {
    why = "it is not a local file";
    return {};
  }
  if (folder.empty()) {
    why = "the folder of the template is not known";
    return {};
  }
  std::error_code error;
  const std::filesystem::path base = std::filesystem::weakly_canonical(folder, error);
  if (error) {
    why = "the folder of the template cannot be read";
    return {};
  }
  const std::filesystem::path whole = std::filesystem::weakly_canonical(base / location, error);
  const std::filesystem::path below = whole.lexically_relative(base);
  if (error || below.empty() || below.native().starts_with("..") ||
      !std::filesystem::is_regular_file(whole, error)) {
    why = "there is no such file below the folder of the template";
    return {};
  }
  return whole.generic_string();
}

model::Result<std::string> ReadLocalFile(const std::string& path, std::size_t most) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  if (error) return model::Error{"the file cannot be read", "", {}};
  if (size > most) return model::Error{"the file is larger than the limit", "--limit bytes=N", {}};
  std::ifstream stream(path, std::ios::binary);
  if (!stream) return model::Error{"the file cannot be read", "", {}};
  return std::string(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
}

}  // namespace preview::cloudformation
