// Where in an input something stands.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace preview::model {

// A position in a source file. `file` is an index into a SourceFiles table; line and column are
// 1-based, in bytes; line 0 means that the position is not known (no line is ever invented).
struct Place {
  std::uint32_t file = 0;
  std::uint32_t line = 0;
  std::uint32_t column = 0;

  [[nodiscard]] bool known() const { return line != 0; }
  friend bool operator==(const Place&, const Place&) = default;
};

// The files that places refer to. Entry 0 is always the unnamed file.
struct SourceFiles {
  struct File {
    std::string path;  // as it is shown: relative to the working folder where it lies below it
    std::string text;  // the whole text, for underlining; may be empty when it was not kept
  };
  std::vector<File> files{File{}};

  std::uint32_t Add(std::string path, std::string text) {
    files.push_back({std::move(path), std::move(text)});
    return static_cast<std::uint32_t>(files.size() - 1);
  }
};

}  // namespace preview::model
