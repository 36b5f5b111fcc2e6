// What JSON and YAML reading have in common: byte order marks, UTF-8, and positions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "model/place.h"
#include "model/result.h"

namespace preview::text {

inline constexpr std::string_view kUtf8ByteOrderMark = "\xEF\xBB\xBF";

// The place of byte `offset` of `text`. Lines end with `\n`; one scan from the beginning.
[[nodiscard]] model::Place PlaceOfOffset(std::string_view text, std::size_t offset,
                                         std::uint32_t file);

// `text` without a leading UTF-8 byte order mark.
[[nodiscard]] std::string_view WithoutByteOrderMark(std::string_view text);

// The error of a text that is empty, UTF-16, or holds a NUL byte; nothing when it is none of these.
[[nodiscard]] std::optional<model::Error> FindForeignEncoding(std::string_view text,
                                                              std::uint32_t file);

// Offset of the first byte that is not well-formed UTF-8 (overlong forms and surrogates are not).
[[nodiscard]] std::optional<std::size_t> FindInvalidUtf8(std::string_view text);

// model::WithoutSymbolLetters, quick for a text in which no such letter can be.
[[nodiscard]] std::string WithoutForgedSymbols(std::string_view text);

}  // namespace preview::text
