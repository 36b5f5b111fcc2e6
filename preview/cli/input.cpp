#include "preview/cli/input.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>

#include "parsers/terraform/plan.h"
#include "parsers/text/encoding.h"

namespace preview::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMembersLooked = 64;
constexpr std::string_view kAccepted =
    "accepted are a Terraform plan (`terraform show -json tfplan > plan.json`), a CloudFormation "
    "template, a change "
    "set (`aws cloudformation describe-change-set --include-property-values`), a folder `cdk.out`, "
    "an access preview "
    "request, and a folder with .tf files";

bool Holds(const std::vector<std::string>& members, std::string_view name) {
  return std::find(members.begin(), members.end(), name) != members.end();
}

// The top-level keys of a block YAML mapping: what stands at the beginning of a line before a
// colon.
std::vector<std::string> YamlMembers(std::string_view text) {
  std::vector<std::string> members;
  for (std::size_t at = 0; at < text.size() && members.size() < kMembersLooked;) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    at = end + 1;
    if (line.empty() || line[0] == ' ' || line[0] == '#' || line[0] == '-') continue;
    std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    std::string_view key = line.substr(0, colon);
    while (!key.empty() && (key.back() == ' ' || key.back() == '"' || key.back() == '\''))
      key.remove_suffix(1);
    while (!key.empty() && (key.front() == '"' || key.front() == '\'')) key.remove_prefix(1);
    if (!key.empty()) members.emplace_back(key);
  }
  return members;
}

// `resource "aws_…" "…" {` at the beginning of a line.
bool IsTerraformSource(std::string_view text) {
  for (const std::string_view word :
       {"resource \"", "data \"", "module \"", "provider \"", "variable \"", "terraform {"}) {
    const std::size_t at = text.find(word);
    if (at != std::string_view::npos && (at == 0 || text[at - 1] == '\n')) return true;
  }
  return false;
}

std::string MembersInWords(const std::vector<std::string>& members) {
  if (members.empty()) return "without members";
  const std::size_t shown = std::min<std::size_t>(members.size(), 6);
  return fmt::format(
      "with `{}`{}",
      fmt::join(members.begin(), members.begin() + static_cast<std::ptrdiff_t>(shown), "`, `"),
      shown < members.size() ? " and more" : "");
}

Recognised FromMembers(const std::vector<std::string>& members, bool json) {
  if (Holds(members, "configurations")) return {InputKind::kPreviewRequest, "", ""};
  if (Holds(members, "Changes") && (Holds(members, "ChangeSetId") ||
                                    Holds(members, "ChangeSetName") || Holds(members, "StackId"))) {
    return {InputKind::kChangeSet, "", ""};
  }
  if (Holds(members, "Resources")) return {InputKind::kTemplate, "", ""};
  if (Holds(members, "artifacts") && Holds(members, "version")) {
    return {std::nullopt, "this is the manifest of a CDK assembly",
            "give the folder that holds it: `preview cdk.out`"};
  }
  if (Holds(members, "configuration") && Holds(members, "resourceType")) {
    return {std::nullopt, "this is a line for `preview batch`", "run `preview batch FILE`"};
  }
  const std::string found =
      fmt::format("{} {}", json ? "a JSON object" : "a YAML mapping", MembersInWords(members));
  return {std::nullopt, "not an input that is known: found " + found, std::string(kAccepted)};
}

void AddError(std::vector<model::InputError>& errors, const std::string& input, std::string message,
              std::string help = "") {
  errors.push_back({"input", input, std::move(message), std::move(help), {}});
}

bool HasFile(const fs::path& folder, std::string_view suffix) {
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    if (name.ends_with(suffix) && entry.is_regular_file(error)) return true;
  }
  return false;
}

bool IsInputName(std::string_view name) {
  constexpr std::array<std::string_view, 4> kSuffixes = {".json", ".yaml", ".yml", ".template"};
  return std::any_of(kSuffixes.begin(), kSuffixes.end(),
                     [name](std::string_view suffix) { return name.ends_with(suffix); });
}

std::vector<Input> ReadFolder(const std::string& folder, const text::Limits& limits,
                              std::vector<model::InputError>& errors) {
  if (HasFile(folder, "manifest.json")) return {{InputKind::kAssembly, folder, folder, ""}};
  if (HasFile(folder, ".tf") || HasFile(folder, ".tf.json"))
    return {{InputKind::kTerraformFolder, folder, folder, ""}};
  std::vector<std::string> paths;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    if (entry.is_regular_file(error) && IsInputName(entry.path().string()))
      paths.push_back(entry.path().string());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<Input> inputs;
  for (const std::string& path : paths) {
    std::string why;
    std::optional<std::string> text = ReadWholeFile(path, limits.bytes, why);
    if (!text.has_value()) {
      AddError(errors, path, why);
      continue;
    }
    // What else lies in the folder (parameter files, package.json) is none of our business.
    const Recognised recognised = RecogniseText(*text);
    if (recognised.kind.has_value())
      inputs.push_back({*recognised.kind, path, path, *std::move(text)});
  }
  if (inputs.empty()) {
    AddError(errors, folder,
             "the folder holds no plan, no template, no .tf file and no manifest.json",
             std::string(kAccepted));
  }
  return inputs;
}

}  // namespace

std::string FolderOf(const std::string& path) {
  const std::string folder = fs::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

std::optional<std::string> ReadWholeFile(const std::string& path, std::size_t most_bytes,
                                         std::string& why) {
  const auto close = [](std::FILE* file) {
    if (file != stdin) std::fclose(file);
  };
  const std::unique_ptr<std::FILE, decltype(close)> file(
      path == "-" ? stdin : std::fopen(path.c_str(), "rb"), close);
  if (file == nullptr) {
    why = fmt::format("cannot be read: {}", std::strerror(errno));
    return std::nullopt;
  }
  std::string text;
  constexpr std::size_t kStep = std::size_t{1} << 20;
  for (std::size_t got = kStep; got == kStep;) {
    const std::size_t old = text.size();
    if (old > most_bytes) {
      why = fmt::format("is larger than {} bytes (`--limit bytes=N`)", most_bytes);
      return std::nullopt;
    }
    text.resize(old + kStep);
    got = std::fread(text.data() + old, 1, kStep, file.get());
    text.resize(old + got);
  }
  if (std::ferror(file.get()) != 0) {
    why = fmt::format("cannot be read: {}", std::strerror(errno));
    return std::nullopt;
  }
  return text;
}

// Walks over the text once; strings are skipped, nesting is counted. Stops at the end of the object
// or of the text.
std::vector<std::string> TopLevelMembers(std::string_view text) {
  std::vector<std::string> members;
  std::size_t depth = 0;
  bool key_next = false;
  for (std::size_t at = 0; at < text.size() && members.size() < kMembersLooked; ++at) {
    const char letter = text[at];
    if (letter == '"') {
      const std::size_t begin = at + 1;
      for (++at; at < text.size() && text[at] != '"'; ++at) {
        if (text[at] == '\\') ++at;
      }
      if (depth == 1 && key_next)
        members.emplace_back(text.substr(begin, std::min(at, text.size()) - begin));
      key_next = false;
    } else if (letter == '{' || letter == '[') {
      ++depth;
      key_next = depth == 1;
    } else if (letter == '}' || letter == ']') {
      if (depth <= 1) break;
      --depth;
    } else if (letter == ',' && depth == 1) {
      key_next = true;
    }
  }
  return members;
}

Recognised RecogniseText(std::string_view text) {
  text = text::WithoutByteOrderMark(text);
  const terraform::PlanKind plan = terraform::RecognisePlan(text);
  if (plan.is_plan) return {InputKind::kTerraformPlan, "", ""};
  if (!plan.wrong_kind.empty())
    return {std::nullopt, fmt::format("this is {}", plan.wrong_kind), plan.help};
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos)
    return {std::nullopt, "the input is empty", std::string(kAccepted)};
  if (text.find('\0') != std::string_view::npos)
    return {std::nullopt, "the input is a binary file", std::string(kAccepted)};
  if (text[first] == '{') return FromMembers(TopLevelMembers(text.substr(first)), true);
  if (text[first] == '[')
    return {std::nullopt, "not an input that is known: found a JSON list", std::string(kAccepted)};
  const std::vector<std::string> members = YamlMembers(text);
  if (Holds(members, "Resources")) return {InputKind::kTemplate, "", ""};
  if (IsTerraformSource(text)) {
    return {std::nullopt, "this is a single Terraform source file",
            "give the folder that holds it, or a plan (`terraform show -json tfplan > plan.json`)"};
  }
  if (members.empty())
    return {std::nullopt, "not an input that is known: found neither JSON nor a YAML mapping",
            std::string(kAccepted)};
  return FromMembers(members, false);
}

std::vector<Input> ReadInputs(const std::string& argument, const text::Limits& limits,
                              std::vector<model::InputError>& errors) {
  std::error_code error;
  if (argument != "-" && fs::is_directory(argument, error))
    return ReadFolder(argument, limits, errors);
  std::string why;
  std::optional<std::string> text = ReadWholeFile(argument, limits.bytes, why);
  if (!text.has_value()) {
    AddError(errors, argument, why);
    return {};
  }
  const Recognised recognised = RecogniseText(*text);
  if (!recognised.kind.has_value()) {
    // The manifest's folder is what was meant.
    if (fs::path(argument).filename() == "manifest.json" &&
        HasFile(FolderOf(argument), "manifest.json") &&
        recognised.message.find("CDK") != std::string::npos) {
      return {{InputKind::kAssembly, argument, FolderOf(argument), ""}};
    }
    AddError(errors, argument, recognised.message, recognised.help);
    return {};
  }
  return {{*recognised.kind, argument, argument == "-" ? "" : argument, *std::move(text)}};
}

}  // namespace preview::cli
