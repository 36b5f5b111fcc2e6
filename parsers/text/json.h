// JSON text to a model::Value with positions.
#pragma once

#include <cstdint>
#include <string_view>

#include "model/result.h"
#include "model/value.h"
#include "parsers/text/limits.h"

namespace preview::text {

struct JsonOptions {
  Limits limits;
  std::uint32_t file = 0;       // index into SourceFiles that places refer to
  bool track_places = true;     // false: places stay unknown (large plans)
};

// Parses one JSON document. Errors: not JSON (with line and column), cut off, deeper or larger than the limits,
// invalid UTF-8. A repeated key in one object is an entry in `problems` (message "repeated key `k`") and the last
// one wins. Symbol letters in the input are replaced by U+FFFD. Never recurses.
[[nodiscard]] model::Result<model::Value> ParseJson(std::string_view text, const JsonOptions& options,
                                                    model::Diagnostics* problems = nullptr);

// The same for text that the program itself made and in which symbol letters are meant (a policy rebuilt with symbols).
[[nodiscard]] model::Result<model::Value> ParseJsonWithSymbols(std::string_view text, const JsonOptions& options,
                                                               model::Diagnostics* problems = nullptr);

}  // namespace preview::text
