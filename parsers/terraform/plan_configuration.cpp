#include "parsers/terraform/plan_configuration.h"

#include <utility>

namespace preview::terraform {

ModuleConfiguration& Configuration::Make(std::span<const std::string> calls) {
  ModuleConfiguration* module = &root;
  for (const std::string& call : calls) {
    CallConfiguration& entry = module->calls[call];
    if (entry.module == nullptr) {
      entry.module = std::make_unique<ModuleConfiguration>();
      entry.module->path = module->path.empty() ? call : module->path + "." + call;
    }
    module = entry.module.get();
  }
  return *module;
}

bool IsExpression(const model::Value& value) {
  if (!value.is_object()) return false;
  return value.keys.empty() || value.Find("constant_value") != nullptr ||
         value.Find("references") != nullptr;
}

Expression ReadExpression(const model::Value& expression) {
  Expression read;
  read.constant = expression.Find("constant_value");
  const model::Value* references = expression.Find("references");
  if (references == nullptr) return read;
  std::vector<std::string> texts;
  for (const model::Value& item : references->items) {
    if (item.is_string()) texts.push_back(item.text);
  }
  read.uses = UsesOf(texts);
  return read;
}

}  // namespace preview::terraform
