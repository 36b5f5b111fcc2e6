// What a case's expect.json says against what the program reported. testdata/cases/README.md has
// the format.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace preview {

// The arguments that check the case in `folder` (absolute), without the program itself.
[[nodiscard]] std::vector<std::string> ArgumentsOf(const nlohmann::json& want,
                                                   const std::string& folder);

// One line for each finding that is missing or too many, and for each undetermined entry that is
// missing or not expected. Empty when all agrees. `report` is what `--format json` printed.
[[nodiscard]] std::vector<std::string> Differences(const nlohmann::json& want,
                                                   const nlohmann::json& report);

}  // namespace preview
