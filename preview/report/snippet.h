// Shows a place of a source file the way compilers do: `--> file:line:column`, the lines, the
// statement underlined.
#pragma once

#include <string>

#include "model/place.h"
#include "preview/report/style.h"

namespace preview::report {

// `file:line:column`, safe to print; empty when the place is not known.
[[nodiscard]] std::string PlaceText(const model::SourceFiles& files, const model::Place& place);

// The arrow line and, when the file's text was kept, the statement that begins at `place`: at most
// `kSnippetLines` lines, the rest as `...`. Empty when the place is not known. `with_source` false:
// the arrow line only.
[[nodiscard]] std::string Snippet(const model::SourceFiles& files, const model::Place& place,
                                  const Style& style, bool with_source);

inline constexpr std::size_t kSnippetLines = 8;

// How many lines the construct that begins at `offset` takes: to its closing bracket, or in YAML to
// the last line that is indented deeper. At least 1.
[[nodiscard]] std::size_t ExtentInLines(std::string_view text, std::size_t offset, bool yaml);

}  // namespace preview::report
