// Which KMS key does an attribute name?
#pragma once

#include "model/configuration.h"
#include "preview/assemble/side.h"

namespace preview::assemble {

// The key that `key`, an attribute of `from`, names: by id, ARN or alias, through aliases and data
// sources of the input. `without` is the answer when the attribute is absent or empty.
[[nodiscard]] model::EncryptionSource KeyNamed(const Side& side, const model::Resource& from,
                                               const model::Value* key,
                                               model::EncryptionKind without);

}  // namespace preview::assemble
