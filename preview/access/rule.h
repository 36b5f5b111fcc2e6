// Rules: everything that grants or denies, from policies, ACLs, grants and shares, in one form.
//
// A configuration has one or more *channels* into it (the resource itself; each access point of a
// bucket). A channel has *layers*, and lets a request in when every layer allows it and none denies
// it.
#pragma once

#include <string>
#include <vector>

#include "model/configuration.h"
#include "model/finding.h"
#include "model/policy.h"
#include "rules/catalogue.h"

namespace preview::access {

struct Rule {
  model::Statement statement;
  bool variables = false;    // the policy's version has policy variables
  bool signed_only = false;  // ACL group AuthenticatedUsers: every caller with credentials
  model::FindingSource source;
  // A share with an organization or unit: its ARN, shown as the principal in place of `*` with a
  // condition.
  std::string shown_principal;
};

struct Layer {
  std::vector<Rule> rules;
  std::string arn;             // what this layer's Resource elements speak of
  bool takes_resource = true;  // false: role trust policies name no resource
  // ARN suffixes in place of the type's forms (`/object/*` of an access point); empty: the type's.
  std::vector<std::string> form_suffixes;
};

struct Channel {
  std::vector<Layer> layers;
  // Condition keys with the one value that they have in this channel (`s3:DataAccessPointArn`).
  std::vector<std::pair<std::string, std::string>> context;
  model::SourceType source = model::SourceType::kPolicy;
  std::string detail;
  bool never_public = false;  // reachable only from a VPC
  bool restricted =
      false;  // RestrictPublicBuckets or its like: when public, nobody from outside gets in
};

// One side (before or after) of a resource, ready to be decided.
struct Lowered {
  std::vector<Channel> channels;
  std::vector<model::Undetermined> undetermined;
  std::vector<model::Note> notes;
  bool sensitive = false;
};

[[nodiscard]] Lowered Lower(const model::Configuration& configuration,
                            const rules::ResourceType& type, const model::SymbolTable* symbols);

}  // namespace preview::access
