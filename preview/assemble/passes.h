// The passes over a Side, in the order in which Assemble runs them. Each joins in one kind of
// thing.
#pragma once

#include "preview/assemble/side.h"

namespace preview::assemble {

// generic.cpp: what the catalogue's bindings say, without rules of its own.
void AddResources(Side& side);
void AddPoliciesAndShares(Side& side);

void AddLambdaPermissions(Side& side);    // lambda.cpp
void AddLayerPermissions(Side& side);     // layers.cpp
void AddEventBusPermissions(Side& side);  // events.cpp
void AddResourceShares(Side& side);       // sharing.cpp
void AddIdentityPools(Side& side);        // identity_pools.cpp
void AddDocumentPolicies(Side& side);     // rest_apis.cpp
void AddUndescribed(Side& side);          // undescribed.cpp
void AddKeyGrants(Side& side);            // kms.cpp
void AddSharedLater(Side& side);          // snapshots.cpp
void AddAccessPoints(Side& side);         // s3_access_points.cpp
void AddAccessControlLists(Side& side);   // s3_acl.cpp
void AddPublicAccessBlocks(Side& side);   // s3_block.cpp, after everything that creates buckets

// policies.cpp: which of a draft's policies hold together. Nothing may attach a policy afterwards.
void SettlePolicies(Side& side);

// encryption.cpp: what encrypts each snapshot and secret. The last pass: it refers to other drafts.
void AddEncryption(Side& side);

}  // namespace preview::assemble
