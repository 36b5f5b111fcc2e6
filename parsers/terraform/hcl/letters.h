// Letters of UTF-8 text, as Go counts them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace preview::hcl {

void AppendUtf8(std::string& out, std::uint32_t letter);
// The number that exactly `digits` hexadecimal digits stand for, when it is a Unicode scalar value.
[[nodiscard]] std::optional<std::uint32_t> HexNumber(std::string_view text, std::size_t digits);
// The letter at `at`, which moves behind it; U+FFFD and one byte where the text is no UTF-8.
[[nodiscard]] std::uint32_t NextLetter(std::string_view text, std::size_t& at);
[[nodiscard]] std::vector<std::uint32_t> Letters(std::string_view text);
[[nodiscard]] std::string TextOf(const std::vector<std::uint32_t>& letters);

}  // namespace preview::hcl
