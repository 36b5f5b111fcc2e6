// What ParseJson accepts, it prints as JSON that it reads as the same value; no value holds a
// symbol; a filter that keeps everything changes nothing.

#include <cstdint>
#include <string_view>

#include "model/check.h"
#include "model/symbol.h"
#include "parsers/text/json.h"

namespace preview::text {
namespace {

class KeepAll : public JsonFilter {
 public:
  JsonChoice Choose(std::span<const JsonStep> path, const model::Value& parent) override {
    PREVIEW_CHECK(!path.empty() && (parent.is_object() || parent.is_list()));
    return JsonChoice::kAsk;
  }
  void Take(std::span<const JsonStep>, model::Value) override { PREVIEW_CHECK(false); }
};

void Check(std::string_view text) {
  JsonOptions options;
  options.limits.depth = 100;
  auto result = ParseJson(text, options);
  KeepAll filter;
  auto filtered = ParseJsonFiltered(text, options, filter);
  PREVIEW_CHECK(result.ok() == filtered.ok());
  if (!result.ok()) {
    PREVIEW_CHECK(result.error().place == filtered.error().place);
    return;
  }
  PREVIEW_CHECK(result.value().SameAs(filtered.value()));
  std::string printed = model::ToJson(result.value());
  PREVIEW_CHECK(!model::HasSymbol(printed));
  auto again = ParseJson(printed, options);
  PREVIEW_CHECK(again.ok() && again.value().SameAs(result.value()));
}

}  // namespace
}  // namespace preview::text

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  preview::text::Check({reinterpret_cast<const char*>(data), size});
  return 0;
}
