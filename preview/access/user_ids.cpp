#include "preview/access/user_ids.h"

#include <algorithm>
#include <string>

#include "preview/access/keys.h"

namespace preview::access {

namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool AllAlike(const std::vector<const Test*>& tests, std::string_view a, std::string_view b) {
  return std::all_of(tests.begin(), tests.end(), [&](const Test* test) {
    return std::all_of(test->values.begin(), test->values.end(), [&](const TestValue& value) {
      return ValueMatches(*test, value, a, VariableReading::kMay) ==
             ValueMatches(*test, value, b, VariableReading::kMay);
    });
  });
}

}  // namespace

std::optional<CallerKind> UserIdOwner(std::string_view id) {
  auto colon = id.find(':');
  bool name = colon != std::string_view::npos;
  if (id.starts_with("AIDA") && !name) return CallerKind::kUser;
  if (id.starts_with("AROA") && name) return CallerKind::kRole;
  std::string_view account = id.substr(0, colon);
  if (account.size() != 12 || !std::all_of(account.begin(), account.end(), IsDigit))
    return std::nullopt;
  return name ? CallerKind::kFederatedUser : CallerKind::kRoot;
}

void CutUserIds(const model::ZoneOfTrust& zone, SingleValueRequest& request) {
  constexpr std::size_t kMaxOwn = 64;
  for (const Pattern& form : KeyUniverse("aws:userid")) request.patterns.push_back(form);
  std::vector<std::string> accounts{zone.account};
  if (zone.accounts.size() <= kMaxOwn)
    accounts.insert(accounts.end(), zone.accounts.begin(), zone.accounts.end());
  PatternOptions options;
  options.wildcards = true;
  for (const std::string& account : accounts) {
    if (account.empty()) continue;
    request.literals.push_back(account);
    request.patterns.push_back(CompilePattern(account + ":*", options));
  }
}

void SettleUserIds(const std::vector<const Test*>& tests, KeyAtoms& ids) {
  for (ContextValue& value : ids.values) {
    std::string& text = value->front();
    std::size_t end = std::min(text.find(':'), text.size());
    if (UserIdOwner(text) || end != 12) continue;
    for (char digit = '9'; digit >= '0'; --digit) {
      std::string other = text;
      std::replace_if(other.begin(), other.begin() + 12, [](char c) { return !IsDigit(c); }, digit);
      if (!AllAlike(tests, text, other)) continue;
      text = other;
      break;
    }
  }
}

bool IsOwnUserId(const model::ZoneOfTrust& zone, std::string_view id) {
  auto owner = UserIdOwner(id);
  bool of_account = owner == CallerKind::kRoot || owner == CallerKind::kFederatedUser;
  return of_account && zone.Contains(id.substr(0, id.find(':')));
}

}  // namespace preview::access
