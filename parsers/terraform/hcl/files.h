// The files of a configuration: those below a folder, or those in a binary plan. Nothing else is
// ever read.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "model/result.h"

namespace preview::hcl {

// Paths are relative to the root module's folder, with `/`, normalised (`modules/queue/main.tf`).
class FileTree {
 public:
  FileTree() = default;
  FileTree(const FileTree&) = delete;
  FileTree& operator=(const FileTree&) = delete;
  virtual ~FileTree() = default;

  // The content; an error says why there is none (outside the folder, no such file, too large).
  [[nodiscard]] virtual model::Result<std::string> Read(const std::string& path) const = 0;
  // Names of the files directly in a folder, sorted; empty when there is no such folder.
  [[nodiscard]] virtual std::vector<std::string> List(const std::string& folder) const = 0;
  [[nodiscard]] virtual bool IsFolder(const std::string& path) const = 0;
  // How a file is shown to people.
  [[nodiscard]] virtual std::string Shown(const std::string& path) const = 0;
  // A binary plan holds configuration only; the files that expressions read are missing there.
  [[nodiscard]] virtual bool HasOtherFiles() const = 0;
};

// `path` as seen from `folder`, without `.` and without `..` except at the front; `.` for the
// folder itself. An absolute path stays absolute.
[[nodiscard]] std::string NormalPath(std::string_view folder, std::string_view path);

// Files below `folder`. Files may also lie elsewhere below `within` (empty: `folder`); symbolic
// links are resolved, and what lies outside is refused.
[[nodiscard]] model::Result<std::unique_ptr<FileTree>> OpenFolderTree(const std::string& folder,
                                                                      const std::string& within);

// The configuration that a binary plan (`terraform plan -out FILE`) holds.
[[nodiscard]] model::Result<std::unique_ptr<FileTree>> OpenPlanTree(const std::string& path);

}  // namespace preview::hcl
