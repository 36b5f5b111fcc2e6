#include "preview/access/quantity.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstring>

namespace preview::access {

namespace {

std::strong_ordering CompareMagnitude(const Decimal& a, const Decimal& b) {
  if (a.digits.size() != b.digits.size()) return a.digits.size() <=> b.digits.size();
  if (auto order = a.digits <=> b.digits; order != 0) return order;
  return a.fraction <=> b.fraction;  // lexical order is numeric order: no trailing zeros
}

bool AllDigits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// A number strictly between a and b, a < b, as short as appending digits gives.
std::string Between(const Decimal& a, const Decimal& b) {
  Decimal next = a;
  next.fraction.clear();
  Decimal zero;
  Decimal minus_one{true, "1", ""};
  if (a < zero && zero < b) return "0";
  if (a < minus_one && minus_one < b) return "-1";
  if (a.negative) {
    // The next integer below b, when it lies above a.
    Decimal mirrored_low{false, b.digits, b.fraction};
    Decimal mirrored_high{false, a.digits, a.fraction};
    if (b.negative) {
      std::string text = Between(mirrored_low, mirrored_high);
      return "-" + text;
    }
  }
  if (!a.negative) {
    // The next integer above a, when it lies below b.
    std::string& digits = next.digits;
    auto i = digits.size();
    while (i > 0 && digits[i - 1] == '9') digits[--i] = '0';
    if (i > 0) {
      ++digits[i - 1];
    } else {
      digits.insert(digits.begin(), '1');
    }
    if (next < b) return ToText(next);
  }
  Decimal from = a.negative ? b : a;  // appending digits moves away from zero
  if (a.negative && !b.negative) from = Decimal{true, "", ""};
  for (std::string_view tail : {"5", "05", "005", "0005"}) {
    Decimal candidate = from;
    candidate.negative = a.negative;
    candidate.fraction += tail;
    if (a < candidate && candidate < b) return ToText(candidate);
  }
  Decimal candidate = from;
  candidate.negative = a.negative;
  do candidate.fraction += '0';
  while (!(a < Decimal{candidate.negative, candidate.digits, candidate.fraction + "1"} &&
           Decimal{candidate.negative, candidate.digits, candidate.fraction + "1"} < b) &&
         candidate.fraction.size() < 400);
  candidate.fraction += '1';
  return ToText(candidate);
}

// Days since 1970-01-01 of a civil date (proleptic Gregorian), and back: Howard Hinnant's
// algorithms, https://howardhinnant.github.io/date_algorithms.html
std::int64_t DaysFromCivil(std::int64_t year, int month, int day) {
  year -= month <= 2 ? 1 : 0;
  std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  std::int64_t year_of_era = year - era * 400;
  std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  std::int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

struct Cursor {
  std::string_view text;

  std::optional<int> Number(std::size_t width) {
    if (text.size() < width || !AllDigits(text.substr(0, width))) return std::nullopt;
    int value = 0;
    std::from_chars(text.data(), text.data() + width, value);
    text.remove_prefix(width);
    return value;
  }
  bool Take(char c) {
    if (text.empty() || text.front() != c) return false;
    text.remove_prefix(1);
    return true;
  }
};

constexpr std::int64_t kSecond = 1'000'000;

std::optional<std::int64_t> ParseEpoch(std::string_view text) {
  auto number = ParseDecimal(text);
  if (!number || number->digits.size() > 12) return std::nullopt;
  std::int64_t seconds = 0;
  std::from_chars(number->digits.data(), number->digits.data() + number->digits.size(), seconds);
  std::string fraction = number->fraction.substr(0, 6);
  fraction.resize(6, '0');
  std::int64_t micros = 0;
  std::from_chars(fraction.data(), fraction.data() + 6, micros);
  std::int64_t total = seconds * kSecond + micros;
  return number->negative ? -total : total;
}

// The time of day behind `T`, in microseconds less the zone's offset.
std::optional<std::int64_t> ParseTime(Cursor& cursor) {
  auto hour = cursor.Number(2);
  if (!hour || !cursor.Take(':')) return std::nullopt;
  auto minute = cursor.Number(2);
  if (!minute || *hour > 24 || *minute > 59) return std::nullopt;
  std::int64_t micros = (*hour * 60 + *minute) * 60 * kSecond;
  if (cursor.Take(':')) {
    auto second = cursor.Number(2);
    if (!second || *second > 60) return std::nullopt;
    micros += *second * kSecond;
    if (cursor.Take('.')) {
      std::int64_t unit = kSecond / 10;
      while (!cursor.text.empty() && cursor.text.front() >= '0' && cursor.text.front() <= '9') {
        micros += (cursor.text.front() - '0') * unit;
        unit /= 10;
        cursor.text.remove_prefix(1);
      }
    }
  }
  if (cursor.Take('Z') || cursor.Take('z')) return micros;
  bool plus = cursor.Take('+');
  if (!plus && !cursor.Take('-')) return std::nullopt;
  auto zone_hour = cursor.Number(2);
  cursor.Take(':');
  auto zone_minute = cursor.Number(2);
  if (!zone_hour || !zone_minute) return std::nullopt;
  std::int64_t offset = (*zone_hour * 60 + *zone_minute) * 60 * kSecond;
  return plus ? micros - offset : micros + offset;
}

}  // namespace

std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
  if (a.negative != b.negative)
    return a.negative ? std::strong_ordering::less : std::strong_ordering::greater;
  return a.negative ? CompareMagnitude(b, a) : CompareMagnitude(a, b);
}

std::optional<Decimal> ParseDecimal(std::string_view text) {
  Decimal out;
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
    out.negative = text.front() == '-';
    text.remove_prefix(1);
  }
  auto dot = text.find('.');
  std::string_view whole = text.substr(0, dot);
  std::string_view fraction =
      dot == std::string_view::npos ? std::string_view() : text.substr(dot + 1);
  if (whole.empty() && fraction.empty()) return std::nullopt;
  if (!AllDigits(whole) || !AllDigits(fraction)) return std::nullopt;
  while (!whole.empty() && whole.front() == '0') whole.remove_prefix(1);
  while (!fraction.empty() && fraction.back() == '0') fraction.remove_suffix(1);
  out.digits = whole;
  out.fraction = fraction;
  if (out.digits.empty() && out.fraction.empty()) out.negative = false;
  return out;
}

std::string ToText(const Decimal& decimal) {
  std::string out = decimal.negative ? "-" : "";
  out += decimal.digits.empty() ? "0" : decimal.digits;
  if (!decimal.fraction.empty()) out += "." + decimal.fraction;
  return out;
}

std::vector<std::string> NumbersAround(const std::vector<Decimal>& sorted) {
  if (sorted.empty()) return {"1"};
  // The keys that AWS documents hold whole numbers: between 7 and 8 there is none, unless a policy
  // says 7.5.
  bool fractions = std::any_of(sorted.begin(), sorted.end(),
                               [](const Decimal& d) { return !d.fraction.empty(); });
  std::vector<std::string> out;
  const Decimal& lowest = sorted.front();
  Decimal below{true, lowest.negative ? "1" + std::string(lowest.digits.size(), '0') : "1", ""};
  Decimal zero;
  out.push_back(zero < lowest ? "0" : ToText(below));
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    out.push_back(ToText(sorted[i]));
    if (i + 1 == sorted.size()) continue;
    std::string between = Between(sorted[i], sorted[i + 1]);
    if (fractions || between.find('.') == std::string::npos) out.push_back(std::move(between));
  }
  const Decimal& highest = sorted.back();
  Decimal above{false, highest.negative ? "" : "1" + std::string(highest.digits.size(), '0'), ""};
  out.push_back(ToText(above));
  return out;
}

std::optional<std::int64_t> ParseDate(std::string_view text) {
  Cursor cursor{text};
  bool dashed = text.size() == 4 || (text.size() > 4 && text[4] == '-');
  if (!dashed) return ParseEpoch(text);
  auto year = cursor.Number(4);
  int month = 1;
  int day = 1;
  if (!year) return std::nullopt;
  if (cursor.Take('-')) {
    auto value = cursor.Number(2);
    if (!value || *value < 1 || *value > 12) return std::nullopt;
    month = *value;
    if (cursor.Take('-')) {
      value = cursor.Number(2);
      if (!value || *value < 1 || *value > 31) return std::nullopt;
      day = *value;
    }
  }
  std::int64_t micros = DaysFromCivil(*year, month, day) * 86'400 * kSecond;
  if (cursor.Take('T')) {
    auto time = ParseTime(cursor);
    if (!time) return std::nullopt;
    micros += *time;
  }
  if (!cursor.text.empty()) return std::nullopt;
  return micros;
}

std::string DateText(std::int64_t microseconds) {
  std::int64_t seconds = microseconds / kSecond - (microseconds % kSecond < 0 ? 1 : 0);
  std::int64_t micros = microseconds - seconds * kSecond;
  std::int64_t days = seconds / 86'400 - (seconds % 86'400 < 0 ? 1 : 0);
  std::int64_t rest = seconds - days * 86'400;
  std::int64_t z = days + 719468;
  std::int64_t era = (z >= 0 ? z : z - 146096) / 146097;
  std::int64_t day_of_era = z - era * 146097;
  std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  std::int64_t shifted = (5 * day_of_year + 2) / 153;
  std::int64_t day = day_of_year - (153 * shifted + 2) / 5 + 1;
  std::int64_t month = shifted < 10 ? shifted + 3 : shifted - 9;
  std::int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  auto pad = [](std::int64_t value, std::size_t width) {
    std::string text = std::to_string(value);
    return text.size() < width ? std::string(width - text.size(), '0') + text : text;
  };
  std::string out = pad(year, 4) + "-" + pad(month, 2) + "-" + pad(day, 2) + "T" +
                    pad(rest / 3600, 2) + ":" + pad(rest / 60 % 60, 2) + ":" + pad(rest % 60, 2);
  if (micros != 0) out += "." + pad(micros, 6);
  return out + "Z";
}

std::optional<Address> ParseAddress(std::string_view text) {
  std::string copy(text);
  Address address;
  if (copy.find(':') != std::string::npos) {
    address.v6 = true;
    return inet_pton(AF_INET6, copy.c_str(), address.bytes.data()) == 1 ? std::optional(address)
                                                                        : std::nullopt;
  }
  return inet_pton(AF_INET, copy.c_str(), address.bytes.data() + 12) == 1 ? std::optional(address)
                                                                          : std::nullopt;
}

std::optional<Network> ParseNetwork(std::string_view text) {
  auto slash = text.find('/');
  auto address = ParseAddress(text.substr(0, slash));
  if (!address) return std::nullopt;
  int width = address->v6 ? 128 : 32;
  int prefix = width;
  if (slash != std::string_view::npos) {
    std::string_view digits = text.substr(slash + 1);
    if (digits.empty() || digits.size() > 3 || !AllDigits(digits)) return std::nullopt;
    std::from_chars(digits.data(), digits.data() + digits.size(), prefix);
    if (prefix > width) return std::nullopt;
  }
  Network network{*address, *address, prefix};
  int offset = 128 - width;
  for (int bit = offset + prefix; bit < 128; ++bit) {
    auto mask = static_cast<unsigned char>(0x80U >> (bit % 8));
    auto byte = static_cast<std::size_t>(bit / 8);
    network.first.bytes[byte] = static_cast<unsigned char>(network.first.bytes[byte] & ~mask);
    network.last.bytes[byte] = static_cast<unsigned char>(network.last.bytes[byte] | mask);
  }
  return network;
}

std::string ToText(const Address& address) {
  char buffer[INET6_ADDRSTRLEN] = {};
  if (address.v6) {
    inet_ntop(AF_INET6, address.bytes.data(), buffer, sizeof buffer);
  } else {
    inet_ntop(AF_INET, address.bytes.data() + 12, buffer, sizeof buffer);
  }
  return buffer;
}

std::optional<Address> Next(const Address& address) {
  Address next = address;
  std::size_t lowest = address.v6 ? 0 : 12;
  for (std::size_t i = 16; i-- > lowest;) {
    if (++next.bytes[i] != 0) return next;
  }
  return std::nullopt;
}

}  // namespace preview::access
