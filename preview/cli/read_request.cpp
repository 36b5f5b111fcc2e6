// `aws accessanalyzer create-access-preview --cli-input-json FILE`: configurations already.
#include <fmt/format.h>

#include <optional>
#include <utility>

#include "parsers/text/json.h"
#include "preview/cli/request.h"
#include "preview/cli/target.h"

namespace preview::cli {
namespace {

// The account of `arn:aws:access-analyzer:us-west-1:111122223333:analyzer/x`.
std::string AccountOf(std::string_view arn) {
  for (int colons = 0; colons < 4; ++colons) {
    const std::size_t colon = arn.find(':');
    if (colon == std::string_view::npos) return {};
    arn.remove_prefix(colon + 1);
  }
  return std::string(arn.substr(0, arn.find(':')));
}

std::optional<model::Value> ParseRequest(const Input& input, std::uint32_t file,
                                         ReadContext& context) {
  text::JsonOptions json;
  json.limits = context.options.limits;
  json.file = file;
  model::Diagnostics problems;
  model::Result<model::Value> read = text::ParseJson(input.text, json, &problems);
  if (!read.ok()) {
    context.Fail(input.name, read.error());
    return std::nullopt;
  }
  const model::Value* configurations = read.value().Find("configurations");
  if (configurations == nullptr || !configurations->is_object()) {
    context.Fail(input.name, {"`configurations` must be an object", "", read.value().place});
    return std::nullopt;
  }
  return std::move(read).value();
}

// All configurations of a request as one side of a comparison.
model::Assembly MakeAssembly(const model::Value& configurations, const model::Value* existing,
                             const Input& input, const model::Environment& environment,
                             ReadContext& context) {
  model::Assembly assembly;
  for (std::size_t i = 0; i < configurations.keys.size(); ++i) {
    Subject subject;
    subject.arn = configurations.keys[i];
    subject.environment = environment;
    const model::Value* old = existing == nullptr ? nullptr : existing->Find(subject.arn);
    subject.is_new = old == nullptr;
    const model::Value& proposed = configurations.items[i];
    auto read = ReadConfiguration(old == nullptr ? proposed : Overlay(*old, proposed), subject,
                                  context.tables.symbols);
    if (!read.ok()) {
      model::Error error = read.error();
      error.message = fmt::format("`{}`: {}", subject.arn, error.message);
      if (!error.place.known()) error.place = proposed.place;
      context.Fail(input.name, error);
      continue;
    }
    model::Configuration configuration = std::move(read).value();
    configuration.input = input.name;
    configuration.place =
        i < configurations.key_places.size() ? configurations.key_places[i] : proposed.place;
    assembly.configurations.push_back(std::move(configuration));
  }
  return assembly;
}

}  // namespace

void ReadRequest(const Input& input, ReadContext& context) {
  const std::uint32_t file = context.tables.files.Add(input.name, input.text);
  const std::optional<model::Value> request = ParseRequest(input, file, context);
  if (!request.has_value()) return;
  Scenario scenario;
  model::Deployment& deployment = scenario.deployment;
  deployment.input = input.name;
  deployment.environment = {context.options.account.text, context.options.region.text,
                            context.options.partition.text};
  if (deployment.environment.account.empty()) {
    const model::Value* analyzer = request->Find("analyzerArn");
    if (analyzer != nullptr && analyzer->is_string())
      deployment.environment.account = AccountOf(analyzer->text);
    if (!deployment.environment.account.empty()) deployment.account_inferred_from = "analyzerArn";
  }
  std::optional<model::Value> existing;
  if (!context.options.base.empty()) {
    std::vector<Input> base =
        ReadInputs(context.options.base, context.options.limits, context.errors);
    if (base.size() == 1 && base.front().kind == InputKind::kPreviewRequest) {
      existing = ParseRequest(
          base.front(), context.tables.files.Add(base.front().name, base.front().text), context);
    } else if (!base.empty()) {
      context.Fail(context.options.base,
                   {"the base of an access preview request is another one", "", {}});
    }
  }
  const model::Value* old = existing.has_value() ? existing->Find("configurations") : nullptr;
  assemble::Assembled& assembled = scenario.assembled.emplace();
  const model::Value& configurations = *request->Find("configurations");
  assembled.after = MakeAssembly(configurations, old, input, deployment.environment, context);
  if (old != nullptr)
    assembled.before = MakeAssembly(*old, nullptr, input, deployment.environment, context);
  JoinKeys(assembled.after);
  JoinKeys(assembled.before);
  if (deployment.environment.account.empty() && !assembled.after.configurations.empty()) {
    deployment.environment.account = assembled.after.configurations.front().environment.account;
    deployment.account_inferred_from = "the resource's ARN";
  }
  Target target;
  target.input = input.name;
  target.scenarios.push_back(std::move(scenario));
  context.targets.push_back(std::move(target));
}

}  // namespace preview::cli
