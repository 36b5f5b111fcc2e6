// ReadTemplates ends on any text; a YAML template is read as the JSON that its value prints as.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/check.h"
#include "model/symbol.h"
#include "parsers/cloudformation/template.h"
#include "parsers/text/yaml.h"

namespace preview::cloudformation {
namespace {

using Deployments = model::Result<std::vector<model::Deployment>>;

TemplateOptions Bounded(std::size_t depth) {
  TemplateOptions options;
  options.input = "t";
  options.environment.account = "111122223333";
  options.environment.region = "eu-west-1";
  options.limits.depth = depth;
  options.limits.aliases = 1000;
  options.max_readings = 4;
  options.max_steps = 20'000;
  options.max_nodes = 5'000;
  return options;
}

Deployments Read(std::string_view text, std::size_t depth) {
  model::SymbolTable symbols;  // the same order of names gives the same letters
  model::SourceFiles files;
  const std::vector<TemplateText> after{{"t", std::string(text), "", "", "", {}, {}}};
  return ReadTemplates(after, after, Bounded(depth), symbols, files);
}

void CheckSame(const model::Inventory& a, const model::Inventory& b) {
  PREVIEW_CHECK(a.resources.size() == b.resources.size());
  for (std::size_t i = 0; i < a.resources.size(); ++i) {
    PREVIEW_CHECK(a.resources[i].identity == b.resources[i].identity);
    PREVIEW_CHECK(a.resources[i].type == b.resources[i].type);
    PREVIEW_CHECK(a.resources[i].attributes.SameAs(b.resources[i].attributes));
  }
}

void Check(std::string_view text) {
  // `!GetAtt a.b` is an object and a list within what it is in.
  constexpr std::size_t kDepth = 60;
  const auto value = text::ParseYaml(text, {Bounded(kDepth).limits, 0});
  const Deployments of_yaml = Read(text, kDepth);
  if (!value.ok()) {
    PREVIEW_CHECK(!of_yaml.ok());
    return;
  }
  const Deployments of_json = Read(model::ToJson(value.value()), kDepth + 2);
  PREVIEW_CHECK(of_yaml.ok() == of_json.ok());
  if (!of_yaml.ok()) return;
  PREVIEW_CHECK(of_yaml.value().size() == of_json.value().size());
  for (std::size_t i = 0; i < of_yaml.value().size(); ++i) {
    const model::Deployment& a = of_yaml.value()[i];
    const model::Deployment& b = of_json.value()[i];
    PREVIEW_CHECK(a.when == b.when);
    CheckSame(a.before, b.before);
    CheckSame(a.after, b.after);
  }
}

}  // namespace
}  // namespace preview::cloudformation

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  preview::cloudformation::Check({reinterpret_cast<const char*>(data), size});
  return 0;
}
