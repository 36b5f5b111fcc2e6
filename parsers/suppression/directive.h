// The text of a suppression: `preview: ignore[PV002] reason -- until=2027-01-31`.
//
// Called by the readers of comments and of `Metadata.preview.ignore`; knows nothing of where the
// text stands.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/suppression.h"
#include "model/value.h"

namespace preview::suppression {

// Whether a file's text can hold a suppression at all. Cheap.
[[nodiscard]] bool MayHold(std::string_view text);

// A comment with its marks (`#`, `//`, `/* */`). Nothing when it is an ordinary comment: one that
// does not begin with `preview: ignore`. What begins so and is not right has a `problem`.
[[nodiscard]] std::optional<model::Suppression> ParseComment(std::string_view comment);

// An entry of `Metadata.preview.ignore`: a text `PV001,PV002 reason -- until=…`, or an object with
// `codes` (or `code`), `reason` and `until`. Its place is that of the value.
[[nodiscard]] model::Suppression ParseEntry(const model::Value& entry);

// `2027-01-31`, a day that there is.
[[nodiscard]] std::optional<model::Date> ParseDate(std::string_view text);
[[nodiscard]] std::string DateText(const model::Date& date);

}  // namespace preview::suppression
