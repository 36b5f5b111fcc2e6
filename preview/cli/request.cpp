#include "preview/cli/request.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <utility>

#include "rules/catalogue.h"

namespace preview::cli {
namespace {

using model::Configuration;
using model::Error;
using model::Value;

// Errors of one configuration: the first one is kept.
class Reader {
 public:
  Reader(Configuration& configuration, bool is_new)
      : configuration_(configuration), is_new_(is_new) {}

  void ReadMember(std::string_view member, const Value& body);
  void ReadOther(const Value& value);
  [[nodiscard]] const std::optional<Error>& error() const { return error_; }

 private:
  void Fail(std::string message, const Value& at) {
    if (!error_.has_value()) error_ = Error{std::move(message), "", at.place};
  }
  // Null where it is absent or null.
  static const Value* Get(const Value& object, std::string_view key) {
    const Value* found = object.Find(key);
    return found == nullptr || found->is_null() ? nullptr : found;
  }
  bool OnlyMembers(const Value& object, std::string_view what,
                   std::initializer_list<std::string_view> known);
  std::optional<std::string> Text(const Value& object, std::string_view key);
  bool Flag(const Value& object, std::string_view key, bool otherwise);
  std::vector<Value> Texts(const Value& object, std::string_view key);
  std::optional<Value> Policy(const Value& object, std::string_view key, bool empty_allowed = true);
  void AddPolicy(const Value& object, std::string_view key, bool empty_allowed = true);

  void ReadBucket(const Value& body, bool directory);
  void ReadGrants(const Value& list);
  void ReadAccessPoints(const Value& points, bool directory);
  void ReadOrigin(const Value& origin, model::AccessPoint& point);
  void ReadKey(const Value& body);
  void ReadKeyGrant(const Value& grant);
  void ReadSecret(const Value& body);
  void ReadEbsSnapshot(const Value& body);
  void ReadRdsSnapshot(const Value& body);
  void ReadSharing(const Value& sharing);
  void AddShare(std::vector<Value> principals, bool everyone);
  void ReadKeyId(const Value& body, model::EncryptionKind otherwise);

  Configuration& configuration_;
  bool is_new_;
  std::optional<Error> error_;
};

bool Reader::OnlyMembers(const Value& object, std::string_view what,
                         std::initializer_list<std::string_view> known) {
  if (!object.is_object()) {
    Fail(fmt::format("`{}` must be an object", what), object);
    return false;
  }
  for (const std::string& key : object.keys) {
    if (std::find(known.begin(), known.end(), key) == known.end()) {
      Fail(fmt::format("unknown member `{}` of `{}`; it has {}", key, what, fmt::join(known, ", ")),
           object);
      return false;
    }
  }
  return true;
}

std::optional<std::string> Reader::Text(const Value& object, std::string_view key) {
  const Value* found = Get(object, key);
  if (found == nullptr) return std::nullopt;
  if (!found->is_string()) {
    Fail(fmt::format("`{}` must be a string", key), *found);
    return std::nullopt;
  }
  return found->text;
}

bool Reader::Flag(const Value& object, std::string_view key, bool otherwise) {
  const Value* found = Get(object, key);
  if (found == nullptr) return otherwise;
  if (!found->is_bool()) Fail(fmt::format("`{}` must be true or false", key), *found);
  return found->boolean;
}

std::vector<Value> Reader::Texts(const Value& object, std::string_view key) {
  const Value* found = Get(object, key);
  if (found == nullptr) return {};
  if (!found->is_list()) {
    Fail(fmt::format("`{}` must be a list", key), *found);
    return {};
  }
  for (const Value& item : found->items) {
    if (!item.is_string()) Fail(fmt::format("`{}` must hold strings only", key), item);
  }
  return found->items;
}

// An empty string is no policy. A policy may also stand as an object, which is no string of JSON
// yet.
std::optional<Value> Reader::Policy(const Value& object, std::string_view key, bool empty_allowed) {
  const Value* found = Get(object, key);
  if (found == nullptr) return std::nullopt;
  if (!found->is_string() && !found->is_object()) {
    Fail(fmt::format("`{}` must be a string that holds a policy", key), *found);
    return std::nullopt;
  }
  if (found->is_string() && found->text.empty()) {
    if (!empty_allowed) Fail(fmt::format("`{}` must not be empty", key), *found);
    return std::nullopt;
  }
  return *found;
}

void Reader::AddPolicy(const Value& object, std::string_view key, bool empty_allowed) {
  std::optional<Value> policy = Policy(object, key, empty_allowed);
  if (!policy.has_value()) return;
  model::PolicySource source;
  source.document = *std::move(policy);
  source.attribute = key;
  configuration_.policies.push_back(std::move(source));
}

void Reader::ReadGrants(const Value& list) {
  if (!list.is_list()) return Fail("`bucketAclGrants` must be a list", list);
  constexpr std::array<std::string_view, 5> kPermissions = {"READ", "WRITE", "READ_ACP",
                                                            "WRITE_ACP", "FULL_CONTROL"};
  for (const Value& item : list.items) {
    if (!OnlyMembers(item, "bucketAclGrants", {"permission", "grantee"})) return;
    const std::string permission = Text(item, "permission").value_or("");
    if (std::find(kPermissions.begin(), kPermissions.end(), permission) == kPermissions.end()) {
      return Fail(fmt::format("unknown permission `{}` of an ACL grant", permission), item);
    }
    const Value* grantee = Get(item, "grantee");
    if (grantee == nullptr || !OnlyMembers(*grantee, "grantee", {"id", "uri"})) {
      return Fail("an ACL grant needs a `grantee` with `id` or `uri`", item);
    }
    model::AclGrant grant;
    grant.permission = permission;
    grant.id = Text(*grantee, "id").value_or("");
    grant.uri = Text(*grantee, "uri").value_or("");
    if (grant.id.empty() == grant.uri.empty())
      return Fail("a grantee has either `id` or `uri`", *grantee);
    grant.place = item.place;
    configuration_.acl_grants.push_back(std::move(grant));
  }
}

void Reader::ReadOrigin(const Value& origin, model::AccessPoint& point) {
  if (!OnlyMembers(origin, "networkOrigin", {"vpcConfiguration", "internetConfiguration"})) return;
  const Value* vpc = Get(origin, "vpcConfiguration");
  if (vpc == nullptr) return;
  point.vpc_only = true;
  point.vpc_id = Text(*vpc, "vpcId").value_or("");
  // The real service refuses the call: the id of a VPC is `vpc-` and hexadecimal digits.
  const std::string_view digits =
      std::string_view(point.vpc_id).substr(std::min<std::size_t>(4, point.vpc_id.size()));
  if (!point.vpc_id.starts_with("vpc-") || digits.empty() ||
      digits.find_first_not_of("0123456789abcdef") != std::string_view::npos) {
    Fail(fmt::format("`{}` is no VPC id", point.vpc_id), *vpc);
  }
}

// Field `index` of an ARN, counted from 0; empty where there is none.
std::string_view ArnPart(std::string_view arn, int index) {
  if (!arn.starts_with("arn:")) return {};
  std::size_t at = 0;
  for (int i = 0; i < index; ++i) {
    at = arn.find(':', at);
    if (at == std::string_view::npos) return {};
    ++at;
  }
  return index >= 5 ? arn.substr(at) : arn.substr(at, arn.find(':', at) - at);
}

void Reader::ReadAccessPoints(const Value& points, bool directory) {
  if (!points.is_object()) return Fail("`accessPoints` must be an object", points);
  for (std::size_t i = 0; i < points.keys.size(); ++i) {
    const Value& body = points.items[i];
    const bool known =
        directory ? OnlyMembers(body, "accessPoints", {"accessPointPolicy", "networkOrigin"})
                  : OnlyMembers(body, "accessPoints",
                                {"accessPointPolicy", "publicAccessBlock", "networkOrigin"});
    if (!known) return;
    model::AccessPoint point;
    point.arn = points.keys[i];
    const std::string_view tail = ArnPart(point.arn, 5);
    if (!tail.starts_with("accesspoint/"))
      return Fail(fmt::format("`{}` is no access point ARN", point.arn), body);
    point.name = tail.substr(std::string_view("accesspoint/").size());
    point.multi_region = ArnPart(point.arn, 3).empty();
    const std::string_view owner = ArnPart(point.arn, 4);
    if (!owner.empty() && owner != configuration_.environment.account) point.account = owner;
    point.policy = Policy(body, "accessPointPolicy");
    if (const Value* block = Get(body, "publicAccessBlock"); block != nullptr) {
      if (!OnlyMembers(*block, "publicAccessBlock", {"ignorePublicAcls", "restrictPublicBuckets"}))
        return;
      point.block.ignore_public_acls = Flag(*block, "ignorePublicAcls", true);
      point.block.restrict_public_buckets = Flag(*block, "restrictPublicBuckets", true);
    }
    if (const Value* origin = Get(body, "networkOrigin"); origin != nullptr)
      ReadOrigin(*origin, point);
    configuration_.access_points.push_back(std::move(point));
  }
}

void Reader::ReadBucket(const Value& body, bool directory) {
  const bool known =
      directory ? OnlyMembers(body, "s3ExpressDirectoryBucket", {"bucketPolicy", "accessPoints"})
                : OnlyMembers(body, "s3Bucket",
                              {"bucketPolicy", "bucketAclGrants", "bucketPublicAccessBlock",
                               "accessPoints"});
  if (!known) return;
  AddPolicy(body, "bucketPolicy");
  if (const Value* grants = Get(body, "bucketAclGrants"); grants != nullptr) ReadGrants(*grants);
  if (const Value* block = Get(body, "bucketPublicAccessBlock"); block != nullptr) {
    if (!OnlyMembers(*block, "bucketPublicAccessBlock",
                     {"ignorePublicAcls", "restrictPublicBuckets"}))
      return;
    model::PublicAccessBlock& set = configuration_.bucket_block.emplace();
    set.ignore_public_acls = Flag(*block, "ignorePublicAcls", false);
    set.restrict_public_buckets = Flag(*block, "restrictPublicBuckets", false);
  }
  if (const Value* points = Get(body, "accessPoints"); points != nullptr)
    ReadAccessPoints(*points, directory);
}

void Reader::ReadKeyGrant(const Value& body) {
  if (!OnlyMembers(
          body, "grants",
          {"operations", "granteePrincipal", "retiringPrincipal", "issuingAccount", "constraints"}))
    return;
  model::KmsGrant grant;
  for (const Value& operation : Texts(body, "operations"))
    grant.operations.push_back(operation.text);
  grant.grantee_principal = Text(body, "granteePrincipal").value_or("");
  grant.retiring_principal = Text(body, "retiringPrincipal").value_or("");
  if (grant.grantee_principal.empty()) return Fail("a grant needs `granteePrincipal`", body);
  grant.place = body.place;
  configuration_.grants.push_back(std::move(grant));
}

void Reader::ReadKey(const Value& body) {
  if (!OnlyMembers(body, "kmsKey", {"keyPolicies", "grants"})) return;
  if (const Value* policies = Get(body, "keyPolicies"); policies != nullptr) {
    // A key has one policy, and its name is `default`.
    if (!OnlyMembers(*policies, "keyPolicies", {"default"})) return;
    AddPolicy(*policies, "default", false);
  }
  const Value* grants = Get(body, "grants");
  if (grants == nullptr) return;
  if (!grants->is_list()) return Fail("`grants` must be a list", *grants);
  for (const Value& grant : grants->items) ReadKeyGrant(grant);
}

// Key aliases of AWS's own begin with `alias/aws/`.
// https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#aws-managed-cmk
bool IsAwsManagedKey(std::string_view key) {
  return key.starts_with("aws/") || key.find("alias/aws/") != std::string_view::npos;
}

void Reader::ReadKeyId(const Value& body, model::EncryptionKind otherwise) {
  model::EncryptionSource encryption;
  encryption.key = Text(body, "kmsKeyId").value_or("");
  encryption.kind = encryption.key.empty()            ? otherwise
                    : IsAwsManagedKey(encryption.key) ? model::EncryptionKind::kAwsManaged
                                                      : model::EncryptionKind::kCustomerKey;
  configuration_.encryption = std::move(encryption);
}

void Reader::ReadSecret(const Value& body) {
  if (!OnlyMembers(body, "secretsManagerSecret", {"kmsKeyId", "secretPolicy"})) return;
  AddPolicy(body, "secretPolicy");
  ReadKeyId(body, model::EncryptionKind::kAwsManaged);
}

void Reader::AddShare(std::vector<Value> principals, bool everyone) {
  model::Sharing share;
  for (Value& principal : principals) {
    if (principal.text == "all") {
      everyone = true;
    } else {
      share.principals.push_back(std::move(principal));
    }
  }
  share.everyone = everyone;
  if (!everyone && share.principals.empty()) return;
  configuration_.shares.push_back(std::move(share));
}

void Reader::ReadEbsSnapshot(const Value& body) {
  if (!OnlyMembers(body, "ebsSnapshot", {"userIds", "groups", "kmsKeyId"})) return;
  bool everyone = false;
  for (const Value& group : Texts(body, "groups")) {
    if (group.text != "all")
      return Fail(fmt::format("unknown group `{}`; there is `all`", group.text), group);
    everyone = true;
  }
  AddShare(Texts(body, "userIds"), everyone);
  ReadKeyId(body, model::EncryptionKind::kNone);
}

void Reader::ReadRdsSnapshot(const Value& body) {
  if (!OnlyMembers(body, "snapshot", {"attributes", "kmsKeyId"})) return;
  if (const Value* attributes = Get(body, "attributes"); attributes != nullptr) {
    if (!OnlyMembers(*attributes, "attributes", {"restore"})) return;
    if (const Value* restore = Get(*attributes, "restore"); restore != nullptr) {
      if (!OnlyMembers(*restore, "restore", {"accountIds"})) return;
      AddShare(Texts(*restore, "accountIds"), false);
    }
  }
  ReadKeyId(body, model::EncryptionKind::kNone);
}

void Reader::ReadSharing(const Value& sharing) {
  if (!OnlyMembers(sharing, "sharing", {"accounts", "organizations", "public"})) return;
  model::Sharing share;
  share.principals = Texts(sharing, "accounts");
  share.organizations = Texts(sharing, "organizations");
  share.everyone = Flag(sharing, "public", false);
  if (share.everyone || !share.principals.empty() || !share.organizations.empty()) {
    configuration_.shares.push_back(std::move(share));
  }
}

void Reader::ReadMember(std::string_view member, const Value& body) {
  if (member == "s3Bucket") return ReadBucket(body, false);
  if (member == "s3ExpressDirectoryBucket") return ReadBucket(body, true);
  if (member == "kmsKey") return ReadKey(body);
  if (member == "secretsManagerSecret") return ReadSecret(body);
  if (member == "ebsSnapshot") return ReadEbsSnapshot(body);
  if (member == "rdsDbSnapshot" || member == "rdsDbClusterSnapshot") return ReadRdsSnapshot(body);
  const rules::ResourceType* type = rules::FindResourceTypeByMember(member);
  const std::string_view policy =
      type == nullptr ? std::string_view("policy") : type->policy_member;
  if (!OnlyMembers(body, member, {policy})) return;
  const bool role = member == "iamRole";
  if (role && is_new_ && Get(body, policy) == nullptr) {
    return Fail(fmt::format("a new role needs `{}`", policy), body);
  }
  AddPolicy(body, policy, !role);
}

void Reader::ReadOther(const Value& value) {
  if (!OnlyMembers(value, "configuration", {"policy", "sharing", "kmsKeyId"})) return;
  AddPolicy(value, "policy");
  if (const Value* sharing = Get(value, "sharing"); sharing != nullptr) ReadSharing(*sharing);
  if (Get(value, "kmsKeyId") != nullptr) ReadKeyId(value, model::EncryptionKind::kNone);
}

std::string SymbolOf(std::string_view name, model::SymbolForm form, model::SymbolTable& symbols) {
  const auto id = symbols.Intern({std::string(name), "", "", form, false});
  return id.has_value() ? model::SymbolText(*id) : std::string(name);
}

// The ARN goes before the subject's environment; what both leave open is a symbol.
void FillEnvironment(model::Environment& environment, std::string_view arn,
                     model::SymbolTable& symbols) {
  const auto fill = [arn](std::string& text, int part) {
    const std::string_view own = ArnPart(arn, part);
    if (!own.empty()) text = own;
  };
  fill(environment.region, 3);
  fill(environment.account, 4);
  if (environment.partition.empty()) environment.partition = "aws";
  if (arn.starts_with("arn:aws-")) environment.partition = ArnPart(arn, 1);
  if (environment.account.empty()) {
    environment.account = SymbolOf("account", model::SymbolForm::kOwnAccount, symbols);
  }
  if (environment.region.empty())
    environment.region = SymbolOf("region", model::SymbolForm::kRegion, symbols);
}

// The only member of `value`, when it is one of the union's.
const rules::ResourceType* UnionType(const Value& value) {
  return value.keys.size() == 1 ? rules::FindResourceTypeByMember(value.keys.front()) : nullptr;
}

std::optional<Error> CheckShape(const Value& value, const rules::ResourceType* of_member,
                                const Subject& subject) {
  if (!value.is_object()) return Error{"`configuration` must be an object", "", value.place};
  for (const std::string& key : value.keys) {
    const bool in_union = rules::FindResourceTypeByMember(key) != nullptr;
    if (in_union && value.keys.size() > 1)
      return Error{"`configuration` must have one member only", "", value.place};
    if (!in_union && key != "policy" && key != "sharing" && key != "kmsKeyId") {
      return Error{
          fmt::format("unknown member `{}` of `configuration`", key),
          "it is a member of the access preview API's Configuration, `policy` or `sharing`",
          value.place};
    }
  }
  if (of_member != nullptr && !subject.resource_type.empty() &&
      of_member->name != subject.resource_type) {
    return Error{fmt::format("`{}` configures {}, not {}", value.keys.front(), of_member->name,
                             subject.resource_type),
                 "", value.place};
  }
  if (of_member == nullptr && subject.resource_type.empty()) {
    return Error{"`resourceType` is missing", "", value.place};
  }
  return std::nullopt;
}

}  // namespace

model::Result<Configuration> ReadConfiguration(const Value& value, const Subject& subject,
                                               model::SymbolTable& symbols) {
  const rules::ResourceType* of_member = value.is_object() ? UnionType(value) : nullptr;
  if (std::optional<Error> error = CheckShape(value, of_member, subject); error.has_value())
    return *std::move(error);

  Configuration configuration;
  configuration.resource_type =
      of_member != nullptr ? std::string(of_member->name) : subject.resource_type;
  const rules::ResourceType* type = rules::FindResourceType(configuration.resource_type);
  configuration.generic = type == nullptr;
  configuration.environment = subject.environment;
  FillEnvironment(configuration.environment, subject.arn, symbols);
  configuration.arn = subject.arn;
  if (configuration.arn.empty()) {
    const std::string name = SymbolOf("name", model::SymbolForm::kText, symbols);
    configuration.arn =
        type != nullptr ? rules::ArnFromName(*type, name, configuration.environment) : name;
  }
  configuration.identity = configuration.arn;

  Reader reader(configuration, subject.is_new);
  of_member != nullptr ? reader.ReadMember(value.keys.front(), value.items.front())
                       : reader.ReadOther(value);
  if (reader.error().has_value()) return *reader.error();
  return configuration;
}

}  // namespace preview::cli
