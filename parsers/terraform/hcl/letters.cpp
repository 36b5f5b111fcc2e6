#include "parsers/terraform/hcl/letters.h"

#include <cctype>

namespace preview::hcl {

namespace {
constexpr std::uint32_t kReplacement = 0xFFFD;
}

void AppendUtf8(std::string& out, std::uint32_t letter) {
  auto push = [&out](std::uint32_t byte) { out += static_cast<char>(byte); };
  if (letter > 0x10FFFF || (letter >= 0xD800 && letter <= 0xDFFF)) letter = kReplacement;
  if (letter < 0x80) {
    push(letter);
  } else if (letter < 0x800) {
    push(0xC0 | (letter >> 6));
    push(0x80 | (letter & 0x3F));
  } else if (letter < 0x10000) {
    push(0xE0 | (letter >> 12));
    push(0x80 | ((letter >> 6) & 0x3F));
    push(0x80 | (letter & 0x3F));
  } else {
    push(0xF0 | (letter >> 18));
    push(0x80 | ((letter >> 12) & 0x3F));
    push(0x80 | ((letter >> 6) & 0x3F));
    push(0x80 | (letter & 0x3F));
  }
}

std::optional<std::uint32_t> HexNumber(std::string_view text, std::size_t digits) {
  if (text.size() != digits) return std::nullopt;
  std::uint32_t number = 0;
  for (char c : text) {
    auto byte = static_cast<unsigned char>(c);
    if (std::isxdigit(byte) == 0) return std::nullopt;
    int digit = std::isdigit(byte) != 0 ? byte - '0' : std::tolower(byte) - 'a' + 10;
    number = number * 16 + static_cast<std::uint32_t>(digit);
  }
  return number;
}

std::uint32_t NextLetter(std::string_view text, std::size_t& at) {
  auto byte = [&](std::size_t i) -> std::uint32_t {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  std::uint32_t first = byte(at);
  std::size_t size = first < 0x80    ? 1
                     : first >= 0xF0 ? 4
                     : first >= 0xE0 ? 3
                     : first >= 0xC2 ? 2
                                     : 0;
  std::uint32_t letter = size == 1 ? first : first & (0xFFU >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(at + i) & 0xC0) != 0x80) size = 0;
    letter = letter << 6 | (byte(at + i) & 0x3F);
  }
  if (size == 0) {
    ++at;
    return kReplacement;
  }
  at += size;
  return letter;
}

std::vector<std::uint32_t> Letters(std::string_view text) {
  std::vector<std::uint32_t> letters;
  for (std::size_t at = 0; at < text.size();) letters.push_back(NextLetter(text, at));
  return letters;
}

std::string TextOf(const std::vector<std::uint32_t>& letters) {
  std::string text;
  for (std::uint32_t letter : letters) AppendUtf8(text, letter);
  return text;
}

}  // namespace preview::hcl
