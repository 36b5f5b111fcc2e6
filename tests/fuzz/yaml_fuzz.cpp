// What ParseYaml accepts has a value that prints as JSON, without symbols, and within the limits.

#include <cstdint>
#include <string_view>

#include "model/check.h"
#include "model/symbol.h"
#include "parsers/text/json.h"
#include "parsers/text/yaml.h"

namespace preview::text {
namespace {

void Check(std::string_view text) {
  YamlOptions options;
  options.limits.depth = 100;
  options.limits.aliases = 1000;
  model::Diagnostics problems;
  auto result = ParseYaml(text, options, &problems);
  if (!result.ok()) return;
  std::string printed = model::ToJson(result.value());
  PREVIEW_CHECK(!model::HasSymbol(printed));
  // Reading the print as JSON checks the syntax of numbers and strings, and the nesting.
  // A scalar with the tag `!GetAtt` is an object and a list within what it is in.
  JsonOptions json;
  json.limits.depth = 102;
  auto again = ParseJson(printed, json);
  PREVIEW_CHECK(again.ok() && again.value().SameAs(result.value()));
}

}  // namespace
}  // namespace preview::text

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  preview::text::Check({reinterpret_cast<const char*>(data), size});
  return 0;
}
