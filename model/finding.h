// What is reported: findings, notes, and what stayed undetermined. docs/cli describes the printed
// form.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/place.h"

namespace preview::model {

enum class Code { kPV001, kPV002, kPV003, kPV004, kPV005, kPV006, kPV010, kPV020 };
enum class ChangeType { kNew, kChanged, kUnchanged };
enum class Status { kActive, kArchived, kResolved };
enum class Precision { kExact, kApproximate };
// https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_FindingSource.html
enum class SourceType {
  kPolicy,
  kBucketAcl,
  kS3AccessPoint,
  kS3AccessPointAccount,
  kKmsGrant,
  kSharing
};

// The member of the API's principal map: {"AWS": …}, {"Federated": …}, {"CanonicalUser": …}.
struct Principal {
  std::string kind;   // "AWS", "Federated", "CanonicalUser"
  std::string value;  // "*", account id, ARN, provider, canonical id; may hold symbols
  friend auto operator<=>(const Principal&, const Principal&) = default;
};

// The statement, ACL grant or share that grants.
struct FindingSource {
  SourceType type = SourceType::kPolicy;
  std::string carrier;  // address of the resource that carries it (policy resource)
  int statement = -1;   // index, -1 where it is no policy statement
  std::string sid;
  std::string detail;  // access point ARN or account
  Place place;
};

// One concrete request from outside that the proposed configuration allows. Checked in the tests by
// a separate evaluator. `context` maps condition key to its values (several for a multi-valued
// key); a key that is not there is absent from the request.
struct Witness {
  Principal principal;  // {"AWS", ARN} or {"AWS","*"} for an anonymous caller
  std::string action;
  std::string resource;
  std::vector<std::pair<std::string, std::vector<std::string>>> context;
};

struct Encryption {
  std::string kms_key_id;
  std::optional<bool> usable_by_principal;
  std::vector<std::string> missing_actions;  // key actions that the principal lacks
  std::string reason;
};

// The suppression that accepts a finding (model/suppression.h).
struct AcceptedBy {
  std::string reason;
  std::string until;  // `2027-01-31`; empty: no end
  Place place;
};

struct Finding {
  std::string id;
  Code code = Code::kPV002;
  std::string input;
  ChangeType change = ChangeType::kNew;
  Status status = Status::kActive;
  std::string existing_finding_id;
  std::string existing_finding_status;
  std::string resource;  // ARN; may hold symbols
  std::string resource_address;
  std::string stack;
  std::string resource_type;  // `AWS::SQS::Queue`
  std::string resource_owner_account;
  Principal principal;
  bool is_public = false;
  std::vector<std::string> actions;      // sorted
  std::vector<std::string> new_actions;  // sorted; what after allows and before did not
  std::vector<std::pair<std::string, std::string>>
      conditions;  // key in its documented spelling, one value as written
  std::vector<FindingSource> sources;
  std::string resource_control_policy_restriction;  // empty: null
  std::optional<Encryption> encryption;
  Precision precision = Precision::kExact;
  std::vector<std::string> assumptions;
  std::optional<Witness> witness;  // none on a RESOLVED finding
  Place place;
  std::string message;
  std::string when;  // CloudFormation: which open condition it depends on
  bool sensitive =
      false;  // principal, conditions and witness come from a sensitive value: not printed
  std::string because;  // before against after, in words; empty: the report words it from `change`
  std::vector<std::string>
      obstacles;  // each Deny, block or key that does not stop the witness, and why
  std::optional<AcceptedBy>
      accepted;  // only with status ARCHIVED; none: archived for another reason
  std::string
      closing;  // the smallest change that ends it, verified by the engine; empty: none offered
};

struct Note {
  std::string input;
  std::string resource_address;
  std::string message;
  Place place;
  bool matters = false;  // shown without --verbose: a guard goes away, a share that will not work
};

struct Undetermined {
  Code code = Code::kPV010;
  std::string input;
  std::string resource_address;
  std::string resource_type;
  std::string attribute;
  std::string reason;  // why it could not be decided
  std::string origin;  // the expression or statement it comes from
  std::string hint;    // what would decide it
  Place place;
  std::optional<AcceptedBy> accepted;  // it does not count for the exit status
};

// An input that could not be read.
struct InputError {
  std::string code;  // "input"
  std::string input;
  std::string message;
  std::string help;
  Place place;
};

}  // namespace preview::model
