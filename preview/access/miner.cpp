#include "preview/access/miner.h"

#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <unordered_set>

#include "preview/access/keys.h"

namespace preview::access {

namespace {

constexpr std::size_t kMaxCandidates = 60'000;
// Findings of one class of actions; nobody reads more, and each takes memory.
constexpr std::size_t kMaxFindings = 12'000;
// So many are kept beside a widest one that covers them.
constexpr std::size_t kKeptFindings = 1'000;
// What a finding adds to the steps, so that a long answer is not cut for its length.
constexpr std::uint64_t kStepsPerFinding = 1'000;

// Web identity providers that anybody can get an identity from; without an audience they are
// everybody (S3's rule).
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
bool IsOpenProvider(std::string_view provider) {
  return provider == "cognito-identity.amazonaws.com" || provider == "accounts.google.com" ||
         provider == "graph.facebook.com" || provider == "www.amazon.com";
}

using Atoms = std::vector<Word>;

bool Includes(const Atoms& outer, const Atoms& inner) {
  for (std::size_t i = 0; i < outer.size(); ++i) {
    if ((inner[i] & ~outer[i]) != 0) return false;
  }
  return true;
}

bool IsEmpty(const Atoms& atoms) {
  return std::all_of(atoms.begin(), atoms.end(), [](Word w) { return w == 0; });
}

std::size_t Count(const Atoms& atoms) {
  std::size_t n = 0;
  for (Word word : atoms) n += static_cast<std::size_t>(__builtin_popcountll(word));
  return n;
}

// Whether no two values but "any" share an atom (accounts, literals): they need no comparison.
bool AreDisjoint(const View& view) {
  Atoms joint(view.values[0].atoms.size());
  std::size_t total = 0;
  for (std::size_t i = 1; i < view.values.size(); ++i) {
    for (std::size_t w = 0; w < joint.size(); ++w) joint[w] |= view.values[i].atoms[w];
    total += Count(view.values[i].atoms);
  }
  return total == Count(joint);
}

// Orders the values of a view by inclusion: children, ancestors, own parts. Value 0 is "any".
void Order(View& view) {
  std::size_t n = view.values.size();
  for (ViewValue& value : view.values) value.own = value.atoms;
  bool disjoint = AreDisjoint(view);
  for (std::size_t i = 0; i < n; ++i) view.values[i].ancestors.push_back(i);
  for (std::size_t i = 1; i < n; ++i) {
    const Atoms& atoms = view.values[i].atoms;
    for (std::size_t j = 1; j < n && !disjoint; ++j) {
      if (i != j && Includes(view.values[j].atoms, atoms)) view.values[i].ancestors.push_back(j);
    }
    if (Includes(view.values[0].atoms, atoms)) view.values[i].ancestors.push_back(0);
  }
  for (std::size_t i = 1; i < n; ++i) {
    for (std::size_t parent : view.values[i].ancestors) {
      if (parent == i) continue;
      // A child directly below: no other ancestor lies between.
      bool direct = std::none_of(
          view.values[i].ancestors.begin(), view.values[i].ancestors.end(), [&](std::size_t k) {
            if (k == i || k == parent || k == 0) return false;
            const auto& above = view.values[k].ancestors;
            return std::find(above.begin(), above.end(), parent) != above.end();
          });
      if (!direct) continue;
      view.values[parent].children.push_back(i);
      Atoms& own = view.values[parent].own;
      for (std::size_t w = 0; w < own.size(); ++w) own[w] &= ~view.values[i].atoms[w];
    }
  }
}

// Of two texts that mean the same, the one that is shown, whichever comes first in the policy.
bool IsPlainer(const std::string& a, const std::string& b) {
  auto upper = [](const std::string& text) {
    return std::count_if(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  };
  if (upper(a) != upper(b)) return upper(a) < upper(b);
  return a.size() != b.size() ? a.size() < b.size() : a < b;
}

struct AtomsHash {
  std::size_t operator()(const Atoms& atoms) const {
    std::uint64_t hash = 1469598103934665603ULL;
    for (Word word : atoms) {
      hash = (hash ^ word) * 1099511628211ULL;
      hash ^= hash >> 29;
    }
    return hash;
  }
};

// The values of a view by their atoms.
using ValueIndex = std::unordered_map<Atoms, std::size_t, AtomsHash>;

// Adds a value unless an equal set is there already; "any" is no value to be equal to.
bool AddValue(View& view, ValueIndex& index, std::string text, Atoms atoms, bool fixed) {
  if (IsEmpty(atoms)) return false;
  auto [it, added] = index.try_emplace(atoms, view.values.size());
  if (!added) {
    ViewValue& value = view.values[it->second];
    value.fixed = value.fixed || fixed;
    if (view.principals.empty() && IsPlainer(text, value.text)) value.text = std::move(text);
    return false;
  }
  ViewValue value;
  value.text = std::move(text);
  value.atoms = std::move(atoms);
  value.fixed = fixed;
  view.values.push_back(std::move(value));
  return true;
}

// What a Principal entry is in a finding; nothing for entries that name nobody in particular.
std::optional<model::Principal> Shown(const model::PrincipalEntry& entry,
                                      const PrincipalMatcher& matcher) {
  switch (matcher.form) {
    case PrincipalMatcher::Form::kAccount:
      return model::Principal{"AWS", matcher.account};
    case PrincipalMatcher::Form::kArn:
    case PrincipalMatcher::Form::kSession:
      return model::Principal{"AWS", entry.text};
    case PrincipalMatcher::Form::kFederated:
      return model::Principal{"Federated", entry.text};
    case PrincipalMatcher::Form::kCanonicalUser:
      return model::Principal{"CanonicalUser", entry.text};
    case PrincipalMatcher::Form::kEveryone:
    case PrincipalMatcher::Form::kSigned:
    case PrincipalMatcher::Form::kNobody:
      return std::nullopt;
  }
  return std::nullopt;
}

// The canonical users who are findings of their own. Whoever one is, he is somebody in an account
// outside: if he is only denied, what he is let in by is found under another principal.
std::set<std::string> CanonicalUsers(const std::vector<const CompiledRule*>& rules) {
  std::set<std::string> out;
  for (const CompiledRule* rule : rules) {
    const model::Statement& statement = rule->rule->statement;
    if (statement.effect == model::Effect::kDeny && !statement.not_principal) continue;
    for (const model::PrincipalEntry& entry : statement.principals) {
      if (entry.kind == model::PrincipalKind::kCanonicalUser) out.insert(entry.text);
    }
  }
  return out;
}

View CallerViewOf(const Space& space, const std::vector<const CompiledRule*>& rules) {
  View view;
  view.dimension = 0;
  std::set<std::string> named = CanonicalUsers(rules);
  // "Any" is any AWS caller and anonymous ones; federated callers and canonical users are named on
  // their own.
  ViewValue any;
  any.atoms = space.CallersWhere([&](const Caller& caller) {
    return caller.kind != CallerKind::kFederated && !named.contains(caller.canonical);
  });
  const Atoms plain =
      space.CallersWhere([&](const Caller& c) { return !named.contains(c.canonical); });
  view.values.push_back(std::move(any));
  ValueIndex index;
  view.principals.push_back({"AWS", "*"});
  for (const CompiledRule* rule : rules) {
    const auto& matchers = space.MatchersOf(*rule->rule);
    for (std::size_t i = 0; i < matchers.size(); ++i) {
      const std::string& entry = rule->rule->statement.principals[i].text;
      auto shown = Shown(rule->rule->statement.principals[i], matchers[i]);
      if (!shown) continue;
      bool canonical = matchers[i].form == PrincipalMatcher::Form::kCanonicalUser;
      if (canonical && !named.contains(entry)) continue;
      Atoms callers = space.CallersOf(matchers[i]);
      for (std::size_t w = 0; w < callers.size(); ++w)
        callers[w] &= canonical ? ~plain[w] : plain[w];
      if (AddValue(view, index, shown->kind + ":" + shown->value, std::move(callers), true))
        view.principals.push_back(*shown);
    }
  }
  return view;
}

bool NamesValues(const Test& test) {
  switch (test.family) {
    case Family::kString:
    case Family::kArn:
    case Family::kIp:
    case Family::kBinary:
      return true;
    case Family::kNumeric:
    case Family::kDate:
    case Family::kBool:
    case Family::kNull:
      return false;
  }
  return false;
}

// A set of candidates. A candidate is one number where the views have few enough values for that,
// as all but made-up policies have, else a text.
class CandidateSet {
 public:
  explicit CandidateSet(const std::vector<View>& views) {
    std::uint64_t stride = 1;
    for (const View& view : views) {
      strides_.push_back(stride);
      if (stride > (std::uint64_t{1} << 62) / view.values.size()) {
        strides_.clear();
        return;
      }
      stride *= view.values.size();
    }
  }

  bool Insert(const std::vector<std::size_t>& candidate) {
    return strides_.empty() ? texts_.insert(Text(candidate)).second
                            : numbers_.insert(Number(candidate)).second;
  }
  [[nodiscard]] bool Contains(const std::vector<std::size_t>& candidate) const {
    return strides_.empty() ? texts_.contains(Text(candidate))
                            : numbers_.contains(Number(candidate));
  }
  [[nodiscard]] std::size_t size() const { return numbers_.size() + texts_.size(); }

 private:
  [[nodiscard]] std::uint64_t Number(const std::vector<std::size_t>& candidate) const {
    std::uint64_t number = 0;
    for (std::size_t v = 0; v < candidate.size(); ++v) number += candidate[v] * strides_[v];
    return number;
  }
  static std::string Text(const std::vector<std::size_t>& candidate) {
    std::string text;
    for (std::size_t value : candidate) text += std::to_string(value) + " ";
    return text;
  }

  std::vector<std::uint64_t> strides_;  // empty: texts
  std::unordered_set<std::uint64_t> numbers_;
  std::unordered_set<std::string> texts_;
};

// How many candidates take in all of `values`, itself included.
std::size_t AncestorsOf(const std::vector<View>& views, const std::vector<std::size_t>& values) {
  constexpr std::size_t kMany = std::size_t{1} << 32;
  std::size_t combinations = 1;
  for (std::size_t v = 0; v < views.size() && combinations < kMany; ++v)
    combinations *= views[v].values[values[v]].ancestors.size();
  return combinations;
}

// Whether an accepted candidate takes in all of `values`: some combination of their ancestors was
// accepted.
bool Covered(const std::vector<View>& views, const std::vector<std::size_t>& values,
             const std::vector<MinedFinding>& accepted, const CandidateSet& accepted_keys) {
  if (AncestorsOf(views, values) > accepted.size()) {
    return std::any_of(accepted.begin(), accepted.end(), [&](const MinedFinding& finding) {
      for (std::size_t v = 0; v < views.size(); ++v) {
        const auto& above = views[v].values[values[v]].ancestors;
        if (std::find(above.begin(), above.end(), finding.values[v]) == above.end()) return false;
      }
      return true;
    });
  }
  std::vector<std::size_t> position(views.size(), 0);
  std::vector<std::size_t> candidate(views.size());
  while (true) {
    for (std::size_t v = 0; v < views.size(); ++v)
      candidate[v] = views[v].values[values[v]].ancestors[position[v]];
    if (accepted_keys.Contains(candidate)) return true;
    std::size_t v = 0;
    while (v < views.size() && ++position[v] == views[v].values[values[v]].ancestors.size())
      position[v++] = 0;
    if (v == views.size()) return false;
  }
}

}  // namespace

std::vector<View> MakeViews(const Space& space, const std::vector<const CompiledRule*>& rules,
                            const std::set<std::string>& left_out) {
  std::vector<View> views;
  views.push_back(CallerViewOf(space, rules));
  std::map<std::string, View> by_key;
  std::map<std::string, ValueIndex> indices;
  for (const CompiledRule* rule : rules) {
    for (const Test& test : space.TestsOf(*rule->rule)) {
      auto tracked = TrackedKey(test.key);
      auto dimension = space.DimensionOf(test.key);
      if (!tracked || !dimension || !NamesValues(test) || left_out.contains(test.key)) continue;
      View& view = by_key[std::string(*tracked)];
      if (view.values.empty()) {
        // An audience key is shown as it is written: its spelling is the provider's.
        view.key = *tracked == test.key ? test.key_written : std::string(*tracked);
        view.dimension = *dimension;
        ViewValue any;
        any.atoms = space.AllAtoms(*dimension);
        view.values.push_back(std::move(any));
      }
      for (const TestValue& value : test.values) {
        bool fixed = BoundsPublic(test.key) &&
                     IsFixedValue(test.key, value.text, test.like, value.pattern.has_variable);
        AddValue(view, indices[std::string(*tracked)], value.text, space.ValueAtoms(test, value),
                 fixed);
      }
    }
  }
  for (auto& [key, view] : by_key) {
    if (view.values.size() > 1) views.push_back(std::move(view));
  }
  for (View& view : views) Order(view);
  return views;
}

Box GenericRegion(const Space& space, const std::vector<const CompiledRule*>& rules,
                  const std::set<std::string>& left_out) {
  Box box = space.everything();
  auto exclude = [&](std::size_t dimension, const Atoms& fixed) {
    const Dimension& d = space.dimensions()[dimension];
    for (std::size_t w = 0; w < d.words; ++w) box[d.offset + w] &= ~fixed[w];
  };
  for (const CompiledRule* rule : rules) {
    for (const PrincipalMatcher& matcher : space.MatchersOf(*rule->rule)) {
      if (matcher.form == PrincipalMatcher::Form::kEveryone ||
          matcher.form == PrincipalMatcher::Form::kFederated)
        continue;
      exclude(0, space.CallersOf(matcher));
    }
    for (const Test& test : space.TestsOf(*rule->rule)) {
      auto dimension = space.DimensionOf(test.key);
      if (!dimension || !BoundsPublic(test.key) || !NamesValues(test) ||
          left_out.contains(test.key))
        continue;
      for (const TestValue& value : test.values) {
        if (!IsFixedValue(test.key, value.text, test.like, value.pattern.has_variable)) continue;
        exclude(*dimension, space.ValueAtoms(test, value));
      }
    }
  }
  return box;
}

void IntersectAtoms(const Space& space, std::size_t dimension, const std::vector<Word>& atoms,
                    Box& box) {
  const Dimension& d = space.dimensions()[dimension];
  for (std::size_t w = 0; w < d.words; ++w) box[d.offset + w] &= atoms[w];
}

Box RegionOf(const Space& space, const std::vector<View>& views,
             const std::vector<std::size_t>& values) {
  Box box = space.everything();
  for (std::size_t v = 0; v < views.size(); ++v)
    IntersectAtoms(space, views[v].dimension, views[v].values[values[v]].atoms, box);
  return box;
}

namespace {

// The walk over the candidates of one class of actions.
class Miner {
 public:
  Miner(const Space& space, const std::vector<View>& views, const Box& region, const Access& access,
        const Box& generic, Search& search)
      : space_(space),
        views_(views),
        region_(region),
        access_(access),
        generic_(generic),
        search_(search),
        accepted_keys_(views),
        queued_(views) {}

  std::vector<MinedFinding> Run(bool& complete) {
    for (std::vector<std::size_t>& root : Roots()) Push(std::move(root));
    while (!queue_.empty()) {
      bool bound = queued_.size() > kMaxCandidates || accepted_.size() > kMaxFindings;
      if (bound || !search_.Spend(4 + views_.size() + space_.words() / 4)) {
        complete = false;
        break;
      }
      std::vector<std::size_t> candidate = std::move(queue_.front());
      queue_.pop_front();
      Visit(candidate);
    }
    if (!queue_.empty()) AddRoots();
    return std::move(accepted_);
  }

 private:
  // "Any" everywhere. Federated callers and canonical users are below no "any".
  [[nodiscard]] std::vector<std::vector<std::size_t>> Roots() const {
    std::vector<std::vector<std::size_t>> roots{std::vector<std::size_t>(views_.size(), 0)};
    for (std::size_t i = 1; i < views_[0].values.size(); ++i) {
      if (views_[0].principals[i].kind == "AWS") continue;
      roots.emplace_back(views_.size(), 0).front() = i;
    }
    return roots;
  }

  void Push(std::vector<std::size_t> candidate) {
    if (queued_.Insert(candidate)) queue_.push_back(std::move(candidate));
  }

  [[nodiscard]] bool IsCovered(const std::vector<std::size_t>& candidate) {
    search_.Spend(1 + std::min(accepted_.size(), AncestorsOf(views_, candidate)) / 4);
    return Covered(views_, candidate, accepted_, accepted_keys_);
  }

  void Visit(const std::vector<std::size_t>& candidate) {
    if (IsCovered(candidate)) return;
    Box own = region_;
    for (std::size_t v = 0; v < views_.size(); ++v)
      IntersectAtoms(space_, views_[v].dimension, views_[v].values[candidate[v]].own, own);
    std::optional<Hit> hit;
    if (!space_.Empty(own)) hit = search_.Find(own, access_);
    if (hit) return Accept(candidate, own, std::move(*hit));
    Box whole = RegionOf(space_, views_, candidate);
    IntersectInto(whole, region_);
    if (space_.Empty(whole) || !search_.Find(whole, access_)) return;
    const Box reach = search_.Reach(whole, access_);
    for (std::size_t v = 0; v < views_.size(); ++v) {
      const Dimension& dimension = space_.dimensions()[views_[v].dimension];
      for (std::size_t child : views_[v].values[candidate[v]].children) {
        // What no Allow reaches is neither a finding nor above one.
        if (!Intersects(reach.data() + dimension.offset, views_[v].values[child].atoms.data(),
                        dimension.words))
          continue;
        std::vector<std::size_t> next = candidate;
        next[v] = child;
        if (!IsCovered(next)) Push(std::move(next));
      }
    }
  }

  void Accept(const std::vector<std::size_t>& candidate, const Box& own, Hit hit) {
    MinedFinding finding;
    finding.values = candidate;
    finding.hit = std::move(hit);
    const model::Principal& principal = views_[0].principals[candidate[0]];
    Box open = own;
    IntersectInto(open, generic_);
    bool may_be_public = principal.kind == "AWS"
                             ? principal.value == "*"
                             : principal.kind == "Federated" && IsOpenProvider(principal.value);
    if (may_be_public && !space_.Empty(open)) finding.public_hit = search_.Find(open, access_);
    finding.is_public = finding.public_hit.has_value();
    accepted_keys_.Insert(candidate);
    accepted_.push_back(std::move(finding));
    search_.Earn(kStepsPerFinding);
  }

  // Never a missed grant: what could not be looked at is reported as the widest there is.
  void AddRoots() {
    if (accepted_.size() > kKeptFindings) {
      std::erase_if(accepted_, [&](const MinedFinding& finding) {
        return views_[0].principals[finding.values[0]].kind == "AWS";
      });
    }
    for (const std::vector<std::size_t>& root : Roots()) {
      if (accepted_keys_.Contains(root)) continue;
      Box whole = RegionOf(space_, views_, root);
      IntersectInto(whole, region_);
      if (space_.Empty(whole)) continue;
      auto hit = search_.Find(whole, access_);
      if (!hit) continue;
      hit->exact = false;
      Accept(root, whole, std::move(*hit));
    }
  }

  const Space& space_;
  const std::vector<View>& views_;
  const Box& region_;
  const Access& access_;
  const Box& generic_;
  Search& search_;
  std::vector<MinedFinding> accepted_;
  CandidateSet accepted_keys_;
  CandidateSet queued_;
  std::deque<std::vector<std::size_t>> queue_;
};

}  // namespace

std::vector<MinedFinding> Mine(const Space& space, const std::vector<View>& views,
                               const Box& region, const Access& access, const Box& generic,
                               Search& search, bool& complete) {
  return Miner(space, views, region, access, generic, search).Run(complete);
}

}  // namespace preview::access
