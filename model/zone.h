// The zone of trust: who counts as inside.
#pragma once

#include <set>
#include <string>
#include <vector>

namespace preview::model {

struct ZoneOfTrust {
  // The account deployed to: twelve digits, or the text of its symbol when it is not known.
  std::string account;
  // Set when the organization is the zone (type ORGANIZATION); else the zone is the account.
  std::string organization;
  // Further accounts inside the zone: the organization's, and those of --trust.
  std::set<std::string, std::less<>> accounts;
  // The owner's canonical user id, when known.
  std::string canonical_user;
  // ARNs without an account (S3 buckets) that are ours because they are in the input.
  std::set<std::string, std::less<>> own_arns;
  // Where the account came from, in words, for the report.
  std::string inferred_from;

  [[nodiscard]] bool IsOrganization() const { return !organization.empty(); }
  [[nodiscard]] bool Contains(std::string_view account_id) const {
    return account_id == account || accounts.find(account_id) != accounts.end();
  }
};

// Account, region and partition that a resource is deployed to; each a text or the text of its
// symbol.
struct Environment {
  std::string account;
  std::string region;
  std::string partition = "aws";
};

}  // namespace preview::model
