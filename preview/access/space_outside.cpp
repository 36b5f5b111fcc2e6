// Which requests come from outside the zone of trust: values that only somebody inside has are left
// out of a key's dimension, and the rest is split by kinds of callers.

#include <algorithm>

#include "preview/access/keys.h"
#include "preview/access/space.h"
#include "preview/access/user_ids.h"

namespace preview::access {

bool Space::Trusted(std::string_view key, const std::string& text) const {
  const model::ZoneOfTrust& zone = *options_.zone;
  if (key == "aws:sourceaccount" || key == "aws:sourceowner") return zone.Contains(text);
  if (key == "aws:sourcearn") {
    return zone.Contains(AccountOfArn(text)) || zone.own_arns.contains(text);
  }
  if (key == "aws:userid") return IsOwnUserId(zone, text);
  if (!zone.IsOrganization()) return false;
  if (key == "aws:sourceorgid" || key == "aws:principalorgid") return text == zone.organization;
  if (key == "aws:sourceorgpaths" || key == "aws:principalorgpaths") {
    return text.starts_with(zone.organization + "/");
  }
  return false;
}

// What is inside the zone gets classes of its own, so that an example from outside is found
// wherever there is one.
void Space::AddOwnValues(const std::string& key, SingleValueRequest& request) const {
  const model::ZoneOfTrust& zone = *options_.zone;
  constexpr std::size_t kMaxOwn = 64;
  std::vector<std::string> accounts{zone.account};
  if (zone.accounts.size() <= kMaxOwn)
    accounts.insert(accounts.end(), zone.accounts.begin(), zone.accounts.end());
  bool account_key = key == "aws:sourceaccount" || key == "aws:sourceowner";
  if (account_key)
    request.literals.insert(request.literals.end(), accounts.begin(), accounts.end());
  if (zone.IsOrganization() && (key == "aws:principalorgid" || key == "aws:sourceorgid")) {
    request.literals.push_back(zone.organization);
  }
  bool globs = std::any_of(request.tests.begin(), request.tests.end(), [](const Test* test) {
    return std::any_of(test->values.begin(), test->values.end(),
                       [](const TestValue& value) { return !value.pattern.is_literal; });
  });
  if (key == "aws:sourcearn" && globs) {
    PatternOptions options;
    options.wildcards = true;
    options.arn = true;
    for (const std::string& account : accounts) {
      if (!account.empty())
        request.patterns.push_back(CompilePattern("arn:*:*:*:" + account + ":*", options));
    }
    for (const std::string& arn : zone.own_arns) {
      bool meant = std::any_of(request.tests.begin(), request.tests.end(), [&](const Test* test) {
        return std::any_of(test->values.begin(), test->values.end(), [&](const TestValue& value) {
          return Matches(value.pattern, arn, VariableReading::kMay);
        });
      });
      if (meant) request.literals.push_back(arn);
    }
  }
}

void Space::MakeOutside() {
  bool by_kind = key_index_.contains("aws:username") || key_index_.contains("aws:userid");
  struct World {
    std::vector<CallerKind> kinds;
    bool canonical;
  };
  std::vector<World> worlds;
  if (by_kind) {
    for (CallerKind kind :
         {CallerKind::kUser, CallerKind::kRole, CallerKind::kRoot, CallerKind::kFederatedUser})
      worlds.push_back({{kind}, false});
  } else {
    worlds.push_back(
        {{CallerKind::kRole, CallerKind::kRoot, CallerKind::kFederatedUser, CallerKind::kUser},
         false});
  }
  worlds.push_back({{CallerKind::kAnonymous}, false});
  worlds.push_back({{CallerKind::kFederated}, false});
  worlds.push_back(
      {{CallerKind::kRole, CallerKind::kRoot, CallerKind::kFederatedUser, CallerKind::kUser},
       true});
  for (const World& world : worlds) {
    Box box = everything_;
    const std::vector<Word> callers = CallersWhere([&](const Caller& caller) {
      bool kind =
          std::find(world.kinds.begin(), world.kinds.end(), caller.kind) != world.kinds.end();
      return kind && caller.canonical.empty() != world.canonical;
    });
    std::copy(callers.begin(), callers.end(), box.begin());
    if (EmptyIn(box, 0)) continue;
    bool anonymous = world.kinds.front() == CallerKind::kAnonymous;
    bool federated = world.kinds.front() == CallerKind::kFederated;
    bool absent = anonymous || federated;
    bool user = world.kinds.size() == 1 && world.kinds.front() == CallerKind::kUser;
    for (std::size_t d = 1; d < dimensions_.size(); ++d) {
      const Dimension& dimension = dimensions_[d];
      for (std::size_t i = 0; i < dimension.atoms.size(); ++i) {
        bool fits = true;
        for (std::size_t k = 0; k < dimension.keys.size() && fits; ++k) {
          const std::string& key = dimension.keys[k];
          if (!IsPrincipalKey(key) || Constant(key)) continue;
          const ContextValue& value = dimension.atoms[i][k];
          bool is_anonymous = key == "aws:userid" && value && value->front() == "anonymous";
          if (anonymous && key == "aws:userid") {
            fits = is_anonymous;
          } else if (absent && !(federated && key == "aws:tokenissuetime")) {
            fits = !value;
          } else if (key == "aws:userid") {
            bool owned = value && UserIdOwner(value->front()) == world.kinds[0];
            fits = !is_anonymous && (world.canonical || dimension.rest == i || owned);
          } else if (key == "aws:username" && !world.canonical) {
            fits = value.has_value() == user;
          }
        }
        if (!fits) ClearAtom(box, d, i);
      }
    }
    if (!Empty(box)) outside_.push_back(std::move(box));
  }
}

Box Space::WithoutOwnAccessPoints() const {
  Box box = everything_;
  for (const char* key : {"s3:dataaccesspointarn", "s3:dataaccesspointaccount"}) {
    auto found = key_index_.find(key);
    if (found == key_index_.end()) continue;
    auto [d, component] = found->second;
    for (std::size_t i = 0; i < dimensions_[d].atoms.size(); ++i) {
      const ContextValue& value = dimensions_[d].atoms[i][component];
      if (!value) continue;
      std::string_view account = value->front();
      if (account.starts_with("arn:")) account = AccountOfArn(account);
      if (options_.zone->Contains(account)) ClearAtom(box, d, i);
    }
  }
  return box;
}

}  // namespace preview::access
