// Cuts all texts into classes that no given pattern tells apart, one example text per class.
//
// All patterns run side by side over the text as one bit-parallel automaton: a state is the set of
// positions that the patterns can be in. From a state only the letters that an active position
// names behave differently; all others behave like one fresh letter. So a breadth-first walk over
// the reachable states meets every combination "matches these, not those" and the first text that
// reaches it is its example. Literals do not enter the automaton: each is a class of its own, and a
// trie over them keeps an example of a class from being one of them.
//
// Example: patterns `a*`, `*b` give the classes {neither: "x"}, {a*: "a"}, {*b: "b"}, {both: "ab"}.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "preview/access/pattern.h"

namespace preview::access {

struct TextClassesRequest {
  std::vector<const Pattern*> universe;  // texts that count: any of these; empty = every text
  std::vector<const Pattern*> patterns;  // literals among them are allowed and cheap
  std::vector<std::string> literals;     // further texts that are classes of their own
  std::size_t max_classes = 10'000;
  std::size_t max_states = 60'000;
  // Steps of the automaton that all walks of one decision share; null: no bound but the others.
  std::uint64_t* steps = nullptr;
};

struct TextClasses {
  std::vector<std::string> examples;  // one per class, in order of discovery: shorter first
  bool complete = true;               // false: a bound was reached, there may be further classes
};

[[nodiscard]] TextClasses FindTextClasses(const TextClassesRequest& request);

}  // namespace preview::access
