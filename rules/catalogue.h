// The catalogue: what is fact about AWS and its spellings in Terraform and CloudFormation, as
// read-only tables.
//
// Written by people as rules/data/*.yaml (every row with its source), turned into constant tables
// at build time by rules/generate/, so that it costs nothing at start. Read by the front ends
// (attribute forms), by preview/assemble (bindings) and by preview/access (actions, ARN forms).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "model/deployment.h"
#include "model/symbol.h"

namespace preview::rules {

// https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_understand-policy-summary-access-level-summaries.html
enum class AccessLevel { kList, kRead, kWrite, kPermissions, kTagging };

// An action that works across accounts on a resource of the type.
struct Action {
  std::string_view name;  // as AWS spells it, `s3:GetObject`
  AccessLevel level = AccessLevel::kRead;
  std::uint8_t forms = 1;  // bit i: it may be asked of ARN form i of the type
  // `kms:Decrypt` / `kms:GenerateDataKey` when the action cannot be carried out without the key
  // that encrypts the resource (secrets); empty otherwise.
  std::string_view key_action;
};

// One shape of ARN that a request on the resource may name: the resource's own ARN followed by
// `suffix`, in which
// `*` is any text (also empty only where written `**`): bucket "" and object "/*".
//
// Some policies speak of resources whose ARNs do not begin with the carrier's: a Data Catalog
// policy of databases and tables. Their suffix follows the first five parts of the ARN
// (`arn:aws:glue:us-east-1:111122223333:`).
struct ArnForm {
  std::string_view name;
  std::string_view suffix;
  bool of_account = false;
};

struct ResourceType {
  std::string_view name;            // `AWS::SQS::Queue`
  std::string_view title;           // `SQS queue`
  std::string_view service;         // action prefix, `sqs`
  std::string_view arn;             // `arn:{partition}:sqs:{region}:{account}:{name}`
  std::span<const ArnForm> forms;   // at least one
  std::span<const Action> actions;  // sorted by name
  bool in_access_preview = false;   // AWS previews it
  bool in_access_analyzer = false;  // AWS's external access analyzer reports it
  std::string_view
      member;  // `sqsQueue`: member of the preview API's Configuration union; empty: none
  std::string_view policy_member;  // `queuePolicy`
  bool anonymous = true;           // whether the service accepts callers without credentials
  bool shared_image = false;       // sharing of a snapshot or image: findings carry PV006
  // A Resource of a policy that begins with this text names the resource itself: `execute-api:/`
  // stands for the resource's ARN and `/`. Empty for all but API Gateway.
  std::string_view shorthand;
  std::string_view source;  // where the facts come from
};

[[nodiscard]] std::span<const ResourceType> ResourceTypes();
[[nodiscard]] const ResourceType* FindResourceType(std::string_view name);
// By the preview API's member name (`sqsQueue`).
[[nodiscard]] const ResourceType* FindResourceTypeByMember(std::string_view member);

// What a type of an input language contributes to a configuration.
enum class BindingRole {
  kResource,  // is the resource itself (may carry its policy inline)
  kPolicy,    // attaches a policy to a resource named by `target`
  kShare,     // opens a resource named by `target` to the principals it lists
  kSpecial,   // has rules of its own in preview/assemble (ACLs, public access blocks, grants,
              // aliases, …)
};

struct Binding {
  model::Language language = model::Language::kTerraform;
  std::string_view iac_type;  // `aws_sqs_queue_policy`, `AWS::SQS::QueuePolicy`
  BindingRole role = BindingRole::kResource;
  std::string_view resource_type;  // `AWS::SQS::Queue`
  std::string_view
      target;  // attribute path that names the resource (a text or a list); empty for kResource
  std::string_view policy;  // attribute path of the policy; empty: none
  // Optional and computed in Terraform: unknown without an expression means AWS's default, not an
  // unknown policy.
  bool policy_computed = false;
  // kShare, and sharing attributes of kResource: paths of account ids or ARNs, of organization
  // ARNs, and of a group that is public when it equals `all`. `all` among the accounts is public
  // too.
  std::string_view share_accounts;
  std::string_view share_organizations;
  std::string_view share_group;
  // Path of the actions that the share is of, where it lists some; empty: all of the type.
  std::string_view share_actions;
  // kResource: the attribute (with a form of its own where the language has no such attribute) that
  // is the ARN.
  std::string_view arn;
  // kResource: attribute path; where it is absent or false there is no such resource (a table's
  // stream).
  std::string_view exists_when;
  // kResource: attribute paths of the key that encrypts the resource and of the flag that it is
  // encrypted.
  std::string_view kms_key;
  std::string_view encrypted;
  std::string_view source;
};

[[nodiscard]] std::span<const Binding> Bindings();
// All bindings of one type of an input language (one `aws_s3_bucket_policy` may concern two
// resource types).
[[nodiscard]] std::span<const Binding> FindBindings(model::Language language,
                                                    std::string_view iac_type);
// True when anything about resources of this type bears on access (bindings or forms used for
// joining); front ends keep the others' attributes out of memory.
[[nodiscard]] bool BearsOnAccess(model::Language language, std::string_view iac_type);
// True for a type whose policy restricts, is attached to a principal of the own account or has
// another grammar: no rule, not even the generic ones for types that nobody described, takes it for
// a grant.
[[nodiscard]] bool GrantsNothing(model::Language language, std::string_view iac_type);

// The text that an attribute will have, from the form of its type: `arn` of aws_sqs_queue, `Ref`
// and `Arn` of AWS::SQS::Queue. `attribute_text` gives the text of another attribute of the same
// resource, or of its symbol where that is not known; it never fails. Nothing when the catalogue
// has no form for the attribute.
//
// A form only ever asks for base attributes: those without a form, and those whose form is the
// attribute itself
// (`bucket` of aws_s3_bucket), so `attribute_text` need not call back. For an attribute that is
// absent and has an AttributeDefault (`Path`), an empty text is as good: the default is then taken.
// The forms hold for managed resources; data sources that the catalogue names are those without a
// resource of the same name.
using AttributeText = std::function<std::string(std::string_view attribute)>;
[[nodiscard]] std::optional<std::string> BuildAttribute(model::Language language,
                                                        std::string_view iac_type,
                                                        std::string_view attribute,
                                                        const model::Environment& environment,
                                                        const AttributeText& attribute_text);

// What is known of the text of an attribute that has no form: the id of a new account, an id that
// AWS makes up, …
[[nodiscard]] model::SymbolForm AttributeSymbolForm(model::Language language,
                                                    std::string_view iac_type,
                                                    std::string_view attribute);

// The text that AWS takes for an attribute that is absent (`path` of a role: `/`); empty: none.
[[nodiscard]] std::string_view AttributeDefault(model::Language language, std::string_view iac_type,
                                                std::string_view attribute);

// The attributes that have a form, for one type (`id`, `arn`, `url`; `Ref`, `Arn`). Their texts
// identify the resource.
[[nodiscard]] std::span<const std::string_view> AttributesWithForm(model::Language language,
                                                                   std::string_view iac_type);

// The ARN of a resource of catalogue type `type` that an input only names: from an ARN (kept), a
// name, a URL or an id.
[[nodiscard]] std::string ArnFromName(const ResourceType& type, std::string_view name,
                                      const model::Environment& environment);

// Accounts, users and canonical ids that belong to AWS services themselves (load balancer log
// accounts, CloudFront origin access identities). Never a finding.
[[nodiscard]] bool IsAwsServiceAccount(std::string_view account);

// How a condition key's values are compared and counted, where the service documents it.
enum class KeyType { kString, kArn, kIp, kNumber, kDate, kBool, kBinary };
struct ConditionKey {
  std::string_view
      name;  // documented spelling, `aws:SourceIp`; a tag family ends in `/`: `aws:PrincipalTag/`
  KeyType type = KeyType::kString;
  bool multivalued = false;
};
// The key as documented, found without case; tag families by their prefix. Null pointer when not
// known.
[[nodiscard]] const ConditionKey* FindConditionKey(std::string_view name);

}  // namespace preview::rules
