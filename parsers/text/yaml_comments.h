// Where the comments of a YAML text are, which no event tells of.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "parsers/text/yaml_events.h"

namespace preview::text {

// Byte offsets of the events' places in their text; kNowhere for those without.
inline constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);
[[nodiscard]] std::vector<std::size_t> OffsetsOf(std::string_view text,
                                                 const std::vector<YamlEvent>& events);

struct YamlComment {
  std::size_t begin = 0;  // of the `#`
  std::size_t end = 0;    // without the line break
};

// `events` and `offsets` are those of `text`. A `#` in a quoted or a block scalar is none. Where a
// block scalar's indentation is given by a number, what follows it up to the next value is taken
// for its content.
[[nodiscard]] std::vector<YamlComment> CommentsOf(std::string_view text,
                                                  const std::vector<YamlEvent>& events,
                                                  const std::vector<std::size_t>& offsets);

}  // namespace preview::text
