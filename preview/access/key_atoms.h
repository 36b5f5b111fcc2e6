// The atoms of one condition key's dimension, by the kind of its values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "preview/access/test.h"

namespace preview::access {

struct KeyAtoms {
  std::vector<ContextValue> values;  // absent first, when the key may be absent
  bool complete = true;
};

struct SingleValueRequest {
  std::vector<const Test*> tests;
  bool boolean = false;               // the key is known to be true or false and nothing else
  std::vector<std::string> literals;  // further texts that are classes of their own
  std::vector<Pattern> patterns;      // further patterns that cut the texts
  std::vector<Pattern> universe;      // the texts that the key can have; empty: every text
  std::size_t max_atoms = 10'000;
  std::string example = "x";       // the value of a key of which only presence is asked
  std::uint64_t* steps = nullptr;  // as in TextClassesRequest
};

// The classes of a single value of a key that the tests tell apart: texts, numbers, dates or
// addresses, as the tests' operators say; a key that is tested as several kinds gets the classes of
// each.
[[nodiscard]] KeyAtoms SingleValueAtoms(const SingleValueRequest& request);

// Dates (ISO 8601) before, at, between and after sorted distinct times in microseconds.
[[nodiscard]] std::vector<std::string> DateExamples(const std::vector<std::int64_t>& sorted);

// The classes of a set of values: every combination of single-value classes that some number of set
// operators can ask for. Beyond a bound only small combinations are made and `complete` is false.
[[nodiscard]] KeyAtoms ValueSetAtoms(const std::vector<const Test*>& tests,
                                     const std::vector<ContextValue>& single,
                                     std::size_t max_atoms);

}  // namespace preview::access
