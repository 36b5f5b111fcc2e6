// Colour, or none.
#pragma once

#include <string>
#include <string_view>

namespace preview::report {

struct Style {
  bool color = false;

  [[nodiscard]] std::string Paint(std::string_view codes, std::string_view text) const {
    if (!color || text.empty()) return std::string(text);
    std::string out = "\x1b[";
    out.append(codes).append("m").append(text).append("\x1b[0m");
    return out;
  }
  [[nodiscard]] std::string Bold(std::string_view text) const { return Paint("1", text); }
  [[nodiscard]] std::string Red(std::string_view text) const { return Paint("1;31", text); }
  [[nodiscard]] std::string Yellow(std::string_view text) const { return Paint("1;33", text); }
  [[nodiscard]] std::string Green(std::string_view text) const { return Paint("1;32", text); }
  [[nodiscard]] std::string Cyan(std::string_view text) const { return Paint("1;36", text); }
  [[nodiscard]] std::string Blue(std::string_view text) const { return Paint("1;34", text); }
};

}  // namespace preview::report
