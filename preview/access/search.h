// Is there a request in a region that some Allow lets in and no Deny keeps out?
//
// Each Allow is a box, each Deny is a box; what remains of an Allow is found by escaping every Deny
// in one of its dimensions: with the Deny partial in dimensions d1..dk of the region, the k parts
// "agrees with the Deny on d1..d(i-1), escapes it on di" are disjoint and cover all that the Deny
// leaves. A Deny that is partial in one dimension costs no branching and is taken first. The search
// stops at the first way through, which is the witness.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "preview/access/space.h"

namespace preview::access {

// An Allow, or the meeting of one Allow of each layer.
struct AllowBox {
  Box box;
  std::vector<const CompiledRule*> rules;
  bool approximate = false;
};

// Who gets in for one class of actions: what the Allows let in less what the Denies keep out.
struct Access {
  std::vector<AllowBox> allows;
  std::vector<const CompiledRule*> denies;
};

struct Hit {
  Box point;  // non-empty in every dimension: any choice of atoms is a way in
  const AllowBox* allow = nullptr;
  bool exact = true;
};

class Search {
 public:
  Search(const Space& space, std::uint64_t max_steps);

  // A request of `access` inside `region` from outside the zone of trust. Exact Allows are tried
  // first.
  [[nodiscard]] std::optional<Hit> Find(const Box& region, const Access& access);
  // The same, and outside the given holes.
  [[nodiscard]] std::optional<Hit> FindAvoiding(const Box& region, const Access& access,
                                                const std::vector<const Box*>& further_holes);
  // The same, and outside `without`: what `without` did not let in.
  [[nodiscard]] std::optional<Hit> FindNew(const Box& region, const Access& access,
                                           const Access& without);

  // A box around all that the Allows let in of the region, Denies aside.
  [[nodiscard]] Box Reach(const Box& region, const Access& access) const;

  [[nodiscard]] bool exhausted() const { return exhausted_; }
  // Takes steps for work done elsewhere on the same question; false when they have run out.
  bool Spend(std::uint64_t steps);
  // More steps, for an answer that is longer: each finding pays for the search of the next one.
  void Earn(std::uint64_t steps) { steps_left_ += steps; }
  [[nodiscard]] std::uint64_t steps_left() const { return steps_left_; }

 private:
  // Finds a point of `start` outside all `holes`. False in `decided` when the steps ran out.
  [[nodiscard]] std::optional<Box> Escape(const Box& start, const std::vector<const Box*>& holes,
                                          bool& decided);
  [[nodiscard]] bool IsExact(const Box& point, const AllowBox& allow, const Access& access) const;
  [[nodiscard]] std::vector<std::size_t> PartialDimensions(const Box& region,
                                                           const Box& hole) const;

  // Whether the boxes have an atom in common in every dimension.
  [[nodiscard]] bool Meet(const Box& a, const Box& b) const;

  const Space& space_;
  std::vector<std::size_t>
      order_;  // of the dimensions: those of few words tell boxes apart cheaply
  std::uint64_t steps_left_;
  bool exhausted_ = false;
};

}  // namespace preview::access
