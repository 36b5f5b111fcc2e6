// Joins the resources of an inventory into proposed configurations: a bucket with its policy, ACL,
// public access block and access points; a key with its policies, aliases and grants; a snapshot or
// secret with its key.
//
// Works on both input languages through the catalogue's bindings (rules/catalogue.h); types with
// rules of their own have a file each in this folder. Decides nothing about access.
#pragma once

#include <optional>
#include <vector>

#include "model/configuration.h"
#include "model/deployment.h"
#include "model/symbol.h"

namespace preview::assemble {

struct AssembleOptions {
  // S3's account-level public access block where it is set elsewhere; none: off.
  bool account_public_access_block = false;
};

struct Assembled {
  model::Assembly before;
  model::Assembly after;
  std::vector<model::Undetermined> undetermined;  // what concerns no single configuration
  std::vector<model::Note> notes;
};

[[nodiscard]] Assembled Assemble(const model::Deployment& deployment, model::SymbolTable& symbols,
                                 const AssembleOptions& options);

}  // namespace preview::assemble
