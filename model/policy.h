// A policy document, as parsed (parsers/policy) and as the access engine reads it.
#pragma once

#include <string>
#include <vector>

#include "model/place.h"

namespace preview::model {

enum class Effect { kAllow, kDeny };

// The members of a Principal element, as the IAM reference names them.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
enum class PrincipalKind { kAws, kFederated, kService, kCanonicalUser, kEveryone };

struct PrincipalEntry {
  PrincipalKind kind = PrincipalKind::kAws;  // kEveryone: the bare string "*"
  std::string text;                          // as written, `*` included; may hold symbols
};

// One test: operator, key and values as written, one entry per key (`{"StringEquals": {"a": …, "b":
// …}}` is two).
struct Condition {
  std::string op;                   // `StringEquals`, `ForAnyValue:ArnLikeIfExists`, … as written
  std::string key;                  // as written; keys are compared without case
  std::vector<std::string> values;  // booleans and numbers as their JSON text; may hold symbols
};

struct Statement {
  int index = 0;  // 0-based position in the document
  std::string sid;
  Effect effect = Effect::kDeny;
  bool not_principal = false;
  std::vector<PrincipalEntry> principals;
  bool not_action = false;
  std::vector<std::string> actions;  // as written
  bool not_resource = false;
  std::vector<std::string>
      resources;  // empty where the type takes none (role trust policy): the resource itself
  std::vector<Condition> conditions;
  // A part was not known and was read towards reporting (an Allow without the unknown test, a Deny
  // left out).
  bool approximate = false;
  Place place;
};

struct PolicyDocument {
  std::string version;  // "2012-10-17", "2008-10-17" (also when absent)
  std::vector<Statement> statements;
};

// A statement (index -1: the whole document) that the service would reject, with the reason. PV020.
struct PolicyProblem {
  int statement = -1;
  std::string reason;
  Place place;
};

}  // namespace preview::model
