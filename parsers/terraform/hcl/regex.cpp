#include "parsers/terraform/hcl/regex.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "parsers/terraform/hcl/letters.h"

namespace preview::hcl {

namespace {

constexpr std::size_t kMaxProgram = 10'000;
constexpr int kMaxRegexDepth = 100;
constexpr int kMaxRepeat = 1'000;  // as RE2
constexpr std::uint32_t kLastLetter = 0x10FFFF;
constexpr std::size_t kNone = std::string_view::npos;

bool IsWord(std::uint32_t letter) {
  return letter < 0x80 && (std::isalnum(static_cast<int>(letter)) != 0 || letter == '_');
}

}  // namespace

// A recursive descent over the pattern that emits the program as it goes.
class RegexCompiler {
 public:
  explicit RegexCompiler(std::string_view pattern) : letters_(Letters(pattern)) {}

  std::optional<Regex> Run() {
    regex_.names_.emplace_back();
    EmitSave(0);
    if (!Alternation(0) || at_ != letters_.size()) return std::nullopt;
    EmitSave(1);
    Emit({.op = Regex::Op::kMatch});
    if (regex_.program_.size() > kMaxProgram) return std::nullopt;
    return std::move(regex_);
  }

 private:
  using Range = Regex::Range;
  using Instruction = Regex::Instruction;

  [[nodiscard]] bool AtEnd() const { return at_ >= letters_.size(); }
  [[nodiscard]] std::uint32_t Peek() const { return AtEnd() ? 0 : letters_[at_]; }
  bool Take(char c) {
    if (AtEnd() || letters_[at_] != static_cast<std::uint32_t>(c)) return false;
    ++at_;
    return true;
  }
  bool TakeText(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      bool same =
          at_ + i < letters_.size() &&
          letters_[at_ + i] == static_cast<std::uint32_t>(static_cast<unsigned char>(text[i]));
      if (!same) return false;
    }
    at_ += text.size();
    return true;
  }

  [[nodiscard]] std::size_t Here() const { return regex_.program_.size(); }
  std::size_t Emit(Instruction instruction) {
    regex_.program_.push_back(std::move(instruction));
    return Here() - 1;
  }
  void EmitSave(std::size_t slot) { Emit({.op = Regex::Op::kSave, .target = slot}); }
  void EmitAssert(char kind) { Emit({.op = Regex::Op::kAssert, .assertion = kind}); }

  // Makes room for one instruction at `at`, shifting the targets of what follows.
  void InsertAt(std::size_t at, Instruction instruction) {
    auto& program = regex_.program_;
    for (std::size_t i = at; i < program.size(); ++i) {
      bool jumps = program[i].op == Regex::Op::kJump || program[i].op == Regex::Op::kSplit;
      if (jumps && program[i].target >= at) ++program[i].target;
      if (jumps && program[i].other >= at) ++program[i].other;
    }
    program.insert(program.begin() + static_cast<std::ptrdiff_t>(at), std::move(instruction));
  }

  bool Alternation(int depth) {
    if (depth > kMaxRegexDepth) return false;
    bool ignore_case = ignore_case_;
    bool dot_all = dot_all_;
    bool multi_line = multi_line_;
    std::size_t begin = Here();
    if (!Sequence(depth)) return false;
    std::vector<std::size_t> jumps;
    while (Take('|')) {
      InsertAt(begin, {.op = Regex::Op::kSplit, .target = begin + 1});
      jumps.push_back(Emit({.op = Regex::Op::kJump}));
      regex_.program_[begin].other = Here();
      begin = Here();
      if (!Sequence(depth)) return false;
    }
    for (std::size_t jump : jumps) regex_.program_[jump].target = Here();
    ignore_case_ = ignore_case;
    dot_all_ = dot_all;
    multi_line_ = multi_line;
    return Here() <= kMaxProgram;
  }

  bool Sequence(int depth) {
    while (!AtEnd() && Peek() != '|' && Peek() != ')') {
      std::size_t begin = Here();
      std::size_t source = at_;
      if (!Atom(depth)) return false;
      if (!Repetition(begin, source, depth)) return false;
      if (Here() > kMaxProgram) return false;
    }
    return true;
  }

  bool Repetition(std::size_t begin, std::size_t source, int depth) {
    if (Take('*')) {
      Loop(begin, true, !Take('?'));
    } else if (Take('+')) {
      Loop(begin, false, !Take('?'));
    } else if (Take('?')) {
      Optional(begin, !Take('?'));
    } else if (Peek() == '{') {
      return Counted(begin, source, depth);
    }
    return Peek() != '*' && Peek() != '+' && Peek() != '?';
  }

  void Loop(std::size_t begin, bool may_skip, bool greedy) {
    if (may_skip) InsertAt(begin, {.op = Regex::Op::kSplit});
    std::size_t body = begin + (may_skip ? 1 : 0);
    std::size_t split = may_skip ? begin : Emit({.op = Regex::Op::kSplit});
    if (may_skip) Emit({.op = Regex::Op::kJump, .target = begin});
    SetSplit(split, body, Here(), greedy);
  }

  void Optional(std::size_t begin, bool greedy) {
    InsertAt(begin, {.op = Regex::Op::kSplit});
    SetSplit(begin, begin + 1, Here(), greedy);
  }

  void SetSplit(std::size_t split, std::size_t into, std::size_t past, bool greedy) {
    regex_.program_[split].target = greedy ? into : past;
    regex_.program_[split].other = greedy ? past : into;
  }

  std::optional<int> Digits() {
    int number = -1;
    while (!AtEnd() && Peek() >= '0' && Peek() <= '9' && number <= kMaxRepeat) {
      number = std::max(number, 0) * 10 + static_cast<int>(letters_[at_++] - '0');
    }
    if (number < 0) return std::nullopt;
    return number;
  }

  // `{n}`, `{n,}`, `{n,m}`: the atom is compiled anew for each repetition.
  bool Counted(std::size_t begin, std::size_t source, int depth) {
    std::size_t brace = at_;
    ++at_;
    auto least = Digits();
    bool comma = least && Take(',');
    auto most = comma ? Digits() : least;
    if (!least || !Take('}')) {
      at_ = brace + 1;  // no repetition: the brace is a letter
      EmitLetter('{');
      return true;
    }
    bool endless = comma && !most;
    bool greedy = !Take('?');
    std::size_t after = at_;
    int copies = endless ? std::max(*least, 1) : *most;
    if (*least > kMaxRepeat || copies > kMaxRepeat || (!endless && *most < *least)) return false;
    std::size_t size = Here() - begin;
    if (size * static_cast<std::size_t>(std::max(copies, 1)) > kMaxProgram) return false;
    regex_.program_.resize(begin);
    for (int i = 0; i < copies; ++i) {
      at_ = source;
      std::size_t start = Here();
      if (!Atom(depth)) return false;
      if (endless && i + 1 == copies) {
        Loop(start, *least == 0, greedy);
      } else if (i >= *least) {
        Optional(start, greedy);
      }
    }
    at_ = after;
    return true;
  }

  bool Atom(int depth) {
    std::uint32_t letter = letters_[at_++];
    switch (letter) {
      case '(':
        return Group(depth);
      case '[':
        return Class();
      case '.':
        EmitClass(dot_all_ ? std::vector<Range>{} : std::vector<Range>{{'\n', '\n'}}, true);
        return true;
      case '^':
        EmitAssert(multi_line_ ? '^' : 'A');
        return true;
      case '$':
        EmitAssert(multi_line_ ? '$' : 'z');
        return true;
      case '\\':
        return Escape();
      case '*':
      case '+':
      case '?':
        return false;
      default:
        EmitLetter(letter);
        return true;
    }
  }

  bool Group(int depth) {
    bool captures = true;
    std::string name;
    std::size_t offset = at_;
    if (Take('?')) {
      if (TakeText("P<") || TakeText("<")) {
        while (!AtEnd() && Peek() != '>') AppendUtf8(name, letters_[at_++]);
        if (!Take('>') || name.empty()) return false;
      } else {
        captures = false;
        bool only_flags = false;
        if (!Flags(only_flags)) return false;
        if (only_flags) return true;
      }
    }
    if (!captures) {
      return Alternation(depth + 1) && Take(')');
    }
    std::size_t group = GroupAt(offset, name);
    EmitSave(2 * group);
    if (!Alternation(depth + 1) || !Take(')')) return false;
    EmitSave(2 * group + 1);
    return true;
  }

  // The number of the group that begins at `offset`: a new one, or its old one when an atom is
  // compiled again.
  std::size_t GroupAt(std::size_t offset, const std::string& name) {
    for (const auto& [known, group] : group_offsets_) {
      if (known == offset) return group;
    }
    group_offsets_.emplace_back(offset, regex_.names_.size());
    regex_.names_.push_back(name);
    return regex_.names_.size() - 1;
  }

  // `i`, `m`, `s`, `-`, then `:` or `)`.
  bool Flags(bool& only_flags) {
    bool on = true;
    while (!AtEnd()) {
      std::uint32_t letter = letters_[at_++];
      if (letter == ':') return true;
      if (letter == ')') {
        only_flags = true;
        return true;
      }
      if (letter == '-')
        on = false;
      else if (letter == 'i')
        ignore_case_ = on;
      else if (letter == 'm')
        multi_line_ = on;
      else if (letter == 's')
        dot_all_ = on;
      else
        return false;
    }
    return false;
  }

  bool Escape() {
    if (AtEnd()) return false;
    std::uint32_t letter = letters_[at_++];
    if (letter == 'A' || letter == 'z' || letter == 'b' || letter == 'B') {
      EmitAssert(static_cast<char>(letter));
      return true;
    }
    std::vector<Range> ranges;
    bool negated = false;
    if (PerlClass(letter, ranges, negated)) {
      EmitClass(std::move(ranges), negated);
      return true;
    }
    auto literal = EscapedLetter(letter);
    if (literal) EmitLetter(*literal);
    return literal.has_value();
  }

  std::optional<std::uint32_t> EscapedLetter(std::uint32_t letter) {
    static constexpr std::array<std::pair<char, char>, 6> kSimple{
        {{'n', '\n'}, {'t', '\t'}, {'r', '\r'}, {'f', '\f'}, {'v', '\v'}, {'a', '\a'}}};
    for (auto [name, meaning] : kSimple) {
      if (letter == static_cast<std::uint32_t>(name)) return static_cast<std::uint32_t>(meaning);
    }
    if (letter == 'x') {
      std::string digits;
      bool braces = Take('{');
      while (!AtEnd() && Peek() < 0x80 && std::isxdigit(static_cast<int>(Peek())) != 0 &&
             digits.size() < (braces ? 6U : 2U)) {
        digits += static_cast<char>(letters_[at_++]);
      }
      if (braces && !Take('}')) return std::nullopt;
      return HexNumber(digits, digits.size());
    }
    if (letter < 0x80 && std::isalnum(static_cast<int>(letter)) != 0) return std::nullopt;
    return letter;
  }

  static bool PerlClass(std::uint32_t letter, std::vector<Range>& ranges, bool& negated) {
    auto kind = static_cast<char>(letter < 0x80 ? std::tolower(static_cast<int>(letter)) : 0);
    if (kind == 'd')
      ranges = {{'0', '9'}};
    else if (kind == 'w')
      ranges = {{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}};
    else if (kind == 's')
      ranges = {{'\t', '\n'}, {'\f', '\r'}, {' ', ' '}};
    else
      return false;
    negated = letter != static_cast<std::uint32_t>(kind);
    return true;
  }

  bool Class() {
    bool negated = Take('^');
    std::vector<Range> ranges;
    bool first = true;
    while (first || Peek() != ']') {
      if (AtEnd()) return false;
      first = false;
      if (Peek() == '[' && PosixClass(ranges)) continue;
      if (!ClassItem(ranges)) return false;
    }
    ++at_;
    EmitClass(std::move(ranges), negated);
    return true;
  }

  bool PosixClass(std::vector<Range>& ranges) {
    static constexpr std::array<std::pair<std::string_view, int (*)(int)>, 8> kClasses{
        {{"[:alpha:]", std::isalpha},
         {"[:digit:]", std::isdigit},
         {"[:alnum:]", std::isalnum},
         {"[:upper:]", std::isupper},
         {"[:lower:]", std::islower},
         {"[:space:]", std::isspace},
         {"[:punct:]", std::ispunct},
         {"[:xdigit:]", std::isxdigit}}};
    for (auto [name, test] : kClasses) {
      if (!TakeText(name)) continue;
      for (std::uint32_t c = 0; c < 0x80; ++c) {
        if (test(static_cast<int>(c)) != 0) ranges.push_back({c, c});
      }
      return true;
    }
    return false;
  }

  bool ClassItem(std::vector<Range>& ranges) {
    std::vector<Range> perl;
    bool negated = false;
    auto low = ClassLetter(perl, negated);
    if (!perl.empty()) {
      AddClass(ranges, perl, negated);
      return true;
    }
    if (!low) return false;
    bool range = Peek() == '-' && at_ + 1 < letters_.size() && letters_[at_ + 1] != ']';
    if (!range) {
      ranges.push_back({*low, *low});
      return true;
    }
    ++at_;
    auto high = ClassLetter(perl, negated);
    if (!high || !perl.empty() || *high < *low) return false;
    ranges.push_back({*low, *high});
    return true;
  }

  std::optional<std::uint32_t> ClassLetter(std::vector<Range>& perl, bool& negated) {
    if (AtEnd()) return std::nullopt;
    std::uint32_t letter = letters_[at_++];
    if (letter != '\\') return letter;
    if (AtEnd()) return std::nullopt;
    letter = letters_[at_++];
    if (PerlClass(letter, perl, negated)) return std::nullopt;
    return EscapedLetter(letter);
  }

  static void AddClass(std::vector<Range>& ranges, const std::vector<Range>& added, bool negated) {
    if (!negated) {
      ranges.insert(ranges.end(), added.begin(), added.end());
      return;
    }
    std::uint32_t next = 0;
    for (const Range& range : added) {
      if (range.first > next) ranges.push_back({next, range.first - 1});
      next = range.last + 1;
    }
    ranges.push_back({next, kLastLetter});
  }

  void EmitLetter(std::uint32_t letter) { EmitClass({{letter, letter}}, false); }

  void EmitClass(std::vector<Range> ranges, bool negated) {
    if (ignore_case_) {
      std::size_t count = ranges.size();
      for (std::size_t i = 0; i < count; ++i) {
        for (std::uint32_t c = ranges[i].first; c <= ranges[i].last && c < 0x80; ++c) {
          auto lower = static_cast<std::uint32_t>(std::tolower(static_cast<int>(c)));
          auto upper = static_cast<std::uint32_t>(std::toupper(static_cast<int>(c)));
          ranges.push_back({lower, lower});
          ranges.push_back({upper, upper});
        }
      }
    }
    Instruction instruction{.op = Regex::Op::kClass};
    instruction.negated = negated;
    instruction.ranges = std::move(ranges);
    Emit(std::move(instruction));
  }

  std::vector<std::uint32_t> letters_;
  std::size_t at_ = 0;
  Regex regex_;
  bool ignore_case_ = false;
  bool dot_all_ = false;
  bool multi_line_ = false;
  std::vector<std::pair<std::size_t, std::size_t>> group_offsets_;
};

std::optional<Regex> Regex::Compile(std::string_view pattern) {
  return RegexCompiler(pattern).Run();
}

bool Regex::Holds(char assertion, std::string_view text, std::size_t position) {
  bool at_begin = position == 0;
  bool at_end = position == text.size();
  bool before = !at_begin && IsWord(static_cast<unsigned char>(text[position - 1]));
  bool after = !at_end && IsWord(static_cast<unsigned char>(text[position]));
  if (assertion == 'A') return at_begin;
  if (assertion == 'z') return at_end;
  if (assertion == '^') return at_begin || text[position - 1] == '\n';
  if (assertion == '$') return at_end || text[position] == '\n';
  return (before != after) == (assertion == 'b');
}

bool Regex::Matches(const Instruction& instruction, std::uint32_t letter) {
  bool found = std::any_of(
      instruction.ranges.begin(), instruction.ranges.end(),
      [letter](const Range& range) { return letter >= range.first && letter <= range.last; });
  return found != instruction.negated;
}

// Adds the threads that `start` leads to without reading a letter, in the order of preference.
void Regex::Follow(Threads& threads, std::size_t start, Match saved, std::string_view text,
                   std::size_t position, std::size_t& steps) const {
  std::vector<Thread> open;
  open.push_back({start, std::move(saved)});
  while (!open.empty() && steps > 0) {
    --steps;
    Thread thread = std::move(open.back());
    open.pop_back();
    if (threads.seen[thread.at]) continue;
    threads.seen[thread.at] = true;
    const Instruction& instruction = program_[thread.at];
    switch (instruction.op) {
      case Op::kJump:
        open.push_back({instruction.target, std::move(thread.saved)});
        break;
      case Op::kSplit:
        open.push_back({instruction.other, thread.saved});
        open.push_back({instruction.target, std::move(thread.saved)});
        break;
      case Op::kSave:
        thread.saved[instruction.target] = position;
        open.push_back({thread.at + 1, std::move(thread.saved)});
        break;
      case Op::kAssert:
        if (Holds(instruction.assertion, text, position)) {
          open.push_back({thread.at + 1, std::move(thread.saved)});
        }
        break;
      case Op::kClass:
      case Op::kMatch:
        threads.list.push_back(std::move(thread));
        break;
    }
  }
}

std::optional<Regex::Match> Regex::Find(std::string_view text, std::size_t from,
                                        std::size_t& steps) const {
  std::optional<Match> best;
  Threads current{{}, std::vector<bool>(program_.size())};
  for (std::size_t position = from; position <= text.size() && steps > 0;) {
    if (!best) Follow(current, 0, Match(2 * names_.size(), kNone), text, position, steps);
    if (current.list.empty() && best) break;
    std::size_t next = position;
    bool at_end = position == text.size();
    std::uint32_t letter = at_end ? 0 : NextLetter(text, next);
    Threads following{{}, std::vector<bool>(program_.size())};
    for (Thread& thread : current.list) {
      const Instruction& instruction = program_[thread.at];
      if (instruction.op == Op::kMatch) {
        best = std::move(thread.saved);
        break;  // what follows is less preferred
      }
      if (!at_end && Matches(instruction, letter)) {
        Follow(following, thread.at + 1, std::move(thread.saved), text, next, steps);
      }
    }
    if (at_end) break;
    current = std::move(following);
    position = next;
  }
  if (steps == 0) return std::nullopt;
  return best;
}

}  // namespace preview::hcl
