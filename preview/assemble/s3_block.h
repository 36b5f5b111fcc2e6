// S3 Block Public Access settings, as both languages write them.
#pragma once

#include "model/configuration.h"
#include "preview/assemble/values.h"

namespace preview::assemble {

// The four settings at `at`, an object; an absent one is `when_absent`, one that is not known is
// off, so that it never hides an access.
[[nodiscard]] model::PublicAccessBlock ReadPublicAccessBlock(const model::Value& at,
                                                             bool when_absent);

}  // namespace preview::assemble
