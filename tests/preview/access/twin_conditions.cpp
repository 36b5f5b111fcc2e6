// Values and condition operators of the twin. Everything is written out; nothing is fast.

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <bitset>
#include <cctype>
#include <ctime>
#include <set>

#include "tests/preview/access/twin.h"

namespace preview::twin {

namespace {

std::string Lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

// One letter of a pattern: a UTF-8 sequence, or a wildcard.
struct Token {
  std::string letter;
  bool star = false;
  bool one = false;
};

std::vector<std::string> Letters(std::string_view text) {
  std::vector<std::string> out;
  for (char c : text) {
    bool follows = (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
    if (follows && !out.empty()) {
      out.back() += c;
    } else {
      out.emplace_back(1, c);
    }
  }
  return out;
}

std::vector<Token> Tokens(std::string_view pattern) {
  std::vector<Token> out;
  for (const std::string& letter : Letters(pattern))
    out.push_back({letter, letter == "*", letter == "?"});
  return out;
}

// reach[t]: the tokens so far can match the first t letters.
bool TokensMatch(const std::vector<Token>& tokens, std::string_view text) {
  std::vector<std::string> letters = Letters(text);
  std::vector<bool> reach(letters.size() + 1, false);
  reach[0] = true;
  for (const Token& token : tokens) {
    std::vector<bool> next(letters.size() + 1, false);
    for (std::size_t t = 0; t <= letters.size(); ++t) {
      if (token.star) {
        next[t] = reach[t] || (t > 0 && next[t - 1]);
      } else if (t > 0 && reach[t - 1]) {
        next[t] = token.one || token.letter == letters[t - 1];
      }
    }
    reach = next;
  }
  return reach[letters.size()];
}

// The six parts of an ARN: the last one takes all further colons. Fewer parts: no ARN.
std::vector<std::string> ArnParts(std::string_view text) {
  std::vector<std::string> parts{""};
  for (char c : text) {
    if (c == ':' && parts.size() < 6) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

std::vector<std::vector<Token>> ArnParts(const std::vector<Token>& tokens) {
  std::vector<std::vector<Token>> parts(1);
  for (const Token& token : tokens) {
    if (token.letter == ":" && parts.size() < 6) {
      parts.emplace_back();
    } else {
      parts.back().push_back(token);
    }
  }
  return parts;
}

bool ArnTokensMatch(const std::vector<Token>& tokens, std::string_view text) {
  auto wanted = ArnParts(tokens);
  auto parts = ArnParts(text);
  if (wanted.size() != 6 || parts.size() != 6) return false;
  for (std::size_t i = 0; i < 6; ++i) {
    if (!TokensMatch(wanted[i], parts[i])) return false;
  }
  return true;
}

// The pattern that a policy's text means, with policy variables replaced; nothing when one has no
// value.
std::optional<std::vector<Token>> Meant(const std::string& text, bool variables, bool wildcards,
                                        const Context& context) {
  std::vector<Token> out;
  auto plain = [&](std::string_view value) {
    for (const std::string& letter : Letters(value)) out.push_back({letter, false, false});
  };
  std::string_view rest = text;
  while (!rest.empty()) {
    auto end = rest.find('}');
    if (variables && rest.substr(0, 2) == "${" && end != std::string_view::npos) {
      std::string body(rest.substr(2, end - 2));
      rest.remove_prefix(end + 1);
      if (body == "*" || body == "?" || body == "$") {
        plain(body);
        continue;
      }
      auto comma = body.find(',');
      std::string name = Lower(body.substr(0, comma));
      while (!name.empty() && name.back() == ' ') name.pop_back();
      auto found = context.find(name);
      if (found != context.end() && found->second.size() == 1) {
        plain(found->second.front());
      } else if (found == context.end() && comma != std::string::npos) {
        auto from = body.find('\'', comma);
        auto to = body.rfind('\'');
        if (from == std::string::npos || to <= from) return std::nullopt;
        plain(body.substr(from + 1, to - from - 1));
      } else {
        return std::nullopt;
      }
      continue;
    }
    std::string letter = Letters(rest).front();
    rest.remove_prefix(letter.size());
    out.push_back({letter, wildcards && letter == "*", wildcards && letter == "?"});
  }
  return out;
}

// A decimal as sign and digits with 40 places before and after the point; nothing when it is none.
struct Number {
  bool negative = false;
  std::string digits;
};

std::optional<Number> NumberOf(std::string text) {
  Number out;
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) {
    out.negative = text[0] == '-';
    text.erase(0, 1);
  }
  auto dot = text.find('.');
  std::string whole = text.substr(0, dot);
  std::string fraction = dot == std::string::npos ? "" : text.substr(dot + 1);
  constexpr std::size_t kPlaces = 40;
  if (whole.empty() && fraction.empty()) return std::nullopt;
  if ((whole + fraction).find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
  if (whole.size() > kPlaces || fraction.size() > kPlaces) return std::nullopt;
  out.digits = std::string(kPlaces - whole.size(), '0') + whole + fraction +
               std::string(kPlaces - fraction.size(), '0');
  if (out.digits.find_first_not_of('0') == std::string::npos) out.negative = false;
  return out;
}

// -1, 0 or 1.
int CompareNumbers(const Number& a, const Number& b) {
  if (a.negative != b.negative) return a.negative ? -1 : 1;
  int order = a.digits < b.digits ? -1 : a.digits == b.digits ? 0 : 1;
  return a.negative ? -order : order;
}

// Seconds since 1970 as a decimal, of an ISO 8601 date or of epoch seconds.
std::optional<Number> SecondsOf(const std::string& text) {
  std::tm tm{};
  int used = 0;
  bool date = std::sscanf(text.c_str(), "%4d-%2d-%2d%n", &tm.tm_year, &tm.tm_mon, &tm.tm_mday,
                          &used) == 3 &&
              used == 10;
  if (!date) return NumberOf(text);
  std::string rest = text.substr(10);
  std::string fraction;
  long offset = 0;
  if (!rest.empty()) {
    if (std::sscanf(rest.c_str(), "T%2d:%2d%n", &tm.tm_hour, &tm.tm_min, &used) != 2 || used != 6)
      return std::nullopt;
    rest.erase(0, 6);
    if (std::sscanf(rest.c_str(), ":%2d%n", &tm.tm_sec, &used) == 1 && used == 3) rest.erase(0, 3);
    if (!rest.empty() && rest[0] == '.') {
      auto end = rest.find_first_not_of("0123456789", 1);
      fraction = rest.substr(1, end == std::string::npos ? end : end - 1);
      rest.erase(0, end);
    }
    if (rest != "Z") {
      int hours = 0;
      int minutes = 0;
      char sign = 0;
      if (std::sscanf(rest.c_str(), "%c%2d:%2d", &sign, &hours, &minutes) != 3) return std::nullopt;
      offset = (hours * 60L + minutes) * 60 * (sign == '-' ? -1 : 1);
    }
  }
  tm.tm_year -= 1900;
  tm.tm_mon -= 1;
  return NumberOf(std::to_string(timegm(&tm) - offset) + "." + fraction);
}

// The bits of an address as text of `0` and `1`: 32 or 128 of them.
std::optional<std::string> BitsOf(const std::string& text) {
  std::array<unsigned char, 16> bytes{};
  bool v6 = text.find(':') != std::string::npos;
  if (inet_pton(v6 ? AF_INET6 : AF_INET, text.c_str(), bytes.data()) != 1) return std::nullopt;
  std::string bits;
  for (std::size_t i = 0; i < (v6 ? 16U : 4U); ++i) bits += std::bitset<8>(bytes[i]).to_string();
  return bits;
}

bool AddressInNetwork(const std::string& address, const std::string& network) {
  auto slash = network.find('/');
  auto wanted = BitsOf(network.substr(0, slash));
  auto bits = BitsOf(address);
  if (!wanted || !bits || wanted->size() != bits->size()) return false;
  std::size_t prefix = wanted->size();
  if (slash != std::string::npos) {
    std::string digits = network.substr(slash + 1);
    if (digits.empty() || digits.size() > 3 ||
        digits.find_first_not_of("0123456789") != std::string::npos)
      return false;
    prefix = static_cast<std::size_t>(std::stoi(digits));
    if (prefix > wanted->size()) return false;
  }
  return wanted->substr(0, prefix) == bits->substr(0, prefix);
}

bool OrderHolds(const std::string& relation, int order) {
  if (relation == "equals" || relation == "notequals") return order == 0;
  if (relation == "lessthan") return order < 0;
  if (relation == "lessthanequals") return order <= 0;
  if (relation == "greaterthan") return order > 0;
  if (relation == "greaterthanequals") return order >= 0;
  return false;
}

// Whether `value` of the request matches `wanted` of the policy under operator `op` (lower case,
// without prefix and suffix), whatever its negation.
bool OneMatches(const std::string& op, const std::string& wanted, bool variables,
                const std::string& value, const Context& context) {
  if (op.find("numeric") == 0 || op.find("date") == 0) {
    bool number = op.find("numeric") == 0;
    auto a = number ? NumberOf(value) : SecondsOf(value);
    auto b = number ? NumberOf(wanted) : SecondsOf(wanted);
    return a && b && OrderHolds(op.substr(number ? 7 : 4), CompareNumbers(*a, *b));
  }
  if (op == "ipaddress" || op == "notipaddress") return AddressInNetwork(value, wanted);
  if (op == "binaryequals") return value == wanted;
  bool arn = op.find("arn") == 0;
  bool wildcards = arn || op == "stringlike" || op == "stringnotlike";
  bool fold = op == "bool" || op.find("ignorecase") != std::string::npos;
  auto tokens = Meant(fold ? Lower(wanted) : wanted, variables, wildcards, context);
  if (!tokens) return false;
  if (fold) {
    for (Token& token : *tokens) token.letter = Lower(token.letter);
    return TokensMatch(*tokens, Lower(value));
  }
  return arn ? ArnTokensMatch(*tokens, value) : TokensMatch(*tokens, value);
}

// Keys that hold several values at once.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
bool IsMultivalued(const std::string& key) {
  static const std::set<std::string> kKeys = {"aws:principalorgpaths", "aws:sourceorgpaths",
                                              "aws:tagkeys", "aws:calledvia",
                                              "aws:principalservicenameslist"};
  return kKeys.count(key) != 0;
}

}  // namespace

bool GlobMatches(std::string_view pattern, std::string_view text) {
  return TokensMatch(Tokens(pattern), text);
}

bool ArnMatches(std::string_view pattern, std::string_view text) {
  return ArnTokensMatch(Tokens(pattern), text);
}

bool ConditionHolds(const model::Condition& condition, bool variables, const Context& context) {
  std::string op = Lower(condition.op);
  std::string key = Lower(condition.key);
  bool any_value = op.find("foranyvalue:") == 0;
  bool all_values = op.find("forallvalues:") == 0;
  if (any_value || all_values) op = op.substr(op.find(':') + 1);
  bool if_exists = op.size() > 8 && op.substr(op.size() - 8) == "ifexists";
  if (if_exists) op.resize(op.size() - 8);
  auto found = context.find(key);
  bool present = found != context.end() && !found->second.empty();
  if (op == "null") {
    for (const std::string& wanted : condition.values) {
      if (Lower(wanted) == (present ? "false" : "true")) return true;
    }
    return false;
  }
  bool negated = op.find("not") != std::string::npos;
  if (!present) {
    if (if_exists || all_values) return true;
    return negated && !any_value;
  }
  const std::vector<std::string>& values = found->second;
  auto holds = [&](const std::string& value) {
    bool matches = false;
    for (const std::string& wanted : condition.values)
      matches = matches || OneMatches(op, wanted, variables, value, context);
    return matches != negated;
  };
  if (any_value) return std::any_of(values.begin(), values.end(), holds);
  if (all_values) return std::all_of(values.begin(), values.end(), holds);
  if (values.size() > 1 || IsMultivalued(key)) return false;
  return holds(values.front());
}

}  // namespace preview::twin
