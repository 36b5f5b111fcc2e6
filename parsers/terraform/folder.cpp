#include "parsers/terraform/folder.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "parsers/terraform/hcl/folder_scope.h"
#include "parsers/terraform/hcl/folder_variables.h"
#include "parsers/terraform/hcl/lines.h"
#include "parsers/terraform/hcl/opened_source.h"
#include "parsers/terraform/hcl/values.h"
#include "parsers/terraform/plan_keep.h"
#include "rules/catalogue.h"

namespace preview::terraform {

namespace {

using hcl::Frame;
using hcl::ModuleInstance;
using model::Deployment;
using model::Value;

// What the rest of the program gets: JSON as objects, nothing of the evaluator's own.
Value Outside(const Value& attributes, const model::SymbolTable& symbols) {
  Value value = attributes;
  for (Value& item : value.items) {
    if (auto open = hcl::ReadOpenJson(item, symbols)) item = std::move(*open);
  }
  return hcl::Leave(std::move(value));
}

bool MattersHere(const std::string& type, const Value& attributes) {
  if (rules::BearsOnAccess(model::Language::kTerraform, type)) return true;
  return type.starts_with("aws_") &&
         std::any_of(attributes.keys.begin(), attributes.keys.end(),
                     [](const std::string& key) { return NamesPolicy(key); });
}

// A module instance holds about as much as so many values.
constexpr std::size_t kStepsOfModule = 20;

class FolderReader {
 public:
  FolderReader(FolderScope& scope, const FolderOptions& options, model::SymbolTable& symbols)
      : scope_(scope), options_(options), symbols_(symbols) {}

  Deployment Read() {
    deployment_.language = model::Language::kTerraform;
    deployment_.input = options_.input;
    deployment_.environment = scope_.default_environment();
    deployment_.account_inferred_from = scope_.account_inferred_from();
    std::vector<ModuleInstance*> open{&scope_.evaluator().root()};
    // Without steps every further value would be unknown, however many there are.
    for (std::size_t i = 0; i < open.size() && !scope_.evaluator().exhausted(); ++i) {
      for (const auto& [name, declaration] : open[i]->node->module->resources) {
        if (!scope_.evaluator().exhausted()) ReadBlock(*open[i], name, declaration);
      }
      ReadCalls(*open[i], open);
    }
    if (scope_.evaluator().exhausted()) AddUnread();
    return std::move(deployment_);
  }

 private:
  void ReadBlock(ModuleInstance& module, const std::string& name,
                 const hcl::Declaration& declaration) {
    std::string block = module.address.empty() ? name : module.address + "." + name;
    auto address = ParseAddress(block);
    if (!address || !address->type.starts_with("aws_") ||
        address->type == "aws_iam_policy_document") {
      return;
    }
    // Types that have nothing to do with access are evaluated only when something refers to them.
    bool bears = rules::BearsOnAccess(model::Language::kTerraform, address->type);
    bool policy = std::any_of(declaration.attributes.begin(), declaration.attributes.end(),
                              [](const auto& attribute) { return NamesPolicy(attribute.name); });
    if (!bears && !policy) return;
    const FolderBlock* found = scope_.Instances(module, name);
    if (found == nullptr) return;
    if (found->open) AddOpenCount(block, *found, declaration.place);
    for (const FolderInstance& instance : found->instances) {
      if (!instance.attributes.is_object() || !MattersHere(address->type, instance.attributes)) {
        continue;
      }
      model::Resource resource;
      resource.address = block + KeyText(instance.key);
      resource.identity = resource.address;
      resource.type = address->type;
      resource.attributes = Outside(instance.attributes, symbols_);
      resource.environment = instance.environment;
      resource.place = declaration.place;
      resource.from_data_source = address->data;
      deployment_.after.resources.push_back(std::move(resource));
    }
  }

  void ReadCalls(ModuleInstance& module, std::vector<ModuleInstance*>& open) {
    hcl::Evaluator& evaluator = scope_.evaluator();
    for (const auto& [name, call] : module.node->module->calls) {
      std::string address = module.address.empty() ? "" : module.address + ".";
      address += "module." + name;
      auto missing = module.node->missing.find(name);
      if (missing != module.node->missing.end()) {
        AddMissingModule(address, missing->second, call.place);
        continue;
      }
      Frame frame;
      frame.module = &module;
      hcl::Instances instances = evaluator.InstancesOf(call, frame);
      if (instances.kind == hcl::Instances::Kind::kUnknown) {
        FolderBlock once;
        once.why = hcl::Leave(instances.why).text;
        AddOpenCount(address, once, call.place);
        instances.keys.push_back({KeyKind::kAny, ""});
      }
      for (const InstanceKey& key : instances.keys) {
        ModuleInstance* child = evaluator.Child(module, {name, key});
        if (child == nullptr) continue;
        if (!evaluator.Spend(kStepsOfModule)) return;
        open.push_back(child);
      }
    }
  }

  void AddOpenCount(const std::string& address, const FolderBlock& block,
                    const model::Place& place) {
    model::Note note;
    note.input = options_.input;
    note.resource_address = address;
    note.message = "how often it exists is not known (" + block.why + "): taken as once";
    note.place = place;
    note.matters = true;
    deployment_.notes.push_back(std::move(note));
  }

  void AddUnread() {
    model::Undetermined undetermined;
    undetermined.input = options_.input;
    undetermined.reason = "the configuration is not read to its end: " +
                          hcl::Leave(scope_.evaluator().Exhausted()).text;
    undetermined.hint = "check a plan, which needs no evaluation of what is known";
    deployment_.undetermined.push_back(std::move(undetermined));
  }

  void AddMissingModule(const std::string& address, const std::string& why,
                        const model::Place& place) {
    model::Undetermined undetermined;
    undetermined.input = options_.input;
    undetermined.resource_address = address;
    undetermined.reason = "the module is not read: " + why;
    undetermined.hint = "run `terraform init`, or check a plan";
    undetermined.place = place;
    deployment_.undetermined.push_back(std::move(undetermined));
  }

  FolderScope& scope_;
  const FolderOptions& options_;
  model::SymbolTable& symbols_;
  Deployment deployment_;
};

// What was taken for granted, in one sentence or two.
model::Note GrantedNote(const OpenedSource& source, const FolderOptions& options,
                        const VariableValues& variables) {
  model::Note note;
  note.input = options.input;
  note.matters = true;
  note.message = "evaluated without a plan: every resource is taken as new";
  std::string open;
  for (const auto& [name, declaration] : source.tree().root().module->variables) {
    if (declaration.Value("default") || variables.contains(name)) continue;
    open += (open.empty() ? "`" : ", `") + name + "`";
  }
  if (!open.empty()) note.message += "; variables without a value: " + open;
  return note;
}

}  // namespace

model::Result<Deployment> ReadFolder(const std::string& folder, const FolderOptions& options,
                                     model::SymbolTable& symbols, model::SourceFiles& files) {
  auto tree = hcl::OpenFolderTree(folder, options.source.within);
  if (!tree.ok()) return tree.error();
  auto opened = OpenedSource::Open(std::move(tree).value(), options.source, files);
  if (!opened.ok()) return opened.error();
  OpenedSource& source = *opened.value();
  model::Diagnostics problems = source.problems();
  std::size_t parsed = problems.size();
  auto variables = ReadVariables(source, options, symbols, files, problems);
  if (!variables.ok()) return variables.error();
  model::Note granted = GrantedNote(source, options, variables.value());
  FolderScope scope(source, options, std::move(variables).value(), symbols);
  Deployment deployment = FolderReader(scope, options, symbols).Read();
  deployment.notes.push_back(std::move(granted));
  deployment.suppressions = source.Suppressions();
  // Problems of files may hide whole resources; those met while evaluating show where their values
  // are used.
  auto add = [&](const model::Error& problem) {
    model::Undetermined undetermined;
    undetermined.input = options.input;
    undetermined.reason = problem.message;
    undetermined.hint = problem.help;
    undetermined.place = problem.place;
    deployment.undetermined.push_back(std::move(undetermined));
  };
  std::for_each(problems.begin(), problems.end(), add);
  for (std::size_t i = parsed; i < source.problems().size(); ++i) {
    const model::Error& problem = source.problems()[i];
    deployment.notes.push_back({options.input, "", problem.message, problem.place, false});
  }
  return deployment;
}

}  // namespace preview::terraform
