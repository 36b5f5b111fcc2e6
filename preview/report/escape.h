// Makes untrusted text safe to show: nothing that was read reaches a terminal or a report raw.
#pragma once

#include <string>
#include <string_view>

namespace preview::report {

// `text` for a terminal, on one line: control characters (C0, DEL, C1), line and paragraph
// separators, bidirectional controls (they reorder what a reader sees,
// https://www.unicode.org/reports/tr36/), the byte order mark and tag characters become `\u{…}`;
// bytes that are no UTF-8 become U+FFFD. A tab becomes a blank.
[[nodiscard]] std::string Printable(std::string_view text);

// Appends `text` to `out` as a JSON string with its quotes. Everything Printable escapes is a
// `\uXXXX` escape here, so that the JSON is as safe to look at and its value is unchanged.
void AppendJsonString(std::string& out, std::string_view text);

// Columns that printed text takes: one a code point.
[[nodiscard]] std::size_t Columns(std::string_view text);

// Steps over one code point of `text` at `at`; U+FFFD for a byte that begins no valid sequence.
[[nodiscard]] char32_t NextLetter(std::string_view text, std::size_t& at);
void AppendUtf8(std::string& out, char32_t letter);

}  // namespace preview::report
