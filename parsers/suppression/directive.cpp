#include "parsers/suppression/directive.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace preview::suppression {
namespace {

using model::Suppression;

constexpr std::size_t kMostReason = 1000;  // bytes; a longer one is no reason but a text
constexpr std::size_t kMostShown = 40;     // bytes of the user's text in a message
constexpr std::string_view kSpace = " \t\r\n\f\v";
constexpr std::string_view kForm =
    "write `preview: ignore[PV002] reason`, with ` -- until=2027-01-31` where it is to end";

constexpr std::array<std::pair<std::string_view, model::Code>, 8> kCodes = {
    {{"PV001", model::Code::kPV001},
     {"PV002", model::Code::kPV002},
     {"PV003", model::Code::kPV003},
     {"PV004", model::Code::kPV004},
     {"PV005", model::Code::kPV005},
     {"PV006", model::Code::kPV006},
     {"PV010", model::Code::kPV010},
     {"PV020", model::Code::kPV020}}};

std::string_view Trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

bool Skip(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

// At most some bytes of it, cut between characters.
std::string Shown(std::string_view text) {
  if (text.size() <= kMostShown) return std::string(text);
  std::size_t end = kMostShown;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return std::string(text.substr(0, end)) + "…";
}

// The text without the marks of a comment. Of `/* */` only its first line that says something.
std::string_view Unmarked(std::string_view comment) {
  if (Skip(comment, "/*")) {
    if (comment.ends_with("*/")) comment.remove_suffix(2);
    while (!comment.empty() &&
           (comment.front() == '*' || kSpace.find(comment.front()) != std::string_view::npos))
      comment.remove_prefix(1);
    return Trimmed(comment.substr(0, comment.find('\n')));
  }
  const char mark = comment.starts_with("//") ? '/' : '#';
  while (!comment.empty() && comment.front() == mark) comment.remove_prefix(1);
  return Trimmed(comment);
}

void AddCode(std::string_view name, Suppression& out) {
  const auto* const found = std::find_if(kCodes.begin(), kCodes.end(),
                                         [name](const auto& code) { return code.first == name; });
  if (found == kCodes.end()) {
    if (!out.problem.empty()) return;
    out.problem = name.empty()
                      ? std::string("a code is missing; there are PV001 to PV006, PV010 and PV020")
                      : fmt::format("`{}` is no code; there are PV001 to PV006, PV010 and PV020",
                                    Shown(name));
    return;
  }
  if (std::find(out.codes.begin(), out.codes.end(), found->second) == out.codes.end())
    out.codes.push_back(found->second);
}

void AddCodes(std::string_view list, Suppression& out) {
  while (true) {
    const std::size_t comma = list.find(',');
    AddCode(Trimmed(list.substr(0, comma)), out);
    if (comma == std::string_view::npos || !out.problem.empty()) return;
    list.remove_prefix(comma + 1);
  }
}

void SetUntil(std::string_view text, Suppression& out) {
  out.until = ParseDate(text);
  if (!out.until.has_value() && out.problem.empty())
    out.problem = fmt::format("`{}` is no day of the form `until=2027-01-31`", Shown(text));
}

bool SaysSomething(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char letter) {
    return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z') ||
           (letter >= 'A' && letter <= 'Z') || static_cast<unsigned char>(letter) >= 0x80;
  });
}

void SetReason(std::string_view text, Suppression& out) {
  if (!out.problem.empty()) return;
  while (!text.empty() && (text.front() == '-' || text.front() == ':')) text.remove_prefix(1);
  text = Trimmed(text);
  if (!SaysSomething(text)) {
    out.problem = fmt::format("it gives no reason; {}", kForm);
  } else if (text.size() > kMostReason) {
    out.problem = fmt::format("its reason is longer than {} bytes", kMostReason);
  } else if (text.find("until=") != std::string_view::npos) {
    out.problem = fmt::format("`until=` stands after ` -- ` at its end; {}", kForm);
  } else {
    out.reason = text;
  }
}

// What follows the codes: a reason, and after the last ` -- ` perhaps a day. A ` -- ` before other
// words is a dash of the reason.
void ReadRest(std::string_view rest, Suppression& out) {
  const std::size_t dashes = rest.rfind("--");
  if (dashes != std::string_view::npos) {
    std::string_view tail = Trimmed(rest.substr(dashes + 2));
    if (Skip(tail, "until")) {
      tail = Trimmed(tail);
      Skip(tail, "=");
      SetUntil(Trimmed(tail), out);
      rest = rest.substr(0, dashes);
    }
  }
  SetReason(Trimmed(rest), out);
}

// `[PV001,PV002] reason …`
void ReadBracketed(std::string_view text, Suppression& out) {
  const std::size_t end = text.find(']');
  if (end == std::string_view::npos) {
    out.problem = fmt::format("the `]` after its codes is missing; {}", kForm);
    return;
  }
  AddCodes(text.substr(1, end - 1), out);
  ReadRest(text.substr(end + 1), out);
}

void ReadEntryText(std::string_view text, Suppression& out) {
  text = Trimmed(text);
  Skip(text, "preview:");
  text = Trimmed(text);
  Skip(text, "ignore");
  text = Trimmed(text);
  if (text.starts_with('[')) return ReadBracketed(text, out);
  const std::size_t end = std::min(text.find_first_of(kSpace), text.size());
  AddCodes(text.substr(0, end), out);
  ReadRest(text.substr(end), out);
}

void ReadCodesMember(const model::Value& value, Suppression& out) {
  const auto add = [&out](const model::Value& code) {
    if (code.is_string()) return AddCodes(code.text, out);
    if (out.problem.empty()) out.problem = "its codes are no texts";
  };
  if (!value.is_list()) return add(value);
  for (const model::Value& code : value.items) add(code);
}

void ReadEntryObject(const model::Value& entry, Suppression& out) {
  std::string_view reason;
  for (std::size_t i = 0; i < entry.items.size(); ++i) {
    const std::string& key = entry.keys[i];
    const model::Value& value = entry.items[i];
    if (key == "code" || key == "codes") {
      ReadCodesMember(value, out);
    } else if (key == "reason" && value.is_string()) {
      reason = value.text;
    } else if (key == "until" && value.is_string()) {
      SetUntil(Trimmed(value.text), out);
    } else if (out.problem.empty()) {
      out.problem = key == "reason" || key == "until"
                        ? fmt::format("`{}` is no text", key)
                        : fmt::format("`{}` is none of `codes`, `reason` and `until`", Shown(key));
    }
  }
  if (out.codes.empty() && out.problem.empty()) out.problem = "it names no code";
  SetReason(Trimmed(reason), out);
}

bool IsLeapYear(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int DaysOf(int year, int month) {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && IsLeapYear(year) ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

std::optional<int> Digits(std::string_view text) {
  int number = 0;
  for (const char letter : text) {
    if (letter < '0' || letter > '9') return std::nullopt;
    number = number * 10 + (letter - '0');
  }
  return number;
}

}  // namespace

bool MayHold(std::string_view text) {
  return text.find("preview") != std::string_view::npos &&
         text.find("ignore") != std::string_view::npos;
}

std::optional<Suppression> ParseComment(std::string_view comment) {
  std::string_view text = Unmarked(comment);
  if (!Skip(text, "preview:")) return std::nullopt;
  text = Trimmed(text);
  if (!Skip(text, "ignore")) return std::nullopt;
  if (!text.empty() && text.front() != '[' && kSpace.find(text.front()) == std::string_view::npos)
    return std::nullopt;
  Suppression suppression;
  text = Trimmed(text);
  if (text.starts_with('[')) {
    ReadBracketed(text, suppression);
  } else {
    suppression.problem = fmt::format("it names no code; {}", kForm);
  }
  return suppression;
}

Suppression ParseEntry(const model::Value& entry) {
  Suppression suppression;
  suppression.place = entry.place;
  if (entry.is_string()) {
    ReadEntryText(entry.text, suppression);
  } else if (entry.is_object()) {
    ReadEntryObject(entry, suppression);
  } else {
    suppression.problem = "it is neither a text nor an object with `codes`, `reason` and `until`";
  }
  return suppression;
}

std::optional<model::Date> ParseDate(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const std::optional<int> year = Digits(text.substr(0, 4));
  const std::optional<int> month = Digits(text.substr(5, 2));
  const std::optional<int> day = Digits(text.substr(8, 2));
  if (!year || !month || !day || *month < 1 || *month > 12) return std::nullopt;
  if (*day < 1 || *day > DaysOf(*year, *month)) return std::nullopt;
  return model::Date{*year, *month, *day};
}

std::string DateText(const model::Date& date) {
  return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

}  // namespace preview::suppression
