// CloudFormation templates (YAML and JSON, SAM too) to model::Deployments.
//
// Called by preview/cli for templates, and by change_set.h and assembly.h for what lies in them.
// All templates of one call are one deployment: exports meet imports, nested stacks are followed
// through local files. Where a condition depends on what is not known, every consistent reading is
// a Deployment of its own, with `when` in words. Leaves out: fetching anything, custom macros,
// modules; what depends on them is undetermined.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/deployment.h"
#include "model/result.h"
#include "model/symbol.h"
#include "parsers/text/limits.h"

namespace preview::cloudformation {

using Texts = std::map<std::string, std::string, std::less<>>;

// One template, already read.
struct TemplateText {
  std::string name;    // as shown in places
  std::string text;    // YAML or JSON
  std::string folder;  // where local includes and nested templates are looked for; empty: nowhere
  std::string stack;   // the stack's name; empty: not known
  std::string label;   // Resource::stack; empty where there is one stack only
  model::Environment environment;  // empty members: those of the options
  Texts parameters;                // values for this template only; they win
  // Local files by the last part of the object key under which they are uploaded.
  Texts assets = {};
};

struct TemplateOptions {
  text::Limits limits;
  std::string input;                     // shown as the input's name
  model::Environment environment;        // empty members become symbols
  Texts parameters;                      // --parameters
  std::optional<Texts> base_parameters;  // --base-parameters; none: the same as `parameters`
  Texts imports;                         // --import
  std::size_t max_readings = 64;         // readings of open conditions; beyond it they stay unknown
  std::size_t max_steps =
      5'000'000;  // values evaluated in a reading, and before another reading begins
  // Values made by includes, loops and the SAM transform of one template: several times what the
  // megabyte holds that CloudFormation takes.
  std::size_t max_nodes = 500'000;
};

// Reads `after` (at least one) against `base` (what is deployed now; may be empty: nothing). Error:
// a template that is no YAML or JSON, or no template. Other problems are `undetermined` of the
// Deployments, with their places.
[[nodiscard]] model::Result<std::vector<model::Deployment>> ReadTemplates(
    std::span<const TemplateText> after, std::span<const TemplateText> base,
    const TemplateOptions& options, model::SymbolTable& symbols, model::SourceFiles& files);

// What has a `Resources` object with `Type`s.
[[nodiscard]] bool IsTemplate(const model::Value& value);

// The three forms of parameter files, as text: [{"ParameterKey":…,"ParameterValue":…}],
// {"Parameters":{…}}, a plain
// {"K":"V"}, the list ["K=V"], and lines K=V. A single `K=V` of the command line is the last form.
// A number keeps its text, a list becomes comma-separated text.
[[nodiscard]] model::Result<Texts> ParseParameters(std::string_view text, std::uint32_t file,
                                                   const text::Limits& limits);

}  // namespace preview::cloudformation
