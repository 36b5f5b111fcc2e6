#include "preview/access/pattern.h"

#include <algorithm>

#include "model/symbol.h"

namespace preview::access {

namespace {

char32_t NextWideLetter(std::string_view text, std::size_t& i, unsigned char byte) {
  int more = byte >= 0xF0 ? 3 : byte >= 0xE0 ? 2 : byte >= 0xC0 ? 1 : 0;
  if (more == 0) return 0xFFFD;
  char32_t letter = byte & (0x3FU >> more);
  for (; more > 0 && i < text.size(); --more) {
    auto next = static_cast<unsigned char>(text[i]);
    if ((next & 0xC0U) != 0x80) return 0xFFFD;
    letter = letter << 6 | (next & 0x3FU);
    ++i;
  }
  return more == 0 ? letter : 0xFFFD;
}

// Steps through UTF-8 one letter at a time.
inline char32_t NextLetter(std::string_view text, std::size_t& i) {
  auto byte = static_cast<unsigned char>(text[i++]);
  return byte < 0x80 ? byte : NextWideLetter(text, i, byte);
}

char32_t Fold(char32_t letter) { return letter >= U'A' && letter <= U'Z' ? letter + 32 : letter; }

class Compiler {
 public:
  Compiler(const PatternOptions& options, bool in_segment)
      : options_(options), in_segment_(in_segment) {}

  Pattern Compile(std::string_view text) {
    int colons = 0;
    for (std::size_t i = 0; i < text.size();) {
      if (options_.variables && text.substr(i).starts_with("${")) {
        auto end = text.find('}', i);
        if (end != std::string_view::npos) {
          Variable(text.substr(i + 2, end - i - 2), colons);
          i = end + 1;
          continue;
        }
      }
      char32_t letter = NextLetter(text, i);
      if (options_.wildcards && letter == U'*') {
        Add(Bounded(colons) ? ElementKind::kAnyInSegment : ElementKind::kAny, 0, false);
      } else if (options_.wildcards && letter == U'?') {
        Add(Bounded(colons) ? ElementKind::kOneInSegment : ElementKind::kOne, 0, false);
      } else {
        if (letter == U':') ++colons;
        Letter(letter);
      }
    }
    return Finish();
  }

 private:
  [[nodiscard]] bool Bounded(int colons) const { return in_segment_ && colons < 5; }

  void Letter(char32_t letter) {
    bool fold = options_.fold_case &&
                ((letter >= U'a' && letter <= U'z') || (letter >= U'A' && letter <= U'Z'));
    Add(fold ? ElementKind::kLetterFold : ElementKind::kLetter, fold ? Fold(letter) : letter,
        false);
  }

  void Add(ElementKind kind, char32_t letter, bool variable) {
    bool star = kind == ElementKind::kAny || kind == ElementKind::kAnyInSegment;
    Element element{kind, letter, variable};
    if (star && !pattern_.elements.empty() && pattern_.elements.back() == element) return;
    pattern_.elements.push_back(element);
  }

  void Variable(std::string_view body, int colons) {
    if (body == "*" || body == "?" || body == "$")
      return Letter(static_cast<unsigned char>(body[0]));
    std::string_view name = body.substr(0, body.find(','));
    while (!name.empty() && name.back() == ' ') name.remove_suffix(1);
    auto value = options_.variable_text != nullptr ? (*options_.variable_text)(name) : std::nullopt;
    if (value) {
      for (std::size_t i = 0; i < value->size();) Letter(NextLetter(*value, i));
      return;
    }
    pattern_.has_variable = true;
    Add(Bounded(colons) ? ElementKind::kAnyInSegment : ElementKind::kAny, 0, true);
  }

  Pattern Finish() {
    auto is_letter = [](const Element& e) { return e.kind == ElementKind::kLetter; };
    pattern_.is_literal =
        std::all_of(pattern_.elements.begin(), pattern_.elements.end(), is_letter);
    if (pattern_.is_literal) {
      std::u32string letters;
      for (const Element& element : pattern_.elements) letters += element.letter;
      pattern_.literal = Encode(letters);
    }
    return std::move(pattern_);
  }

  const PatternOptions& options_;
  bool in_segment_;
  Pattern pattern_;
};

inline bool ElementTakes(const Element& element, char32_t letter) {
  if (element.kind == ElementKind::kLetter) return letter == element.letter;
  switch (element.kind) {
    case ElementKind::kLetter:
      return letter == element.letter;
    case ElementKind::kLetterFold:
      return Fold(letter) == element.letter;
    case ElementKind::kOne:
    case ElementKind::kAny:
      return true;
    case ElementKind::kOneInSegment:
    case ElementKind::kAnyInSegment:
      return letter != U':';
  }
  return false;
}

bool IsStar(const Element& element) {
  return element.kind == ElementKind::kAny || element.kind == ElementKind::kAnyInSegment;
}

// Whether the last letters alone tell that the pattern does not match: most texts fail there or at
// the first letters.
bool EndsOtherwise(const std::vector<Element>& elements, std::string_view text) {
  for (auto it = elements.rbegin(); it != elements.rend(); ++it) {
    if (it->kind != ElementKind::kLetter || it->letter >= 0x80) return false;
    if (text.empty() || static_cast<unsigned char>(text.back()) != it->letter) return true;
    text.remove_suffix(1);
  }
  return false;
}

}  // namespace

Pattern CompilePattern(std::string_view text, const PatternOptions& options) {
  return Compiler(options, options.arn).Compile(text);
}

Pattern CompileResource(std::string_view text, bool variables, const VariableText* variable_text) {
  PatternOptions options;
  options.wildcards = true;
  options.variables = variables;
  options.variable_text = variable_text;
  if (text == "*") return CompilePattern(text, options);
  std::string filled(text);
  // Colons inside `${…}` are no segment borders.
  int colons = 0;
  bool inside = false;
  for (char c : text) {
    if (c == '{') inside = true;
    if (c == '}') inside = false;
    if (c == ':' && !inside) ++colons;
  }
  options.arn = true;
  for (; colons < 5; ++colons) filled += ":*";
  return CompilePattern(filled, options);
}

bool Matches(const Pattern& pattern, std::string_view text, VariableReading reading) {
  if (pattern.has_variable && reading == VariableReading::kNever) return false;
  if (pattern.is_literal) return pattern.literal == text;
  // Greedy with one point to come back to: a star inside an ARN segment cannot pass its `:`, so
  // that an earlier star never helps once a later one was reached.
  const auto& elements = pattern.elements;
  if (EndsOtherwise(elements, text)) return false;
  std::size_t e = 0;
  std::size_t i = 0;
  std::size_t star = elements.size();
  std::size_t star_from = 0;
  while (true) {
    if (e < elements.size() && IsStar(elements[e])) {
      star = e++;
      star_from = i;
      continue;
    }
    if (i == text.size()) {
      while (e < elements.size() && IsStar(elements[e])) ++e;
      return e == elements.size();
    }
    std::size_t next = i;
    char32_t letter = NextLetter(text, next);
    if (e < elements.size() && ElementTakes(elements[e], letter)) {
      ++e;
      i = next;
      continue;
    }
    if (star == elements.size()) return false;
    std::size_t resume = star_from;
    char32_t skipped = NextLetter(text, resume);
    if (!ElementTakes(elements[star], skipped)) return false;
    star_from = resume;
    i = resume;
    e = star + 1;
  }
}

bool Overlap(const Pattern& a, const Pattern& b) {
  std::size_t width = b.elements.size() + 1;
  std::vector<bool> seen((a.elements.size() + 1) * width);
  std::vector<std::pair<std::size_t, std::size_t>> open;
  auto push = [&](std::size_t i, std::size_t j) {
    if (seen[i * width + j]) return;
    seen[i * width + j] = true;
    open.emplace_back(i, j);
  };
  // Whether one letter fits both elements.
  auto meet = [](const Element& x, const Element& y) {
    if (x.kind == ElementKind::kLetter || x.kind == ElementKind::kLetterFold) {
      if (y.kind != ElementKind::kLetter) {
        return ElementTakes(y, x.letter) ||
               (x.kind == ElementKind::kLetterFold && y.kind == x.kind && x == y);
      }
      return ElementTakes(x, y.letter);
    }
    bool letter = y.kind == ElementKind::kLetter || y.kind == ElementKind::kLetterFold;
    return !letter || ElementTakes(x, y.letter);
  };
  push(0, 0);
  while (!open.empty()) {
    auto [i, j] = open.back();
    open.pop_back();
    bool a_ends = i == a.elements.size();
    bool b_ends = j == b.elements.size();
    if (a_ends && b_ends) return true;
    if (!a_ends && IsStar(a.elements[i])) push(i + 1, j);
    if (!b_ends && IsStar(b.elements[j])) push(i, j + 1);
    if (a_ends || b_ends || !meet(a.elements[i], b.elements[j])) continue;
    push(IsStar(a.elements[i]) ? i : i + 1, IsStar(b.elements[j]) ? j : j + 1);
  }
  return false;
}

Pattern WithOpenSymbols(const Pattern& pattern) {
  Pattern out;
  for (const Element& element : pattern.elements) {
    bool symbol = element.kind == ElementKind::kLetter && model::IsSymbolLetter(element.letter);
    out.elements.push_back(symbol ? Element{ElementKind::kAny, 0, false} : element);
  }
  return out;
}

std::u32string Decode(std::string_view text) {
  std::u32string out;
  for (std::size_t i = 0; i < text.size();) out += NextLetter(text, i);
  return out;
}

std::string Encode(std::u32string_view letters) {
  std::string out;
  auto add = [&](char32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
  for (char32_t c : letters) {
    if (c < 0x80) {
      add(c);
    } else if (c < 0x800) {
      add(0xC0 | c >> 6);
      add(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
      add(0xE0 | c >> 12);
      add(0x80 | (c >> 6 & 0x3F));
      add(0x80 | (c & 0x3F));
    } else {
      add(0xF0 | c >> 18);
      add(0x80 | (c >> 12 & 0x3F));
      add(0x80 | (c >> 6 & 0x3F));
      add(0x80 | (c & 0x3F));
    }
  }
  return out;
}

std::string ToLower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return out;
}

}  // namespace preview::access
