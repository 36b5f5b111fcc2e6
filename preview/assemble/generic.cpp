// What the catalogue's bindings say of a type of the input language: it is a resource, it attaches
// a policy, it shares.
#include <algorithm>

#include "preview/assemble/passes.h"
#include "preview/assemble/sharing.h"
#include "preview/assemble/values.h"

namespace preview::assemble {

namespace {

using model::Resource;
using model::Value;
using rules::Binding;
using rules::BindingRole;

// Types whose policy or share is put together by a pass of their own, whatever their bindings say.
bool HasPassOfItsOwn(std::string_view iac_type) {
  constexpr std::string_view kTypes[] = {
      "AWS::Events::EventBusPolicy",
      "AWS::Lambda::LayerVersionPermission",
      "AWS::Lambda::Permission",
      "AWS::S3::AccessPoint",
      "AWS::S3::MultiRegionAccessPoint",
      "AWS::S3::MultiRegionAccessPointPolicy",
      "AWS::S3Express::AccessPoint",
      "aws_cloudwatch_event_permission",
      "aws_kms_grant",
      "aws_lambda_layer_version_permission",
      "aws_lambda_permission",
      "aws_s3_access_point",
      "aws_s3control_access_point_policy",
      "aws_s3control_multi_region_access_point",
      "aws_s3control_multi_region_access_point_policy",
  };
  return std::find(std::begin(kTypes), std::end(kTypes), iac_type) != std::end(kTypes);
}

model::PolicySource PolicyFrom(const Resource& carrier, const Value& document,
                               std::string_view attribute) {
  model::PolicySource source;
  source.document = document;
  if (!source.document.place.known()) source.document.place = carrier.place;
  source.carrier = carrier.address;
  source.attribute = attribute;
  return source;
}

bool Exists(const Resource& resource, const Binding& binding) {
  if (binding.exists_when.empty()) return true;
  const Value* value = FirstAt(resource.attributes, binding.exists_when);
  if (value == nullptr) return false;
  return SettingAt(resource.attributes, binding.exists_when) != Setting::kOff;
}

void AddResource(Side& side, const Resource& resource, const Binding& binding) {
  const rules::ResourceType* type = rules::FindResourceType(binding.resource_type);
  if (type == nullptr || !Exists(resource, binding)) return;
  Draft& draft = side.draft(side.ForResource(resource, *type));
  for (const Value* policy : ValuesAt(resource.attributes, binding.policy)) {
    if (IsNoPolicy(policy)) continue;
    draft.own.push_back(PolicyFrom(resource, *policy, binding.policy));
    draft.own_computed = draft.own_computed || binding.policy_computed;
  }
  AddSharing(draft, resource,
             {binding.share_accounts, binding.share_organizations, binding.share_group,
              binding.share_actions});
}

// The resource types that bindings of one role and one target may concern.
std::vector<const rules::ResourceType*> TypesOf(const std::vector<const Binding*>& bindings) {
  std::vector<const rules::ResourceType*> types;
  for (const Binding* binding : bindings) {
    if (const rules::ResourceType* type = rules::FindResourceType(binding->resource_type)) {
      types.push_back(type);
    }
  }
  return types;
}

void AttachPolicies(Side& side, const Resource& carrier, const Binding& binding, DraftId target) {
  for (const Value* policy : ValuesAt(carrier.attributes, binding.policy)) {
    if (IsNoPolicy(policy)) continue;
    side.draft(target).attached.push_back(PolicyFrom(carrier, *policy, binding.policy));
  }
}

void Attach(Side& side, const Resource& carrier, const std::vector<const Binding*>& bindings) {
  const Binding& first = *bindings.front();
  const std::vector<const rules::ResourceType*> types = TypesOf(bindings);
  if (types.empty()) return;
  std::vector<const Value*> targets = ValuesAt(carrier.attributes, first.target);
  if (targets.empty()) targets.push_back(nullptr);
  for (const Value* target : targets) {
    DraftId id = side.ForTarget(carrier, target, first.target, types);
    if (first.role == BindingRole::kShare) id = side.ForShare(carrier, id);
    const std::string_view type = side.draft(id).configuration.resource_type;
    auto binding = std::find_if(bindings.begin(), bindings.end(),
                                [&](const Binding* one) { return one->resource_type == type; });
    const Binding& chosen = binding == bindings.end() ? first : **binding;
    AttachPolicies(side, carrier, chosen, id);
    AddSharing(side.draft(id), carrier,
               {chosen.share_accounts, chosen.share_organizations, chosen.share_group,
                chosen.share_actions});
  }
}

}  // namespace

void AddResources(Side& side) {
  for (const Resource& resource : side.inventory().resources) {
    if (resource.from_data_source) continue;
    for (const Binding& binding : rules::FindBindings(side.language(), resource.type)) {
      if (binding.role == BindingRole::kResource) AddResource(side, resource, binding);
    }
  }
}

void AddPoliciesAndShares(Side& side) {
  for (const Resource& carrier : side.inventory().resources) {
    if (carrier.from_data_source || HasPassOfItsOwn(carrier.type)) continue;
    // Bindings with one target concern one of several resource types; another target is another
    // thing attached.
    std::vector<std::vector<const Binding*>> groups;
    for (const Binding& binding : rules::FindBindings(side.language(), carrier.type)) {
      if (binding.role != BindingRole::kPolicy && binding.role != BindingRole::kShare) continue;
      auto group = std::find_if(groups.begin(), groups.end(), [&](const auto& one) {
        return one.front()->role == binding.role && one.front()->target == binding.target;
      });
      if (group == groups.end()) group = groups.emplace(groups.end());
      group->push_back(&binding);
    }
    // Of several attributes that may name the resource (`VectorBucketArn`, `VectorBucketName`)
    // those that do count.
    const auto names = [&](const auto& group) {
      return FirstAt(carrier.attributes, group.front()->target) != nullptr;
    };
    const bool named = std::any_of(groups.begin(), groups.end(), names);
    for (const auto& group : groups) {
      if (!named || names(group)) Attach(side, carrier, group);
    }
  }
}

}  // namespace preview::assemble
