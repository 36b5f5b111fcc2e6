// Bounds on what a reader takes from an input. Input is hostile: reaching a bound is an error that
// names it.
#pragma once

#include <cstddef>

namespace preview::text {

struct Limits {
  std::size_t bytes = std::size_t{4} << 30;  // of one input file
  std::size_t depth = 500;                   // nesting of JSON, YAML and HCL
  std::size_t nodes = 200'000'000;           // values in one document
  std::size_t aliases = 100'000;             // YAML nodes made by expanding aliases
};

}  // namespace preview::text
