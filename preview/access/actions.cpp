#include "preview/access/actions.h"

#include <algorithm>
#include <map>
#include <mutex>

#include "model/check.h"
#include "preview/access/pattern.h"

namespace preview::access {

namespace {

// Lower-case names of a type's actions, sorted, with their index in the table.
struct Names {
  std::vector<std::pair<std::string, std::size_t>> sorted;
  ActionSet all;
};

const Names& NamesOf(const rules::ResourceType& type) {
  static std::mutex mutex;
  static std::map<const rules::Action*, Names> cache;
  thread_local const rules::Action* last_key = nullptr;
  thread_local const Names* last = nullptr;
  if (last != nullptr && last_key == type.actions.data()) return *last;
  std::scoped_lock lock(mutex);
  auto [it, added] = cache.try_emplace(type.actions.data());
  if (added) {
    PREVIEW_CHECK(type.actions.size() <= kMaxActions);
    for (std::size_t i = 0; i < type.actions.size(); ++i) {
      it->second.sorted.emplace_back(ToLower(type.actions[i].name), i);
      it->second.all.set(i);
    }
    std::sort(it->second.sorted.begin(), it->second.sorted.end());
  }
  last_key = type.actions.data();
  last = &it->second;
  return *last;
}

void AddMatches(std::string_view written, const Names& names, ActionSet& out) {
  if (written == "*") {
    out = names.all;
    return;
  }
  std::string text = ToLower(written);
  auto wildcard = text.find_first_of("*?");
  auto from = std::lower_bound(
      names.sorted.begin(), names.sorted.end(), text.substr(0, wildcard),
      [](const auto& name, const std::string& wanted) { return name.first < wanted; });
  if (wildcard == std::string::npos) {
    if (from != names.sorted.end() && from->first == text) out.set(from->second);
    return;
  }
  PatternOptions options;
  options.wildcards = true;
  Pattern pattern = CompilePattern(text, options);
  std::string_view prefix = std::string_view(text).substr(0, wildcard);
  bool all_behind = wildcard + 1 == text.size() && text[wildcard] == '*';
  for (; from != names.sorted.end() && from->first.starts_with(prefix); ++from) {
    if (all_behind || Matches(pattern, from->first, VariableReading::kMay)) out.set(from->second);
  }
}

}  // namespace

ActionSet ActionsOf(const model::Statement& statement, const rules::ResourceType& type) {
  const Names& names = NamesOf(type);
  ActionSet out;
  for (const std::string& action : statement.actions) AddMatches(action, names, out);
  return statement.not_action ? names.all & ~out : out;
}

}  // namespace preview::access
