// Any text as the one `.tf` file of a configuration is read and evaluated to its end, twice to the
// same values, and what leaves the evaluator holds none of its marks.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "model/check.h"
#include "model/place.h"
#include "parsers/terraform/hcl/folder_scope.h"
#include "parsers/terraform/hcl/values.h"

namespace preview::terraform {
namespace {

// `main.tf`, which expressions may read as well.
class OneFile : public hcl::FileTree {
 public:
  explicit OneFile(std::string_view text) : text_(text) {}

  [[nodiscard]] model::Result<std::string> Read(const std::string& path) const override {
    if (path != "main.tf") return model::Error{"there is no file `" + path + "`", "", {}};
    return text_;
  }
  [[nodiscard]] std::vector<std::string> List(const std::string& folder) const override {
    return folder == "." ? std::vector<std::string>{"main.tf"} : std::vector<std::string>{};
  }
  [[nodiscard]] bool IsFolder(const std::string& path) const override { return path == "."; }
  [[nodiscard]] std::string Shown(const std::string& path) const override { return path; }
  [[nodiscard]] bool HasOtherFiles() const override { return true; }

 private:
  std::string text_;
};

// The attributes of all resources, one below the other.
std::string Evaluated(std::string_view text) {
  model::SourceFiles files;
  model::SymbolTable symbols;
  FolderOptions options;
  options.source.evaluation_steps = 20'000;
  auto source = OpenedSource::Open(std::make_unique<OneFile>(text), options.source, files);
  if (!source.ok()) return source.error().message;
  FolderScope scope(*source.value(), options, {}, symbols);
  hcl::ModuleInstance& root = scope.evaluator().root();
  std::string out;
  for (const auto& [name, declaration] : root.node->module->resources) {
    const FolderBlock* block = scope.Instances(root, name);
    if (block == nullptr) continue;
    for (const FolderInstance& instance : block->instances) {
      model::Value outside = hcl::Leave(instance.attributes);
      PREVIEW_CHECK(outside.text.empty() || !outside.is_object());
      out += name + KeyText(instance.key) + model::ToJson(outside) + "\n";
    }
  }
  return out;
}

}  // namespace
}  // namespace preview::terraform

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  PREVIEW_CHECK(preview::terraform::Evaluated(text) == preview::terraform::Evaluated(text));
  return 0;
}
