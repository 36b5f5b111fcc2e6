#include "parsers/cloudformation/decisions.h"

#include <algorithm>
#include <utility>

namespace preview::cloudformation {

void Decisions::Start(std::vector<Decision> given) {
  taken_.clear();
  values_.clear();
  excluded_.clear();
  for (const Decision& decision : given) Record(decision);
}

void Decisions::Record(const Decision& decision) {
  taken_.push_back(decision);
  if (decision.equal) {
    values_.emplace(decision.left, decision.right);
  } else {
    excluded_[decision.left].insert(decision.right);
  }
}

std::optional<bool> Decisions::Equal(const std::string& left, const std::string& right,
                                     bool may_ask) {
  if (const std::string* value = ValueOf(left)) return *value == right;
  const auto excluded = excluded_.find(left);
  if (excluded != excluded_.end() && excluded->second.contains(right)) return false;
  const auto domain = domains_.find(left);
  if (domain != domains_.end()) {
    const std::vector<std::string>& values = domain->second;
    if (std::find(values.begin(), values.end(), right) == values.end()) return false;
    const bool only_one_left =
        std::all_of(values.begin(), values.end(), [&](const std::string& value) {
          return value == right ||
                 (excluded != excluded_.end() && excluded->second.contains(value));
        });
    if (only_one_left) {
      values_.emplace(left, right);
      return true;
    }
  }
  if (!may_ask || closed_) return std::nullopt;
  Record({left, right, true});
  return true;
}

const std::string* Decisions::ValueOf(std::string_view left) const {
  const auto found = values_.find(left);
  return found == values_.end() ? nullptr : &found->second;
}

std::optional<std::vector<Decision>> NextRun(std::vector<Decision> taken) {
  while (!taken.empty() && !taken.back().equal) taken.pop_back();
  if (taken.empty()) return std::nullopt;
  taken.back().equal = false;
  return taken;
}

}  // namespace preview::cloudformation
