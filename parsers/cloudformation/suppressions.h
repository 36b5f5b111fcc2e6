// What a template's comments and `Metadata.preview.ignore` accept.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "model/suppression.h"
#include "parsers/text/limits.h"

namespace preview::cloudformation {

// `text` is a template, or a part that a template includes, in YAML or JSON; one that does not
// parse gives nothing. A resource under `Resources` and an object with a member `Effect` are what a
// suppression may stand on.
[[nodiscard]] std::vector<model::Suppression> ReadSuppressions(std::string_view text,
                                                               std::uint32_t file,
                                                               const text::Limits& limits);

}  // namespace preview::cloudformation
