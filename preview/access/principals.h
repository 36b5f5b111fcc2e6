// Callers from outside the zone of trust, cut into classes that no rule and no condition tells
// apart.
//
// One caller is one value: aws:PrincipalArn, aws:PrincipalAccount, kms:CallerAccount, the Principal
// element and the zone of trust all speak of it, so they can never contradict each other.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/policy.h"
#include "model/zone.h"
#include "preview/access/rule.h"
#include "preview/access/test.h"

namespace preview::access {

enum class CallerKind { kRoot, kUser, kRole, kFederatedUser, kAnonymous, kFederated };

struct Caller {
  CallerKind kind = CallerKind::kRole;
  std::string arn;  // aws:PrincipalArn of a signed caller; the provider of a federated one
  std::string account;
  std::string session;    // role session name, where it matters
  std::string canonical;  // canonical user id, of callers that are named by one
  bool example = false;   // stands for a bound that was reached: there may be more callers

  [[nodiscard]] bool is_signed() const {
    return kind != CallerKind::kAnonymous && kind != CallerKind::kFederated;
  }
};

// A Principal entry, taken apart.
struct PrincipalMatcher {
  enum class Form {
    kEveryone,
    kAccount,
    kArn,
    kSession,
    kFederated,
    kCanonicalUser,
    kSigned,
    kNobody
  };
  Form form = Form::kNobody;
  std::string account;
  std::string arn;   // as aws:PrincipalArn gives it; for kSession the role's ARN without path
  std::string role;  // kSession
  std::string session;
  bool aws_only = false;  // {"AWS": "*"}: not federated callers

  [[nodiscard]] bool Matches(const Caller& caller) const;
};
[[nodiscard]] PrincipalMatcher MatcherOf(const model::PrincipalEntry& entry);

struct CallersRequest {
  std::vector<PrincipalMatcher> matchers;  // of all rules
  std::vector<const Test*> tests;  // on aws:PrincipalArn, aws:PrincipalAccount, kms:CallerAccount
  const model::ZoneOfTrust* zone = nullptr;
  std::string partition = "aws";
  bool anonymous = true;      // the service takes callers without credentials
  bool kinds_matter = false;  // a condition tells users, roles, … apart
  std::size_t max_atoms = 10'000;
  std::uint64_t* steps = nullptr;  // as in TextClassesRequest
};

[[nodiscard]] std::vector<Caller> FindCallers(const CallersRequest& request, bool& complete);

// The value of a principal key for a caller; `known` is false for keys that are not a view of the
// caller.
[[nodiscard]] bool IsCallerView(std::string_view key);
[[nodiscard]] ContextValue CallerView(std::string_view key, const Caller& caller);

}  // namespace preview::access
