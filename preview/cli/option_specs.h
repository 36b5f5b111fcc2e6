// The commands and their options, as tables: the parser, the help and the completions are made from
// them.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "preview/cli/options.h"

namespace preview::cli {

struct Spec {
  std::string_view name;
  std::string_view value;  // placeholder; empty: a flag
  std::string_view help;
  bool repeatable = false;
  std::string_view choices = {};  // a|b|c
};

struct CommandWords {
  std::string_view name;
  Command command = Command::kCheck;
  std::string_view usage;
  std::string_view help;
};

[[nodiscard]] std::span<const CommandWords> Commands();
[[nodiscard]] const CommandWords& WordsOf(Command command);
[[nodiscard]] std::vector<Spec> SpecsOf(Command command);

}  // namespace preview::cli
