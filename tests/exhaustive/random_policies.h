// Random policies from the fragments that make engines differ, the same for the same seed on every
// machine.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/finding.h"

namespace preview::exhaustive {

// A statement, part by part, as JSON texts.
struct RandomStatement {
  bool allow = true;
  std::vector<std::string> principals;  // `"111122223333"`: AWS ones; `"*"` alone is everybody
  bool not_principal = false;
  std::vector<std::string> actions;
  bool not_action = false;
  std::vector<std::string> resources;
  std::vector<std::string> conditions;  // `"StringEquals":{…}`, at most one an operator
};

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed * 2 + 1) {}

  // 0 .. n - 1
  std::size_t Below(std::size_t n);
  bool Chance(std::size_t percent) { return Below(100) < percent; }
  template <typename T>
  const T& Pick(const std::vector<T>& from) {
    return from[Below(from.size())];
  }
  template <typename T>
  void Shuffle(std::vector<T>& items) {
    for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[Below(i)]);
  }

  RandomStatement Statement(bool allow);
  std::vector<RandomStatement> Policy();
  model::Witness Request();

 private:
  std::uint64_t state_;
};

// The policy of these statements for the bucket `arn:aws:s3:::data` of 111122223333.
[[nodiscard]] std::string PolicyText(const std::vector<RandomStatement>& statements);
// The same meaning, with other Sids and the members of each statement in another order.
[[nodiscard]] std::string ReorderedText(const std::vector<RandomStatement>& statements,
                                        Random& random);

}  // namespace preview::exhaustive
