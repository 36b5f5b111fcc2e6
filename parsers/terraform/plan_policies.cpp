// Policies that are known only after apply, and the data.aws_iam_policy_document that they come
// from.

#include <algorithm>
#include <array>
#include <utility>

#include "parsers/terraform/plan_graph.h"
#include "parsers/terraform/plan_keep.h"
#include "parsers/terraform/plan_scope.h"
#include "parsers/terraform/plan_values.h"
#include "parsers/terraform/policy_document.h"
#include "parsers/text/json.h"
#include "rules/catalogue.h"

namespace preview::terraform {

namespace {

using model::Value;

constexpr auto kTerraform = model::Language::kTerraform;
constexpr std::string_view kDocumentType = "aws_iam_policy_document";

// A policy text as an object; nothing when it is none, or when reading it as one would lose what is
// wrong with it.
std::optional<Value> ParsePolicyText(const Value& text) {
  if (!text.is_string()) return std::nullopt;
  text::JsonOptions options;
  options.track_places = false;
  model::Diagnostics problems;
  auto parsed = text::ParseJsonWithSymbols(text.text, options, &problems);
  if (!parsed.ok() || !parsed.value().is_object() || !problems.empty()) return std::nullopt;
  Value document = std::move(parsed.value());
  if (text.sensitive) MarkAllSensitive(document);
  return document;
}

bool IsComputed(std::string_view type, std::string_view attribute) {
  auto bindings = rules::FindBindings(kTerraform, type);
  return std::any_of(bindings.begin(), bindings.end(), [&](const rules::Binding& binding) {
    return binding.policy_computed && binding.policy == attribute;
  });
}

bool IsDocument(const Value& value) { return value.Find("Statement") != nullptr; }

Value* MutablePath(Value& value, std::string_view dotted) {
  Value* at = &value;
  while (at != nullptr && !dotted.empty()) {
    auto dot = dotted.find('.');
    if (at->is_list() && at->items.size() == 1) at = &at->items[0];
    at = at->Find(dotted.substr(0, dot));
    dotted = dot == std::string_view::npos ? std::string_view() : dotted.substr(dot + 1);
  }
  return at;
}

// A known block fits an expression block where all constants of the named members are its own.
bool FitsBlock(const Value& block, const Value& expressions,
               std::span<const std::string_view> names) {
  return std::all_of(names.begin(), names.end(), [&](std::string_view name) {
    const Value* expression = expressions.Find(name);
    const Value* constant = expression != nullptr ? expression->Find("constant_value") : nullptr;
    const Value* known = block.Find(name);
    return constant == nullptr || (known != nullptr && known->SameAs(*constant));
  });
}

// Whether a `condition` block asks for ARNs.
bool HoldsArns(const Value& condition) {
  return TextOf(condition, "test").find("Arn") != std::string_view::npos ||
         TextOf(condition, "variable").ends_with("Arn");
}

// Whether a statement can be what a `statement` block of the configuration came to: all constants
// are its own.
bool FitsStatement(const Value& statement, const Value& expressions) {
  static constexpr std::array<std::string_view, 6> kNames{
      "sid", "effect", "actions", "not_actions", "resources", "not_resources"};
  if (!statement.is_object()) return false;
  return std::all_of(kNames.begin(), kNames.end(), [&](std::string_view name) {
    const Value* expression = expressions.Find(name);
    const Value* known = statement.Find(name);
    bool set = known != nullptr && !known->is_null();
    if (expression == nullptr || !set) return (expression != nullptr) == set;
    const Value* constant = expression->Find("constant_value");
    return constant == nullptr || known->SameAs(*constant);
  });
}

// For each statement the block of the configuration that it came from. `dynamic` blocks are not in
// the configuration: where there are any, a block counts only for the one statement that it fits.
std::vector<const Value*> PairBlocks(const Value& statements, const Value* blocks) {
  std::vector<const Value*> pairs(statements.items.size(), nullptr);
  if (blocks == nullptr) return pairs;
  if (blocks->items.size() == statements.items.size()) {
    for (std::size_t k = 0; k < pairs.size(); ++k) pairs[k] = &blocks->items[k];
    return pairs;
  }
  constexpr std::size_t kMostComparisons = 100'000;
  if (blocks->items.size() * statements.items.size() > kMostComparisons) return pairs;
  for (const Value& block : blocks->items) {
    std::size_t fitting = 0;
    std::size_t last = 0;
    for (std::size_t k = 0; k < pairs.size(); ++k) {
      if (!FitsStatement(statements.items[k], block)) continue;
      ++fitting;
      last = k;
    }
    if (fitting == 1) pairs[last] = &block;
  }
  return pairs;
}

// Takes from `source` the documents of a list that the plan leaves open: a document whose parts are
// not all known is better than none, and one that is computed is not what its references are.
void TakeDocuments(Value& list, const Value& source) {
  if (!list.is_list() || list.items.size() != source.items.size()) return;
  for (std::size_t k = 0; k < list.items.size(); ++k) {
    if (!list.items[k].is_unknown()) continue;
    const Value& better = source.items[k];
    if (!better.is_unknown() || NamesOperation(better)) list.items[k] = better;
  }
}

}  // namespace

// Takes from `source` the lists of a statement that are not known in `plan`. What the source
// computes of something unknown is a text of its own, not what it refers to.
void PlanGraph::TakeKnown(Value& plan, const Value& source) {
  for (std::size_t k = 0; k < plan.keys.size(); ++k) {
    if (!HoldsUnknown(plan.items[k])) continue;
    const Value* better = source.Find(plan.keys[k]);
    if (better == nullptr || better->is_null()) continue;
    Value taken = *better;
    bool texts = plan.keys[k].ends_with("actions") || plan.keys[k].ends_with("resources");
    if (texts && NamesOperation(taken)) taken = Value::List({std::move(taken)});
    NameOperations(taken);
    if (!HoldsUnknown(taken)) plan.items[k] = std::move(taken);
  }
}

// Makes texts of the unknown entries of lists that are operations, and lists of one such entry of
// unknown `identifiers` and `values`.
void PlanGraph::NameOperations(Value& value) {
  std::vector<Value*> open{&value};
  while (!open.empty()) {
    Value* item = open.back();
    open.pop_back();
    for (std::size_t k = 0; k < item->items.size(); ++k) {
      Value& inner = item->items[k];
      bool lists =
          item->is_object() && (item->keys[k] == "identifiers" || item->keys[k] == "values");
      bool named = NamesOperation(inner) && (item->is_list() || lists);
      if (!named) {
        open.push_back(&inner);
        continue;
      }
      Value text = TextSymbol(OperationText(inner));
      text.sensitive = inner.sensitive;
      if (lists) {
        inner = Value::List({std::move(text)});
      } else {
        inner = std::move(text);
      }
    }
  }
}

bool PlanGraph::IsPolicy(const PlanObject& object, std::string_view attribute) const {
  if (object.data) return false;
  // Its OpenAPI document may hold one.
  if (object.type == "aws_api_gateway_rest_api" && attribute == "body") return true;
  auto bindings = rules::FindBindings(kTerraform, object.type);
  if (bindings.empty()) return object.generic && NamesPolicy(attribute);
  return std::any_of(bindings.begin(), bindings.end(),
                     [&](const rules::Binding& binding) { return binding.policy == attribute; });
}

Value PlanGraph::RecoverPolicy(std::size_t i, const std::string& attribute,
                               const Value* expression) {
  const PlanObject& object = objects_[i];
  const BlockConfiguration* block = BlockOf(object);
  bool nested = attribute.find('.') != std::string::npos;
  std::string unknown = "known after apply: `" + object.address + "." + attribute + "`";
  // Nobody wrote it: AWS's default. A nested one without an expression may stand in a `dynamic`
  // block.
  if (expression == nullptr && block != nullptr && !nested) return Value::Null();
  std::optional<Value> source = AskSource(object, attribute);
  bool has_reason = source && source->is_unknown() && !source->text.empty();
  if (has_reason) unknown = source->text;
  if (source && source->is_unknown()) source.reset();
  if (expression == nullptr) return source ? std::move(*source) : Value::Unknown(unknown);
  std::vector<Target> targets = UnknownTargets(*expression, PositionOf(object));
  std::vector<Value> found;
  bool other = false;
  for (const Target& target : targets) {
    if (target.kind != Target::Kind::kObject) continue;
    std::vector<PathStep> path = GuessPath(target, attribute);
    bool document = objects_[target.object].type == kDocumentType;
    other |= !document && !NamesPolicy(path[0].name);
    Value value = document ? Document(target.object) : AttributeValue(target.object, path);
    bool seen = std::any_of(found.begin(), found.end(),
                            [&](const Value& one) { return one.SameAs(value); });
    if (!seen) found.push_back(std::move(value));
  }
  bool one = found.size() == 1 && !other;
  if (source) {
    // The same text, but the document knows where its statements stand.
    bool same = one && found[0].is_object() && source->is_string() &&
                source->text == model::ToJson(found[0]);
    return same ? std::move(found[0]) : std::move(*source);
  }
  // The source says that it is not the document itself but something made of it.
  bool computed = has_reason && NamesOperation(Value::Unknown(unknown));
  if (one && !computed) return std::move(found[0]);
  if (!targets.empty()) return Value::Unknown(has_reason ? unknown : WaitsFor(targets));
  // All that the expression refers to is known, and it came to null (`var.policy`): AWS's default
  // again.
  return IsComputed(object.type, attribute) ? Value::Null() : Value::Unknown(unknown);
}

const Value& PlanGraph::Document(std::size_t i) {
  static const Value kCircular = Value::Unknown("a policy document that is merged into itself");
  auto found = documents_.find(i);
  if (found != documents_.end()) return found->second;
  if (!documents_open_.insert(i).second) return kCircular;
  const Value* json = objects_[i].after.Find("json");
  std::optional<Value> known = json != nullptr ? ParsePolicyText(*json) : std::nullopt;
  Value document = known ? std::move(*known) : BuildDocument(i);
  documents_open_.erase(i);
  return documents_.emplace(i, std::move(document)).first->second;
}

Value PlanGraph::BuildDocument(std::size_t i) {
  FillStatements(i);
  Value document = EmptyDocument();
  for (const char* attribute : {"source_json", "source_policy_documents"}) {
    for (const Value& source : DocumentsIn(i, attribute)) MergeDocument(document, source);
  }
  MergeDocument(document, DocumentOfArguments(objects_[i].after));
  for (const char* attribute : {"override_policy_documents", "override_json"}) {
    for (Value& override : DocumentsIn(i, attribute)) {
      // It may take the place of any statement.
      if (override.is_unknown()) return std::move(override);
      MergeDocument(document, override);
    }
  }
  return document;
}

Value PlanGraph::TargetDocument(const Target& target) {
  if (target.kind == Target::Kind::kObject && objects_[target.object].type == kDocumentType) {
    return Document(target.object);
  }
  Value value = TargetValue(target, "json");
  if (value.is_object()) return value;
  if (auto document = ParsePolicyText(value)) return std::move(*document);
  return value.is_unknown() ? value : Value::Unknown("known after apply: `" + target.text + "`");
}

// The documents that an argument of a data source names, in order; those that are not known as
// unknown values.
std::vector<Value> PlanGraph::DocumentsIn(std::size_t i, const std::string& attribute) {
  std::vector<Value> documents;
  const Value* argument = objects_[i].after.Find(attribute);
  if (argument == nullptr || argument->is_null()) return documents;
  Value value = *argument;
  if (HoldsUnknown(value)) {
    auto source = FromSource(objects_[i], attribute);
    if (source && !HoldsUnknown(*source)) value = std::move(*source);
    if (source && source->is_list()) TakeDocuments(value, *source);
  }
  const BlockConfiguration* block = BlockOf(objects_[i]);
  const Value* expression = block != nullptr ? block->expressions.Find(attribute) : nullptr;
  std::string reason = "known after apply: `" + objects_[i].address + "." + attribute + "`";
  auto add = [&](const Value& given) {
    bool nothing = given.is_null() || (given.is_string() && given.text.empty());
    if (nothing) return;
    if (given.is_object()) {  // the source shows what was encoded
      documents.push_back(given);
    } else if (auto document = ParsePolicyText(given)) {
      documents.push_back(std::move(*document));
    } else {
      documents.push_back(Value::Unknown("`" + objects_[i].address + "." + attribute +
                                         "` is no policy that can be read"));
    }
  };
  if (value.is_string() || value.is_object()) {
    add(value);
  } else if (value.is_unknown()) {
    // Flags and texts that are known stand beside the documents in the same expression.
    if (expression == nullptr) return {Value::Unknown(reason)};
    for (const Target& target : Targets(*expression, PositionOf(objects_[i]))) {
      if (target.kind == Target::Kind::kAbsent) continue;
      if (!IsKnown(target)) {
        documents.push_back(TargetDocument(target));
        continue;
      }
      Value known = TargetValue(target, "json");
      if (auto document = ParsePolicyText(known); document && IsDocument(*document))
        documents.push_back(std::move(*document));
      for (const Value& item : known.items) {
        if (auto document = ParsePolicyText(item); document && IsDocument(*document))
          documents.push_back(std::move(*document));
      }
    }
  } else {
    std::vector<Value> found;
    if (expression != nullptr && HoldsUnknown(value)) {
      for (const Target& target : UnknownTargets(*expression, PositionOf(objects_[i])))
        found.push_back(TargetDocument(target));
    }
    auto unknown = static_cast<std::size_t>(std::count_if(
        value.items.begin(), value.items.end(),
        [](const Value& item) { return item.is_unknown() && !NamesOperation(item); }));
    std::size_t next = 0;
    for (const Value& item : value.items) {
      if (!item.is_unknown()) {
        add(item);
      } else if (NamesOperation(item)) {
        documents.push_back(item);
      } else if (found.size() == unknown) {
        documents.push_back(std::move(found[next++]));
      } else {
        documents.push_back(Value::Unknown(reason));
      }
    }
  }
  return documents;
}

void PlanGraph::FillStatements(std::size_t i) {
  Value* attribute = objects_[i].after.Find("statement");
  if (attribute == nullptr) return;
  Value statements = *attribute;
  if (HoldsUnknown(statements)) {
    if (auto source = FromSource(objects_[i], "statement"); source && source->is_list()) {
      if (statements.is_unknown()) {
        statements = std::move(*source);
      } else if (statements.items.size() == source->items.size()) {
        for (std::size_t k = 0; k < statements.items.size(); ++k)
          TakeKnown(statements.items[k], source->items[k]);
      }
    }
    const BlockConfiguration* block = BlockOf(objects_[i]);
    const Value* blocks = block != nullptr ? block->expressions.Find("statement") : nullptr;
    std::vector<const Value*> pairs = PairBlocks(statements, blocks);
    for (std::size_t k = 0; k < statements.items.size(); ++k) {
      FillStatement(i, statements.items[k], pairs[k],
                    objects_[i].address + ".statement[" + std::to_string(k) + "]");
    }
  }
  if (options_.source != nullptr && statements.is_list()) {
    std::vector<model::Place> places = StatementPlaces(objects_[i], "statement");
    for (std::size_t k = 0; k < places.size() && k < statements.items.size(); ++k)
      statements.items[k].place = places[k];
  }
  *objects_[i].after.Find("statement") = std::move(statements);
}

void PlanGraph::FillStatement(std::size_t i, Value& statement, const Value* expressions,
                              const std::string& what) {
  static constexpr std::array<std::string_view, 4> kLists{"actions", "not_actions", "resources",
                                                          "not_resources"};
  if (statement.is_unknown()) {
    if (statement.text.empty()) statement.text = "known after apply: `" + what + "`";
    return;
  }
  Position at = PositionOf(objects_[i]);
  bool deny = TextOf(statement, "effect") == "Deny";
  for (std::string_view name : kLists) {
    Value* list = statement.Find(name);
    if (list == nullptr) continue;
    ListUse use{.attribute = name,
                .resources = name.ends_with("resources"),
                .deny = deny,
                .negated = name.starts_with("not_")};
    FillList(*list, expressions != nullptr ? expressions->Find(name) : nullptr, at,
             what + "." + std::string(name), use);
  }
  for (std::string_view name : {"principals", "not_principals"}) {
    FillBlocks(i, statement.Find(name), expressions != nullptr ? expressions->Find(name) : nullptr,
               what + "." + std::string(name), "identifiers",
               {.attribute = "identifiers",
                .principals = true,
                .deny = deny,
                .negated = name.starts_with("not_")});
  }
  FillBlocks(i, statement.Find("condition"),
             expressions != nullptr ? expressions->Find("condition") : nullptr, what + ".condition",
             "values", {.attribute = "values", .deny = deny});
  for (Value& item : statement.items) {
    if (item.is_unknown() && item.text.empty()) item.text = "known after apply: `" + what + "`";
  }
}

// `principals` and `condition` blocks are sets: those of the plan stand in another order than those
// of the source. Blocks with the same constants come to one list in the document, so it does not
// matter which of them gets which.
void PlanGraph::FillBlocks(std::size_t i, Value* blocks, const Value* expressions,
                           const std::string& what, std::string_view list, const ListUse& use) {
  static constexpr std::array<std::string_view, 3> kConstants{"type", "test", "variable"};
  if (blocks == nullptr || !blocks->is_list()) return;
  Position at = PositionOf(objects_[i]);
  constexpr std::size_t kMostComparisons = 1'000'000;
  bool few = expressions != nullptr &&
             expressions->items.size() * blocks->items.size() <= kMostComparisons;
  std::vector<bool> used(few ? expressions->items.size() : 0);
  for (std::size_t k = 0; k < blocks->items.size(); ++k) {
    Value* values = blocks->items[k].Find(list);
    if (values == nullptr || !HoldsUnknown(*values)) continue;
    const Value* expression = nullptr;
    for (std::size_t n = 0; n < used.size() && expression == nullptr; ++n) {
      const Value* candidate = expressions->items[n].Find(list);
      bool refers = candidate != nullptr && candidate->Find("references") != nullptr;
      if (used[n] || !refers || !FitsBlock(blocks->items[k], expressions->items[n], kConstants))
        continue;
      used[n] = true;
      expression = candidate;
    }
    ListUse own = use;
    own.arns = own.arns || HoldsArns(blocks->items[k]);
    own.negated = own.negated || TextOf(blocks->items[k], "test").find("Not") != std::string::npos;
    FillList(*values, expression, at, what + "[" + std::to_string(k) + "]." + std::string(list),
             own);
  }
}

// The data source whose document an expression is, where that is all it is.
std::optional<std::size_t> PlanGraph::PolicyDataSource(std::size_t i, const Value* expression) {
  if (expression == nullptr) return std::nullopt;
  std::optional<std::size_t> only;
  for (const Target& target : Targets(*expression, PositionOf(objects_[i]))) {
    if (target.kind != Target::Kind::kObject) continue;
    if (objects_[target.object].type != kDocumentType || only) return std::nullopt;
    only = target.object;
  }
  return only;
}

void PlanGraph::PlacePolicies(std::size_t i) {
  std::vector<std::string> attributes;
  for (const rules::Binding& binding : rules::FindBindings(kTerraform, objects_[i].type)) {
    if (!binding.policy.empty()) attributes.emplace_back(binding.policy);
  }
  if (objects_[i].generic) {
    for (const std::string& key : objects_[i].after.keys) {
      if (NamesPolicy(key)) attributes.push_back(key);
    }
  }
  for (const std::string& attribute : attributes) PlacePolicy(i, attribute);
}

// Gives the statements of a policy their places in the source. A policy that is a text becomes an
// object for it.
void PlanGraph::PlacePolicy(std::size_t i, const std::string& attribute) {
  Value* policy = MutablePath(objects_[i].after, attribute);
  if (policy == nullptr || policy->is_null()) return;
  const std::string& address = objects_[i].address;
  if (auto place = options_.source->AttributePlace(address, attribute)) policy->place = *place;
  std::vector<model::Place> places = StatementPlaces(objects_[i], attribute);
  if (places.empty()) {
    const BlockConfiguration* block = BlockOf(objects_[i]);
    auto document =
        PolicyDataSource(i, block != nullptr ? block->expressions.Find(attribute) : nullptr);
    if (document) {
      const BlockConfiguration* source = BlockOf(objects_[*document]);
      bool merged = source == nullptr ||
                    std::any_of(source->expressions.keys.begin(), source->expressions.keys.end(),
                                [](const std::string& key) {
                                  return key.ends_with("_documents") || key.ends_with("_json");
                                });
      if (!merged) places = StatementPlaces(objects_[*document], "statement");
    }
  }
  if (places.empty()) return;
  if (policy->is_string()) {
    auto document = ParsePolicyText(*policy);
    if (!document) return;
    document->place = policy->place;
    document->sensitive = policy->sensitive;
    *policy = std::move(*document);
  }
  Value* statements = policy->Find("Statement");
  if (statements == nullptr) return;
  if (statements->is_object()) {
    if (!statements->place.known()) statements->place = places[0];
    return;
  }
  for (std::size_t k = 0; k < places.size() && k < statements->items.size(); ++k) {
    if (!statements->items[k].place.known()) statements->items[k].place = places[k];
  }
}

}  // namespace preview::terraform
