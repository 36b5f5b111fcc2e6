// Patterns over texts: what IAM's string and ARN operators, Resource elements and Principal
// elements match.
//
// A pattern is a sequence of elements, each a letter or a wildcard; there is no alternation (a test
// holds several patterns). `*` in a StringLike crosses everything; in the first five segments of an
// ARN it stays inside its segment: `arn:aws:sns:*:1111*:t?` does not match
// `arn:aws:sns:us-east-1:111122223333:x:t1`.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace preview::access {

enum class ElementKind : unsigned char {
  kLetter,        // this letter
  kLetterFold,    // this letter in either case (ASCII); `letter` is lower case
  kOne,           // any one letter
  kOneInSegment,  // any one letter but `:`
  kAny,           // any text
  kAnyInSegment,  // any text without `:`
};

struct Element {
  ElementKind kind = ElementKind::kLetter;
  char32_t letter = 0;
  // The element stands for a policy variable that has no value here: it may be any text, or nothing
  // at all.
  bool variable = false;
  friend bool operator==(const Element&, const Element&) = default;
};

struct Pattern {
  std::vector<Element> elements;
  std::string literal;  // the one text it matches, when is_literal
  bool is_literal = false;
  bool has_variable = false;
  friend bool operator==(const Pattern&, const Pattern&) = default;
};

// Text of a policy variable (`aws:username`), or nothing when it has no single value.
using VariableText = std::function<std::optional<std::string>(std::string_view name)>;

struct PatternOptions {
  bool wildcards = false;  // `*` and `?` are wildcards
  bool arn = false;        // by segments
  bool fold_case = false;
  bool variables = false;  // `${…}` is a variable (policy version 2012-10-17)
  const VariableText* variable_text = nullptr;
};

// The pattern that a policy's text means. `${*}`, `${?}`, `${$}` are the plain letters; a variable
// without a value but with a default (`${key, 'x'}`) is a variable too, since the key may be
// present.
[[nodiscard]] Pattern CompilePattern(std::string_view text, const PatternOptions& options);

// The pattern of a Resource element: by segments; an ARN of fewer than six segments is filled up
// with `*`, and
// `*` alone matches everything.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
[[nodiscard]] Pattern CompileResource(std::string_view text, bool variables,
                                      const VariableText* variable_text);

// How an unresolved variable is taken: as matching whatever helps, or as matching nothing.
enum class VariableReading { kMay, kNever };

[[nodiscard]] bool Matches(const Pattern& pattern, std::string_view text, VariableReading reading);

// Whether some text matches both patterns; variables count as any text.
[[nodiscard]] bool Overlap(const Pattern& a, const Pattern& b);

// The pattern with a `*` in place of every symbol: what it matches once the symbols may be any
// text.
[[nodiscard]] Pattern WithOpenSymbols(const Pattern& pattern);

// UTF-8 to code points and back. Invalid bytes become U+FFFD.
[[nodiscard]] std::u32string Decode(std::string_view text);
[[nodiscard]] std::string Encode(std::u32string_view letters);

// ASCII lower case; keys, operators and actions are compared without case.
[[nodiscard]] std::string ToLower(std::string_view text);

}  // namespace preview::access
