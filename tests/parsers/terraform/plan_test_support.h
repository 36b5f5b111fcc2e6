// What the tests of the plan reader share.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "model/deployment.h"
#include "parsers/terraform/plan.h"

namespace preview::terraform {

inline std::string ReadTestdata(const std::string& path) {
  std::ifstream file(std::string(PREVIEW_TESTDATA) + "/terraform/" + path, std::ios::binary);
  EXPECT_TRUE(file.good()) << path;
  return {std::istreambuf_iterator<char>(file), {}};
}

// A plan of these `resource_changes`, with further members of the plan behind them
// (`,"errored":false`).
inline std::string PlanOf(const std::string& changes, const std::string& more = "") {
  return R"({"format_version":"1.2","terraform_version":"1.11.4","resource_changes":[)" + changes +
         "]" + more + "}";
}

// An entry of `resource_changes` for a block without keys. `change` is the inside of its `change`;
// `more` stands before.
inline std::string ChangeOf(const std::string& address, const std::string& change,
                            const std::string& more = "") {
  bool data = address.starts_with("data.");
  std::string block = data ? address.substr(5) : address;
  return R"({"address":")" + address + R"(","mode":")" + (data ? "data" : "managed") +
         R"(","type":")" + block.substr(0, block.find('.')) + R"(","name":")" +
         block.substr(block.find('.') + 1) +
         R"(","provider_name":"registry.terraform.io/hashicorp/aws")" + more + R"(,"change":{)" +
         change + "}}";
}

// `configuration` with these resources in the root module.
inline std::string ConfigurationOf(const std::string& resources, const std::string& more = "") {
  return R"(,"configuration":{"provider_config":{"aws":{"name":"aws","full_name":"registry.terraform.io/hashicorp/aws",)"
         R"("expressions":{"region":{"constant_value":"us-east-1"}}}},"root_module":{"resources":[)" +
         resources + "]" + more + "}}";
}

inline std::string BlockOf(const std::string& address, const std::string& expressions) {
  bool data = address.starts_with("data.");
  std::string block = data ? address.substr(5) : address;
  return R"({"address":")" + address + R"(","mode":")" + (data ? "data" : "managed") +
         R"(","type":")" + block.substr(0, block.find('.')) + R"(","name":")" +
         block.substr(block.find('.') + 1) + R"(","provider_config_key":"aws","expressions":{)" +
         expressions + "}}";
}

// A plan that has been read, with what is needed to look at it.
struct ReadingOfPlan {
  model::SymbolTable symbols;
  model::SourceFiles files;
  PlanOptions options;
  model::Deployment deployment;

  void Read(std::string_view json) {
    auto result = ReadPlan(json, options, symbols, files);
    ASSERT_TRUE(result.ok()) << result.error().message;
    deployment = std::move(result.value());
  }
  void ReadCase(const std::string& name) { Read(ReadTestdata(name + "/plan.json")); }

  [[nodiscard]] static const model::Resource* Find(const model::Inventory& side,
                                                   std::string_view address) {
    for (const model::Resource& resource : side.resources) {
      if (resource.address == address) return &resource;
    }
    return nullptr;
  }
  [[nodiscard]] const model::Resource* Before(std::string_view address) const {
    return Find(deployment.before, address);
  }
  [[nodiscard]] const model::Resource* After(std::string_view address) const {
    return Find(deployment.after, address);
  }

  [[nodiscard]] std::string Show(const std::string& text) const {
    return model::Display(text, symbols);
  }
  // An attribute after the change as people see it: a text as it is, everything else as JSON,
  // `unknown(why)`.
  [[nodiscard]] std::string Attribute(std::string_view address, std::string_view path) const {
    return ShowAttribute(After(address), path);
  }
  [[nodiscard]] std::string AttributeBefore(std::string_view address, std::string_view path) const {
    return ShowAttribute(Before(address), path);
  }

 private:
  [[nodiscard]] std::string ShowAttribute(const model::Resource* resource,
                                          std::string_view path) const {
    if (resource == nullptr) return "no such resource";
    const model::Value* value = resource->attributes.FindPath(path);
    if (value == nullptr) return "absent";
    if (value->is_unknown()) return "unknown(" + value->text + ")";
    return Show(value->is_string() ? value->text : model::ToJson(*value));
  }
};

}  // namespace preview::terraform
