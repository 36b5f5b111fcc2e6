// Forms: texts with placeholders, `arn:{partition}:iam::{account}:role{path|/}{name}`.
//
// {partition}, {region}, {account} and {dns_suffix} come from the environment, everything else is
// asked for.
// `{name|text}` takes `text` where the attribute is empty. `{name:transform}` changes the text
// first:
//   host   without `https://` or `http://` in front
//   last   what follows the last `/`
//   lower  ASCII letters in lower case
//   tail   what follows the last `:`
//   relative  without a slash in front
//   outpost  what precedes `/bucket/`: the Outpost that a bucket's ARN names
//   rule_bus  what the bus of an EventBridge rule adds to the rule's ARN: nothing for the default
//   bus, else name and slash
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/zone.h"

namespace preview::rules {

struct FormPart {
  std::string_view literal{};  // set when this is no placeholder
  std::string_view name{};
  std::string_view transform{};
  std::string_view default_text{};
};

// The parts of `form` in order; an unclosed brace is literal text. Views into `form`.
[[nodiscard]] std::vector<FormPart> ParseForm(std::string_view form);

// True for the four names that the environment gives.
[[nodiscard]] bool IsEnvironmentName(std::string_view name);

using Captures = std::vector<std::pair<std::string_view, std::string_view>>;

// `form` with its placeholders replaced. `text_of` is asked for every name that is not the
// environment's.
[[nodiscard]] std::string FillForm(std::string_view form, const model::Environment& environment,
                                   const std::function<std::string(std::string_view)>& text_of);

// The placeholders' texts where all of `text` has the form; nothing otherwise. A placeholder takes
// at least one letter and ends at the first occurrence of what follows it; the last one takes the
// rest.
[[nodiscard]] std::optional<Captures> MatchForm(std::string_view form, std::string_view text);

}  // namespace preview::rules
