// Inputs: read, and recognised by what they hold.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/finding.h"
#include "parsers/text/limits.h"

namespace preview::cli {

enum class InputKind {
  kTerraformPlan,
  kTerraformFolder,
  kTemplate,
  kChangeSet,
  kAssembly,
  kPreviewRequest,
};

struct Input {
  InputKind kind = InputKind::kTemplate;
  std::string name;  // as given
  std::string path;  // of the file or folder; empty: standard input
  std::string text;  // of a file
};

// What a text or folder turned out to be: an input kind, or why it is none.
struct Recognised {
  std::optional<InputKind> kind;
  std::string message;
  std::string help;
};
[[nodiscard]] Recognised RecogniseText(std::string_view text);

// Reads one INPUT argument (`-`: standard input). A folder of templates or plans stands for the
// files in it that are recognised, in the order of their names. What cannot be read is appended to
// `errors`.
[[nodiscard]] std::vector<Input> ReadInputs(const std::string& argument, const text::Limits& limits,
                                            std::vector<model::InputError>& errors);

// A whole file, or standard input for `-`. Nothing, with the reason in `why`, when it cannot be
// read or is too large.
[[nodiscard]] std::optional<std::string> ReadWholeFile(const std::string& path,
                                                       std::size_t most_bytes, std::string& why);

// The members of the JSON object that `text` is or begins as, at most 64, without building
// anything.
[[nodiscard]] std::vector<std::string> TopLevelMembers(std::string_view text);

// The folder that holds `path`; `.` for a bare name.
[[nodiscard]] std::string FolderOf(const std::string& path);

}  // namespace preview::cli
