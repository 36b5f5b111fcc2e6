// Snapshots and images that a lifecycle policy or a build makes later and shares. They are in no
// input, so what makes them stands for them.
// https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-ami-policy.html
// https://docs.aws.amazon.com/imagebuilder/latest/userguide/manage-distribution-settings.html
#include "preview/assemble/passes.h"
#include "preview/assemble/sharing.h"
#include "preview/assemble/values.h"

namespace preview::assemble {

namespace {

using rules::Binding;

bool SharesWhatItMakes(const Binding& binding) {
  return binding.role == rules::BindingRole::kSpecial && binding.target.empty() &&
         !(binding.share_accounts.empty() && binding.share_organizations.empty() &&
           binding.share_group.empty());
}

void AddShared(Side& side, const model::Resource& maker, const Binding& binding) {
  const rules::ResourceType* type = rules::FindResourceType(binding.resource_type);
  if (type == nullptr) return;
  Draft shared;
  AddSharing(shared, maker,
             {binding.share_accounts, binding.share_organizations, binding.share_group});
  if (shared.configuration.shares.empty()) return;
  Draft& draft = side.draft(side.ForUnnamed(maker, *type, "shared"));
  draft.configuration.shares = std::move(shared.configuration.shares);
  AddOnce(draft.configuration.assumptions,
          "everything that `" + maker.address + "` makes and shares is analysed as one");
}

}  // namespace

void AddSharedLater(Side& side) {
  for (const model::Resource& maker : side.inventory().resources) {
    if (maker.from_data_source) continue;
    for (const Binding& binding : rules::FindBindings(side.language(), maker.type)) {
      if (SharesWhatItMakes(binding)) AddShared(side, maker, binding);
    }
  }
}

}  // namespace preview::assemble
