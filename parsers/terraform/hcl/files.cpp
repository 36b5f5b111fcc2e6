#include "parsers/terraform/hcl/files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>
#include <utility>

#include "parsers/terraform/hcl/syntax.h"

namespace preview::hcl {

namespace {

namespace fs = std::filesystem;

// True when `path` is `folder` or lies below it; both canonical.
bool IsBelow(const fs::path& path, const fs::path& folder) {
  auto mismatch = std::mismatch(folder.begin(), folder.end(), path.begin(), path.end());
  return mismatch.first == folder.end();
}

class FolderTree : public FileTree {
 public:
  FolderTree(fs::path folder, fs::path within, std::string shown)
      : folder_(std::move(folder)), within_(std::move(within)), shown_(std::move(shown)) {}

  [[nodiscard]] model::Result<std::string> Read(const std::string& path) const override {
    std::error_code error;
    fs::path real = fs::canonical(folder_ / path, error);
    // Refused before it is said whether there is such a file.
    bool outside =
        error ? !IsBelow((folder_ / path).lexically_normal(), within_) : !IsBelow(real, within_);
    if (outside) {
      return model::Error{.message = "file `" + path + "` lies outside the folder",
                          .help = "files are read below the given folder only",
                          .place = {}};
    }
    if (error || !fs::is_regular_file(real, error)) return Missing(path);
    auto size = fs::file_size(real, error);
    if (error || size > kMaxFileBytes) {
      return model::Error{
          .message = "file `" + path + "` is larger than 4 MiB", .help = "", .place = {}};
    }
    std::ifstream file(real, std::ios::binary);
    if (!file) return Missing(path);
    std::ostringstream content;
    content << file.rdbuf();
    return content.str();
  }

  [[nodiscard]] std::vector<std::string> List(const std::string& folder) const override {
    std::vector<std::string> names;
    std::error_code error;
    fs::path real = fs::canonical(folder_ / folder, error);
    if (error || !IsBelow(real, within_)) return names;
    for (const auto& entry : fs::directory_iterator(real, error)) {
      names.push_back(entry.path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
  }

  [[nodiscard]] bool IsFolder(const std::string& path) const override {
    std::error_code error;
    fs::path real = fs::canonical(folder_ / path, error);
    return !error && IsBelow(real, within_) && fs::is_directory(real, error);
  }

  [[nodiscard]] std::string Shown(const std::string& path) const override {
    return NormalPath(shown_, path);
  }
  [[nodiscard]] bool HasOtherFiles() const override { return true; }

 private:
  static model::Error Missing(const std::string& path) {
    return {.message = "there is no file `" + path + "`", .help = "", .place = {}};
  }

  fs::path folder_;
  fs::path within_;
  std::string shown_;
};

}  // namespace

std::string NormalPath(std::string_view folder, std::string_view path) {
  std::string joined(path);
  if (!path.starts_with('/')) joined = std::string(folder) + "/" + joined;
  bool absolute = joined.starts_with('/');
  std::vector<std::string> parts;
  std::istringstream stream(joined);
  for (std::string part; std::getline(stream, part, '/');) {
    if (part.empty() || part == ".") continue;
    if (part == ".." && !parts.empty() && parts.back() != "..") {
      parts.pop_back();
    } else if (part != ".." || !absolute) {
      parts.push_back(part);
    }
  }
  std::string normal;
  for (const std::string& part : parts) {
    if (!normal.empty() || absolute) normal += '/';
    normal += part;
  }
  if (normal.empty()) return absolute ? "/" : ".";
  return normal;
}

model::Result<std::unique_ptr<FileTree>> OpenFolderTree(const std::string& folder,
                                                        const std::string& within) {
  std::error_code error;
  fs::path real = fs::canonical(folder, error);
  if (error || !fs::is_directory(real, error)) {
    return model::Error{
        .message = "`" + folder + "` is no folder that can be read", .help = "", .place = {}};
  }
  fs::path outer = within.empty() ? real : fs::canonical(within, error);
  if (error || !IsBelow(real, outer)) outer = real;
  return std::unique_ptr<FileTree>(std::make_unique<FolderTree>(real, outer, folder));
}

}  // namespace preview::hcl
