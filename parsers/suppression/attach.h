// Which element of a text a comment stands on.
//
// The same rules for HCL and YAML, over byte offsets. A comment alone on its line, directly above
// the line on which an element begins (other such comments may lie between), stands on that
// element; else on the innermost element around it; else, at the end of a line, on the element that
// ends on that line.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

#include "model/suppression.h"

namespace preview::suppression {

inline constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();

// Elements lie within each other or apart, and are sorted by where they begin, the outer one first.
struct Element {
  std::size_t begin = 0;
  std::size_t end = 0;   // exclusive
  std::size_t last = 0;  // YAML shows no end: a comment behind `last` is within only where it is
                         // indented as far as the element is, or at the end of a line
  std::size_t parent = kNone;  // filled in by Attach
};

struct TextComment {
  std::size_t begin = 0;
  std::size_t end = 0;  // exclusive, without its line break
};

// For each comment (in order) the index of its element, or kNone. `comments` are all of the text.
[[nodiscard]] std::vector<std::size_t> Attach(std::string_view text, std::vector<Element>& elements,
                                              const std::vector<TextComment>& comments);

// The suppressions among the comments, with their places and those of their elements; `on`, when it
// is given, gets for each the index of its element.
[[nodiscard]] std::vector<model::Suppression> Suppressions(std::string_view text,
                                                           std::uint32_t file,
                                                           std::vector<Element> elements,
                                                           const std::vector<TextComment>& comments,
                                                           std::vector<std::size_t>* on = nullptr);

}  // namespace preview::suppression
