// Numbers, dates and addresses of conditions: exact values, without floating point, and the values
// between them.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace preview::access {

// A decimal number of any size. `digits` has no leading zero, `fraction` no trailing one; zero is
// never negative.
struct Decimal {
  bool negative = false;
  std::string digits;
  std::string fraction;

  friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b);
  friend bool operator==(const Decimal& a, const Decimal& b) = default;
};

[[nodiscard]] std::optional<Decimal> ParseDecimal(std::string_view text);
[[nodiscard]] std::string ToText(const Decimal& decimal);
// For sorted, distinct breakpoints: a text below all, each breakpoint, one between each two (a
// whole number, unless a breakpoint is none), one above all; empty input gives one number.
[[nodiscard]] std::vector<std::string> NumbersAround(const std::vector<Decimal>& sorted);

// Microseconds since 1970-01-01T00:00:00Z of an ISO 8601 date (W3C profile) or of epoch seconds.
// https://www.w3.org/TR/NOTE-datetime
[[nodiscard]] std::optional<std::int64_t> ParseDate(std::string_view text);
[[nodiscard]] std::string DateText(std::int64_t microseconds);

// An address: IPv4 in the last four bytes.
struct Address {
  bool v6 = false;
  std::array<unsigned char, 16> bytes{};
  friend auto operator<=>(const Address&, const Address&) = default;
};

// First and last address of a network; a bare address is its own network; host bits are ignored.
struct Network {
  Address first;
  Address last;
  int prefix = 0;  // 0..32, 0..128
  [[nodiscard]] bool Contains(const Address& address) const {
    return address.v6 == first.v6 && first <= address && address <= last;
  }
};

[[nodiscard]] std::optional<Address> ParseAddress(std::string_view text);
[[nodiscard]] std::optional<Network> ParseNetwork(std::string_view text);
[[nodiscard]] std::string ToText(const Address& address);
// The next address; nothing after the last one of its family.
[[nodiscard]] std::optional<Address> Next(const Address& address);

}  // namespace preview::access
