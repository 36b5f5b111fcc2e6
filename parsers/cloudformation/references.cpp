// Ref and Fn::GetAtt, exports and imports, outputs of nested stacks, mappings.
#include <fmt/core.h>

#include <utility>

#include "parsers/cloudformation/evaluator.h"
#include "parsers/cloudformation/parts.h"
#include "rules/catalogue.h"

namespace preview::cloudformation {

using model::Value;

namespace {

constexpr model::Language kLanguage = model::Language::kCloudFormation;
constexpr std::string_view kStackType = "AWS::CloudFormation::Stack";
constexpr std::size_t kMaxFollowedKeys = 8;  // of a mapping whose key is not known

// Names that the SAM transform may make and that are not made here: `ServerlessRestApiDeployment…`,
// `FunctionAliaslive`.
bool MayBeGenerated(const Template& source, std::string_view name) {
  if (!source.sam) return false;
  if (name.starts_with("Serverless")) return true;
  for (const auto& [id, body] : source.resources) {
    if (name.starts_with(id)) return true;
  }
  return false;
}

}  // namespace

std::optional<Value> Evaluator::CallRef(Stack& stack, const Value& call, const Value& argument) {
  if (!argument.is_string()) {
    // With AWS::LanguageExtensions the name may be a function.
    const auto name = Evaluate(stack, argument);
    if (!name.has_value() || !name->is_string())
      return Refused(stack, call.place, "`Ref` takes a name");
    return Reference(stack, name->text, call.place);
  }
  return Reference(stack, argument.text, call.place);
}

std::optional<Value> Evaluator::Reference(Stack& stack, const std::string& target,
                                          const model::Place& place) {
  if (target.starts_with("AWS::")) return PseudoParameter(stack, target, place);
  if (stack.source->parameters.contains(target)) {
    Value value = Parameter(stack, target);
    value.place = place;
    return value;
  }
  return ResourceAttribute(stack, target, "Ref", place);
}

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html
std::optional<Value> Evaluator::PseudoParameter(Stack& stack, std::string_view name,
                                                const model::Place& place) {
  const model::Environment& environment = stack.environment;
  if (name == "AWS::NoValue") return std::nullopt;
  if (name == "AWS::AccountId") return Text(environment.account, false, place);
  if (name == "AWS::Region") return Text(environment.region, false, place);
  if (name == "AWS::Partition") return Text(environment.partition, false, place);
  if (name == "AWS::StackName") return Text(stack.name, false, place);
  if (name == "AWS::URLSuffix") {
    return Text(environment.partition == "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com", false,
                place);
  }
  if (name == "AWS::StackId") {
    const std::string unique = SymbolString(
        {stack.scope + stack.prefix + "AWS::StackId", "", "", model::SymbolForm::kOpaqueId, false});
    return Text(fmt::format("arn:{}:cloudformation:{}:{}:stack/{}/{}", environment.partition,
                            environment.region, environment.account, stack.name, unique),
                false, place);
  }
  if (name == "AWS::NotificationARNs") return UnknownAt("AWS::NotificationARNs", place);
  return Refused(stack, place, fmt::format("there is no pseudo parameter `{}`", name));
}

std::optional<Value> Evaluator::CallGetAtt(Stack& stack, const Value& call, const Value& argument) {
  if (argument.is_string()) {
    const std::size_t dot = argument.text.find('.');
    if (dot == std::string::npos)
      return Refused(stack, call.place, "`Fn::GetAtt` takes a resource and an attribute");
    return ResourceAttribute(stack, argument.text.substr(0, dot), argument.text.substr(dot + 1),
                             call.place);
  }
  if (!argument.is_list() || argument.items.size() < 2) {
    return Refused(stack, call.place, "`Fn::GetAtt` takes a resource and an attribute");
  }
  const std::vector<Value> parts = Arguments(stack, argument);
  std::string attribute;
  for (std::size_t i = 1; i < parts.size(); ++i) {
    if (i > 1) attribute += '.';
    attribute += TextOf(stack, parts[i], call.place).text;
  }
  return ResourceAttribute(stack, TextOf(stack, parts[0], call.place).text, attribute, call.place);
}

Value Evaluator::ResourceAttribute(Stack& stack, const std::string& resource,
                                   const std::string& attribute, const model::Place& place) {
  const std::string address = stack.prefix + resource;
  const auto found = stack.source->resources.find(resource);
  if (found == stack.source->resources.end()) {
    if (stack.source->foreign_macro || MayBeGenerated(*stack.source, resource)) {
      return Symbolic({stack.scope + address + (attribute == "Ref" ? "" : "." + attribute), address,
                       attribute, model::SymbolForm::kText, false},
                      place);
    }
    return Refused(
        stack, place,
        fmt::format("`{}` is neither a parameter nor a resource of the template", resource));
  }
  if (Exists(stack, resource) == false) {
    return Refused(stack, place,
                   fmt::format("`{}` is referred to, but its condition is false", resource));
  }
  const std::string type = MemberText(*found->second, "Type");
  if (type == kStackType && attribute.starts_with("Outputs.")) {
    Stack* child = Child(stack, resource);
    if (child != nullptr) return Output(*child, attribute.substr(8), place);
  }
  const std::string key = fmt::format("attribute {}.{}", resource, attribute);
  if (!stack.running.insert(key).second) {
    return Refused(stack, place, fmt::format("`{}` refers to itself in a circle", resource));
  }
  depth_ += 2;  // a step from resource to resource takes more of the stack than one into a value
  // The text of another attribute of the same resource: its property, or its symbol.
  const auto other = [&](std::string_view name) -> std::string {
    const auto property = Property(stack, resource, std::string(name));
    if (property.has_value()) {
      if (const auto text = ScalarText(*property)) return *text;
    } else if (!rules::AttributeDefault(kLanguage, type, name).empty()) {
      return {};
    }
    return SymbolString({fmt::format("{}{}.{}", stack.scope, address, name), address,
                         std::string(name), rules::AttributeSymbolForm(kLanguage, type, name),
                         false});
  };
  const std::optional<std::string> built =
      rules::BuildAttribute(kLanguage, type, attribute, stack.environment, other);
  std::optional<Value> value;
  if (built.has_value()) {
    value = Text(*built, false, place);
  } else if (attribute != "Ref") {
    const auto property = Property(stack, resource, attribute);
    if (property.has_value() && property->is_string())
      value = Text(property->text, property->sensitive, place);
  }
  depth_ -= 2;
  stack.running.erase(key);
  if (value.has_value()) return *value;
  return Symbolic({stack.scope + address + (attribute == "Ref" ? "" : "." + attribute), address,
                   attribute, rules::AttributeSymbolForm(kLanguage, type, attribute), false},
                  place);
}

std::optional<Value> Evaluator::Property(Stack& stack, const std::string& resource,
                                         const std::string& name) {
  const auto found = stack.source->resources.find(resource);
  if (found == stack.source->resources.end()) return std::nullopt;
  const Value* properties = found->second->Find("Properties");
  const Value* raw = properties == nullptr ? nullptr : properties->Find(name);
  return raw == nullptr ? std::nullopt : Property(stack, resource, name, *raw);
}

std::optional<Value> Evaluator::Property(Stack& stack, const std::string& resource,
                                         const std::string& name, const Value& raw) {
  const std::string key = fmt::format("{}.{}", resource, name);
  const auto cached = stack.properties.find(key);
  if (cached != stack.properties.end()) return cached->second;
  const std::string running = "property " + key;
  if (!stack.running.insert(running).second) {
    return Refused(stack, raw.place, fmt::format("`{}` refers to itself in a circle", key));
  }
  std::optional<Value> value = Evaluate(stack, raw);
  stack.running.erase(running);
  if (may_ask_) stack.properties.emplace(key, value);
  return value;
}

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-findinmap.html
std::optional<Value> Evaluator::CallFindInMap(Stack& stack, const Value& call,
                                              const Value& argument) {
  if (!argument.is_list() || argument.items.size() < 3 || argument.items.size() > 4) {
    return Refused(stack, call.place, "`Fn::FindInMap` takes a mapping and two keys");
  }
  const Value* fallback =
      argument.items.size() == 4 ? argument.items[3].Find("DefaultValue") : nullptr;
  const Piece map_name = TextOf(stack, Evaluate(stack, argument.items[0]), call.place);
  const Piece first = TextOf(stack, Evaluate(stack, argument.items[1]), call.place);
  const Piece second = TextOf(stack, Evaluate(stack, argument.items[2]), call.place);
  const auto map = stack.source->mappings.find(map_name.text);
  if (map == stack.source->mappings.end()) {
    if (fallback != nullptr) return Evaluate(stack, *fallback);
    if (model::HasSymbol(map_name.text) || stack.source->foreign_macro)
      return UnknownAt("a mapping", call.place);
    return Refused(stack, call.place, fmt::format("mapping `{}` is not declared", map_name.text));
  }
  // A step into the mapping by a key; a key that is not known is compared with each key there is.
  const auto step = [&](const Value& level, const std::string& key, bool& open) -> const Value* {
    if (!model::HasSymbol(key)) return level.Find(key);
    if (level.items.size() == 1 && fallback == nullptr) return &level.items.front();
    if (level.items.size() > kMaxFollowedKeys) {
      open = true;
      return nullptr;
    }
    for (std::size_t i = 0; i < level.keys.size(); ++i) {
      const std::optional<bool> equal = EqualTexts(key, level.keys[i]);
      if (!equal.has_value()) open = true;
      if (equal == true) return &level.items[i];
    }
    open = true;
    return nullptr;
  };
  bool open = false;
  const Value* inner = step(*map->second, first.text, open);
  const Value* value = inner == nullptr ? nullptr : step(*inner, second.text, open);
  if (value != nullptr) {
    Value found = *value;
    return Evaluate(stack, found);
  }
  if (open) {
    // Every value that the mapping holds may be the same one.
    const Value* same = nullptr;
    bool differ = map->second->items.empty() || model::HasSymbol(second.text);
    for (const Value& level : map->second->items) {
      const Value* candidate = level.Find(second.text);
      differ = differ || candidate == nullptr || (same != nullptr && !same->SameAs(*candidate));
      same = candidate;
    }
    if (!differ && same != nullptr && fallback == nullptr) return *same;
    return UnknownAt(fmt::format("mapping `{}` for {}", map_name.text,
                                 model::Display(first.text, *input_.symbols)),
                     call.place);
  }
  if (fallback != nullptr) return Evaluate(stack, *fallback);
  return Refused(stack, call.place,
                 fmt::format("mapping `{}` has nothing under `{}`, `{}`", map_name.text, first.text,
                             second.text));
}

void Evaluator::CollectExports() {
  exports_collected_ = true;
  const bool may_ask = std::exchange(may_ask_, false);
  for (const auto& stack : stacks_) {
    for (const auto& [name, output] : stack->source->outputs) {
      const Value* exported = output->Find("Export");
      const Value* export_name = exported == nullptr ? nullptr : exported->Find("Name");
      if (export_name == nullptr) continue;
      const Piece text = TextOf(*stack, Evaluate(*stack, *export_name), output->place);
      exports_.emplace(text.text, std::pair(stack.get(), name));
    }
  }
  may_ask_ = may_ask;
}

std::optional<Value> Evaluator::Exported(const std::string& name) {
  if (!exports_collected_) CollectExports();
  const auto found = exports_.find(name);
  if (found == exports_.end()) return std::nullopt;
  const auto& [stack, output] = found->second;
  return Output(*stack, output, stack->source->outputs.at(output)->place);
}

std::optional<Value> Evaluator::CallImportValue(Stack& stack, const Value& call,
                                                const Value& argument) {
  const Piece name = TextOf(stack, Evaluate(stack, argument), call.place);
  const auto given = input_.options->imports.find(name.text);
  if (given != input_.options->imports.end()) {
    return Text(model::WithoutSymbolLetters(given->second), false, call.place);
  }
  if (auto value = Exported(name.text)) {
    value->place = call.place;
    return value;
  }
  const std::string shown = model::Display(name.text, *input_.symbols);
  AddNote(stack, call.place,
          fmt::format("`Fn::ImportValue` of `{}`: give its value with --import", shown));
  return Symbolic({"Fn::ImportValue " + shown, "", "", model::SymbolForm::kText, false},
                  call.place);
}

// An output of another stack by name (`StackName`, `OutputName`).
std::optional<Value> Evaluator::CallStackOutput(Stack& stack, const Value& call,
                                                const Value& argument) {
  const auto member = [&](std::string_view key) {
    const Value* value = argument.Find(key);
    return value == nullptr ? std::string()
                            : TextOf(stack, Evaluate(stack, *value), call.place).text;
  };
  const std::string name = member("StackName");
  const std::string output = member("OutputName");
  for (const auto& other : stacks_) {
    if (other->name == name && other->source->outputs.contains(output))
      return Output(*other, output, call.place);
  }
  return Symbolic(
      {fmt::format("output {} of stack {}", output, model::Display(name, *input_.symbols)), "", "",
       model::SymbolForm::kText, false},
      call.place);
}

Value Evaluator::Output(Stack& stack, const std::string& name, const model::Place& place) {
  const auto found = stack.source->outputs.find(name);
  const Value* raw = found == stack.source->outputs.end() ? nullptr : found->second->Find("Value");
  if (raw == nullptr) {
    if (stack.source->foreign_macro) return UnknownAt(fmt::format("output `{}`", name), place);
    return Refused(stack, place, fmt::format("the stack has no output `{}`", name));
  }
  const std::string key = "output " + name;
  if (!stack.running.insert(key).second) {
    return Refused(stack, place, fmt::format("output `{}` refers to itself in a circle", name));
  }
  std::optional<Value> value = Evaluate(stack, *raw);
  stack.running.erase(key);
  return value.has_value() ? std::move(*value) : UnknownAt(fmt::format("output `{}`", name), place);
}

}  // namespace preview::cloudformation
