// Access points and multi-Region access points, joined to their buckets.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points.html
#include <map>
#include <optional>

#include "preview/assemble/passes.h"
#include "preview/assemble/s3_block.h"
#include "preview/assemble/statements.h"
#include "preview/assemble/values.h"

namespace preview::assemble {

namespace {

using model::AccessPoint;
using model::PublicAccessBlock;
using model::Resource;
using model::Value;

// Attribute names of an access point in each language.
struct PointNames {
  std::string_view iac_type;
  std::string_view arn;
  std::string_view name;
  std::string_view bucket;
  std::string_view policy;
  std::string_view block;
  std::string_view vpc;
  std::string_view account;
  bool block_default = true;  // of a setting that the block leaves out
};

constexpr PointNames kPoints[] = {
    {"aws_s3_access_point", "arn", "name", "bucket", "policy", "public_access_block_configuration",
     "vpc_configuration.vpc_id", "account_id", true},
    {"AWS::S3::AccessPoint", "Arn", "Name", "Bucket", "Policy", "PublicAccessBlockConfiguration",
     "VpcConfiguration.VpcId", "", false},
    {"AWS::S3Express::AccessPoint", "Arn", "Name", "Bucket", "Policy",
     "PublicAccessBlockConfiguration", "VpcConfiguration.VpcId", "", false},
};

constexpr PointNames kMultiRegionPoints[] = {
    {"aws_s3control_multi_region_access_point", "arn", "details.name", "details.region.bucket", "",
     "details.public_access_block", "", "account_id", true},
    {"AWS::S3::MultiRegionAccessPoint", "Arn", "Name", "Regions.Bucket", "",
     "PublicAccessBlockConfiguration", "", "", false},
};

// A policy that is attached to an access point by a resource of its own.
struct PointPolicy {
  const Resource* carrier = nullptr;
  Value document;
};

struct PolicyNames {
  std::string_view iac_type;
  std::string_view target;
  std::string_view policy;
};

constexpr PolicyNames kPointPolicies[] = {
    {"aws_s3control_access_point_policy", "access_point_arn", "policy"}};
constexpr PolicyNames kMultiRegionPolicies[] = {
    {"aws_s3control_multi_region_access_point_policy", "details.name", "details.policy"},
    {"AWS::S3::MultiRegionAccessPointPolicy", "MrapName", "Policy"},
};

bool IsPoint(const Resource& resource) {
  return resource.type == "aws_s3_access_point" || resource.type == "AWS::S3::AccessPoint";
}

bool IsMultiRegionPoint(const Resource& resource) {
  return resource.type == "aws_s3control_multi_region_access_point" ||
         resource.type == "AWS::S3::MultiRegionAccessPoint";
}

// The access point that a policy is for: by link, for a multi-Region one also by the name inside
// `details`.
const Resource* PointOf(const Side& side, const Resource& carrier, const Value* target,
                        bool multi_region) {
  const Link link = side.links().Find(carrier, target, multi_region ? IsMultiRegionPoint : IsPoint);
  if (link.kind == Link::Kind::kResource) return link.resource;
  const std::string name = TextOf(target).value_or("");
  if (!multi_region || name.empty()) return nullptr;
  for (const PointNames& names : kMultiRegionPoints) {
    for (const Resource* point : side.OfType(names.iac_type)) {
      if (TextAt(point->attributes, names.name) == name) return point;
    }
  }
  return nullptr;
}

class AccessPoints {
 public:
  explicit AccessPoints(Side& side)
      : side_(side),
        bucket_(rules::FindResourceType("AWS::S3::Bucket")),
        directory_(rules::FindResourceType("AWS::S3Express::DirectoryBucket")) {}

  void Run() {
    if (bucket_ == nullptr) return;
    attached_ = Attached(side_);
    if (side_.before() != nullptr) attached_before_ = IdentitiesOf(Attached(*side_.before()));
    for (const PointNames& names : kPoints) {
      for (const Resource* point : side_.OfType(names.iac_type)) Add(*point, names, false);
    }
    for (const PointNames& names : kMultiRegionPoints) {
      for (const Resource* point : side_.OfType(names.iac_type)) Add(*point, names, true);
    }
    AddUnjoined();
    Delegate();
  }

 private:
  using PoliciesByPoint = std::map<const Resource*, PointPolicy>;

  static PoliciesByPoint Attached(const Side& side) {
    PoliciesByPoint attached;
    const auto add = [&](const PolicyNames& names, bool multi_region) {
      for (const Resource* carrier : side.OfType(names.iac_type)) {
        const Value* policy = FirstAt(carrier->attributes, names.policy);
        const Resource* point =
            PointOf(side, *carrier, FirstAt(carrier->attributes, names.target), multi_region);
        if (point != nullptr && !IsNoPolicy(policy)) attached[point] = {carrier, *policy};
      }
    };
    for (const PolicyNames& names : kPointPolicies) add(names, false);
    for (const PolicyNames& names : kMultiRegionPolicies) add(names, true);
    return attached;
  }

  static std::map<std::string, Value> IdentitiesOf(const PoliciesByPoint& attached) {
    std::map<std::string, Value> identities;
    for (const auto& [point, policy] : attached) identities[point->identity] = policy.document;
    return identities;
  }

  // What the access point's policy is. Its own attribute may echo a policy whose resource goes away
  // (policies.cpp).
  void ReadPolicy(const Resource& point, const PointNames& names, AccessPoint& access_point) const {
    auto attached = attached_.find(&point);
    if (attached != attached_.end()) {
      access_point.policy = attached->second.document;
      access_point.carrier = attached->second.carrier->address;
      return;
    }
    const Value* own = FirstAt(point.attributes, names.policy);
    if (names.policy.empty() || IsNoPolicy(own)) return;
    auto before = attached_before_.find(point.identity);
    if (before != attached_before_.end() && SamePolicy(before->second, *own)) return;
    access_point.policy = *own;
  }

  void Add(const Resource& point, const PointNames& names, bool multi_region) {
    AccessPoint access_point;
    access_point.arn = side_.links().AttributeText(point, names.arn);
    access_point.name = TextAt(point.attributes, names.name);
    access_point.carrier = point.address;
    access_point.place = point.place;
    access_point.multi_region = multi_region;
    if (const Value* block = FirstAt(point.attributes, names.block)) {
      access_point.block = ReadPublicAccessBlock(*block, names.block_default);
    }
    const Value* vpc = names.vpc.empty() ? nullptr : FirstAt(point.attributes, names.vpc);
    access_point.vpc_only = IsGiven(vpc);
    access_point.vpc_id = TextOf(vpc).value_or("");
    const std::string account =
        names.account.empty() ? "" : TextAt(point.attributes, names.account);
    if (account != point.environment.account) access_point.account = account;
    ReadPolicy(point, names, access_point);

    std::vector<const rules::ResourceType*> types = {bucket_};
    if (directory_ != nullptr) types.push_back(directory_);
    std::vector<const Value*> buckets = ValuesAt(point.attributes, names.bucket);
    if (buckets.empty()) buckets.push_back(nullptr);
    for (const Value* bucket : buckets) {
      const DraftId id = side_.ForTarget(point, bucket, names.bucket, types);
      side_.draft(id).configuration.access_points.push_back(access_point);
    }
  }

  // Policies of access points that the input only names: the bucket behind them is not known, nor
  // is their block.
  void AddUnjoined() {
    for (const PolicyNames& names : kPointPolicies) AddUnjoined(names, false);
    for (const PolicyNames& names : kMultiRegionPolicies) AddUnjoined(names, true);
  }

  void AddUnjoined(const PolicyNames& names, bool multi_region) {
    for (const Resource* carrier : side_.OfType(names.iac_type)) {
      const Value* target = FirstAt(carrier->attributes, names.target);
      const Value* policy = FirstAt(carrier->attributes, names.policy);
      if (IsNoPolicy(policy)) continue;
      if (PointOf(side_, *carrier, target, multi_region) != nullptr) continue;
      AccessPoint access_point;
      const std::string text = TextOf(target).value_or("");
      access_point.name = text.substr(text.rfind('/') + 1);
      access_point.arn =
          text.starts_with("arn:") ? text : side_.Symbol(*carrier, "access_point_arn");
      access_point.carrier = carrier->address;
      access_point.policy = *policy;
      access_point.block = PublicAccessBlock{};
      access_point.multi_region = multi_region;
      access_point.place = carrier->place;
      Draft& draft = side_.draft(side_.ForUnnamed(*carrier, *bucket_, "bucket"));
      draft.configuration.access_points.push_back(std::move(access_point));
      AddOnce(draft.configuration.assumptions,
              "the access point is not in the input: its public access block is taken as off");
    }
  }

  // A bucket that the input only names may leave the decision to its access points, so it is taken
  // to.
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html#access-points-delegating-control
  void Delegate() {
    for (Draft& draft : side_.drafts()) {
      model::Configuration& configuration = draft.configuration;
      if (configuration.access_points.empty() || draft.resource != nullptr) continue;
      if (!draft.attached.empty()) continue;
      const std::string service = configuration.resource_type == bucket_->name ? "s3" : "s3express";
      Value statement = AllowStatement("", Value::String("*"), Value::String(service + ":*"), "*");
      const Value account = Value::String(configuration.environment.account);
      AddCondition(statement, "StringEquals", service + ":DataAccessPointAccount", &account);
      Resource carrier;
      carrier.address = configuration.address;
      carrier.place = configuration.place;
      draft.statements.push_back(PolicyOfStatement(std::move(statement), carrier, "policy"));
      AddOnce(configuration.assumptions,
              "the bucket is not in the input: its policy is taken to leave access to its access "
              "points");
    }
  }

  Side& side_;
  const rules::ResourceType* bucket_;
  const rules::ResourceType* directory_;
  PoliciesByPoint attached_;
  std::map<std::string, Value> attached_before_;
};

}  // namespace

void AddAccessPoints(Side& side) { AccessPoints(side).Run(); }

}  // namespace preview::assemble
