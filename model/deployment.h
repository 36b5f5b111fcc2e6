// What the inputs say: all resources before and after the change, in the language's own words.
//
// Front ends (parsers/terraform, parsers/cloudformation) make a Deployment; preview/assemble reads
// it. A front end has already rebuilt what it could: attributes are values with symbols, policies
// that the input lost are rebuilt, and an attribute that nobody wrote and AWS fills in is absent
// (null), not unknown.
#pragma once

#include <string>
#include <vector>

#include "model/finding.h"
#include "model/place.h"
#include "model/suppression.h"
#include "model/symbol.h"
#include "model/value.h"
#include "model/zone.h"

namespace preview::model {

enum class Language { kTerraform, kCloudFormation };

struct Resource {
  // Terraform instance address (`module.a["x"].aws_sqs_queue.q[0]`), or logical id (`Child.Queue`
  // when nested).
  std::string address;
  // What stays the same between before and after although the address may change: the address after
  // a move, or for CloudFormation the logical id. The same identity and type = the same resource,
  // unless both ARNs are known and differ (a replacement).
  std::string identity;
  std::string type;  // `aws_sqs_queue`, `AWS::SQS::Queue`
  Value attributes;  // object, in the language's own names
  Environment environment;
  std::string stack;              // CloudFormation, where there are several stacks
  std::string construct;          // CDK construct path (`aws:cdk:path`)
  Place place;                    // of the block
  bool from_data_source = false;  // read, not managed; never analysed, used to resolve links only
};

struct Inventory {
  std::vector<Resource> resources;
};

struct Deployment {
  Language language = Language::kTerraform;
  std::string input;  // the input's name as given
  // CloudFormation: which open conditions this reading assumes (`IsProd` is true); empty when there
  // is one only.
  std::string when;
  Inventory before;
  Inventory after;
  Environment environment;   // the default for the whole input
  std::string organization;  // organization id that the input itself names, or empty
  std::vector<std::string> organization_accounts;
  std::string canonical_user;  // owner's canonical id that the input itself names, or empty
  std::string account_inferred_from;
  std::vector<Undetermined> undetermined;  // what the front end could not read
  std::vector<Note> notes;
  std::vector<Suppression> suppressions;  // of the source of `after`
};

}  // namespace preview::model
