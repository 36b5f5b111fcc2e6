// Functions on texts. Those that can tell their result from the literal parts of a text keep its
// symbols.
#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "parsers/terraform/hcl/function.h"
#include "parsers/terraform/hcl/letters.h"
#include "parsers/terraform/hcl/number.h"
#include "parsers/terraform/hcl/regex.h"
#include "parsers/terraform/hcl/values.h"

namespace preview::hcl {

namespace {

using model::Value;

constexpr std::size_t kRegexSteps = 5'000'000;

bool IsAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string Mapped(std::string text, int (*map)(int)) {
  for (char& c : text) {
    auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) c = static_cast<char>(map(byte));
  }
  return text;
}

// The text before the first symbol.
std::string_view LiteralHead(std::string_view text) {
  auto end = std::find_if(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) == 0xF3 || static_cast<unsigned char>(c) == 0xF4;
  });
  return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

// The text after the last symbol. Symbols are the only letters of ours that can be longer than
// three bytes and begin with F3 or F4; other letters of four bytes end the search early, which is
// as safe.
std::string_view LiteralTail(std::string_view text) {
  std::size_t begin = text.size();
  while (begin > 0 && static_cast<unsigned char>(text[begin - 1]) < 0x80) --begin;
  return text.substr(begin);
}

// Whether no symbol of `text` can hold or touch an occurrence of `searched`: plain words hold only
// `a-z0-9-`, and a marked placeholder (`__X__`, `{{x}}`, `<X>`) is no part of a name, id or ARN.
bool CannotBeInSymbols(const Call& call, std::string_view text, std::string_view searched) {
  if (!model::HasSymbol(text)) return true;
  if (searched.empty()) return false;
  auto is_plain = [](char c) {
    auto byte = static_cast<unsigned char>(c);
    return std::islower(byte) != 0 || std::isdigit(byte) != 0 || c == '-';
  };
  bool foreign = std::none_of(searched.begin(), searched.end(), is_plain);
  if (foreign && HasPlainSymbolsOnly(text, call.evaluator.symbols())) return true;
  if (searched.size() > 4 && searched.starts_with("__") && searched.ends_with("__")) return true;
  return searched.size() > 1 && searched.find_first_of("{}<>$%#\"\\ \n") != std::string_view::npos;
}

Value Upper(Call& call) {
  if (!IsAscii(call[0].text)) return call.evaluator.UnknownCall(call);
  return Value::String(Mapped(call[0].text, std::toupper));
}

Value Lower(Call& call) {
  const std::string& text = call[0].text;
  if (!HasPlainSymbolsOnly(text, call.evaluator.symbols())) return call.evaluator.UnknownCall(call);
  if (!model::HasSymbol(text) && !IsAscii(text)) return call.evaluator.UnknownCall(call);
  return Value::String(Mapped(text, std::tolower));
}

// As Go's strings.Title: a letter is upper case where no letter, digit or underscore is before it.
Value Title(Call& call) {
  std::string text = call[0].text;
  if (!IsAscii(text)) return call.evaluator.UnknownCall(call);
  bool begins = true;
  for (char& c : text) {
    auto byte = static_cast<unsigned char>(c);
    if (begins) c = static_cast<char>(std::toupper(byte));
    begins = std::isalnum(byte) == 0 && c != '_';
  }
  return Value::String(std::move(text));
}

Value Chomp(Call& call) {
  std::string text = call[0].text;
  while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
  return Value::String(std::move(text));
}

Value Indent(Call& call) {
  auto count = IntegerArgument(call, 0);
  if (!count || *count < 0) return Failure("`indent` needs a number of spaces");
  auto newlines =
      static_cast<std::size_t>(std::count(call[1].text.begin(), call[1].text.end(), '\n'));
  constexpr long long kMaxSpaces = 10'000;
  if (*count > kMaxSpaces ||
      newlines * static_cast<std::size_t>(*count) > (std::size_t{16} << 20)) {
    return UnknownBecause("`indent` makes a text longer than 16 MiB");
  }
  std::string text;
  for (char c : call[1].text) {
    text += c;
    if (c == '\n') text.append(static_cast<std::size_t>(*count), ' ');
  }
  return Value::String(std::move(text));
}

Value Join(Call& call) {
  Value text = Value::String("");
  bool first = true;
  for (std::size_t i = 1; i < call.size(); ++i) {
    for (const Value& item : call[i].items) {
      Value element = TextElement(call.evaluator, item);
      if (element.is_unknown()) return element;
      if (!first) text.text += call[0].text;
      first = false;
      text.text += element.text;
      if (text.text.size() > (std::size_t{16} << 20)) {
        return UnknownBecause("`join` makes a text longer than 16 MiB");
      }
    }
  }
  return text;
}

Value Split(Call& call) {
  const std::string& separator = call[0].text;
  const std::string& text = call[1].text;
  if (!CannotBeInSymbols(call, text, separator)) return call.evaluator.UnknownCall(call);
  Value list = Value::List();
  if (separator.empty()) {
    for (std::uint32_t letter : Letters(text)) {
      std::string piece;
      AppendUtf8(piece, letter);
      list.items.push_back(Value::String(std::move(piece)));
    }
    return list;
  }
  std::size_t at = 0;
  while (true) {
    std::size_t next = text.find(separator, at);
    list.items.push_back(Value::String(text.substr(at, next - at)));
    if (next == std::string::npos) return list;
    at = next + separator.size();
  }
}

bool IsGroupByte(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// `$1`, `${1}`, `$name`, `$$` in the replacement of a regular expression, as Go's Regexp.Expand.
void Expand(std::string_view pattern, std::string_view text, const Regex& regex,
            const Regex::Match& match, std::string& out) {
  for (std::size_t i = 0; i < pattern.size();) {
    if (pattern[i] != '$' || i + 1 == pattern.size()) {
      out += pattern[i++];
      continue;
    }
    if (pattern[i + 1] == '$') {
      out += '$';
      i += 2;
      continue;
    }
    bool braces = pattern[i + 1] == '{';
    std::size_t begin = i + (braces ? 2 : 1);
    std::size_t end = begin;
    while (end < pattern.size() && IsGroupByte(pattern[end])) ++end;
    bool whole = end > begin && (!braces || pattern.substr(end, 1) == "}");
    if (!whole) {
      out += pattern[i++];
      continue;
    }
    std::string name(pattern.substr(begin, end - begin));
    std::size_t group = regex.groups();
    if (auto number = ToInteger(name); number && *number >= 0) {
      group = static_cast<std::size_t>(*number);
    } else {
      auto found = std::find(regex.names().begin() + 1, regex.names().end(), name);
      group = static_cast<std::size_t>(found - regex.names().begin());
    }
    if (group < regex.groups() && match[2 * group] != std::string_view::npos) {
      out += text.substr(match[2 * group], match[2 * group + 1] - match[2 * group]);
    }
    i = end + (braces ? 1 : 0);
  }
}

// All matches, leftmost and not overlapping; nothing when the budget is used up.
std::optional<std::vector<Regex::Match>> AllMatches(const Regex& regex, std::string_view text,
                                                    Evaluator& evaluator) {
  std::vector<Regex::Match> matches;
  std::size_t steps = kRegexSteps;
  std::size_t at = 0;
  std::size_t last_end = std::string_view::npos;
  while (at <= text.size()) {
    auto match = regex.Find(text, at, steps);
    if (steps == 0 || !evaluator.Spend(1)) return std::nullopt;
    if (!match) break;
    bool empty = (*match)[0] == (*match)[1];
    if (!empty || (*match)[1] != last_end) matches.push_back(*match);
    last_end = (*match)[1];
    at = last_end;
    if (empty) {
      if (at >= text.size()) break;
      (void)NextLetter(text, at);  // only moves
    }
  }
  evaluator.Spend((kRegexSteps - steps) / 100);
  return matches;
}

Value ReplaceRegex(Call& call) {
  const std::string& text = call[0].text;
  std::string_view pattern = call[1].text;
  if (model::HasSymbol(text)) return call.evaluator.UnknownCall(call);
  auto regex = Regex::Compile(pattern.substr(1, pattern.size() - 2));
  if (!regex)
    return UnknownBecause("the regular expression `" + call[1].text + "` is not understood");
  auto matches = AllMatches(*regex, text, call.evaluator);
  if (!matches)
    return UnknownBecause("the regular expression `" + call[1].text + "` takes too many steps");
  std::string out;
  std::size_t at = 0;
  for (const Regex::Match& match : *matches) {
    out += text.substr(at, match[0] - at);
    Expand(call[2].text, text, *regex, match, out);
    at = match[1];
    if (out.size() > (std::size_t{16} << 20))
      return UnknownBecause("`replace` makes a text longer than 16 MiB");
  }
  out += text.substr(at);
  return Value::String(std::move(out));
}

Value Replace(Call& call) {
  const std::string& text = call[0].text;
  const std::string& searched = call[1].text;
  if (searched.size() > 1 && searched.starts_with('/') && searched.ends_with('/')) {
    return ReplaceRegex(call);
  }
  if (!CannotBeInSymbols(call, text, searched)) return call.evaluator.UnknownCall(call);
  std::string out;
  if (searched.empty()) {
    for (std::uint32_t letter : Letters(text)) {
      out += call[2].text;
      AppendUtf8(out, letter);
    }
    return Value::String(out + call[2].text);
  }
  std::size_t at = 0;
  for (std::size_t next = text.find(searched); next != std::string::npos;
       next = text.find(searched, at)) {
    out += text.substr(at, next - at);
    out += call[2].text;
    at = next + searched.size();
    if (out.size() > (std::size_t{16} << 20))
      return UnknownBecause("`replace` makes a text longer than 16 MiB");
  }
  out += text.substr(at);
  Value value = Value::String(std::move(out));
  bool same_lines =
      searched.find('\n') == std::string::npos && call[2].text.find('\n') == std::string::npos;
  if (same_lines) value.key_places = call[0].key_places;
  return value;
}

// What `regex` gives for one match: the text, a list of its groups, or an object of its named
// groups.
Value MatchValue(const Regex& regex, std::string_view text, const Regex::Match& match) {
  auto group = [&](std::size_t i) {
    if (match[2 * i] == std::string_view::npos) return Value::Null();
    return Value::String(std::string(text.substr(match[2 * i], match[2 * i + 1] - match[2 * i])));
  };
  if (regex.groups() == 1) return group(0);
  Members named;
  Value list = Value::List();
  for (std::size_t i = 1; i < regex.groups(); ++i) {
    if (!regex.names()[i].empty()) named.emplace_back(regex.names()[i], group(i));
    list.items.push_back(group(i));
  }
  if (!named.empty() && named.size() < list.items.size()) {
    return Failure("a regular expression with named and unnamed groups");
  }
  return named.empty() ? list : MakeObject(std::move(named));
}

Value RegexFunction(Call& call, bool all) {
  auto regex = Regex::Compile(call[0].text);
  if (!regex)
    return UnknownBecause("the regular expression `" + call[0].text + "` is not understood");
  const std::string& text = call[1].text;
  if (!all) {
    std::size_t steps = kRegexSteps;
    auto match = regex->Find(text, 0, steps);
    call.evaluator.Spend((kRegexSteps - steps) / 100);
    if (steps == 0)
      return UnknownBecause("the regular expression `" + call[0].text + "` takes too many steps");
    if (!match) return Failure("the regular expression `" + call[0].text + "` matches nothing");
    return MatchValue(*regex, text, *match);
  }
  auto matches = AllMatches(*regex, text, call.evaluator);
  if (!matches)
    return UnknownBecause("the regular expression `" + call[0].text + "` takes too many steps");
  Value list = Value::List();
  for (const Regex::Match& match : *matches) list.items.push_back(MatchValue(*regex, text, match));
  return list;
}

Value RegexFirst(Call& call) { return RegexFunction(call, false); }
Value RegexAll(Call& call) { return RegexFunction(call, true); }

Value Substr(Call& call) {
  auto offset = IntegerArgument(call, 1);
  auto length = IntegerArgument(call, 2);
  if (!offset || !length) return Failure("`substr` needs whole numbers");
  const std::string& text = call[0].text;
  if (model::HasSymbol(text)) {
    std::string_view head = LiteralHead(text);
    bool within =
        *offset >= 0 && *length >= 0 && IsAscii(head) &&
        static_cast<std::size_t>(*offset) <= head.size() &&
        static_cast<std::size_t>(*length) <= head.size() - static_cast<std::size_t>(*offset);
    if (!within) return call.evaluator.UnknownCall(call);
    return Value::String(std::string(
        head.substr(static_cast<std::size_t>(*offset), static_cast<std::size_t>(*length))));
  }
  std::vector<std::uint32_t> letters = Letters(text);
  auto size = static_cast<long long>(letters.size());
  long long begin = *offset < 0 ? std::max(0LL, size + *offset) : std::min(*offset, size);
  long long end = *length < 0 ? size : begin + std::min(*length, size - begin);
  return Value::String(TextOf({letters.begin() + begin, letters.begin() + end}));
}

std::string TrimLetters(const std::string& text, const std::vector<std::uint32_t>& cut) {
  std::vector<std::uint32_t> letters = Letters(text);
  auto is_cut = [&](std::uint32_t letter) {
    return std::find(cut.begin(), cut.end(), letter) != cut.end();
  };
  auto first = std::find_if_not(letters.begin(), letters.end(), is_cut);
  auto last = std::find_if_not(letters.rbegin(), std::make_reverse_iterator(first), is_cut);
  return TextOf({first, last.base()});
}

// Trimming is definite when both ends of the text are literal, or plain words.
bool HasDefiniteEnds(const Call& call) {
  const std::string& text = call[0].text;
  if (!model::HasSymbol(text)) return true;
  return HasPlainSymbolsOnly(text, call.evaluator.symbols()) ||
         (!LiteralHead(text).empty() && !LiteralTail(text).empty());
}

Value Trim(Call& call) {
  std::string_view cut = call[1].text;
  bool plain = std::none_of(cut.begin(), cut.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-';
  });
  if (model::HasSymbol(call[0].text) && (!plain || !HasDefiniteEnds(call))) {
    return call.evaluator.UnknownCall(call);
  }
  return Value::String(TrimLetters(call[0].text, Letters(cut)));
}

Value TrimSpace(Call& call) {
  if (!HasDefiniteEnds(call)) return call.evaluator.UnknownCall(call);
  return Value::String(TrimLetters(call[0].text, {' ', '\t', '\n', '\r', '\v', '\f', 0x85, 0xA0}));
}

// Whether `text` begins with `prefix`; nothing when a symbol leaves it open.
std::optional<bool> Begins(std::string_view text, std::string_view prefix) {
  std::string_view head = LiteralHead(text);
  if (head.size() >= prefix.size() || head.size() == text.size()) return text.starts_with(prefix);
  if (!prefix.starts_with(head)) return false;
  return std::nullopt;
}

std::optional<bool> Ends(std::string_view text, std::string_view suffix) {
  if (!model::HasSymbol(text)) return text.ends_with(suffix);
  std::string_view tail = LiteralTail(text);
  if (tail.size() >= suffix.size()) return text.ends_with(suffix);
  if (!suffix.ends_with(tail)) return false;
  return std::nullopt;
}

Value TrimPrefix(Call& call) {
  auto begins = Begins(call[0].text, call[1].text);
  if (!begins) return call.evaluator.UnknownCall(call);
  return Value::String(call[0].text.substr(*begins ? call[1].text.size() : 0));
}

Value TrimSuffix(Call& call) {
  auto ends = Ends(call[0].text, call[1].text);
  if (!ends) return call.evaluator.UnknownCall(call);
  return Value::String(
      call[0].text.substr(0, call[0].text.size() - (*ends ? call[1].text.size() : 0)));
}

Value StartsWith(Call& call) {
  auto begins = Begins(call[0].text, call[1].text);
  return begins ? Value::Bool(*begins) : call.evaluator.UnknownCall(call);
}

Value EndsWith(Call& call) {
  auto ends = Ends(call[0].text, call[1].text);
  return ends ? Value::Bool(*ends) : call.evaluator.UnknownCall(call);
}

Value StrContains(Call& call) {
  bool found = call[0].text.find(call[1].text) != std::string::npos;
  if (!found && !CannotBeInSymbols(call, call[0].text, call[1].text)) {
    return call.evaluator.UnknownCall(call);
  }
  return Value::Bool(found);
}

Value StrRev(Call& call) {
  std::vector<std::uint32_t> letters = Letters(call[0].text);
  std::reverse(letters.begin(), letters.end());
  return Value::String(TextOf(letters));
}

constexpr std::array kFunctions{
    Function{"upper", "S", Upper},
    Function{"lower", "s", Lower},
    Function{"title", "S", Title},
    Function{"chomp", "s", Chomp},
    Function{"indent", "ns", Indent},
    Function{"join", "sl*", Join},
    Function{"split", "Ss", Split},
    Function{"replace", "sSs", Replace},
    Function{"regex", "SS", RegexFirst},
    Function{"regexall", "SS", RegexAll},
    Function{"substr", "snn", Substr},
    Function{"trim", "sS", Trim},
    Function{"trimspace", "s", TrimSpace},
    Function{"trimprefix", "sS", TrimPrefix},
    Function{"trimsuffix", "sS", TrimSuffix},
    Function{"startswith", "sS", StartsWith},
    Function{"endswith", "sS", EndsWith},
    Function{"strcontains", "sS", StrContains},
    Function{"strrev", "S", StrRev},
};

}  // namespace

std::span<const Function> TextFunctions() { return kFunctions; }

}  // namespace preview::hcl
