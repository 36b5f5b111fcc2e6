#include "preview/access/affix_classes.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_set>

namespace preview::access {

namespace {

using Text = std::u32string;

constexpr std::size_t kMaxTests = 4'000'000;  // of a pattern against a text

struct Affix {
  Text prefix;
  Text suffix;
  std::size_t shortest = 0;  // length of the shortest text that matches
  bool exact = false;        // matches `prefix` and nothing else

  [[nodiscard]] bool Matches(const Text& text) const {
    if (exact) return text == prefix;
    return text.size() >= shortest && text.starts_with(prefix) && text.ends_with(suffix);
  }
};

std::optional<Affix> AffixOf(const Pattern& pattern) {
  const auto& elements = pattern.elements;
  auto is_letter = [](const Element& e) { return e.kind == ElementKind::kLetter; };
  auto first = std::find_if_not(elements.begin(), elements.end(), is_letter);
  auto last = std::find_if_not(elements.rbegin(), elements.rend(), is_letter).base();
  Affix affix;
  for (auto it = elements.begin(); it != first; ++it) affix.prefix += it->letter;
  affix.exact = first == elements.end();
  if (affix.exact) return affix;
  bool star = false;
  for (auto it = first; it != last; ++it) {
    if (it->kind != ElementKind::kOne && it->kind != ElementKind::kAny) return std::nullopt;
    star = star || it->kind == ElementKind::kAny;
    if (it->kind == ElementKind::kOne) ++affix.shortest;
  }
  if (!star) return std::nullopt;
  for (auto it = last; it != elements.end(); ++it) affix.suffix += it->letter;
  affix.shortest += affix.prefix.size() + affix.suffix.size();
  return affix;
}

class Affixes {
 public:
  Affixes(const TextClassesRequest& request, const std::vector<std::string>& literals)
      : request_(request) {
    for (const std::string& literal : literals) literals_.insert(Decode(literal));
  }

  bool Add(const std::vector<const Pattern*>& patterns, std::vector<Affix>& out) {
    for (const Pattern* pattern : patterns) {
      auto affix = AffixOf(*pattern);
      if (!affix) return false;
      if (affix->exact) {
        exact_.insert(affix->prefix);
      } else {
        prefixes_.insert(affix->prefix);
        suffixes_.insert(affix->suffix);
        spare_ = std::max(spare_, affix->shortest - affix->prefix.size() - affix->suffix.size());
      }
      out.push_back(std::move(*affix));
    }
    return true;
  }

  std::optional<TextClasses> Run(const std::vector<const Pattern*>& globs) {
    if (!Add(request_.universe, universe_) || !Add(globs, patterns_)) return std::nullopt;
    prefixes_.insert(Text());
    suffixes_.insert(Text());
    if (prefixes_.size() * suffixes_.size() * (spare_ + 1) > kMaxTests / (patterns_.size() + 1))
      return std::nullopt;
    PickFresh();
    for (const Text& prefix : prefixes_) {
      for (const Text& suffix : suffixes_) TryPair(prefix, suffix);
    }
    for (const Text& text : exact_) Try(text);
    return Result();
  }

 private:
  // Shorter ones first; the empty text is an example only where nothing else is.
  static bool IsBetter(const Text& a, const Text& b) {
    auto rank = [](const Text& text) { return text.empty() ? Text::npos : text.size(); };
    return rank(a) != rank(b) ? rank(a) < rank(b) : a < b;
  }

  void PickFresh() {
    std::set<char32_t> used;
    for (const auto* texts : {&prefixes_, &suffixes_, &exact_, &literals_}) {
      for (const Text& text : *texts) used.insert(text.begin(), text.end());
    }
    for (char32_t letter : U"xyzwqvkjuhgfod") {
      if (letter != 0 && !used.contains(letter)) {
        fresh_ = letter;
        return;
      }
    }
    for (fresh_ = 0x4E00; used.contains(fresh_); ++fresh_) {
    }
  }

  void TryPair(const Text& prefix, const Text& suffix) {
    // One unused letter keeps the two apart, even where no pattern asks for one.
    for (std::size_t spare = 0; spare <= std::max<std::size_t>(spare_, 1); ++spare)
      Try(prefix + Text(spare, fresh_) + suffix);
    std::size_t most = std::min(prefix.size(), suffix.size());
    for (std::size_t overlap = 1; overlap <= most; ++overlap) {
      if (prefix.compare(prefix.size() - overlap, overlap, suffix, 0, overlap) == 0)
        Try(prefix + suffix.substr(overlap));
    }
  }

  void Try(const Text& text) {
    auto matches = [&](const Affix& affix) { return affix.Matches(text); };
    if (!universe_.empty() && std::none_of(universe_.begin(), universe_.end(), matches)) return;
    if (literals_.contains(text)) return;  // a class of its own
    std::vector<bool> vector(patterns_.size());
    for (std::size_t p = 0; p < patterns_.size(); ++p) vector[p] = patterns_[p].Matches(text);
    auto [it, added] = examples_.try_emplace(std::move(vector), text);
    if (!added && IsBetter(text, it->second)) it->second = text;
  }

  [[nodiscard]] TextClasses Result() const {
    std::vector<Text> texts;
    for (const auto& [vector, text] : examples_) texts.push_back(text);
    std::sort(texts.begin(), texts.end(), IsBetter);
    TextClasses out;
    out.complete = texts.size() < request_.max_classes;
    if (!out.complete) texts.resize(request_.max_classes);
    for (const Text& text : texts) out.examples.push_back(Encode(text));
    return out;
  }

  const TextClassesRequest& request_;
  std::set<Text> literals_;
  std::set<Text> prefixes_;
  std::set<Text> suffixes_;
  std::set<Text> exact_;
  std::vector<Affix> universe_;
  std::vector<Affix> patterns_;
  std::size_t spare_ = 0;  // the most `?` of a pattern
  char32_t fresh_ = U'x';
  std::map<std::vector<bool>, Text> examples_;
};

}  // namespace

std::optional<TextClasses> FindAffixClasses(const TextClassesRequest& request,
                                            const std::vector<const Pattern*>& globs,
                                            const std::vector<std::string>& literals) {
  return Affixes(request, literals).Run(globs);
}

}  // namespace preview::access
