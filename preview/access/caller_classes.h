// Classes of signed callers where every pattern over their ARN keeps to its segments: the accounts
// are cut first, then in each class of accounts the names of roles and users by the patterns that
// are still alive there. Without that the automaton meets every name in every account.
//
// Example: `arn:aws:iam::1*:role/a*` and `arn:aws:iam::2*:role/*b` give the accounts {1*, 2*,
// other} and the names {a*, other}, {*b, other}, {any}.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "preview/access/text_classes.h"

namespace preview::access {

struct CallerClassesRequest {
  std::string partition;
  std::vector<Pattern> arns;      // patterns over the whole ARN
  std::vector<Pattern> accounts;  // patterns over the account alone
  std::set<std::string> named_accounts;
  std::set<std::string> named;  // texts that are classes of their own
  bool kinds_matter = false;    // users, roles, … are told apart even where no pattern does
  // Behind this letter a role's text goes on with its session's name; 0: sessions do not matter.
  char32_t session_mark = 0;
  std::size_t max_classes = 10'000;
  std::uint64_t* steps = nullptr;  // as in TextClassesRequest
};

// Texts of callers, one a class; nothing when a star may reach from the account into the name.
[[nodiscard]] std::optional<TextClasses> FindCallerClasses(const CallerClassesRequest& request);

}  // namespace preview::access
