// Snapshots that a lifecycle policy makes and shares. The snapshots themselves are in no input, so
// the policy stands for them.
// https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-ami-policy.html
#include "preview/assemble/passes.h"
#include "preview/assemble/sharing.h"
#include "preview/assemble/values.h"

namespace preview::assemble {

namespace {

using model::Resource;

struct Row {
  std::string_view iac_type;
  std::string_view accounts;
};

constexpr Row kPolicies[] = {
    {"aws_dlm_lifecycle_policy", "policy_details.schedule.share_rule.target_accounts"},
    {"AWS::DLM::LifecyclePolicy", "PolicyDetails.Schedules.ShareRules.TargetAccounts"},
};

}  // namespace

void AddLifecycleShares(Side& side) {
  const rules::ResourceType* type = rules::FindResourceType("AWS::EC2::Snapshot");
  if (type == nullptr) return;
  for (const Row& row : kPolicies) {
    for (const Resource* policy : side.OfType(row.iac_type)) {
      const auto accounts = ValuesAt(policy->attributes, row.accounts);
      if (accounts.empty()) continue;
      const DraftId id = side.ForUnnamed(*policy, *type, "snapshots");
      Draft& draft = side.draft(id);
      AddSharing(draft, *policy, accounts);
      AddOnce(draft.configuration.assumptions,
              "the snapshots that `" + policy->address + "` makes are analysed as one");
    }
  }
}

}  // namespace preview::assemble
