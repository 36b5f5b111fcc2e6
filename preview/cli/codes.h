// What each code means. docs/cli.md: one meaning each, for good.
#pragma once

#include <span>
#include <string_view>

namespace preview::cli {

struct CodeText {
  std::string_view code;
  std::string_view title;
  std::string_view meaning;
  std::string_view example;  // a statement or setting that brings it
  std::string_view closing;  // what to do
  std::string_view sources;  // one a line
};

[[nodiscard]] std::span<const CodeText> CodeTexts();

}  // namespace preview::cli
