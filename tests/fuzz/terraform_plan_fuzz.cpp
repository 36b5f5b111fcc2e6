// Any text as a plan is refused, or read twice to the same resources and reasons; what is not known
// has a reason.

#include <cstdint>
#include <string>
#include <string_view>

#include "model/check.h"
#include "model/place.h"
#include "parsers/terraform/plan.h"

namespace preview::terraform {
namespace {

void Append(const model::Inventory& inventory, std::string& out) {
  for (const model::Resource& resource : inventory.resources) {
    out += resource.address + " " + resource.identity + " " + resource.type + " " +
           model::ToJson(resource.attributes) + "\n";
  }
}

std::string Read(std::string_view json) {
  model::SourceFiles files;
  model::SymbolTable symbols;
  PlanOptions options;
  options.input = "plan.json";
  auto deployment = ReadPlan(json, options, symbols, files);
  if (!deployment.ok()) return deployment.error().message;
  std::string out;
  Append(deployment.value().before, out);
  Append(deployment.value().after, out);
  for (const model::Undetermined& entry : deployment.value().undetermined) {
    PREVIEW_CHECK(!entry.reason.empty());
    out += entry.resource_address + " " + entry.reason + "\n";
  }
  return out;
}

}  // namespace
}  // namespace preview::terraform

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view json(reinterpret_cast<const char*>(data), size);
  PREVIEW_CHECK(preview::terraform::Read(json) == preview::terraform::Read(json));
  return 0;
}
