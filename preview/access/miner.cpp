#include "preview/access/miner.h"

#include <algorithm>
#include <deque>
#include <map>
#include <unordered_set>

#include "preview/access/keys.h"

namespace preview::access {

namespace {

constexpr std::size_t kMaxCandidates = 400'000;

// Web identity providers that anybody can get an identity from; without an audience they are
// everybody (S3's rule).
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
bool IsOpenProvider(std::string_view provider) {
  return provider == "cognito-identity.amazonaws.com" || provider == "accounts.google.com" ||
         provider == "graph.facebook.com" || provider == "www.amazon.com";
}

// The words of one dimension.
struct Slice {
  const Word* words;
  std::size_t size;

  [[nodiscard]] bool empty() const {
    return std::all_of(words, words + size, [](Word w) { return w == 0; });
  }
  [[nodiscard]] bool Includes(const Slice& other) const {
    for (std::size_t i = 0; i < size; ++i) {
      if ((other.words[i] & ~words[i]) != 0) return false;
    }
    return true;
  }
  [[nodiscard]] std::size_t count() const {
    std::size_t n = 0;
    for (std::size_t i = 0; i < size; ++i)
      n += static_cast<std::size_t>(__builtin_popcountll(words[i]));
    return n;
  }
};

Slice SliceOf(const Space& space, const Box& box, std::size_t dimension) {
  const Dimension& d = space.dimensions()[dimension];
  return {box.data() + d.offset, d.words};
}

// Orders the values of a view by inclusion: children, ancestors, own parts. Value 0 is "any".
void Order(const Space& space, View& view) {
  std::size_t n = view.values.size();
  auto slice = [&](std::size_t i) { return SliceOf(space, view.values[i].box, view.dimension); };
  for (ViewValue& value : view.values) value.own = value.box;
  // Values that share nothing pairwise (accounts, literals) need no comparison.
  Box joint = view.values[0].box;
  std::fill(joint.begin(), joint.end(), 0);
  std::size_t total = 0;
  for (std::size_t i = 1; i < n; ++i) {
    for (std::size_t w = 0; w < joint.size(); ++w) joint[w] |= view.values[i].box[w];
    total += slice(i).count();
  }
  bool disjoint = n < 2 || total == SliceOf(space, joint, view.dimension).count();
  for (std::size_t i = 0; i < n; ++i) view.values[i].ancestors.push_back(i);
  for (std::size_t i = 1; i < n; ++i) {
    for (std::size_t j = 1; j < n && !disjoint; ++j) {
      if (i != j && slice(j).Includes(slice(i))) view.values[i].ancestors.push_back(j);
    }
    bool top = slice(0).Includes(slice(i));
    if (top) view.values[i].ancestors.push_back(0);
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
      for (std::size_t w = 0; w < joint.size(); ++w) {
        const Dimension& d = space.dimensions()[view.dimension];
        if (w >= d.offset && w < d.offset + d.words)
          view.values[parent].own[w] &= ~view.values[i].box[w];
      }
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

// Adds a value unless an equal set is there already.
bool AddValue(const Space& space, View& view, std::string text, Box box, bool fixed) {
  Slice slice = SliceOf(space, box, view.dimension);
  if (slice.empty()) return false;
  for (ViewValue& value : view.values) {
    Slice other = SliceOf(space, value.box, view.dimension);
    if (std::equal(slice.words, slice.words + slice.size, other.words) && !value.text.empty()) {
      value.fixed = value.fixed || fixed;
      if (view.principals.empty() && IsPlainer(text, value.text)) value.text = std::move(text);
      return false;
    }
  }
  ViewValue value;
  value.text = std::move(text);
  value.box = std::move(box);
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

View CallerViewOf(const Space& space, const std::vector<const CompiledRule*>& rules) {
  View view;
  view.dimension = 0;
  // "Any" is any AWS caller and anonymous ones; federated callers and canonical users are named on
  // their own.
  ViewValue any;
  any.box = space.CallerBox([](const Caller& caller) {
    return caller.kind != CallerKind::kFederated && caller.canonical.empty();
  });
  view.values.push_back(std::move(any));
  view.principals.push_back({"AWS", "*"});
  for (const CompiledRule* rule : rules) {
    const auto& matchers = space.MatchersOf(*rule->rule);
    for (std::size_t i = 0; i < matchers.size(); ++i) {
      auto shown = Shown(rule->rule->statement.principals[i], matchers[i]);
      if (!shown) continue;
      bool canonical = matchers[i].form == PrincipalMatcher::Form::kCanonicalUser;
      Box box = space.CallerBox([&](const Caller& caller) {
        return matchers[i].Matches(caller) && caller.canonical.empty() != canonical;
      });
      if (AddValue(space, view, shown->kind + ":" + shown->value, std::move(box), true))
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

std::string CandidateKey(const std::vector<std::size_t>& values) {
  std::string key;
  for (std::size_t value : values) {
    key += static_cast<char>(value & 0xFF);
    key += static_cast<char>(value >> 8 & 0xFF);
    key += static_cast<char>(value >> 16 & 0xFF);
  }
  return key;
}

// Whether an accepted candidate takes in all of `values`: some combination of their ancestors was
// accepted.
bool Covered(const std::vector<View>& views, const std::vector<std::size_t>& values,
             const std::vector<MinedFinding>& accepted,
             const std::unordered_set<std::string>& accepted_keys) {
  std::size_t combinations = 1;
  for (std::size_t v = 0; v < views.size(); ++v)
    combinations *= views[v].values[values[v]].ancestors.size();
  if (combinations > accepted.size()) {
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
    if (accepted_keys.contains(CandidateKey(candidate))) return true;
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
        any.box = space.everything();
        view.values.push_back(std::move(any));
      }
      for (const TestValue& value : test.values) {
        bool fixed = BoundsPublic(test.key) &&
                     IsFixedValue(test.key, value.text, test.like, value.pattern.has_variable);
        AddValue(space, view, value.text, space.ValueBox(test, value), fixed);
      }
    }
  }
  for (auto& [key, view] : by_key) {
    if (view.values.size() > 1) views.push_back(std::move(view));
  }
  for (View& view : views) Order(space, view);
  return views;
}

Box GenericRegion(const Space& space, const std::vector<const CompiledRule*>& rules,
                  const std::set<std::string>& left_out) {
  Box box = space.everything();
  auto exclude = [&](std::size_t dimension, const Box& fixed) {
    const Dimension& d = space.dimensions()[dimension];
    for (std::size_t w = d.offset; w < d.offset + d.words; ++w) box[w] &= ~fixed[w];
  };
  for (const CompiledRule* rule : rules) {
    for (const PrincipalMatcher& matcher : space.MatchersOf(*rule->rule)) {
      if (matcher.form == PrincipalMatcher::Form::kEveryone ||
          matcher.form == PrincipalMatcher::Form::kFederated)
        continue;
      exclude(0, space.CallerBox([&](const Caller& caller) { return matcher.Matches(caller); }));
    }
    for (const Test& test : space.TestsOf(*rule->rule)) {
      auto dimension = space.DimensionOf(test.key);
      if (!dimension || !BoundsPublic(test.key) || !NamesValues(test) ||
          left_out.contains(test.key))
        continue;
      for (const TestValue& value : test.values) {
        if (!IsFixedValue(test.key, value.text, test.like, value.pattern.has_variable)) continue;
        exclude(*dimension, space.ValueBox(test, value));
      }
    }
  }
  return box;
}

Box RegionOf(const Space& space, const std::vector<View>& views,
             const std::vector<std::size_t>& values) {
  Box box = space.everything();
  for (std::size_t v = 0; v < views.size(); ++v) IntersectInto(box, views[v].values[values[v]].box);
  return box;
}

std::vector<MinedFinding> Mine(const Space& space, const std::vector<View>& views,
                               const Box& region, const Access& access, const Box& generic,
                               Search& search, bool& complete) {
  std::vector<MinedFinding> accepted;
  std::unordered_set<std::string> accepted_keys;
  std::unordered_set<std::string> queued;
  std::deque<std::vector<std::size_t>> queue;
  auto push = [&](std::vector<std::size_t> candidate) {
    if (queued.insert(CandidateKey(candidate)).second) queue.push_back(std::move(candidate));
  };
  push(std::vector<std::size_t>(views.size(), 0));
  for (std::size_t i = 1; i < views[0].values.size(); ++i) {
    // Federated callers and canonical users are below no "any".
    if (views[0].principals[i].kind == "AWS") continue;
    std::vector<std::size_t> root(views.size(), 0);
    root[0] = i;
    push(std::move(root));
  }
  while (!queue.empty()) {
    if (queued.size() > kMaxCandidates || search.exhausted()) {
      complete = false;
      break;
    }
    std::vector<std::size_t> candidate = std::move(queue.front());
    queue.pop_front();
    if (Covered(views, candidate, accepted, accepted_keys)) continue;
    Box own = region;
    for (std::size_t v = 0; v < views.size(); ++v)
      IntersectInto(own, views[v].values[candidate[v]].own);
    std::optional<Hit> hit;
    if (!space.Empty(own)) hit = search.Find(own, access);
    if (hit) {
      MinedFinding finding;
      finding.values = candidate;
      finding.hit = std::move(*hit);
      const model::Principal& principal = views[0].principals[candidate[0]];
      Box open = own;
      IntersectInto(open, generic);
      bool may_be_public = principal.kind == "AWS"
                               ? principal.value == "*"
                               : principal.kind == "Federated" && IsOpenProvider(principal.value);
      if (may_be_public && !space.Empty(open)) {
        if (auto public_hit = search.Find(open, access)) {
          finding.is_public = true;
          finding.public_hit = std::move(public_hit);
        }
      }
      accepted_keys.insert(CandidateKey(candidate));
      accepted.push_back(std::move(finding));
      continue;
    }
    Box whole = RegionOf(space, views, candidate);
    IntersectInto(whole, region);
    if (space.Empty(whole) || !search.Find(whole, access)) continue;
    for (std::size_t v = 0; v < views.size(); ++v) {
      for (std::size_t child : views[v].values[candidate[v]].children) {
        std::vector<std::size_t> next = candidate;
        next[v] = child;
        if (!Covered(views, next, accepted, accepted_keys)) push(std::move(next));
      }
    }
  }
  if (!complete) {
    // Never a missed grant: what could not be looked at is reported as the widest there is.
    std::vector<std::size_t> top(views.size(), 0);
    if (!accepted_keys.contains(CandidateKey(top))) {
      if (auto hit = search.Find(region, access)) {
        MinedFinding finding;
        finding.values = top;
        finding.hit = std::move(*hit);
        finding.hit.exact = false;
        finding.is_public = true;
        accepted.push_back(std::move(finding));
      }
    }
  }
  return accepted;
}

}  // namespace preview::access
