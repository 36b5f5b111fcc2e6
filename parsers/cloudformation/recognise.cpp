#include <filesystem>
#include <system_error>

#include "parsers/cloudformation/assembly.h"
#include "parsers/cloudformation/change_set.h"
#include "parsers/cloudformation/template.h"

namespace preview::cloudformation {

namespace {

bool LooksLikeResource(const model::Value& value) {
  if (!value.is_object()) return false;
  const model::Value* type = value.Find("Type");
  return type != nullptr && type->is_string();
}

}  // namespace

bool IsTemplate(const model::Value& value) {
  const model::Value* resources = value.Find("Resources");
  if (resources == nullptr || !resources->is_object()) return false;
  if (value.Find("AWSTemplateFormatVersion") != nullptr) return true;
  for (std::size_t i = 0; i < resources->items.size(); ++i) {
    if (resources->keys[i].starts_with("Fn::") || LooksLikeResource(resources->items[i]))
      return true;
  }
  return resources->items.empty() && value.Find("Transform") != nullptr;
}

bool IsChangeSet(const model::Value& value) {
  const model::Value* changes = value.Find("Changes");
  return changes != nullptr && changes->is_list() &&
         (value.Find("ChangeSetId") != nullptr || value.Find("ChangeSetName") != nullptr ||
          value.Find("StackId") != nullptr);
}

bool IsAssemblyFolder(const std::string& path) {
  std::error_code error;
  return std::filesystem::is_regular_file(std::filesystem::path(path) / "manifest.json", error);
}

}  // namespace preview::cloudformation
