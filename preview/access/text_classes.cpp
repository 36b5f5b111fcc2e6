#include "preview/access/text_classes.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "preview/access/affix_classes.h"

namespace preview::access {

namespace {

using Word = std::uint64_t;

constexpr std::size_t kMaxWords = std::size_t{1} << 20;  // of all states of a walk

// When a bound was reached the classes are not all there anyway: so many are kept, for what follows
// costs their number.
constexpr std::size_t kKept = 1'000;

// Letters tried as "any other letter", the readable ones first.
constexpr std::u32string_view kFreshLetters = U"xyzwqvkjuhgfodXYZWQVKJ0987654321-_.~!^%";

struct Trie {
  struct Node {
    std::map<char32_t, std::uint32_t> next;
    bool end = false;
  };
  std::vector<Node> nodes{Node{}};
  static constexpr std::uint32_t kDead = 0xFFFFFFFF;

  void Add(std::u32string_view text) {
    std::uint32_t node = 0;
    for (char32_t letter : text) {
      auto [it, added] =
          nodes[node].next.try_emplace(letter, static_cast<std::uint32_t>(nodes.size()));
      node = it->second;
      if (added) nodes.emplace_back();
    }
    nodes[node].end = true;
  }

  [[nodiscard]] std::uint32_t Step(std::uint32_t node, char32_t letter) const {
    if (node == kDead) return kDead;
    auto found = nodes[node].next.find(letter);
    return found == nodes[node].next.end() ? kDead : found->second;
  }
};

// The joint automaton of all patterns. Positions of all patterns lie one behind the other in a bit
// vector; a pattern of m elements has m + 1 positions, the last one accepting.
class Automaton {
 public:
  explicit Automaton(const std::vector<const Pattern*>& patterns) {
    for (const Pattern* pattern : patterns) {
      starts_.push_back(elements_.size());
      elements_.insert(elements_.end(), pattern->elements.begin(), pattern->elements.end());
      accepts_.push_back(elements_.size());
      elements_.push_back(
          {ElementKind::kLetter, 0, false});  // takes nothing: no text holds U+0000 here
    }
    words_ = (elements_.size() + 63) / 64;
    MakeMasks();
  }

  [[nodiscard]] std::size_t words() const { return words_; }

  void Start(Word* state) const {
    std::fill(state, state + words_, 0);
    for (std::size_t start : starts_) state[start / 64] |= Word{1} << (start % 64);
    PassStars(state);
  }

  // All positions at once: those that take the letter move on by one, stars stay.
  void Step(const Word* from, char32_t letter, Word* to) const {
    auto own = masks_.find(letter);
    const Word* takes = (own == masks_.end() ? other_ : own->second).data();
    const Word* stays = (letter == U':' ? colon_stays_ : stars_).data();
    Word carry = 0;
    for (std::size_t w = 0; w < words_; ++w) {
      Word moves = from[w] & takes[w];
      to[w] = (moves << 1 | carry) | (from[w] & stays[w]);
      carry = moves >> 63;
    }
    PassStars(to);
  }

  // The letters that some active position tells from the others.
  void Letters(const Word* state, std::vector<char32_t>& out) const {
    ForEachPosition(state, [&](std::size_t position) {
      const Element& element = elements_[position];
      switch (element.kind) {
        case ElementKind::kLetter:
          if (element.letter != 0) out.push_back(element.letter);
          return;
        case ElementKind::kLetterFold:
          out.push_back(element.letter);
          if (element.letter >= U'a' && element.letter <= U'z') out.push_back(element.letter - 32);
          return;
        case ElementKind::kOneInSegment:
        case ElementKind::kAnyInSegment:
          out.push_back(U':');
          return;
        case ElementKind::kOne:
        case ElementKind::kAny:
          return;
      }
    });
  }

  [[nodiscard]] bool Accepts(const Word* state, std::size_t pattern) const {
    std::size_t position = accepts_[pattern];
    return (state[position / 64] >> (position % 64) & 1) != 0;
  }

  // True when some position of patterns [first, last) is active.
  [[nodiscard]] bool Alive(const Word* state, std::size_t first, std::size_t last) const {
    for (std::size_t p = first; p < last; ++p) {
      for (std::size_t position = starts_[p]; position <= accepts_[p]; ++position) {
        if ((state[position / 64] >> (position % 64) & 1) != 0) return true;
      }
    }
    return false;
  }

 private:
  void Set(std::vector<Word>& mask, std::size_t position) const {
    mask[position / 64] |= Word{1} << (position % 64);
  }

  // Which positions take a letter: `other_` for letters that no pattern names.
  void MakeMasks() {
    other_.assign(words_, 0);
    stars_.assign(words_, 0);
    colon_stays_.assign(words_, 0);
    std::vector<std::size_t> bounded;
    for (std::size_t p = 0; p < elements_.size(); ++p) {
      switch (elements_[p].kind) {
        case ElementKind::kLetter:
        case ElementKind::kLetterFold:
          break;
        case ElementKind::kOne:
          Set(other_, p);
          break;
        case ElementKind::kOneInSegment:
          Set(other_, p);
          bounded.push_back(p);
          break;
        case ElementKind::kAny:
          Set(stars_, p);
          Set(colon_stays_, p);
          break;
        case ElementKind::kAnyInSegment:
          Set(stars_, p);
          break;
      }
    }
    auto mask = [&](char32_t letter) -> std::vector<Word>& {
      return masks_.try_emplace(letter, other_).first->second;
    };
    std::vector<Word>& colon = mask(U':');
    for (std::size_t p : bounded) colon[p / 64] &= ~(Word{1} << (p % 64));
    for (std::size_t p = 0; p < elements_.size(); ++p) {
      const Element& element = elements_[p];
      if (element.letter == 0) continue;
      if (element.kind == ElementKind::kLetter || element.kind == ElementKind::kLetterFold)
        Set(mask(element.letter), p);
      if (element.kind == ElementKind::kLetterFold && element.letter >= U'a' &&
          element.letter <= U'z')
        Set(mask(element.letter - 32), p);
    }
  }

  // A star takes no letter, too: the position behind it is reached with it.
  void PassStars(Word* state) const {
    for (bool more = true; more;) {
      more = false;
      Word carry = 0;
      for (std::size_t w = 0; w < words_; ++w) {
        Word stars = state[w] & stars_[w];
        Word reached = stars << 1 | carry;
        carry = stars >> 63;
        more = more || (reached & ~state[w] & stars_[w]) != 0;  // a star behind a star
        state[w] |= reached;
      }
    }
  }

  template <typename Visit>
  void ForEachPosition(const Word* state, Visit visit) const {
    for (std::size_t w = 0; w < words_; ++w) {
      for (Word bits = state[w]; bits != 0; bits &= bits - 1) {
        visit(w * 64 + static_cast<std::size_t>(__builtin_ctzll(bits)));
      }
    }
  }

  std::vector<Element> elements_;
  std::vector<std::size_t> starts_;
  std::vector<std::size_t> accepts_;
  std::unordered_map<char32_t, std::vector<Word>> masks_;
  std::vector<Word> other_;
  std::vector<Word> stars_;
  std::vector<Word> colon_stays_;  // stars that cross segments
  std::size_t words_ = 0;
};

// The breadth-first walk.
class Walk {
 public:
  Walk(const TextClassesRequest& request, const std::vector<const Pattern*>& globs,
       const std::vector<std::string>& literals)
      : request_(request),
        universe_(request.universe.size()),
        patterns_(universe_ + globs.size()),
        automaton_(Joined(request.universe, globs)),
        states_(0, StateHash{this}, StateEqual{this}) {
    for (const std::string& literal : literals) trie_.Add(Decode(literal));
    PickFresh(request.universe, globs);
  }

  TextClasses Run() {
    std::vector<Word> start(automaton_.words());
    automaton_.Start(start.data());
    Visit(start.data(), 0, 0, 0);
    std::vector<Word> next(automaton_.words());
    std::vector<char32_t> letters;
    for (std::uint32_t s = 0; s < parents_.size() && result_.complete; ++s) {
      letters.clear();
      automaton_.Letters(State(s), letters);
      if (tries_[s] != Trie::kDead) {
        for (const auto& [letter, node] : trie_.nodes[tries_[s]].next) letters.push_back(letter);
      }
      // Upper case last: an example in lower case is the more likely one.
      auto upper = [](char32_t letter) { return letter >= U'A' && letter <= U'Z'; };
      std::sort(letters.begin(), letters.end(),
                [&](char32_t a, char32_t b) { return upper(a) != upper(b) ? upper(b) : a < b; });
      letters.erase(std::unique(letters.begin(), letters.end()), letters.end());
      letters.insert(letters.begin(), fresh_);
      if (!Spend(letters.size())) break;
      for (char32_t letter : letters) {
        automaton_.Step(State(s), letter, next.data());
        if (universe_ > 0 && !automaton_.Alive(next.data(), 0, universe_)) continue;
        Visit(next.data(), trie_.Step(tries_[s], letter), s, letter);
      }
    }
    Accept(0);  // the empty text last: it is an example only where nothing else is
    return std::move(result_);
  }

 private:
  struct StateHash {
    const Walk* walk;
    std::size_t operator()(std::uint32_t s) const {
      std::uint64_t hash = 1469598103934665603ULL ^ walk->tries_[s];
      const Word* state = walk->State(s);
      for (std::size_t i = 0; i < walk->automaton_.words(); ++i) {
        hash = (hash ^ state[i]) * 1099511628211ULL;
        hash ^= hash >> 29;
      }
      return hash;
    }
  };
  struct StateEqual {
    const Walk* walk;
    bool operator()(std::uint32_t a, std::uint32_t b) const {
      return walk->tries_[a] == walk->tries_[b] &&
             std::equal(walk->State(a), walk->State(a) + walk->automaton_.words(), walk->State(b));
    }
  };

  // Takes the steps to one state's successors from those that are shared.
  bool Spend(std::size_t letters) {
    if (request_.steps == nullptr) return true;
    std::uint64_t cost = letters * (1 + automaton_.words() / 4);
    if (*request_.steps < cost) {
      *request_.steps = 0;
      result_.complete = false;
      return false;
    }
    *request_.steps -= cost;
    return true;
  }

  static std::vector<const Pattern*> Joined(const std::vector<const Pattern*>& a,
                                            const std::vector<const Pattern*>& b) {
    std::vector<const Pattern*> all = a;
    all.insert(all.end(), b.begin(), b.end());
    return all;
  }

  void PickFresh(const std::vector<const Pattern*>& a, const std::vector<const Pattern*>& b) {
    std::unordered_set<char32_t> used{U':'};
    for (const auto* list : {&a, &b}) {
      for (const Pattern* pattern : *list) {
        for (const Element& element : pattern->elements) {
          used.insert(element.letter);
          if (element.kind == ElementKind::kLetterFold) used.insert(element.letter - 32);
        }
      }
    }
    for (const Trie::Node& node : trie_.nodes) {
      for (const auto& [letter, next] : node.next) used.insert(letter);
    }
    for (char32_t letter : kFreshLetters) {
      if (!used.contains(letter)) {
        fresh_ = letter;
        return;
      }
    }
    for (fresh_ = 0x4E00; used.contains(fresh_); ++fresh_) {
    }
  }

  [[nodiscard]] const Word* State(std::uint32_t s) const {
    return bits_.data() + s * automaton_.words();
  }

  void Visit(const Word* state, std::uint32_t trie, std::uint32_t parent, char32_t letter) {
    auto id = static_cast<std::uint32_t>(parents_.size());
    bits_.insert(bits_.end(), state, state + automaton_.words());
    tries_.push_back(trie);
    parents_.push_back(parent);
    letters_.push_back(letter);
    if (!states_.insert(id).second) {
      bits_.resize(bits_.size() - automaton_.words());
      tries_.pop_back();
      parents_.pop_back();
      letters_.pop_back();
      return;
    }
    // The memory of all states together is bounded, not only their number.
    if (parents_.size() >= request_.max_states || bits_.size() > kMaxWords)
      result_.complete = false;
    if (id != 0) Accept(id);
  }

  void Accept(std::uint32_t id) {
    const Word* state = State(id);
    bool inside = universe_ == 0;
    for (std::size_t p = 0; p < universe_ && !inside; ++p) inside = automaton_.Accepts(state, p);
    if (!inside) return;
    if (tries_[id] != Trie::kDead && trie_.nodes[tries_[id]].end)
      return;  // a literal: a class of its own
    std::vector<bool> vector(patterns_ - universe_);
    for (std::size_t p = universe_; p < patterns_; ++p)
      vector[p - universe_] = automaton_.Accepts(state, p);
    if (!classes_.insert(std::move(vector)).second) return;
    std::u32string text;
    for (std::uint32_t s = id; s != 0; s = parents_[s]) text += letters_[s];
    std::reverse(text.begin(), text.end());
    result_.examples.push_back(Encode(text));
    if (result_.examples.size() >= request_.max_classes) result_.complete = false;
  }

  const TextClassesRequest& request_;
  std::size_t universe_;
  std::size_t patterns_;
  Automaton automaton_;
  Trie trie_;
  char32_t fresh_ = U'x';
  std::vector<Word> bits_;
  std::vector<std::uint32_t> tries_;
  std::vector<std::uint32_t> parents_;
  std::vector<char32_t> letters_;
  std::unordered_set<std::uint32_t, StateHash, StateEqual> states_;
  std::unordered_set<std::vector<bool>> classes_;
  TextClasses result_;
};

// Whether the automaton's masks, one for each letter that a pattern names, would take too much
// memory.
bool IsTooLarge(const std::vector<const Pattern*>& universe,
                const std::vector<const Pattern*>& globs) {
  std::unordered_set<char32_t> letters;
  std::size_t positions = 0;
  for (const auto* list : {&universe, &globs}) {
    for (const Pattern* pattern : *list) {
      positions += pattern->elements.size() + 1;
      for (const Element& element : pattern->elements) letters.insert(element.letter);
    }
  }
  return (letters.size() + 1) * (positions / 64 + 1) > kMaxWords;
}

bool InUniverse(const TextClassesRequest& request, std::string_view text) {
  return request.universe.empty() ||
         std::any_of(request.universe.begin(), request.universe.end(),
                     [&](const Pattern* p) { return Matches(*p, text, VariableReading::kMay); });
}

}  // namespace

TextClasses FindTextClasses(const TextClassesRequest& request) {
  std::vector<const Pattern*> globs;
  std::vector<std::string> literals;
  std::unordered_set<std::string> seen;
  auto add_literal = [&](const std::string& text) {
    if (InUniverse(request, text) && seen.insert(text).second) literals.push_back(text);
  };
  for (const std::string& text : request.literals) add_literal(text);
  for (const Pattern* pattern : request.patterns) {
    if (pattern->is_literal) {
      add_literal(pattern->literal);
    } else if (std::none_of(globs.begin(), globs.end(),
                            [&](const Pattern* p) { return *p == *pattern; })) {
      globs.push_back(pattern);
    }
  }
  if (IsTooLarge(request.universe, globs)) {
    TextClasses none;
    none.complete = false;
    none.examples = std::move(literals);
    return none;
  }
  // Few patterns make a small automaton, with the shorter examples.
  constexpr std::size_t kFewPatterns = 6;
  std::optional<TextClasses> affix;
  if (globs.size() > kFewPatterns) affix = FindAffixClasses(request, globs, literals);
  TextClasses classes = affix ? std::move(*affix) : Walk(request, globs, literals).Run();
  if (!classes.complete && classes.examples.size() > kKept) classes.examples.resize(kKept);
  classes.examples.insert(classes.examples.end(), literals.begin(), literals.end());
  return classes;
}

}  // namespace preview::access
