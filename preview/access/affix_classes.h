// Classes of texts where every pattern is a beginning and an ending: letters, `*` (with any number
// of
// `?` beside it), letters; or one text.
//
// Then no automaton is needed. Which patterns match a text depends only on the longest of their
// beginnings that it begins with, the longest of their endings that it ends with, and its length.
// So it is enough to look at beginning + unused letters + ending for every pair, and at every way
// in which the two overlap. That is quadratic in the patterns, where the joint automaton of many
// beginnings and endings that overlap is cubic.
//
// Example: `ab*c` and `a*bc`. "ab" and "bc" give "abxbc" and, overlapping, the shorter "abc": both
// match. "ab" with "c" gives "abxc" (the first alone), "a" with "bc" gives "axbc" (the second), "a"
// with nothing gives "a" (neither).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "preview/access/text_classes.h"

namespace preview::access {

// The classes of `request`, its literals apart; nothing when some pattern is of another shape or
// the pairs are too many.
[[nodiscard]] std::optional<TextClasses> FindAffixClasses(const TextClassesRequest& request,
                                                          const std::vector<const Pattern*>& globs,
                                                          const std::vector<std::string>& literals);

}  // namespace preview::access
