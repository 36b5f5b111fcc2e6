// Access control lists of S3 buckets, and the object ownership that switches them off.
//
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html says what a canned ACL
// grants; https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html when
// ACLs count. Grants to the owner and to S3's own log delivery group give nobody from outside
// anything and are left out.
#include <algorithm>
#include <map>
#include <set>

#include "preview/assemble/passes.h"
#include "preview/assemble/values.h"

namespace preview::assemble {

namespace {

using model::AclGrant;
using model::Resource;
using model::Value;

constexpr std::string_view kAllUsers = "http://acs.amazonaws.com/groups/global/AllUsers";
constexpr std::string_view kAuthenticatedUsers =
    "http://acs.amazonaws.com/groups/global/AuthenticatedUsers";
constexpr std::string_view kLogDelivery = "http://acs.amazonaws.com/groups/s3/LogDelivery";

struct CannedAcl {
  std::string_view terraform;
  std::string_view cloudformation;
  std::string_view uri;  // empty: nobody from outside
  bool write = false;
};

// `aws-exec-read` lets EC2's own account read, which is AWS itself.
constexpr CannedAcl kCannedAcls[] = {
    {"private", "Private", "", false},
    {"public-read", "PublicRead", kAllUsers, false},
    {"public-read-write", "PublicReadWrite", kAllUsers, true},
    {"authenticated-read", "AuthenticatedRead", kAuthenticatedUsers, false},
    {"aws-exec-read", "AwsExecRead", "", false},
    {"bucket-owner-read", "BucketOwnerRead", "", false},
    {"bucket-owner-full-control", "BucketOwnerFullControl", "", false},
    {"log-delivery-write", "LogDeliveryWrite", "", false},
};

enum class Ownership { kNotInInput, kEnforced, kAclsCount, kUnknown };

// What bears on the ACL of one bucket.
struct Parts {
  Ownership ownership = Ownership::kNotInInput;
  bool separate = false;  // a resource of its own sets the ACL
};

class AccessControlLists {
 public:
  AccessControlLists(Side& side, const rules::ResourceType& type) : side_(side), type_(type) {}

  void Run() {
    ReadOwnership();
    for (const Resource* acl : side_.OfType("aws_s3_bucket_acl")) AddSeparate(*acl);
    for (DraftId id = 0; id < side_.drafts().size(); ++id) {
      Draft& draft = side_.draft(id);
      if (draft.configuration.resource_type != type_.name) continue;
      if (draft.resource != nullptr && !parts_[id].separate) AddInline(draft);
      if (!parts_[id].separate) KeepRemoved(draft);
      Settle(draft, parts_[id].ownership);
    }
  }

 private:
  static Ownership OwnershipOf(const Value* value) {
    if (!IsGiven(value)) return Ownership::kNotInInput;
    if (!value->is_string() || model::HasSymbol(value->text)) return Ownership::kUnknown;
    return value->text == "BucketOwnerEnforced" ? Ownership::kEnforced : Ownership::kAclsCount;
  }

  void ReadOwnership() {
    for (const Resource* controls : side_.OfType("aws_s3_bucket_ownership_controls")) {
      Link link;
      auto id = side_.FindTarget(*controls, FirstAt(controls->attributes, "bucket"), type_, link);
      if (id)
        parts_[*id].ownership = OwnershipOf(FirstAt(controls->attributes, "rule.object_ownership"));
    }
    for (const Resource* bucket : side_.OfType("AWS::S3::Bucket")) {
      auto id = side_.FindResource(*bucket, type_.name);
      if (!id) continue;
      parts_[*id].ownership =
          OwnershipOf(FirstAt(bucket->attributes, "OwnershipControls.Rules.ObjectOwnership"));
    }
  }

  void AddSeparate(const Resource& acl) {
    const DraftId id = side_.ForTarget(acl, FirstAt(acl.attributes, "bucket"), "bucket", type_);
    parts_[id].separate = true;
    Draft& draft = side_.draft(id);
    const Value* canned = FirstAt(acl.attributes, "acl");
    if (IsGiven(canned)) AddCanned(draft, acl, *canned, "acl");
    const std::string owner = TextAt(acl.attributes, "access_control_policy.owner.id");
    for (const Value* grant : ValuesAt(acl.attributes, "access_control_policy.grant")) {
      const Value* grantee = FirstAt(*grant, "grantee");
      AddGrant(draft, acl, grantee == nullptr ? *grant : *grantee, ValuesAt(*grant, "permission"),
               owner);
    }
  }

  void AddInline(Draft& draft) {
    const Resource& bucket = *draft.resource;
    const bool terraform = side_.language() == model::Language::kTerraform;
    const std::string attribute = terraform ? "acl" : "AccessControl";
    const Value* canned = FirstAt(bucket.attributes, attribute);
    if (IsGiven(canned)) AddCanned(draft, bucket, *canned, attribute);
    if (!terraform) return;
    const std::string owner = OwnerAmong(draft, bucket);
    for (const Value* grant : ValuesAt(bucket.attributes, "grant")) {
      AddGrant(draft, bucket, *grant, ValuesAt(*grant, "permissions"), owner);
    }
  }

  // The canonical id that holds the owner's own grant among those that AWS shows in `grant`: the
  // account's where the input names it, else that of the only FULL_CONTROL grant.
  std::string OwnerAmong(Draft& draft, const Resource& bucket) {
    if (!side_.deployment().canonical_user.empty()) return side_.deployment().canonical_user;
    std::set<std::string> holders;
    for (const Value* grant : ValuesAt(bucket.attributes, "grant")) {
      const std::string id = TextAt(*grant, "id");
      const auto permissions = ValuesAt(*grant, "permissions");
      const bool full = std::any_of(permissions.begin(), permissions.end(),
                                    [](const Value* one) { return TextOf(one) == "FULL_CONTROL"; });
      if (full && !id.empty()) holders.insert(id);
    }
    if (holders.size() != 1) return {};
    AddOnce(draft.configuration.assumptions,
            "the only FULL_CONTROL grant of the bucket's ACL is taken as its owner's");
    return *holders.begin();
  }

  void AddCanned(Draft& draft, const Resource& carrier, const Value& canned,
                 const std::string& attribute) {
    const std::string name = TextOf(&canned).value_or("");
    auto row = std::find_if(
        std::begin(kCannedAcls), std::end(kCannedAcls),
        [&](const CannedAcl& one) { return one.terraform == name || one.cloudformation == name; });
    if (row == std::end(kCannedAcls)) {
      AddUnknown(draft, carrier, canned, attribute, "the canned ACL");
      return;
    }
    if (row->uri.empty()) return;
    Push(draft, carrier, canned, "READ", "", std::string(row->uri));
    if (row->write) Push(draft, carrier, canned, "WRITE", "", std::string(row->uri));
  }

  void AddGrant(Draft& draft, const Resource& carrier, const Value& grantee,
                const std::vector<const Value*>& permissions, const std::string& owner) {
    const std::string uri = TextAt(grantee, "uri");
    std::string id = TextAt(grantee, "id");
    if (id.empty()) id = TextAt(grantee, "email_address");
    if (uri.empty() && id.empty()) {
      AddUnknown(draft, carrier, grantee, "grant", "a grantee");
      return;
    }
    if (uri == kLogDelivery || IsOwner(id, owner) || rules::IsAwsServiceAccount(id)) return;
    for (const Value* permission : permissions) {
      auto text = TextOf(permission);
      // Whatever is granted, FULL_CONTROL is the most of it.
      Push(draft, carrier, grantee, text.value_or("FULL_CONTROL"), id, uri);
    }
  }

  bool IsOwner(const std::string& id, const std::string& owner) const {
    if (id.empty()) return false;
    return id == owner || id == side_.deployment().canonical_user;
  }

  void Push(Draft& draft, const Resource& carrier, const Value& from, std::string permission,
            std::string id, std::string uri) const {
    AclGrant grant;
    grant.permission = std::move(permission);
    grant.id = std::move(id);
    grant.uri = std::move(uri);
    grant.carrier = carrier.address;
    grant.place = from.place.known() ? from.place : carrier.place;
    draft.configuration.acl_grants.push_back(std::move(grant));
  }

  void AddUnknown(Draft& draft, const Resource& carrier, const Value& value,
                  const std::string& attribute, const std::string& what) const {
    model::Undetermined undetermined;
    undetermined.attribute = attribute;
    undetermined.reason = what + " of `" + carrier.address + "` is not known";
    undetermined.origin = value.is_unknown() ? value.text : TextOf(&value).value_or("");
    undetermined.hint = "write the ACL as a literal";
    undetermined.place = value.place.known() ? value.place : carrier.place;
    side_.AddUndetermined(draft, std::move(undetermined));
  }

  // The provider does not reset a bucket's ACL when aws_s3_bucket_acl goes away, so what it granted
  // stays.
  // https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_bucket_acl
  void KeepRemoved(Draft& draft) const {
    model::Configuration& configuration = draft.configuration;
    if (side_.before() == nullptr || !configuration.acl_grants.empty()) return;
    if (side_.language() != model::Language::kTerraform) return;
    const Draft* before =
        side_.before()->FindIdentity(configuration.identity, configuration.resource_type);
    if (before == nullptr || before->resource == nullptr || draft.resource == nullptr) return;
    for (const AclGrant& grant : before->configuration.acl_grants) {
      if (grant.carrier == before->configuration.address) continue;
      configuration.acl_grants.push_back(grant);
    }
    if (configuration.acl_grants.empty()) return;
    side_.AddNote(draft, *draft.resource,
                  "Terraform does not reset a bucket's ACL when `" +
                      configuration.acl_grants.front().carrier + "` is removed: its grants stay",
                  true);
  }

  void Settle(Draft& draft, Ownership ownership) const {
    model::Configuration& configuration = draft.configuration;
    if (configuration.acl_grants.empty()) return;
    switch (ownership) {
      case Ownership::kEnforced:
        configuration.acl_grants.clear();
        return;
      case Ownership::kAclsCount:
        return;
      case Ownership::kNotInInput:
      case Ownership::kUnknown:
        AddOnce(configuration.assumptions,
                "the bucket's object ownership is not known: its ACL is taken to count, which the "
                "default `BucketOwnerEnforced` would prevent");
        return;
    }
  }

  Side& side_;
  const rules::ResourceType& type_;
  std::map<DraftId, Parts> parts_;
};

}  // namespace

void AddAccessControlLists(Side& side) {
  const rules::ResourceType* type = rules::FindResourceType("AWS::S3::Bucket");
  if (type != nullptr) AccessControlLists(side, *type).Run();
}

}  // namespace preview::assemble
