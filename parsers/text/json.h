// JSON text to a model::Value with positions.
//
// Built on nlohmann's SAX parser. A huge document whose greater part does not matter (a Terraform
// plan) is read with ParseJsonFiltered: a JsonFilter says member by member what is kept, dropped,
// or handed over as soon as it is complete, so that memory holds what is kept and one handed-over
// value at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "model/result.h"
#include "model/value.h"
#include "parsers/text/limits.h"

namespace preview::text {

struct JsonOptions {
  Limits limits;
  std::uint32_t file = 0;    // index into SourceFiles that places refer to
  bool track_places = true;  // false: places stay unknown (large plans)
};

// Parses one JSON document. Errors: not JSON (with line and column), cut off, deeper or larger than
// the limits, invalid UTF-8, a number beyond the range of a double. A repeated key in one object is
// an entry in `problems` (message "repeated key `k`") and the last one wins. Symbol letters in the
// input are replaced by U+FFFD. Numbers keep their text as written. A UTF-8 byte order mark is
// skipped and counts in no column. Never recurses.
[[nodiscard]] model::Result<model::Value> ParseJson(std::string_view text,
                                                    const JsonOptions& options,
                                                    model::Diagnostics* problems = nullptr);

// The same for text that the program itself made and in which symbol letters are meant (a policy
// rebuilt with symbols).
[[nodiscard]] model::Result<model::Value> ParseJsonWithSymbols(
    std::string_view text, const JsonOptions& options, model::Diagnostics* problems = nullptr);

// One step of the way from the root to a value: the member's key, or the index in a list as it is
// in the input (dropped elements count). `key` is empty for an element.
struct JsonStep {
  std::string key;
  std::size_t index = 0;
};

// What to do with a value that is about to be read.
enum class JsonChoice {
  kKeep,  // build all of it
  kDrop,  // check its syntax and forget it; it is absent from its object or list
  kAsk,   // build it, but ask about each of its members or elements (a scalar: the same as kKeep)
  kTake,  // build all of it, hand it to Take() when it is complete, and forget it
  kAskThenTake,  // kAsk, and then kTake
};

class JsonFilter {
 public:
  JsonFilter() = default;
  JsonFilter(const JsonFilter&) = delete;
  JsonFilter& operator=(const JsonFilter&) = delete;
  virtual ~JsonFilter() = default;

  // Asked before each member or element of the root and of every value for which the answer was
  // kAsk or kAskThenTake. `path` leads to the value; `parent` is what has been built so far of the
  // object or list that holds it: members which stand earlier in the file can be looked at.
  virtual JsonChoice Choose(std::span<const JsonStep> path, const model::Value& parent) = 0;
  // Receives a value chosen with kTake or kAskThenTake, in the order in which they end in the file.
  virtual void Take(std::span<const JsonStep> path, model::Value value) = 0;
};

// ParseJson under a filter. Returns the root with what was kept. After an error, values may have
// been taken already. Dropped parts count for the limit on depth, not for that on nodes; their
// repeated keys are not reported.
[[nodiscard]] model::Result<model::Value> ParseJsonFiltered(std::string_view text,
                                                            const JsonOptions& options,
                                                            JsonFilter& filter,
                                                            model::Diagnostics* problems = nullptr);

}  // namespace preview::text
