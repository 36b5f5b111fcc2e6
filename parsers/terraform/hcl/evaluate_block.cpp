// Blocks: their instances, their attributes and nested blocks, and policy documents made of them.
#include <algorithm>
#include <array>
#include <utility>

#include "parsers/terraform/hcl/depth.h"
#include "parsers/terraform/hcl/evaluate.h"
#include "parsers/terraform/hcl/number.h"
#include "parsers/terraform/hcl/values.h"
#include "parsers/terraform/policy_document.h"
#include "parsers/text/json.h"

namespace preview::hcl {

using model::Value;
using terraform::InstanceKey;
using terraform::KeyKind;

namespace {

constexpr long long kMaxInstances = 100'000;

bool IsMetaArgument(std::string_view name) {
  static constexpr std::array<std::string_view, 5> kNames{"count", "for_each", "provider",
                                                          "depends_on", "providers"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

bool IsMetaBlock(std::string_view type) {
  return type == "lifecycle" || type == "provisioner" || type == "connection";
}

Value& ListOf(std::vector<std::pair<std::string, Value>>& lists, std::string_view type) {
  for (auto& [name, list] : lists) {
    if (name == type) return list;
  }
  lists.emplace_back(type, Value::List());
  return lists.back().second;
}

// The document that a text of JSON holds; nothing for an empty text.
std::optional<Value> DocumentOf(const Value& value, const text::Limits& limits) {
  if (value.is_null()) return std::nullopt;
  if (value.items.size() == 1 && !value.is_list() && !value.is_object()) return value.items[0];
  if (value.is_unknown()) return value;
  if (value.is_object()) return value;
  if (!value.is_string()) return Failure("a policy document is no text");
  if (value.text.empty()) return std::nullopt;
  text::JsonOptions options;
  options.limits = limits;
  options.track_places = false;
  auto json = text::ParseJsonWithSymbols(value.text, options);
  if (!json.ok()) return Failure("a policy document is no JSON: " + json.error().message);
  Value document = Enter(std::move(json.value()));
  document.sensitive |= value.sensitive;
  return document;
}

// Merges the documents that `attribute` names, a text or a list of texts.
void MergeAll(Value& document, const Value& attributes, std::string_view attribute,
              const text::Limits& limits) {
  const Value* value = FindMember(attributes, attribute);
  if (value == nullptr || value->is_null()) return;
  if (!value->is_list()) {
    if (auto newer = DocumentOf(*value, limits)) terraform::MergeDocument(document, *newer);
    return;
  }
  for (const Value& item : value->items) {
    if (auto newer = DocumentOf(item, limits)) terraform::MergeDocument(document, *newer);
  }
}

// What the provider computes of the arguments of one policy document.
Value WithJson(Value attributes, const std::string& address, const text::Limits& limits) {
  Value document = terraform::EmptyDocument();
  MergeAll(document, attributes, "source_json", limits);
  MergeAll(document, attributes, "source_policy_documents", limits);
  terraform::MergeDocument(document, terraform::DocumentOfArguments(attributes));
  MergeAll(document, attributes, "override_json", limits);
  MergeAll(document, attributes, "override_policy_documents", limits);
  document = Enter(std::move(document));
  document.place = attributes.place;
  Value json =
      HasUnknown(document) ? Undefined(address + ".json") : Value::String(EncodeJson(document));
  json.sensitive = HasSensitive(document);
  json.place = attributes.place;
  json.items.push_back(std::move(document));
  Members members;
  for (std::size_t i = 0; i < attributes.keys.size(); ++i) {
    members.emplace_back(attributes.keys[i], std::move(attributes.items[i]));
  }
  members.emplace_back("minified_json", json);
  members.emplace_back("json", std::move(json));
  return MakeObject(std::move(members));
}

}  // namespace

Instances Evaluator::InstancesOf(const Declaration& declaration, const Frame& frame) {
  Instances instances;
  auto add = [&](InstanceKey key, Repetition repetition) {
    instances.keys.push_back(std::move(key));
    instances.repetitions.push_back(std::move(repetition));
  };
  auto unknown = [&](Value why) {
    instances.kind = Instances::Kind::kUnknown;
    instances.why = std::move(why);
    return instances;
  };
  if (ExprRef count = declaration.Value("count")) {
    Value number = Evaluate(count, frame);
    if (number.is_unknown() || HasSymbols(number)) return unknown(std::move(number));
    auto text = ToNumberText(number);
    auto size = text ? ToInteger(*text) : std::nullopt;
    if (!size || *size < 0) return unknown(Failure("`count` is no whole number"));
    if (*size > kMaxInstances || !Spend(static_cast<std::size_t>(*size))) {
      return unknown(UnknownBecause("`count` is larger than 100,000"));
    }
    instances.kind = Instances::Kind::kCount;
    for (long long i = 0; i < *size; ++i) {
      Repetition repetition;
      repetition.count_index = NumberOf(i);
      add({KeyKind::kNumber, std::to_string(i)}, std::move(repetition));
    }
    return instances;
  }
  ExprRef for_each = declaration.Value("for_each");
  if (!for_each) {
    add({}, {});
    return instances;
  }
  Operand collection = EvaluateOperand(for_each, frame);
  if (collection->is_unknown()) return unknown(*collection);
  if (!collection->is_list() && !collection->is_object()) {
    return unknown(Failure("`for_each` is neither a map nor a set"));
  }
  if (!Spend(CountValues(*collection))) return unknown(Exhausted());
  instances.kind = Instances::Kind::kForEach;
  for (std::size_t i = 0; i < collection->items.size(); ++i) {
    const Value& item = collection->items[i];
    bool object = collection->is_object();
    std::optional<std::string> key;
    if (object)
      key = collection->keys[i];
    else if (!item.is_unknown() && !item.is_null())
      key = ToText(item);
    if (!key || model::HasSymbol(*key)) {
      return unknown(Undefined("for_each over " + Quote(*collection, symbols())));
    }
    Repetition repetition;
    repetition.each_key = Value::String(*key);
    repetition.each_value = item;
    repetition.each_value->sensitive |= collection->sensitive;
    add({KeyKind::kString, *key}, std::move(repetition));
  }
  return instances;
}

Repetition Evaluator::RepetitionOf(const Declaration& declaration, const InstanceKey& key,
                                   const Frame& frame) {
  Repetition repetition;
  if (key.kind == KeyKind::kAny) {
    // One instance that stands for all of them.
    std::string of = frame.module->address + "[*] " + std::to_string(declaration.place.file) + ":" +
                     std::to_string(declaration.place.line);
    repetition.count_index = Undefined("count.index of " + of);
    repetition.each_key = SymbolOf(Undefined("each.key of " + of));
    repetition.each_value = Undefined("each.value of " + of);
    return repetition;
  }
  if (key.kind == KeyKind::kNumber) repetition.count_index = Value::Number(key.text);
  if (key.kind != KeyKind::kString) return repetition;
  repetition.each_key = Value::String(key.text);
  ExprRef for_each = declaration.Value("for_each");
  if (!for_each) return repetition;
  std::string name =
      "for_each " + std::to_string(for_each.syntax->file) + ":" + std::to_string(for_each.id);
  const Value& collection = Keep(*frame.module, name, for_each);
  const Value* value = FindMember(collection, key.text);
  if (value != nullptr) {
    repetition.each_value = *value;
    repetition.each_value->sensitive |= collection.sensitive;
  } else if (collection.is_list()) {
    repetition.each_value = Value::String(key.text);
  } else {
    repetition.each_value =
        Undefined("each.value of " + Quote(collection, symbols()) + "[\"" + key.text + "\"]");
  }
  return repetition;
}

Value Evaluator::EvaluateBlock(const Declaration& declaration, const Frame& frame) {
  Members members;
  for (const AttributeRef& attribute : declaration.attributes) {
    if (IsMetaArgument(attribute.name)) continue;
    members.emplace_back(attribute.name, Evaluate(attribute.value, frame));
  }
  std::vector<std::pair<std::string, Value>> lists;
  for (const BlockRef& block : declaration.blocks) ExpandBlock(block, frame, "", lists);
  for (auto& [name, list] : lists) members.emplace_back(name, std::move(list));
  Value value = MakeObject(std::move(members));
  value.place = declaration.place;
  return value;
}

std::optional<Value> Evaluator::EvaluateMember(const Declaration& declaration,
                                               std::string_view name, const Frame& frame) {
  if (const AttributeRef* attribute = declaration.Find(name)) {
    return Evaluate(attribute->value, frame);
  }
  std::vector<std::pair<std::string, Value>> lists;
  for (const BlockRef& block : declaration.blocks) ExpandBlock(block, frame, name, lists);
  if (lists.empty()) return std::nullopt;
  return std::move(lists[0].second);
}

// Adds a nested block, or what a `dynamic` block makes, to the list of its type. `only`: that type
// alone; empty: all.
void Evaluator::ExpandBlock(const BlockRef& ref, const Frame& frame, std::string_view only,
                            std::vector<std::pair<std::string, Value>>& lists) {
  const Block& block = ref.block();
  bool dynamic = block.type == "dynamic" && block.labels.size() == 1;
  std::string_view type = dynamic ? block.labels[0] : block.type;
  if (IsMetaBlock(type) || (!only.empty() && only != type)) return;
  Value& list = ListOf(lists, type);
  if (list.is_unknown()) return;
  if (!list.place.known()) list.place = block.place;
  if (dynamic) {
    ExpandDynamic(ref, frame, list);
  } else {
    list.items.push_back(EvaluateNested(ref, frame));
  }
}

// https://developer.hashicorp.com/terraform/language/expressions/dynamic-blocks
void Evaluator::ExpandDynamic(const BlockRef& ref, const Frame& frame, Value& list) {
  const Block& block = ref.block();
  ExprRef for_each;
  std::string iterator = block.labels[0];
  for (const Attribute& attribute : block.attributes) {
    const Expr& value = ref.syntax->At(attribute.value);
    if (attribute.name == "for_each") for_each = {ref.syntax, attribute.value};
    if (attribute.name == "iterator") iterator = value.text;
  }
  auto content = std::find_if(block.blocks.begin(), block.blocks.end(),
                              [&](BlockId id) { return ref.syntax->blocks[id].type == "content"; });
  if (!for_each || content == block.blocks.end()) {
    list = UnknownBecause("a `dynamic` block does not parse");
    return;
  }
  Operand collection = EvaluateOperand(for_each, frame);
  if (collection->is_unknown() || (!collection->is_list() && !collection->is_object())) {
    list = collection->is_unknown() ? *collection
                                    : Failure("a `dynamic` block repeats over no collection");
    return;
  }
  for (std::size_t i = 0; i < collection->items.size(); ++i) {
    const Value& item = collection->items[i];
    Value key = collection->is_object() ? Value::String(collection->keys[i])
                : IsSet(*collection)    ? item
                                        : NumberOf(static_cast<long long>(i));
    if (!Spend(CountValues(item))) {
      list = Exhausted();
      return;
    }
    Members members;
    members.emplace_back("key", std::move(key));
    members.emplace_back("value", item);
    Value each = MakeObject(std::move(members));
    each.sensitive = collection->sensitive;
    Binding binding{iterator, &each, frame.bindings};
    Frame inner = frame;
    inner.bindings = &binding;
    list.items.push_back(EvaluateNested({ref.syntax, *content}, inner));
  }
}

Value Evaluator::EvaluateNested(const BlockRef& ref, const Frame& frame) {
  const Block& block = ref.block();
  DepthGuard guard(*this);
  if (guard.too_deep()) return guard.Refuse(block.place);
  if (!Spend(1)) return Exhausted();
  Members members;
  for (const Attribute& attribute : block.attributes) {
    members.emplace_back(attribute.name, Evaluate({ref.syntax, attribute.value}, frame));
  }
  std::vector<std::pair<std::string, Value>> lists;
  for (BlockId id : block.blocks) ExpandBlock({ref.syntax, id}, frame, "", lists);
  for (auto& [name, list] : lists) members.emplace_back(name, std::move(list));
  Value value = MakeObject(std::move(members));
  value.place = block.place;
  return value;
}

Value Evaluator::DocumentInstance(const Declaration& declaration, const Frame& frame,
                                  const std::string& address) {
  return WithJson(EvaluateBlock(declaration, frame), address, input_.options.limits);
}

std::optional<Value> Evaluator::PolicyDocument(ModuleInstance& module, std::string_view name) {
  auto found = module.node->module->resources.find(name);
  if (found == module.node->module->resources.end()) return std::nullopt;
  const Declaration& declaration = found->second;
  std::string address =
      module.address.empty() ? std::string(name) : module.address + "." + std::string(name);
  if (!open_.insert(address).second) {
    Report("`" + address + "` refers to itself", "", declaration.place);
    return Failure("`" + address + "` refers to itself");
  }
  Frame frame;
  frame.module = &module;
  Instances instances = InstancesOf(declaration, frame);
  Members members;
  std::vector<Value> list;
  for (std::size_t i = 0; i < instances.keys.size(); ++i) {
    const InstanceKey& key = instances.keys[i];
    frame.repetition = &instances.repetitions[i];
    Value document = DocumentInstance(declaration, frame, address + terraform::KeyText(key));
    if (key.kind == KeyKind::kString)
      members.emplace_back(key.text, std::move(document));
    else
      list.push_back(std::move(document));
  }
  open_.erase(address);
  switch (instances.kind) {
    case Instances::Kind::kUnknown:
      return instances.why;
    case Instances::Kind::kForEach:
      return MakeObject(std::move(members));
    case Instances::Kind::kCount:
      return Value::List(std::move(list));
    case Instances::Kind::kSingle:
      break;
  }
  return std::move(list[0]);
}

}  // namespace preview::hcl
