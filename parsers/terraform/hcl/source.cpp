#include "parsers/terraform/source.h"

#include <algorithm>
#include <map>
#include <utility>

#include "parsers/terraform/hcl/evaluate.h"
#include "parsers/terraform/hcl/lines.h"
#include "parsers/terraform/hcl/module.h"
#include "parsers/terraform/hcl/opened_source.h"
#include "parsers/terraform/hcl/values.h"

namespace preview::terraform {

namespace {

using hcl::Declaration;
using hcl::Evaluator;
using hcl::Frame;
using hcl::ModuleInstance;
using hcl::ModuleNode;
using hcl::Repetition;
using model::Place;
using model::Value;

constexpr std::string_view kDocument = "aws_iam_policy_document";

// For what the source alone tells: every variable of the root module is open.
class EmptyScope : public Scope {
 public:
  std::optional<Value> Block(std::string_view /*block*/) override { return std::nullopt; }
  std::optional<Value> RootVariable(std::string_view name) override {
    return hcl::Undefined("var." + std::string(name));
  }
  std::optional<Value> Builtin(std::string_view /*name*/) override { return std::nullopt; }
};

std::string_view FirstName(std::string_view dotted) { return dotted.substr(0, dotted.find('.')); }

std::string_view RestOf(std::string_view dotted) {
  auto dot = dotted.find('.');
  return dot == std::string_view::npos ? std::string_view() : dotted.substr(dot + 1);
}

// Where the statements of an evaluated policy stand.
std::vector<Place> PlacesOf(const Value& policy, const model::SourceFiles& sources) {
  bool encodes = (policy.is_string() || policy.is_unknown()) && policy.items.size() == 1;
  const Value& document = encodes ? policy.items[0] : policy;
  if (document.is_string()) return hcl::StatementPlacesInText(document, sources);
  std::vector<Place> places;
  const Value* statements = document.is_list() ? &document : hcl::FindMember(document, "Statement");
  if (statements == nullptr) return places;
  if (statements->is_object()) places.push_back(statements->place);
  if (!statements->is_list()) return places;
  for (const Value& statement : statements->items) places.push_back(statement.place);
  return places;
}

// A bound on the budget that only places use.
constexpr std::size_t kPlaceSteps = 10;

}  // namespace

// The names of an address, resolved: null pointers where the source has no such block.
struct OpenedSource::Found {
  const ModuleNode* node = nullptr;
  const Declaration* declaration = nullptr;
  std::optional<ResourceAddress> address;
};

OpenedSource::OpenedSource(std::unique_ptr<hcl::FileTree> files,
                           std::unique_ptr<hcl::ModuleTree> tree, SourceOptions options,
                           model::SourceFiles& sources)
    : files_(std::move(files)),
      tree_(std::move(tree)),
      options_(std::move(options)),
      sources_(sources),
      problems_(tree_->problems()),
      empty_scope_(std::make_unique<EmptyScope>()) {}

OpenedSource::~OpenedSource() = default;

model::Result<std::unique_ptr<OpenedSource>> OpenedSource::Open(
    std::unique_ptr<hcl::FileTree> files, const SourceOptions& options,
    model::SourceFiles& sources) {
  auto tree = hcl::ModuleTree::Load(*files, options.limits, sources);
  if (!tree.ok()) return tree.error();
  return std::make_unique<OpenedSource>(std::move(files), std::move(tree).value(), options,
                                        sources);
}

Evaluator& OpenedSource::EvaluatorOf(Scope& scope, model::SymbolTable& symbols) {
  if (depth_ == 0 && evaluators_.size() > 4) evaluators_.clear();
  auto& evaluator = evaluators_[{scope.serial(), &symbols}];
  if (evaluator == nullptr) {
    evaluator = std::make_unique<Evaluator>(
        hcl::EvaluatorInput{*tree_, *files_, options_, scope, symbols, sources_, problems_});
  }
  return *evaluator;
}

OpenedSource::Found OpenedSource::Find(std::string_view address) const {
  Found found;
  found.address = ParseAddress(address);
  if (!found.address) return found;
  found.node = &tree_->root();
  for (const ModuleStep& step : found.address->modules) {
    auto child = found.node->children.find(step.name);
    if (child == found.node->children.end()) return {};
    found.node = child->second.get();
  }
  const auto& resources = found.node->module->resources;
  auto declaration =
      resources.find(BlockText("", found.address->data, found.address->type, found.address->name));
  if (declaration != resources.end()) found.declaration = &declaration->second;
  return found;
}

// The value as the evaluator has it.
std::optional<Value> OpenedSource::Raw(Evaluator& evaluator, std::string_view address,
                                       std::string_view attribute) const {
  Found found = Find(address);
  if (found.declaration == nullptr) return std::nullopt;
  ModuleInstance* module = evaluator.FindModule(found.address->modules);
  if (module == nullptr) return std::nullopt;
  Frame frame;
  frame.module = module;
  Repetition repetition = evaluator.RepetitionOf(*found.declaration, found.address->key, frame);
  frame.repetition = &repetition;
  std::string block = BlockText(*found.address);
  bool opened = evaluator.open_blocks().insert(block).second;
  ++depth_;
  std::string_view name = FirstName(attribute);
  std::optional<Value> value;
  bool json = found.address->type == kDocument && found.address->data &&
              (name == "json" || name == "minified_json");
  if (json) {
    value = evaluator.DocumentInstance(*found.declaration, frame, std::string(address));
    value = evaluator.GetAttribute(*value, name);
  } else {
    value = evaluator.EvaluateMember(*found.declaration, name, frame);
  }
  --depth_;
  if (opened) evaluator.open_blocks().erase(block);
  std::string_view rest = RestOf(attribute);
  if (!value || rest.empty() || value->is_unknown()) return value;
  const Value* inner = value->FindPath(rest);
  if (inner == nullptr) return std::nullopt;
  return Value(*inner);
}

std::optional<Value> OpenedSource::Attribute(std::string_view address, std::string_view attribute,
                                             Scope& scope, model::SymbolTable& symbols) {
  auto value = Raw(EvaluatorOf(scope, symbols), address, attribute);
  if (!value) return value;
  if (auto open = hcl::ReadOpenJson(*value, symbols)) value = std::move(open);
  Value result = hcl::Leave(std::move(*value));
  if (auto place = AttributePlace(address, attribute); place && !result.place.known()) {
    result.place = *place;
  }
  return result;
}

std::optional<Place> OpenedSource::BlockPlace(std::string_view address) const {
  Found found = Find(address);
  if (found.declaration == nullptr) return std::nullopt;
  return found.declaration->place;
}

std::optional<Place> OpenedSource::AttributePlace(std::string_view address,
                                                  std::string_view attribute) const {
  Found found = Find(address);
  if (found.declaration == nullptr) return std::nullopt;
  if (const hcl::AttributeRef* own = found.declaration->Find(FirstName(attribute))) {
    return own->place;
  }
  std::vector<hcl::BlockRef> blocks = found.declaration->blocks;
  std::optional<Place> place;
  while (!attribute.empty()) {
    std::string_view name = FirstName(attribute);
    attribute = RestOf(attribute);
    auto block = std::find_if(blocks.begin(), blocks.end(), [&](const hcl::BlockRef& ref) {
      const hcl::Block& b = ref.block();
      return b.type == name || (b.type == "dynamic" && !b.labels.empty() && b.labels[0] == name);
    });
    if (block == blocks.end()) return place;
    place = block->block().place;
    const hcl::Syntax* syntax = block->syntax;
    for (const hcl::Attribute& own : block->block().attributes) {
      if (own.name == FirstName(attribute)) return own.place;
    }
    std::vector<hcl::BlockRef> inner;
    for (hcl::BlockId id : block->block().blocks) inner.push_back({syntax, id});
    blocks = std::move(inner);
  }
  return place;
}

std::vector<Place> OpenedSource::StatementPlaces(std::string_view address,
                                                 std::string_view attribute) const {
  if (place_evaluator_ == nullptr) {
    place_options_ = options_;
    place_options_.evaluation_steps = options_.evaluation_steps * kPlaceSteps;
    place_evaluator_ = std::make_unique<Evaluator>(hcl::EvaluatorInput{
        *tree_, *files_, place_options_, *empty_scope_, place_symbols_, sources_, place_problems_});
  }
  auto value = Raw(*place_evaluator_, address, attribute);
  if (!value) return {};
  return PlacesOf(*value, sources_);
}

std::vector<Place> OpenedSource::StatementPlacesIn(std::string_view address,
                                                   std::string_view attribute, Scope& scope,
                                                   model::SymbolTable& symbols) {
  auto value = Raw(EvaluatorOf(scope, symbols), address, attribute);
  if (!value) return {};
  return PlacesOf(*value, sources_);
}

std::vector<model::Suppression> OpenedSource::Suppressions() const { return tree_->Suppressions(); }

model::Result<std::unique_ptr<Source>> OpenSourceFolder(const std::string& folder,
                                                        const SourceOptions& options,
                                                        model::SourceFiles& files) {
  auto tree = hcl::OpenFolderTree(folder, options.within);
  if (!tree.ok()) return tree.error();
  auto source = OpenedSource::Open(std::move(tree).value(), options, files);
  if (!source.ok()) return source.error();
  return std::unique_ptr<Source>(std::move(source).value());
}

model::Result<std::unique_ptr<Source>> OpenSourcePlanFile(const std::string& path,
                                                          const SourceOptions& options,
                                                          model::SourceFiles& files) {
  auto tree = hcl::OpenPlanTree(path);
  if (!tree.ok()) return tree.error();
  auto source = OpenedSource::Open(std::move(tree).value(), options, files);
  if (!source.ok()) return source.error();
  return std::unique_ptr<Source>(std::move(source).value());
}

}  // namespace preview::terraform
