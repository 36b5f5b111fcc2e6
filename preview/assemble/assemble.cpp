#include "preview/assemble/assemble.h"

#include "preview/assemble/passes.h"
#include "preview/assemble/side.h"

namespace preview::assemble {

namespace {

void Run(Side& side) {
  AddResources(side);
  AddPoliciesAndShares(side);
  AddDocumentPolicies(side);
  AddLambdaPermissions(side);
  AddLayerPermissions(side);
  AddEventBusPermissions(side);
  AddResourceShares(side);
  AddIdentityPools(side);
  AddUndescribed(side);
  AddKeyGrants(side);
  AddSharedLater(side);
  AddAccessPoints(side);
  AddAccessControlLists(side);
  AddPublicAccessBlocks(side);
  SettlePolicies(side);
  AddEncryption(side);
}

model::Assembly Configurations(Side& side) {
  model::Assembly assembly;
  assembly.configurations.reserve(side.drafts().size());
  for (Draft& draft : side.drafts()) {
    assembly.configurations.push_back(std::move(draft.configuration));
  }
  return assembly;
}

}  // namespace

Assembled Assemble(const model::Deployment& deployment, model::SymbolTable& symbols,
                   const AssembleOptions& options) {
  Side before(deployment, deployment.before, symbols, options, nullptr);
  Run(before);
  Side after(deployment, deployment.after, symbols, options, &before);
  Run(after);
  Assembled assembled;
  // What is said of the state before is history; the reader is told of what will be.
  assembled.notes = after.notes();
  assembled.before = Configurations(before);
  assembled.after = Configurations(after);
  return assembled;
}

}  // namespace preview::assemble
