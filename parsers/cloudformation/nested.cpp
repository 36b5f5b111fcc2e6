// Nested stacks: a local TemplateURL, or the asset that the CDK names in the metadata.
#include <fmt/core.h>

#include <memory>
#include <utility>

#include "parsers/cloudformation/evaluator.h"
#include "parsers/cloudformation/parts.h"

namespace preview::cloudformation {

using model::Value;

namespace {

constexpr std::size_t kMaxChildren = 2000;  // nested stacks of one side

}  // namespace

Stack* Evaluator::Child(Stack& stack, const std::string& resource) {
  const auto known = stack.children.find(resource);
  if (known != stack.children.end()) return known->second.get();
  const auto found = stack.source->resources.find(resource);
  if (found == stack.source->resources.end()) return nullptr;
  const Value& body = *found->second;
  const std::string running = "child " + resource;
  if (!stack.running.insert(running).second) {
    Refused(stack, body.place, fmt::format("`{}` refers to itself in a circle", resource));
    return nullptr;
  }
  const Value* metadata = body.Find("Metadata");
  std::string path = metadata == nullptr ? std::string() : MemberText(*metadata, "aws:asset:path");
  if (path.empty()) {
    const auto url = Property(stack, resource, "TemplateURL");
    if (url.has_value() && url->is_string()) path = url->text;
  }
  auto child = std::make_unique<Stack>();
  child->name = stack.name + "-" + resource + "-" +
                SymbolString({stack.scope + stack.prefix + resource + ".AWS::StackName", "", "",
                              model::SymbolForm::kOpaqueId, false});
  child->label = stack.label;
  child->prefix = stack.prefix + resource + ".";
  child->scope = stack.scope;
  child->environment = stack.environment;
  child->parent = &stack;
  child->declaration = &body;
  const PartEvaluator evaluate = [&](const Template& partial, const Value& value) {
    const bool may_ask = std::exchange(may_ask_, false);
    Stack trial;
    trial.source = &partial;
    trial.name = child->name;
    trial.prefix = child->prefix;
    trial.scope = child->scope;
    trial.environment = child->environment;
    trial.parent = &stack;
    trial.declaration = &body;
    std::optional<Value> result = Evaluate(trial, value);
    may_ask_ = may_ask;
    return result;
  };
  std::string why;
  child->source = input_.nested(*stack.source, path, evaluate, why);
  stack.running.erase(running);
  if (child->source == nullptr) {
    Problem(stack, body.place,
            fmt::format("nested stack `{}{}` is not covered: its template `{}` cannot be read: {}",
                        stack.prefix, resource, model::Display(path, *input_.symbols), why),
            "give its template as another input, or a local TemplateURL");
    stack.children.emplace(resource, nullptr);
    return nullptr;
  }
  bool in_itself = ++children_ > kMaxChildren;
  for (const Stack* above = &stack; above != nullptr; above = above->parent) {
    in_itself = in_itself || above->source->name == child->source->name;
  }
  if (in_itself) {
    Problem(stack, body.place,
            fmt::format("nested stack `{}{}` is not covered: stacks are nested without end",
                        stack.prefix, resource));
    stack.children.emplace(resource, nullptr);
    return nullptr;
  }
  for (const model::Undetermined& problem : child->source->problems) {
    Problem(stack, problem.place, problem.reason, problem.hint);
  }
  return stack.children.emplace(resource, std::move(child)).first->second.get();
}

}  // namespace preview::cloudformation
