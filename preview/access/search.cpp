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
          if (steps_left_ < cost) {
            exhausted_ = true;
            decided = false;
            return frame.region;
          }
          steps_left_ -= cost;
          bool meets = true;
          for (std::size_t d = 0; d < dimensions.size() && meets; ++d) {
            meets = Intersects(frame.region.data() + dimensions[d].offset,
                               hole->data() + dimensions[d].offset, dimensions[d].words);
          }
          if (!meets) continue;
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
  for (const AllowBox& allow : access.allows) {
    Box start = region;
    IntersectInto(start, allow.box);
    if (space_.Empty(start)) continue;
    for (const Box& outside : space_.outside()) {
      Box part = start;
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
