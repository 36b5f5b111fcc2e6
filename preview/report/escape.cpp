#include "preview/report/escape.h"

#include <array>

namespace preview::report {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

bool IsContinuation(unsigned char byte) { return (byte & 0xC0) == 0x80; }

// Letters that change what a reader sees without being seen. ASCII is dealt with by the callers.
bool IsHidden(char32_t letter) {
  return (letter >= 0x80 && letter <= 0x9F) || letter == 0x061C || letter == 0x200E ||
         letter == 0x200F || (letter >= 0x2028 && letter <= 0x202E) ||
         (letter >= 0x2066 && letter <= 0x2069) || letter == 0xFEFF ||
         (letter >= 0xE0000 && letter <= 0xE007F);
}

void AppendHex(std::string& out, std::uint32_t value, int digits) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
    out += kDigits[(value >> shift) & 0xF];
  }
}

void AppendJsonEscape(std::string& out, char32_t letter) {
  const auto unit = [&out](std::uint32_t value) {
    out += "\\u";
    AppendHex(out, value, 4);
  };
  if (letter < 0x10000) return unit(letter);
  unit(0xD800 + ((letter - 0x10000) >> 10));
  unit(0xDC00 + ((letter - 0x10000) & 0x3FF));
}

// Bytes that a JSON string takes as they are.
constexpr std::array<bool, 256> kPlain = [] {
  std::array<bool, 256> plain{};
  for (std::size_t byte = 0x20; byte < 0x7F; ++byte) plain[byte] = byte != '"' && byte != '\\';
  return plain;
}();

}  // namespace

char32_t NextLetter(std::string_view text, std::size_t& at) {
  const auto byte = [&text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(at);
  ++at;
  if (first < 0x80) return first;
  std::size_t more = 0;
  char32_t letter = 0;
  char32_t least = 0;
  if ((first & 0xE0) == 0xC0) {
    more = 1, letter = first & 0x1F, least = 0x80;
  } else if ((first & 0xF0) == 0xE0) {
    more = 2, letter = first & 0x0F, least = 0x800;
  } else if ((first & 0xF8) == 0xF0) {
    more = 3, letter = first & 0x07, least = 0x10000;
  } else {
    return kReplacement;
  }
  if (at + more > text.size()) return kReplacement;
  for (std::size_t i = 0; i < more; ++i) {
    if (!IsContinuation(byte(at + i))) return kReplacement;
    letter = (letter << 6) | (byte(at + i) & 0x3F);
  }
  if (letter < least || letter > 0x10FFFF || (letter >= 0xD800 && letter <= 0xDFFF)) {
    return kReplacement;
  }
  at += more;
  return letter;
}

void AppendUtf8(std::string& out, char32_t letter) {
  const auto put = [&out](char32_t byte) { out += static_cast<char>(byte); };
  if (letter < 0x80) return put(letter);
  if (letter < 0x800) {
    put(0xC0 | (letter >> 6));
  } else if (letter < 0x10000) {
    put(0xE0 | (letter >> 12));
    put(0x80 | ((letter >> 6) & 0x3F));
  } else {
    put(0xF0 | (letter >> 18));
    put(0x80 | ((letter >> 12) & 0x3F));
    put(0x80 | ((letter >> 6) & 0x3F));
  }
  put(0x80 | (letter & 0x3F));
}

std::string Printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const char32_t letter = NextLetter(text, at);
    if (letter == '\t') {
      out += ' ';
    } else if (letter < 0x20 || letter == 0x7F || IsHidden(letter)) {
      out += "\\u{";
      AppendHex(out, letter, letter > 0xFFFF ? 5 : 4);
      out += '}';
    } else {
      AppendUtf8(out, letter);
    }
  }
  return out;
}

void AppendJsonString(std::string& out, std::string_view text) {
  out += '"';
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (kPlain[static_cast<unsigned char>(text[at])]) {
      ++at;
      continue;
    }
    out.append(text, begin, at - begin);
    const char32_t letter = NextLetter(text, at);
    if (letter == '"' || letter == '\\') {
      out += '\\';
      out += static_cast<char>(letter);
    } else if (letter == '\n') {
      out += "\\n";
    } else if (letter == '\t') {
      out += "\\t";
    } else if (letter == '\r') {
      out += "\\r";
    } else if (letter < 0x20 || letter == 0x7F || IsHidden(letter)) {
      AppendJsonEscape(out, letter);
    } else {
      AppendUtf8(out, letter);
    }
    begin = at;
  }
  out.append(text, begin, text.size() - begin);
  out += '"';
}

std::size_t Columns(std::string_view text) {
  std::size_t columns = 0;
  for (std::size_t at = 0; at < text.size(); ++columns) (void)NextLetter(text, at);
  return columns;
}

}  // namespace preview::report
