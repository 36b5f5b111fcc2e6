// Regular expressions in Go's syntax (RE2), run as a Pike machine: time is bounded by pattern times
// text, and nothing recurses on the text.
//
// Literals, classes, groups (also named), alternation, greedy and lazy repetition, `^ $ \A \z \b
// \B`, flags `(?ims)`. Left out: Unicode classes (`\p{…}`), which make the pattern unsupported.
// https://github.com/google/re2/wiki/Syntax
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace preview::hcl {

class Regex {
 public:
  // Nothing when the pattern is wrong, not supported or too large (10,000 instructions).
  [[nodiscard]] static std::optional<Regex> Compile(std::string_view pattern);

  // Byte offsets of each group, group 0 first; npos for a group that took no part.
  using Match = std::vector<std::size_t>;
  // The leftmost match that begins at `from` or later. `steps` counts down; nothing when it runs
  // out, too.
  [[nodiscard]] std::optional<Match> Find(std::string_view text, std::size_t from,
                                          std::size_t& steps) const;
  [[nodiscard]] std::size_t groups() const { return names_.size(); }
  // Of group i; empty when it has none.
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }

 private:
  friend class RegexCompiler;
  enum class Op : std::uint8_t { kClass, kJump, kSplit, kSave, kAssert, kMatch };
  struct Range {
    std::uint32_t first;
    std::uint32_t last;
  };
  struct Instruction {
    Op op = Op::kMatch;
    char assertion = 0;              // kAssert: A z b B ^ $
    bool negated = false;            // kClass
    std::size_t target = 0;          // kJump, kSplit (preferred); kSave: the slot
    std::size_t other = 0;           // kSplit
    std::vector<Range> ranges = {};  // kClass
  };
  struct Thread {
    std::size_t at;
    Match saved;
  };
  struct Threads {
    std::vector<Thread> list;
    std::vector<bool> seen;
  };

  void Follow(Threads& threads, std::size_t start, Match saved, std::string_view text,
              std::size_t position, std::size_t& steps) const;
  [[nodiscard]] static bool Holds(char assertion, std::string_view text, std::size_t position);
  [[nodiscard]] static bool Matches(const Instruction& instruction, std::uint32_t letter);

  std::vector<Instruction> program_;
  std::vector<std::string> names_;
};

}  // namespace preview::hcl
