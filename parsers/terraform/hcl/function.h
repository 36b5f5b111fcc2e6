// The functions of the language, by families.
// https://developer.hashicorp.com/terraform/language/functions
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "model/value.h"
#include "parsers/terraform/hcl/evaluate.h"

namespace preview::hcl {

// A function. `signature` has a letter per parameter, what an argument is converted to before the
// call:
//   s text · S text without symbols · n number · b bool · l list or set · L the same without
//   symbols and unknown parts · o object · a anything but unknown · u anything
// `?` behind the last letter: it may be absent; `*`: it may come any number of times. A failure
// among the arguments is the result; an argument that is not known enough makes the result unknown.
struct Function {
  std::string_view name;
  std::string_view signature;
  model::Value (*run)(Call& call);
};

[[nodiscard]] std::span<const Function> TextFunctions();
[[nodiscard]] std::span<const Function> FormatFunctions();
[[nodiscard]] std::span<const Function> CollectionFunctions();
[[nodiscard]] std::span<const Function> SetFunctions();
[[nodiscard]] std::span<const Function> NumberFunctions();
[[nodiscard]] std::span<const Function> EncodingFunctions();
[[nodiscard]] std::span<const Function> FileFunctions();
[[nodiscard]] std::span<const Function> NetworkFunctions();
[[nodiscard]] std::span<const Function> TypeFunctions();

// An element of a list as text in a longer text: a symbol for an unknown one; failure for null,
// lists and objects.
[[nodiscard]] model::Value TextElement(Evaluator& evaluator, const model::Value& value);
// The number of argument `i`, which is a number; nothing when it is no integer.
[[nodiscard]] std::optional<long long> IntegerArgument(const Call& call, std::size_t i);

[[nodiscard]] std::string EncodeBase64(std::string_view text);

}  // namespace preview::hcl
