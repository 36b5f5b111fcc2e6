// Where the lines of an evaluated text stand in the source.
//
// A text that a template makes has, for every line, the place at which that line begins:
// `key_places[i]` of the value for its line i, not known where the line comes out of some other
// value. So a statement in a heredoc, or in a file of templates, can be pointed to although its
// text was put together.
#pragma once

#include <optional>
#include <vector>

#include "model/place.h"
#include "model/symbol.h"
#include "model/value.h"

namespace preview::hcl {

// Appends a piece to a text, which begins as an empty string without places. Line places of the
// piece are kept; one without them is known by the place at which it begins.
void AppendPiece(model::Value& text, const model::Value& piece);

// The places of the lines of a text that is the whole content of a file.
[[nodiscard]] std::vector<model::Place> LinesOfFile(const model::Value& content);

// The places of the statements of a policy in a text of JSON, in order; those that are not known
// are not known places. Empty when the text is no policy. `sources` tells whether a column is
// right.
[[nodiscard]] std::vector<model::Place> StatementPlacesInText(const model::Value& text,
                                                              const model::SourceFiles& sources);

// JSON text in which a symbol may stand where a value is expected (`"Resource": ⟨x⟩`), as the value
// with unknown parts there. Unknown when it cannot be read because of symbols; nothing when it
// holds no symbols outside of texts, so that it can stay a text.
[[nodiscard]] std::optional<model::Value> ReadOpenJson(const model::Value& text,
                                                       const model::SymbolTable& symbols);

}  // namespace preview::hcl
