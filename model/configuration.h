// A proposed resource configuration: everything that bears on who gets into one resource, joined
// together.
//
// The fields are those of the access preview API's Configuration union
// (https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_Configuration.html) put into
// one struct, of which a type fills what it has. preview/assemble and `preview batch` make them;
// preview/access decides them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/finding.h"
#include "model/place.h"
#include "model/value.h"
#include "model/zone.h"

namespace preview::model {

// A policy and where it comes from. `document` is a string of JSON (with symbols), an object, or
// unknown.
struct PolicySource {
  Value document;
  std::string carrier;    // address of the resource that holds it
  std::string attribute;  // `policy`, `PolicyDocument`
  SourceType type = SourceType::kPolicy;
  std::string detail;  // access point ARN
};

// https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_S3BucketAclGrantConfiguration.html
struct AclGrant {
  std::string permission;  // READ, WRITE, READ_ACP, WRITE_ACP, FULL_CONTROL
  std::string id;          // canonical user id, or
  std::string uri;         // group URI
  std::string carrier;
  Place place;
};

// Only these two settings change who has access; the other two refuse later writes.
struct PublicAccessBlock {
  bool ignore_public_acls = false;
  bool restrict_public_buckets = false;
  bool block_public_policy = false;
  bool block_public_acls = false;
};

struct AccessPoint {
  std::string arn;
  std::string name;
  std::string carrier;
  std::optional<Value> policy;
  PublicAccessBlock block{true, true, true, true};  // on unless set
  bool vpc_only = false;
  std::string vpc_id;
  bool multi_region = false;
  std::string account;  // owner, where it is another account than the bucket's
  Place place;
};

// https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_KmsGrantConfiguration.html
struct KmsGrant {
  std::vector<std::string> operations;  // `Decrypt`, …
  std::string grantee_principal;
  std::string retiring_principal;
  std::string carrier;
  Place place;
};

// A list of who a snapshot, image, document, share … is open to. An unknown entry stays an unknown
// value.
struct Sharing {
  std::vector<Value> principals;     // account ids or ARNs
  std::vector<Value> organizations;  // organization (unit) ARNs or ids
  bool everyone = false;             // group `all`
  std::vector<std::string> actions;  // empty: all that the type has
  std::string carrier;
  Place place;
};

// What encrypts a snapshot or a secret.
enum class EncryptionKind {
  kNone,         // not encrypted
  kAwsManaged,   // aws/ebs, aws/rds, aws/secretsmanager: never usable from another account
  kCustomerKey,  // a customer managed key, in the input or not
  kUnknownKey,   // encrypted, or perhaps encrypted, with a key that cannot be told
};

struct EncryptionSource {
  EncryptionKind kind = EncryptionKind::kNone;
  std::string key;  // ARN, id or alias as written; may hold symbols
  int key_configuration =
      -1;  // index into the Assembly of the key's own configuration; -1: not in the input
};

struct Configuration {
  std::string resource_type;  // catalogue name, `AWS::SQS::Queue`
  std::string arn;            // may hold symbols
  std::string address;  // of the shared resource; of the carrier where that one is not in the input
  std::string identity;  // see Resource::identity
  std::string stack;
  std::string input;
  Environment environment;
  Place place;
  bool generic = false;  // a type nobody described: analysed by generic rules, and marked so

  std::vector<PolicySource> policies;
  std::vector<AclGrant> acl_grants;
  std::optional<PublicAccessBlock> bucket_block;  // none: not configured
  std::optional<PublicAccessBlock> account_block;
  std::vector<AccessPoint> access_points;
  std::vector<KmsGrant> grants;
  std::vector<Sharing> shares;
  std::optional<EncryptionSource> encryption;

  std::vector<std::string> assumptions;
  std::vector<Undetermined> undetermined;  // parts that could not be joined or read
  std::vector<Note> notes;
};

// All configurations of one side (before or after) of a deployment.
struct Assembly {
  std::vector<Configuration> configurations;
};

}  // namespace preview::model
