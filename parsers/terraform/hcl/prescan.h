// A look over HCL text before tree-sitter sees it: how deep it nests, and what the grammar reads
// differently.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace preview::hcl {

// Where the text nests deeper than kMaxBracketNesting or kMaxTemplateNesting (syntax.h), and which
// of the two.
struct TooDeep {
  std::size_t offset = 0;
  bool templates = false;
};

struct Prescan {
  std::optional<TooDeep> too_deep;
  // Offsets of newlines that end an object's element before a key in parentheses. The grammar, for
  // which a newline is any space, would take the parentheses for a call; a comma in the newline's
  // place says what is meant.
  std::vector<std::size_t> element_ends;
  // Offsets of the `e` and the sign in numbers like `1e3`, which the grammar does not know; digits
  // in their place make it one number.
  std::vector<std::size_t> exponents;
};

// `bare_template`: the text is a template, not a body.
[[nodiscard]] Prescan ScanHcl(std::string_view text, bool bare_template);

}  // namespace preview::hcl
