// The blocks of one file into a module.
#pragma once

#include "parsers/terraform/hcl/module.h"

namespace preview::hcl {

// A block that is declared twice outside of override files is a problem, and the first one stays.
// `syntax` must outlive the module.
void Declare(const Syntax& syntax, bool is_override, Module& module, model::Diagnostics& problems);

}  // namespace preview::hcl
