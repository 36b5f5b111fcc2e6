// Files that expressions read, and templates in them.
#include <utility>

#include "parsers/terraform/hcl/evaluate.h"
#include "parsers/terraform/hcl/lines.h"
#include "parsers/terraform/hcl/values.h"
#include "parsers/text/encoding.h"

namespace preview::hcl {

using model::Value;

std::string Evaluator::PathOf(std::string_view path) {
  // `path.cwd` is a symbol; the root module's folder is as good.
  auto id = path.size() >= 4 ? model::AsSingleSymbol(path.substr(0, 4)) : std::nullopt;
  if (id && symbols().Get(*id).name == "path.cwd") {
    path.remove_prefix(4);
    while (path.starts_with('/')) path.remove_prefix(1);
  }
  return NormalPath(".", path);
}

Value Evaluator::ReadFile(std::string_view path) {
  std::string normal = PathOf(path);
  if (model::HasSymbol(normal)) {
    return Undefined("file(\"" + model::Display(normal, symbols()) + "\")");
  }
  auto known = file_texts_.find(normal);
  if (known != file_texts_.end()) {
    Spend(1 + known->second.text.size() / 64);
    return exhausted() ? Exhausted() : known->second;
  }
  auto content = input_.files.Read(normal);
  Value value;
  if (!content.ok() && !input_.files.HasOtherFiles()) {
    value = UnknownBecause("file `" + normal +
                           "` is not in the plan file; give the folder as the source");
  } else if (!content.ok()) {
    Report(content.error().message, content.error().help, {});
    value = Failure(content.error().message);
  } else if (text::FindInvalidUtf8(content.value())) {
    value = Failure("file `" + normal + "` is no UTF-8 text");
  } else {
    value = Value::String(model::WithoutSymbolLetters(content.value()));
    value.place = {input_.sources.Add(input_.files.Shown(normal), content.value()), 1, 1};
    value.key_places = LinesOfFile(value);
  }
  Spend(1 + value.text.size() / 64);
  return file_texts_.emplace(std::move(normal), std::move(value)).first->second;
}

Value Evaluator::EvaluateTemplateFile(const std::string& path, const Value& variables,
                                      const Frame& frame) {
  if (frame.is_template) return Failure("a template cannot read another template");
  if (!variables.is_object()) return Failure("the variables of a template are no object");
  std::string normal = PathOf(path);
  auto found = templates_.find(normal);
  if (found == templates_.end()) {
    Value text = ReadFile(path);
    if (!text.is_string()) return text;
    auto parsed = std::make_unique<Template>();
    parsed->syntax = ParseTemplate(text.text, text.place.file, input_.problems, parsed->root);
    found = templates_.emplace(std::move(normal), std::move(parsed)).first;
  }
  if (found->second->root == 0) return UnknownBecause("template `" + path + "` does not parse");
  return Render(*found->second, variables, frame);
}

Value Evaluator::EvaluateTemplateText(const Value& text, const Value& variables,
                                      const Frame& frame) {
  if (frame.is_template) return Failure("a template cannot hold another template");
  if (!variables.is_object()) return Failure("the variables of a template are no object");
  std::string key = "\n" + text.text;  // no path
  auto found = templates_.find(key);
  if (found == templates_.end()) {
    auto parsed = std::make_unique<Template>();
    parsed->syntax = ParseTemplate(text.text, text.place.file, input_.problems, parsed->root);
    found = templates_.emplace(std::move(key), std::move(parsed)).first;
  }
  if (found->second->root == 0) return UnknownBecause("a template text does not parse");
  return Render(*found->second, variables, frame);
}

Value Evaluator::Render(const Template& parsed, const Value& variables, const Frame& frame) {
  std::vector<Binding> bindings(variables.keys.size());
  for (std::size_t i = 0; i < bindings.size(); ++i) {
    bindings[i] = {variables.keys[i], &variables.items[i], i > 0 ? &bindings[i - 1] : nullptr};
  }
  Frame inner;
  inner.module = frame.module;
  inner.bindings = bindings.empty() ? nullptr : &bindings.back();
  inner.is_template = true;
  Value value = Evaluate({&parsed.syntax, parsed.root}, inner);
  value.sensitive |= variables.sensitive;
  return value;
}

}  // namespace preview::hcl
