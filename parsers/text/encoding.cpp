#include "parsers/text/encoding.h"

#include <algorithm>

#include "model/symbol.h"

namespace preview::text {

namespace {

// Length of the well-formed UTF-8 sequence at the beginning of `text`; 0 when there is none.
// The ranges are those of Table 3-7 of https://www.unicode.org/versions/Unicode15.0.0/ch03.pdf
std::size_t SequenceLength(std::string_view text) {
  auto byte = [&](std::size_t i) -> unsigned {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  auto tail = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  unsigned lead = byte(0);
  if (lead < 0x80) return 1;
  if (lead < 0xC2) return 0;
  if (lead < 0xE0) return tail(1) ? 2 : 0;
  if (lead < 0xF0) {
    if (lead == 0xE0 && byte(1) < 0xA0) return 0;
    if (lead == 0xED && byte(1) > 0x9F) return 0;
    return tail(1) && tail(2) ? 3 : 0;
  }
  if (lead > 0xF4) return 0;
  if (lead == 0xF0 && byte(1) < 0x90) return 0;
  if (lead == 0xF4 && byte(1) > 0x8F) return 0;
  return tail(1) && tail(2) && tail(3) ? 4 : 0;
}

}  // namespace

model::Place PlaceOfOffset(std::string_view text, std::size_t offset, std::uint32_t file) {
  std::string_view before = text.substr(0, offset);
  auto lines = std::count(before.begin(), before.end(), '\n');
  auto last = before.rfind('\n');
  std::size_t column = last == std::string_view::npos ? before.size() : before.size() - last - 1;
  return {file, static_cast<std::uint32_t>(lines) + 1, static_cast<std::uint32_t>(column) + 1};
}

std::string_view WithoutByteOrderMark(std::string_view text) {
  if (text.starts_with(kUtf8ByteOrderMark)) text.remove_prefix(kUtf8ByteOrderMark.size());
  return text;
}

std::optional<model::Error> FindForeignEncoding(std::string_view text, std::uint32_t file) {
  model::Place start{file, 1, 1};
  bool utf16 = text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF") ||
               (text.size() >= 2 && (text[0] == '\0') != (text[1] == '\0'));
  if (utf16) {
    return model::Error{"the file is UTF-16, not UTF-8",
                        "save it as UTF-8 (`iconv -f UTF-16 -t UTF-8`)", start};
  }
  std::string_view body = WithoutByteOrderMark(text);
  if (body.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    return model::Error{"the file is empty", "", start};
  }
  auto nul = body.find('\0');
  if (nul == std::string_view::npos) return std::nullopt;
  return model::Error{"the file holds a NUL byte, so it is no text", "",
                      PlaceOfOffset(body, nul, file)};
}

std::optional<std::size_t> FindInvalidUtf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    std::size_t length = SequenceLength(text.substr(i, 4));
    if (length == 0) return i;
    i += length;
  }
  return std::nullopt;
}

std::string WithoutForgedSymbols(std::string_view text) {
  // The first bytes of U+F0000 to U+10FFFD.
  bool possible =
      text.find('\xF3') != std::string_view::npos || text.find('\xF4') != std::string_view::npos;
  return possible ? model::WithoutSymbolLetters(text) : std::string(text);
}

}  // namespace preview::text
