// The files of a binary plan. `tfconfig/modules.json` lists the modules, and the files of the one
// with key K are in `tfconfig/m-K/`. Seen in plans of Terraform 1.11.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <system_error>
#include <utility>

#include "parsers/terraform/hcl/files.h"
#include "parsers/terraform/hcl/zip.h"
#include "parsers/text/json.h"

namespace preview::hcl {

namespace {

constexpr std::string_view kPrefix = "tfconfig/";
constexpr std::string_view kManifest = "tfconfig/modules.json";
constexpr std::size_t kMaxPlanBytes = std::size_t{1} << 30;

class PlanTree : public FileTree {
 public:
  PlanTree(std::map<std::string, std::string> files, std::string manifest)
      : files_(std::move(files)), manifest_(std::move(manifest)) {}

  [[nodiscard]] model::Result<std::string> Read(const std::string& path) const override {
    if (path == ".terraform/modules/modules.json") return manifest_;
    auto found = files_.find(path);
    if (found != files_.end()) return found->second;
    return model::Error{
        .message = "there is no file `" + path + "` in the plan file", .help = "", .place = {}};
  }
  [[nodiscard]] std::vector<std::string> List(const std::string& folder) const override {
    std::string prefix = folder == "." ? "" : folder + "/";
    std::vector<std::string> names;
    for (auto at = files_.lower_bound(prefix); at != files_.end() && at->first.starts_with(prefix);
         ++at) {
      std::string name = at->first.substr(prefix.size());
      if (name.find('/') == std::string::npos) names.push_back(std::move(name));
    }
    return names;
  }
  [[nodiscard]] bool IsFolder(const std::string& /*path*/) const override { return false; }
  [[nodiscard]] std::string Shown(const std::string& path) const override { return path; }
  [[nodiscard]] bool HasOtherFiles() const override { return false; }

 private:
  std::map<std::string, std::string> files_;
  std::string manifest_;
};

std::string TextOf(const model::Value& object, std::string_view key) {
  const model::Value* member = object.Find(key);
  return member != nullptr && member->is_string() ? member->text : "";
}

}  // namespace

model::Result<std::unique_ptr<FileTree>> OpenPlanTree(const std::string& path) {
  std::error_code error;
  auto size = std::filesystem::file_size(path, error);
  std::ifstream file(path, std::ios::binary);
  if (error || !file || size > kMaxPlanBytes) {
    return model::Error{.message = "`" + path + "` cannot be read", .help = "", .place = {}};
  }
  std::ostringstream content;
  content << file.rdbuf();
  auto archive = ReadZip(content.str(), kPrefix, {});
  if (!archive.ok()) return archive.error();
  auto manifest = archive.value().find(std::string(kManifest));
  if (manifest == archive.value().end()) {
    return model::Error{.message = "`" + path + "` holds no configuration",
                        .help = "give the file that `terraform plan -out FILE` writes, or a folder",
                        .place = {}};
  }
  text::JsonOptions options;
  options.track_places = false;
  auto json = text::ParseJson(manifest->second, options);
  if (!json.ok()) return json.error();
  std::map<std::string, std::string> files;
  for (const model::Value& module : json.value().items) {
    std::string from = std::string(kPrefix) + "m-" + TextOf(module, "Key") + "/";
    std::string folder = NormalPath(".", TextOf(module, "Dir"));
    for (auto at = archive.value().lower_bound(from);
         at != archive.value().end() && at->first.starts_with(from); ++at) {
      files[NormalPath(folder, at->first.substr(from.size()))] = at->second;
    }
  }
  return std::unique_ptr<FileTree>(std::make_unique<PlanTree>(std::move(files), manifest->second));
}

}  // namespace preview::hcl
