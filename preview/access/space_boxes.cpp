// Boxes of the space: that of a rule, of one value of a test, of a context; and what is asked of
// a box.

#include <algorithm>

#include "model/check.h"
#include "preview/access/space.h"

namespace preview::access {

bool Space::HoldsFor(const Test& test, const ContextValue& value, bool multivalued, bool largest,
                     bool& approximate) const {
  VariableReading reading = largest ? VariableReading::kMay : VariableReading::kNever;
  bool holds = Holds(test, value, multivalued, reading);
  auto opened = opened_.find(&test);
  if (opened == opened_.end() || !value || multivalued || value->empty()) return holds;
  auto names = named_.find(test.key);
  if (names == named_.end() || !names->second.contains(value->front())) return holds;
  // A text that the policy names and a symbol may turn out to be the same: an Allow then takes it
  // in, a Deny that spares the symbol spares it.
  bool may = Holds(opened->second, value, multivalued, reading);
  bool result = largest ? holds || may : holds && (!test.negated || may);
  approximate = approximate || result != holds;
  return result;
}

CompiledRule Space::Compile(const Rule& rule, std::size_t layer) const {
  CompiledRule out;
  out.rule = &rule;
  out.approximate = rule.statement.approximate;
  bool allow = rule.statement.effect == model::Effect::kAllow;
  out.box = BoxOf(rule, layer, allow, out.approximate);
  if (!allow && out.approximate) {
    bool ignored = false;
    out.largest = BoxOf(rule, layer, true, ignored);
  }
  return out;
}

Box Space::BoxOf(const Rule& rule, std::size_t layer, bool largest, bool& approximate) const {
  Box box = everything_;
  const std::vector<Word> callers = CallersOf(rule);
  for (std::size_t w = 0; w < callers.size(); ++w) box[w] &= callers[w];
  for (const Test& test : TestsOf(rule)) {
    auto [d, component] = key_index_.at(test.key);
    const Dimension& dimension = dimensions_[d];
    for (const TestValue& value : test.values)
      approximate = approximate || value.pattern.has_variable;
    for (std::size_t i = 0; i < dimension.atoms.size(); ++i) {
      if (!HasAtom(box, d, i)) continue;
      if (!HoldsFor(test, dimension.atoms[i][component], dimension.multivalued[component], largest,
                    approximate)) {
        ClearAtom(box, d, i);
      }
    }
  }
  RestrictToResources(rule, layer, largest, box, approximate);
  // Values beyond a bound: an Allow may reach them; a Deny that looks at the dimension does not.
  for (std::size_t d = 0; d < dimensions_.size(); ++d) {
    if (!dimensions_[d].rest) continue;
    std::size_t rest = *dimensions_[d].rest;
    if (largest || !LooksAt(rule, layer, d)) {
      box[dimensions_[d].offset + rest / 64] |= Word{1} << (rest % 64);
    } else {
      ClearAtom(box, d, rest);
    }
  }
  return box;
}

void Space::IndexCallers() {
  for (std::uint32_t i = 0; i < callers_.size(); ++i) {
    const Caller& caller = callers_[i];
    if (caller.is_signed()) callers_by_account_[caller.account].push_back(i);
    callers_by_arn_[caller.arn].push_back(i);
    if (!caller.canonical.empty()) callers_by_canonical_[caller.canonical].push_back(i);
  }
}

void Space::IndexValues() {
  constexpr std::size_t kSmall = 64;
  for (const auto& [key, place] : key_index_) {
    const auto& [d, component] = place;
    if (dimensions_[d].atoms.size() <= kSmall) continue;
    ValuePlaces& places = values_by_key_[key];
    for (std::uint32_t i = 0; i < dimensions_[d].atoms.size(); ++i) {
      const ContextValue& value = dimensions_[d].atoms[i][component];
      if (!value) continue;
      for (const std::string& text : *value) {
        places.by_text[text].push_back(i);
        if (auto address = ParseAddress(text)) places.by_address.emplace_back(*address, i);
      }
    }
    std::sort(places.by_address.begin(), places.by_address.end());
  }
}

std::vector<Word> Space::AllAtoms(std::size_t dimension) const {
  const Dimension& d = dimensions_[dimension];
  auto from = everything_.begin() + static_cast<std::ptrdiff_t>(d.offset);
  return {from, from + static_cast<std::ptrdiff_t>(d.words)};
}

std::vector<Word> Space::CallersOf(const PrincipalMatcher& matcher) const {
  using Form = PrincipalMatcher::Form;
  const std::unordered_map<std::string_view, Places>* places = nullptr;
  std::string_view name;
  switch (matcher.form) {
    case Form::kAccount:
    case Form::kSession:
      places = &callers_by_account_;
      name = matcher.account;
      break;
    case Form::kArn:
    case Form::kFederated:
      places = &callers_by_arn_;
      name = matcher.arn;
      break;
    case Form::kCanonicalUser:
      places = &callers_by_canonical_;
      name = matcher.arn;
      break;
    case Form::kEveryone:
    case Form::kSigned:
    case Form::kNobody:
      return CallersWhere([&](const Caller& caller) { return matcher.Matches(caller); });
  }
  std::vector<Word> atoms(dimensions_[0].words);
  auto found = places->find(name);
  if (found == places->end()) return atoms;
  for (std::uint32_t i : found->second) {
    if (matcher.Matches(callers_[i])) atoms[i / 64] |= Word{1} << (i % 64);
  }
  return atoms;
}

std::vector<Word> Space::CallersOf(const Rule& rule) const {
  if (rule.signed_only) return CallersWhere([](const Caller& c) { return c.is_signed(); });
  std::vector<Word> out(dimensions_[0].words);
  for (const PrincipalMatcher& matcher : MatchersOf(rule)) {
    const std::vector<Word> atoms = CallersOf(matcher);
    for (std::size_t w = 0; w < out.size(); ++w) out[w] |= atoms[w];
  }
  if (!rule.statement.not_principal) return out;
  for (std::size_t w = 0; w < out.size(); ++w) out[w] = everything_[w] & ~out[w];
  return out;
}

std::vector<Word> Space::ValueAtoms(const Test& test, const TestValue& value) const {
  auto key = key_index_.find(test.key);
  PREVIEW_CHECK(key != key_index_.end());
  auto [d, component] = key->second;
  const Dimension& dimension = dimensions_[d];
  std::vector<Word> out(dimension.words);
  auto add = [&, c = component](std::size_t i) {
    const ContextValue& texts = dimension.atoms[i][c];
    bool any = texts && std::any_of(texts->begin(), texts->end(), [&](const std::string& text) {
                 return ValueMatches(test, value, text, VariableReading::kMay);
               });
    if (any) out[i / 64] |= Word{1} << (i % 64);
  };
  auto places = values_by_key_.find(test.key);
  bool text = test.family == Family::kString || test.family == Family::kArn ||
              test.family == Family::kBinary;
  if (places != values_by_key_.end() && text && value.pattern.is_literal) {
    auto found = places->second.by_text.find(value.pattern.literal);
    if (found == places->second.by_text.end()) return out;
    for (std::uint32_t i : found->second) add(i);
  } else if (places != values_by_key_.end() && test.family == Family::kIp && value.network) {
    const auto& addresses = places->second.by_address;
    auto from = std::lower_bound(addresses.begin(), addresses.end(),
                                 std::pair(value.network->first, std::uint32_t{0}));
    for (; from != addresses.end() && from->first <= value.network->last; ++from) add(from->second);
  } else {
    for (std::size_t i = 0; i < dimension.atoms.size(); ++i) add(i);
  }
  return out;
}

Box Space::ContextBox(const std::string& key, const std::string& text) const {
  Box box = everything_;
  auto found = key_index_.find(key);
  if (found == key_index_.end()) return box;
  auto [d, component] = found->second;
  for (std::size_t i = 0; i < dimensions_[d].atoms.size(); ++i) {
    const ContextValue& value = dimensions_[d].atoms[i][component];
    if (!value || value->front() != text) ClearAtom(box, d, i);
  }
  return box;
}

bool Space::EmptyIn(const Box& box, std::size_t dimension) const {
  const Dimension& d = dimensions_[dimension];
  return std::all_of(box.begin() + static_cast<std::ptrdiff_t>(d.offset),
                     box.begin() + static_cast<std::ptrdiff_t>(d.offset + d.words),
                     [](Word w) { return w == 0; });
}

bool Space::Empty(const Box& box) const {
  for (std::size_t d = 0; d < dimensions_.size(); ++d) {
    if (EmptyIn(box, d)) return true;
  }
  return false;
}

std::optional<std::size_t> Space::FirstAtom(const Box& box, std::size_t dimension) const {
  const Dimension& d = dimensions_[dimension];
  for (std::size_t w = 0; w < d.words; ++w) {
    Word word = box[d.offset + w];
    if (word != 0) return w * 64 + static_cast<std::size_t>(__builtin_ctzll(word));
  }
  return std::nullopt;
}

void Space::ClearAtom(Box& box, std::size_t dimension, std::size_t atom) const {
  box[dimensions_[dimension].offset + atom / 64] &= ~(Word{1} << (atom % 64));
}

bool Space::HasAtom(const Box& box, std::size_t dimension, std::size_t atom) const {
  return (box[dimensions_[dimension].offset + atom / 64] >> (atom % 64) & 1) != 0;
}

}  // namespace preview::access
