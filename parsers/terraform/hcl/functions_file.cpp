// Functions that read files, and those on their names.
#include <algorithm>
#include <array>
#include <utility>

#include "parsers/terraform/hcl/function.h"
#include "parsers/terraform/hcl/values.h"

namespace preview::hcl {

namespace {

using model::Value;

constexpr std::size_t kMaxFound = 10'000;

Value File(Call& call) { return call.evaluator.ReadFile(call[0].text); }

Value FileBase64(Call& call) {
  Value text = call.evaluator.ReadFile(call[0].text);
  return text.is_string() ? Value::String(EncodeBase64(text.text)) : text;
}

Value FileExists(Call& call) {
  const FileTree& files = call.evaluator.input().files;
  if (!files.HasOtherFiles() || model::HasSymbol(call.evaluator.PathOf(call[0].text))) {
    return call.evaluator.UnknownCall(call);
  }
  return Value::Bool(files.Read(call.evaluator.PathOf(call[0].text)).ok());
}

Value TemplateFile(Call& call) {
  return call.evaluator.EvaluateTemplateFile(call[0].text, call[1], call.frame);
}

// `*` and `?` within one name, `**` over folders. https://github.com/bmatcuk/doublestar
bool MatchesPattern(std::string_view pattern, std::string_view name) {
  // Positions of the last star, for one step back; a `**` keeps its own.
  struct Back {
    std::size_t pattern = std::string_view::npos;
    std::size_t name = 0;
  };
  Back star;
  Back folders;
  std::size_t p = 0;
  std::size_t n = 0;
  while (n < name.size() || p < pattern.size()) {
    if (pattern.substr(p).starts_with("**/")) {
      folders = {p + 3, n};
      star = {};
      p += 3;
      continue;
    }
    if (pattern.substr(p) == "**") return true;
    if (p < pattern.size() && pattern[p] == '*') {
      star = {++p, n};
      continue;
    }
    bool same = p < pattern.size() && n < name.size() &&
                (pattern[p] == name[n] || (pattern[p] == '?' && name[n] != '/'));
    if (same) {
      ++p;
      ++n;
      continue;
    }
    if (star.pattern != std::string_view::npos && star.name < name.size() &&
        name[star.name] != '/') {
      p = star.pattern;
      n = ++star.name;
      continue;
    }
    auto slash = folders.pattern == std::string_view::npos ? std::string_view::npos
                                                           : name.find('/', folders.name);
    if (slash == std::string_view::npos) return false;
    folders.name = slash + 1;
    star = {};
    p = folders.pattern;
    n = folders.name;
  }
  return true;
}

Value FileSet(Call& call) {
  Evaluator& evaluator = call.evaluator;
  const FileTree& files = evaluator.input().files;
  std::string folder = evaluator.PathOf(call[0].text);
  std::string_view pattern = call[1].text;
  bool understood = pattern.find_first_of("{}[]\\") == std::string_view::npos;
  if (!understood || !files.HasOtherFiles() || model::HasSymbol(folder)) {
    return evaluator.UnknownCall(call);
  }
  std::vector<Value> found;
  std::vector<std::string> open{""};
  std::size_t seen = 0;
  while (!open.empty()) {
    std::string within = std::move(open.back());
    open.pop_back();
    for (const std::string& name : files.List(NormalPath(folder, within.empty() ? "." : within))) {
      if (++seen > kMaxFound || !evaluator.Spend(1)) {
        return UnknownBecause("`fileset` looks at more than 10,000 files");
      }
      std::string path = within.empty() ? name : within + "/" + name;
      bool is_folder = files.IsFolder(NormalPath(folder, path));
      if (is_folder) open.push_back(path);
      if (!is_folder && MatchesPattern(pattern, path)) found.push_back(Value::String(path));
    }
  }
  return MakeSet(std::move(found));
}

Value Dirname(Call& call) {
  const std::string& path = call[0].text;
  auto slash = path.rfind('/');
  if (slash == std::string::npos) {
    return model::HasSymbol(path) ? call.evaluator.UnknownCall(call) : Value::String(".");
  }
  if (model::HasSymbol(std::string_view(path).substr(slash)))
    return call.evaluator.UnknownCall(call);
  return Value::String(slash == 0 ? "/" : NormalPath(".", path.substr(0, slash)));
}

Value Basename(Call& call) {
  std::string path = call[0].text;
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  auto slash = path.rfind('/');
  std::string name = slash == std::string::npos || path.size() == 1 ? path : path.substr(slash + 1);
  if (model::HasSymbol(name)) return call.evaluator.UnknownCall(call);
  return Value::String(name.empty() ? "." : std::move(name));
}

// https://developer.hashicorp.com/terraform/language/functions/templatestring
Value TemplateString(Call& call) {
  return call.evaluator.EvaluateTemplateText(call[0], call[1], call.frame);
}

// Against `path.cwd`, which is a symbol.
Value AbsPath(Call& call) {
  const std::string& path = call[0].text;
  if (path.starts_with('/')) return Value::String(NormalPath(".", path));
  std::string normal = call.evaluator.PathOf(path);
  Value cwd = call.evaluator.SymbolOf(Undefined("path.cwd"));
  if (!cwd.is_string() || model::HasSymbol(normal)) return call.evaluator.UnknownCall(call);
  return Value::String(normal == "." ? cwd.text : cwd.text + "/" + normal);
}

constexpr std::array kFunctions{
    Function{"file", "s", File},
    Function{"filebase64", "s", FileBase64},
    Function{"fileexists", "s", FileExists},
    Function{"templatefile", "sa", TemplateFile},
    Function{"templatestring", "Sa", TemplateString},
    Function{"fileset", "sS", FileSet},
    Function{"dirname", "s", Dirname},
    Function{"basename", "s", Basename},
    Function{"abspath", "s", AbsPath},
};

}  // namespace

std::span<const Function> FileFunctions() { return kFunctions; }

}  // namespace preview::hcl
