#include "preview/access/search.h"

#include <algorithm>

namespace preview::access {

namespace {

// A part of the search: a region, the holes that may still meet it, and how far its splitting has
// come.
struct Frame {
  Box region;
  std::vector<const Box*> holes;
  bool split = false;
  const Box* hole = nullptr;
  std::vector<std::size_t> dimensions;
  std::size_t next = 0;
};

}  // namespace

Search::Search(const Space& space, std::uint64_t max_steps)
    : space_(space), steps_left_(max_steps) {
  const auto& dimensions = space.dimensions();
  for (std::size_t d = 0; d < dimensions.size(); ++d) order_.push_back(d);
  std::stable_sort(order_.begin(), order_.end(), [&](std::size_t a, std::size_t b) {
    return dimensions[a].words < dimensions[b].words;
  });
}

bool Search::Spend(std::uint64_t steps) {
  if (steps_left_ >= steps) {
    steps_left_ -= steps;
    return true;
  }
  steps_left_ = 0;
  exhausted_ = true;
  return false;
}

bool Search::Meet(const Box& a, const Box& b) const {
  const auto& dimensions = space_.dimensions();
  return std::all_of(order_.begin(), order_.end(), [&](std::size_t d) {
    return Intersects(a.data() + dimensions[d].offset, b.data() + dimensions[d].offset,
                      dimensions[d].words);
  });
}

std::vector<std::size_t> Search::PartialDimensions(const Box& region, const Box& hole) const {
  std::vector<std::size_t> out;
  const auto& dimensions = space_.dimensions();
  for (std::size_t d = 0; d < dimensions.size(); ++d) {
    for (std::size_t w = dimensions[d].offset; w < dimensions[d].offset + dimensions[d].words;
         ++w) {
      if ((region[w] & ~hole[w]) == 0) continue;
      out.push_back(d);
      break;
    }
  }
  return out;
}

std::optional<Box> Search::Escape(const Box& start, const std::vector<const Box*>& holes,
                                  bool& decided) {
  decided = true;
  const auto& dimensions = space_.dimensions();
  std::vector<Frame> stack;
  stack.push_back({start, holes, false, nullptr, {}, 0});
  while (!stack.empty()) {
    Frame& frame = stack.back();
    if (!frame.split) {
      // Unit holes shrink the region in place; then split on the hole with the fewest ways out.
      bool closed = false;
      bool shrunk = true;
      while (shrunk && !closed) {
        shrunk = false;
        frame.hole = nullptr;
        std::size_t kept = 0;
        for (std::size_t h = 0; h < frame.holes.size() && !closed; ++h) {
          const Box* hole = frame.holes[h];
          std::uint64_t cost = 1 + space_.words() / 4;
          if (!Spend(cost)) {
            decided = false;
            return frame.region;
          }
          if (!Meet(frame.region, *hole)) continue;
          frame.holes[kept++] = hole;
          std::vector<std::size_t> partial = PartialDimensions(frame.region, *hole);
          if (partial.empty()) {
            closed = true;
          } else if (partial.size() == 1) {
            const Dimension& dimension = dimensions[partial[0]];
            for (std::size_t w = dimension.offset; w < dimension.offset + dimension.words; ++w) {
              frame.region[w] &= ~(*hole)[w];
            }
            --kept;
            shrunk = true;
          } else if (frame.hole == nullptr || partial.size() < frame.dimensions.size()) {
            frame.hole = hole;
            frame.dimensions = std::move(partial);
          }
        }
        if (!closed) frame.holes.resize(kept);
      }
      if (closed) {
        stack.pop_back();
        continue;
      }
      if (frame.hole == nullptr) return frame.region;
      frame.split = true;
      frame.next = 0;
    }
    if (frame.next == frame.dimensions.size()) {
      stack.pop_back();
      continue;
    }
    const Dimension& dimension = dimensions[frame.dimensions[frame.next++]];
    Frame child{frame.region, {}, false, nullptr, {}, 0};
    for (const Box* hole : frame.holes) {
      if (hole != frame.hole) child.holes.push_back(hole);
    }
    bool agrees = false;
    for (std::size_t w = dimension.offset; w < dimension.offset + dimension.words; ++w) {
      child.region[w] &= ~(*frame.hole)[w];
      frame.region[w] &= (*frame.hole)[w];
      agrees = agrees || frame.region[w] != 0;
    }
    if (!agrees) frame.next = frame.dimensions.size();
    stack.push_back(std::move(child));
  }
  return std::nullopt;
}

bool Search::IsExact(const Box& point, const AllowBox& allow, const Access& access) const {
  if (allow.approximate) return false;
  for (std::size_t d = 0; d < space_.dimensions().size(); ++d) {
    auto rest = space_.dimensions()[d].rest;
    if (rest && space_.FirstAtom(point, d) == rest) return false;
  }
  return std::none_of(access.denies.begin(), access.denies.end(), [&](const CompiledRule* deny) {
    if (deny->largest.empty()) return false;
    Box meeting = point;
    IntersectInto(meeting, deny->largest);
    return !space_.Empty(meeting);
  });
}

std::optional<Hit> Search::FindAvoiding(const Box& region, const Access& access,
                                        const std::vector<const Box*>& further_holes) {
  std::vector<const Box*> holes = further_holes;
  for (const CompiledRule* deny : access.denies) holes.push_back(&deny->box);
  std::optional<Hit> inexact;
  // Without steps left nothing is split any more, but every Allow is still looked at: no grant is
  // missed for want of steps.
  Spend(1 + access.allows.size() / 4);
  Box start;
  Box part;
  for (const AllowBox& allow : access.allows) {
    if (!Meet(region, allow.box)) continue;
    start = region;
    IntersectInto(start, allow.box);
    for (const Box& outside : space_.outside()) {
      if (!Meet(start, outside)) continue;
      part = start;
      IntersectInto(part, outside);
      if (space_.Empty(part)) continue;
      bool decided = true;
      auto point = Escape(part, holes, decided);
      if (!point) continue;
      bool exact = decided && IsExact(*point, allow, access);
      if (exact) return Hit{std::move(*point), &allow, true};
      if (!inexact) inexact = Hit{std::move(*point), &allow, false};
    }
  }
  return inexact;
}

Box Search::Reach(const Box& region, const Access& access) const {
  Box reach(region.size());
  for (const AllowBox& allow : access.allows) {
    if (!Meet(region, allow.box)) continue;
    for (std::size_t w = 0; w < reach.size(); ++w) reach[w] |= region[w] & allow.box[w];
  }
  return reach;
}

std::optional<Hit> Search::Find(const Box& region, const Access& access) {
  return FindAvoiding(region, access, {});
}

std::optional<Hit> Search::FindNew(const Box& region, const Access& access, const Access& without) {
  // Not let in before: outside every earlier Allow, or inside an earlier Deny.
  std::vector<const Box*> holes;
  for (const AllowBox& allow : without.allows) holes.push_back(&allow.box);
  if (auto hit = FindAvoiding(region, access, holes)) return hit;
  for (const CompiledRule* deny : without.denies) {
    Box inside = region;
    IntersectInto(inside, deny->box);
    if (space_.Empty(inside)) continue;
    if (auto hit = FindAvoiding(inside, access, {})) return hit;
  }
  return std::nullopt;
}

}  // namespace preview::access
