// Lists the findings of one class of actions the way IAM Access Analyzer lists them: stratified
// abstraction (https://doi.org/10.1007/978-3-030-53288-8_9).
//
// The caller and each tracked condition key is a *view* with the values that the policy mentions,
// ordered by inclusion under "any". Breadth first from "any" everywhere, a candidate (one value per
// view) is accepted when its own part (its values less their children's) meets the access and no
// accepted candidate covers it; else it is refined, one view at a time, to a child. A candidate
// whose whole region meets no access is not refined: nothing below it can.
//
// Example: Allow if SourceVpc is a or b; Deny if SourceVpc is b and PrincipalOrgID is not o-1:
//   {any, any} fails; {a, any} is accepted; {b, any} and {any, o-1} fail; {b, o-1} is accepted.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "model/finding.h"
#include "preview/access/search.h"
#include "preview/access/space.h"

namespace preview::access {

// A value of a view: what it shows and which requests it takes in.
struct ViewValue {
  std::string text;         // as written; empty for "any"
  std::vector<Word> atoms;  // which requests it takes in: words of the view's dimension
  std::vector<Word> own;    // less what its children take in
  std::vector<std::size_t> children;
  std::vector<std::size_t> ancestors;  // all wider values, itself included
  bool fixed = false;                  // keeps a grant from being public
};

struct View {
  std::string key;  // documented spelling; empty for the caller
  std::size_t dimension = 0;
  std::vector<ViewValue> values;  // [0] is "any"
  std::vector<model::Principal>
      principals;  // of the caller's view: what each value is in a finding
};

struct MinedFinding {
  std::vector<std::size_t> values;  // per view
  Hit hit;
  bool is_public = false;
  std::optional<Hit> public_hit;
};

// The views of a side: the callers and tracked keys that the given rules mention.
// Keys in `left_out` (lower case) make no view: they have one value in the channel.
[[nodiscard]] std::vector<View> MakeViews(const Space& space,
                                          const std::vector<const CompiledRule*>& rules,
                                          const std::set<std::string>& left_out);

// The requests in which no view or bounding key has a fixed value: access there is public.
// Keys in `left_out` bound nothing.
[[nodiscard]] Box GenericRegion(const Space& space, const std::vector<const CompiledRule*>& rules,
                                const std::set<std::string>& left_out);

// The findings. `region` restricts the requests (form, channel). `complete` is false when the
// candidates were too many.
[[nodiscard]] std::vector<MinedFinding> Mine(const Space& space, const std::vector<View>& views,
                                             const Box& region, const Access& access,
                                             const Box& generic, Search& search, bool& complete);

// Leaves of a box what has the given atoms (words of one dimension).
void IntersectAtoms(const Space& space, std::size_t dimension, const std::vector<Word>& atoms,
                    Box& box);

// The requests that a finding speaks of.
[[nodiscard]] Box RegionOf(const Space& space, const std::vector<View>& views,
                           const std::vector<std::size_t>& values);

}  // namespace preview::access
