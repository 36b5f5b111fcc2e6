// Reads templates from text in tests, and finds things in what comes out.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "parsers/cloudformation/template.h"

namespace preview::cloudformation {

struct Fixture {
  Fixture() {
    options.environment.account = "111122223333";
    options.environment.region = "eu-west-1";
    options.input = "template";
  }

  std::vector<model::Deployment> Read(const std::string& after, const std::string& base = "") {
    std::vector<TemplateText> texts{{"template.yaml", after, folder, "", "", {}, {}}};
    std::vector<TemplateText> bases;
    if (!base.empty()) bases.push_back({"base.yaml", base, folder, "", "", {}, {}});
    return Read(texts, bases);
  }

  std::vector<model::Deployment> Read(const std::vector<TemplateText>& after,
                                      const std::vector<TemplateText>& base) {
    auto result = ReadTemplates(after, base, options, symbols, files);
    EXPECT_TRUE(result.ok()) << result.error().message;
    if (!result.ok()) return {};
    return std::move(result).value();
  }

  // The only reading of a template.
  model::Deployment ReadOne(const std::string& after, const std::string& base = "") {
    auto deployments = Read(after, base);
    EXPECT_EQ(deployments.size(), 1U);
    return deployments.empty() ? model::Deployment{} : std::move(deployments.front());
  }

  std::string Show(const model::Value& value) const {
    return model::Display(model::ToJson(value), symbols);
  }

  // Attribute `path` of a resource as JSON with symbols by name; `absent` when it is not there.
  std::string Attribute(const model::Inventory& inventory, const std::string& address,
                        const std::string& path) const {
    const model::Resource* resource = Find(inventory, address);
    if (resource == nullptr) return "no resource";
    const model::Value* value = resource->attributes.FindPath(path);
    if (value == nullptr) return "absent";
    return value->is_unknown() ? "unknown: " + value->text : Show(*value);
  }

  static const model::Resource* Find(const model::Inventory& inventory,
                                     const std::string& address) {
    for (const model::Resource& resource : inventory.resources) {
      if (resource.address == address) return &resource;
    }
    return nullptr;
  }

  static std::vector<std::string> Reasons(const model::Deployment& deployment) {
    std::vector<std::string> reasons;
    for (const model::Undetermined& problem : deployment.undetermined)
      reasons.push_back(problem.reason);
    return reasons;
  }

  TemplateOptions options;
  std::string folder;
  model::SymbolTable symbols;
  model::SourceFiles files;
};

// A folder of files that goes away with the test.
class TemporaryFolder {
 public:
  explicit TemporaryFolder(const std::string& name)
      : path_(std::filesystem::path(::testing::TempDir()) / ("preview_cloudformation_" + name)) {
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
  }
  ~TemporaryFolder() {
    std::error_code error;
    std::filesystem::remove_all(path_, error);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  void Write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name) << text;
  }
  [[nodiscard]] std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

}  // namespace preview::cloudformation
