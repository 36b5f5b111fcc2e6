// The one thing that is asked of git: a file at a revision.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/result.h"

namespace preview::cli {

// What a program printed, and how it ended.
struct ProgramResult {
  bool started = false;
  int status = -1;  // exit status; -1: it was ended by a signal
  std::string out;
  std::string error;
};
// Runs `arguments[0]`, found on PATH, without a shell and with an empty standard input. At most
// `most_bytes` of its output are kept; more ends it.
[[nodiscard]] ProgramResult RunProgram(const std::vector<std::string>& arguments,
                                       std::size_t most_bytes);

// The text of file `path` at `revision`; nothing when it did not exist there. Error: no git, no
// repository, no such revision.
[[nodiscard]] model::Result<std::optional<std::string>> FileAtRevision(const std::string& path,
                                                                       const std::string& revision,
                                                                       std::size_t most_bytes);

}  // namespace preview::cli
