#include "preview/cli/match.h"

#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "model/symbol.h"

namespace preview::cli {
namespace {

using model::Configuration;

using ArnParts = std::array<std::string_view, 6>;

// The six parts of an ARN; false when it has fewer.
bool SplitArn(std::string_view arn, ArnParts& parts) {
  for (std::size_t i = 0; i < 5; ++i) {
    const std::size_t colon = arn.find(':');
    if (colon == std::string_view::npos) return false;
    parts[i] = arn.substr(0, colon);
    arn.remove_prefix(colon + 1);
  }
  parts[5] = arn;
  return true;
}

std::string Joined(std::string_view a, std::string_view b, std::string_view c = {}) {
  std::string key(a);
  key.append(1, '\0').append(b).append(1, '\0').append(c);
  return key;
}

// The configurations of one side by a key, first come first.
class Index {
 public:
  Index(const model::Assembly& side, const std::function<std::string(const Configuration&)>& key) {
    entries_.reserve(side.configurations.size());
    for (std::size_t i = side.configurations.size(); i-- > 0;) {
      std::string text = key(side.configurations[i]);
      if (!text.empty()) entries_[std::move(text)].push_back(static_cast<int>(i));
    }
  }
  // The first one of `key` that `free` accepts; -1: none.
  [[nodiscard]] int Find(const std::string& key, const std::function<bool(int)>& free) const {
    const auto found = entries_.find(key);
    if (found == entries_.end()) return -1;
    for (auto i = found->second.rbegin(); i != found->second.rend(); ++i) {
      if (free(*i)) return *i;
    }
    return -1;
  }

 private:
  std::unordered_map<std::string, std::vector<int>> entries_;  // last one first
};

class Matcher {
 public:
  Matcher(const model::Assembly& before, const model::Assembly& after)
      : before_(before),
        after_(after),
        partner_(after.configurations.size(), -1),
        taken_(before.configurations.size(), false) {}

  using Key = std::function<std::string(const Configuration&)>;
  using Accept = std::function<bool(const Configuration&, const Configuration&)>;

  void Pass(const Key& key, const Accept& accept) {
    const Index index(before_, key);
    for (std::size_t i = 0; i < partner_.size(); ++i) {
      if (partner_[i] >= 0) continue;
      const Configuration& after = after_.configurations[i];
      const std::string text = key(after);
      if (text.empty()) continue;
      const int found = index.Find(text, [&](int j) {
        const auto at = static_cast<std::size_t>(j);
        return !taken_[at] && accept(before_.configurations[at], after);
      });
      if (found < 0) continue;
      partner_[i] = found;
      taken_[static_cast<std::size_t>(found)] = true;
    }
  }

  [[nodiscard]] std::vector<Match> Take() const {
    std::vector<Match> matches;
    for (std::size_t i = 0; i < partner_.size(); ++i)
      matches.push_back({partner_[i], static_cast<int>(i)});
    for (std::size_t j = 0; j < taken_.size(); ++j) {
      if (!taken_[j]) matches.push_back({static_cast<int>(j), -1});
    }
    return matches;
  }

 private:
  const model::Assembly& before_;
  const model::Assembly& after_;
  std::vector<int> partner_;  // of each configuration after
  std::vector<bool> taken_;   // of each configuration before
};

std::string KnownArnKey(const Configuration& configuration) {
  if (configuration.arn.empty() || model::HasSymbol(configuration.arn)) return {};
  return Joined(configuration.resource_type, configuration.arn);
}

std::string IdentityKey(const Configuration& configuration) {
  if (configuration.identity.empty()) return {};
  return Joined(configuration.resource_type, configuration.identity, configuration.stack);
}

std::string ArnTextKey(const Configuration& configuration) {
  return configuration.arn.empty() ? std::string()
                                   : Joined(configuration.resource_type, configuration.arn);
}

}  // namespace

bool CertainlyDiffer(std::string_view one, std::string_view other) {
  if (one.empty() || other.empty() || one == other) return false;
  if (!model::HasSymbol(one) && !model::HasSymbol(other)) return true;
  ArnParts a;
  ArnParts b;
  if (!SplitArn(one, a) || !SplitArn(other, b)) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] != b[i] && !model::HasSymbol(a[i]) && !model::HasSymbol(b[i])) return true;
  }
  return false;
}

std::vector<Match> MatchConfigurations(const model::Assembly& before,
                                       const model::Assembly& after) {
  Matcher matcher(before, after);
  const auto always = [](const Configuration&, const Configuration&) { return true; };
  // Several configurations may speak of one ARN (each share of an image): then the carrier decides.
  matcher.Pass(
      [](const Configuration& one) {
        return one.identity.empty() || KnownArnKey(one).empty()
                   ? std::string()
                   : Joined(KnownArnKey(one), one.identity);
      },
      always);
  matcher.Pass(KnownArnKey, always);
  matcher.Pass(IdentityKey, [](const Configuration& a, const Configuration& b) {
    return !CertainlyDiffer(a.arn, b.arn);
  });
  matcher.Pass(ArnTextKey, always);
  return matcher.Take();
}

}  // namespace preview::cli
