// A reader for the zip archive that a binary plan is: the few small files of `tfconfig/`.
//
// https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT. Sizes are checked before and while
// inflating, so that no archive makes more bytes than it is allowed to.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "model/result.h"

namespace preview::hcl {

struct ZipLimits {
  std::size_t entries = 20'000;
  std::size_t entry_bytes = std::size_t{4} << 20;
  std::size_t total_bytes = std::size_t{128} << 20;
};

// The files whose names begin with `prefix`, by name. Errors: no zip archive, encrypted, damaged,
// beyond the limits.
[[nodiscard]] model::Result<std::map<std::string, std::string>> ReadZip(std::string_view archive,
                                                                        std::string_view prefix,
                                                                        const ZipLimits& limits);

}  // namespace preview::hcl
