#include "parsers/cloudformation/cidr.h"

#include <fmt/core.h>

#include <charconv>
#include <cstdint>

namespace preview::cloudformation {

namespace {

struct Block {
  std::uint32_t address = 0;
  std::size_t prefix = 0;
};

// Reads decimal digits up to `end` and steps over them.
std::optional<std::uint32_t> ReadNumber(std::string_view& text, std::uint32_t most) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || number > most) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

std::optional<Block> ReadBlock(std::string_view text) {
  Block block;
  for (int part = 0; part < 4; ++part) {
    const auto number = ReadNumber(text, 255);
    if (!number.has_value()) return std::nullopt;
    block.address = block.address << 8 | *number;
    const char wanted = part < 3 ? '.' : '/';
    if (text.empty() || text.front() != wanted) return std::nullopt;
    text.remove_prefix(1);
  }
  const auto prefix = ReadNumber(text, 32);
  if (!prefix.has_value() || !text.empty()) return std::nullopt;
  block.prefix = *prefix;
  return block;
}

}  // namespace

std::optional<std::vector<std::string>> SplitCidr(std::string_view block, std::size_t count,
                                                  std::size_t bits) {
  const auto whole = ReadBlock(block);
  if (!whole.has_value() || bits > 32 || count == 0 || count > 256) return std::nullopt;
  const std::uint64_t size = std::uint64_t{1} << bits;
  const std::uint64_t available = std::uint64_t{1} << (32 - whole->prefix);
  if (size * count > available) return std::nullopt;
  const std::uint64_t first = whole->address & ~(available - 1);
  std::vector<std::string> blocks;
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::uint64_t at = first + i * size;
    blocks.push_back(fmt::format("{}.{}.{}.{}/{}", at >> 24 & 255, at >> 16 & 255, at >> 8 & 255,
                                 at & 255, 32 - bits));
  }
  return blocks;
}

}  // namespace preview::cloudformation
