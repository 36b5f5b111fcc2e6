#include "parsers/terraform/hcl/folder_scope.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "parsers/terraform/hcl/type.h"
#include "parsers/terraform/hcl/values.h"
#include "rules/catalogue.h"

namespace preview::terraform {

namespace {

using hcl::Declaration;
using hcl::Evaluator;
using hcl::ExprRef;
using hcl::Frame;
using hcl::ModuleInstance;
using hcl::Repetition;
using model::Value;

constexpr auto kTerraform = model::Language::kTerraform;

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
std::string_view PartitionOf(std::string_view region) {
  if (region.starts_with("cn-")) return "aws-cn";
  if (region.starts_with("us-gov-")) return "aws-us-gov";
  return "aws";
}

bool IsAccount(std::string_view text) {
  return text.size() == 12 && std::all_of(text.begin(), text.end(), [](char c) {
           return std::isdigit(static_cast<unsigned char>(c)) != 0;
         });
}

// The account in `arn:aws:iam::111122223333:role/x`.
std::string AccountOfArn(const std::string& arn) {
  std::size_t at = 0;
  for (int i = 0; i < 4; ++i) {
    at = arn.find(':', at);
    if (at == std::string::npos) return "";
    ++at;
  }
  std::string account = arn.substr(at, arn.find(':', at) - at);
  return IsAccount(account) ? account : "";
}

std::string BlockName(const ResourceAddress& address) {
  return BlockText("", address.data, address.type, address.name);
}

// Data sources that look up something of the account deployed to by its name.
bool IsOfOwnAccount(std::string_view type) {
  static constexpr std::array<std::string_view, 5> kTypes{
      "aws_iam_role", "aws_iam_user", "aws_sns_topic", "aws_sqs_queue", "aws_s3_bucket"};
  return std::find(kTypes.begin(), kTypes.end(), type) != kTypes.end();
}

}  // namespace

FolderScope::FolderScope(OpenedSource& source, const FolderOptions& options,
                         VariableValues variables, model::SymbolTable& symbols)
    : source_(source),
      symbols_(symbols),
      variables_(std::move(variables)),
      workspace_(options.workspace) {
  environment_ = FindEnvironment(options);
}

Evaluator& FolderScope::evaluator() { return source_.EvaluatorOf(*this, symbols_); }

std::string FolderScope::SymbolText(std::string name, model::SymbolForm form) {
  auto id =
      symbols_.Intern({.name = std::move(name), .resource = "", .attribute = "", .form = form});
  return id ? model::SymbolText(*id) : "";
}

model::Environment FolderScope::FindEnvironment(const FolderOptions& options) {
  model::Environment environment = options.environment;
  account_given_ = !environment.account.empty();
  region_given_ = !environment.region.empty();
  const hcl::Declarations& providers = source_.tree().root().module->providers;
  auto own = providers.find("aws");
  Provider provider = own != providers.end() ? ReadProvider(own->second) : Provider{};
  if (environment.account.empty() && !provider.account.empty()) {
    environment.account = provider.account;
    account_from_ = provider.account_from;
  }
  if (environment.account.empty()) {
    environment.account = SymbolText("account", model::SymbolForm::kOwnAccount);
  }
  if (environment.region.empty()) environment.region = provider.region;
  if (environment.region.empty()) {
    environment.region = SymbolText("region", model::SymbolForm::kRegion);
  }
  if (environment.partition.empty() || environment.partition == "aws") {
    environment.partition = PartitionOf(environment.region);
  }
  return environment;
}

FolderScope::Provider FolderScope::ReadProvider(const Declaration& declaration) {
  Provider provider;
  Evaluator& evaluator = this->evaluator();
  Frame frame;
  frame.module = &evaluator.root();
  auto text = [&](const Value& value) {
    bool known = value.is_string() && !model::HasSymbol(value.text);
    return known ? value.text : std::string();
  };
  if (ExprRef region = declaration.Value("region")) {
    provider.region = text(evaluator.Evaluate(region, frame));
  }
  if (ExprRef accounts = declaration.Value("allowed_account_ids")) {
    Value list = evaluator.Evaluate(accounts, frame);
    if (list.is_list() && list.items.size() == 1) {
      std::string id = hcl::ToText(list.items[0]).value_or("");
      if (IsAccount(id)) provider.account = id;
      if (IsAccount(id)) provider.account_from = "`allowed_account_ids` of the provider";
    }
  }
  auto role = evaluator.EvaluateMember(declaration, "assume_role", frame);
  const Value* arn = role ? role->FindPath("role_arn") : nullptr;
  if (provider.account.empty() && arn != nullptr) {
    provider.account = AccountOfArn(text(*arn));
    if (!provider.account.empty()) provider.account_from = "the role that the provider assumes";
  }
  return provider;
}

std::optional<Value> FolderScope::RootVariable(std::string_view name) {
  auto found = variables_.find(name);
  if (found == variables_.end()) return std::nullopt;
  return found->second;
}

std::optional<Value> FolderScope::Builtin(std::string_view name) {
  if (name == "terraform.workspace") return Value::String(workspace_);
  return std::nullopt;
}

std::optional<Value> FolderScope::Block(std::string_view block) {
  auto address = ParseAddress(block);
  // Policy documents are the evaluator's own affair.
  if (!address || (address->data && address->type == "aws_iam_policy_document"))
    return std::nullopt;
  ModuleInstance* module = evaluator().FindModule(address->modules);
  if (module == nullptr) return std::nullopt;
  const FolderBlock* found = Instances(*module, BlockName(*address));
  if (found == nullptr || found->open) return std::nullopt;
  hcl::Members members;
  std::vector<Value> list;
  for (const FolderInstance& instance : found->instances) {
    if (found->kind == hcl::Instances::Kind::kForEach) {
      members.emplace_back(instance.key.text, instance.attributes);
    } else {
      list.push_back(instance.attributes);
    }
  }
  if (found->kind == hcl::Instances::Kind::kForEach) return hcl::MakeObject(std::move(members));
  if (found->kind == hcl::Instances::Kind::kCount) return Value::List(std::move(list));
  return std::move(list[0]);
}

const FolderBlock* FolderScope::Instances(ModuleInstance& module, std::string_view name) {
  const hcl::Declarations& declared = module.node->module->resources;
  auto declaration = declared.find(name);
  if (declaration == declared.end()) return nullptr;
  std::string address =
      module.address.empty() ? std::string(name) : module.address + "." + std::string(name);
  auto known = blocks_.find(address);
  if (known != blocks_.end()) return &known->second;
  if (!open_.insert(address).second) {
    evaluator().Report("`" + address + "` refers to itself", "", declaration->second.place);
    return nullptr;
  }
  Evaluator& evaluator = this->evaluator();
  Frame frame;
  frame.module = &module;
  hcl::Instances instances = evaluator.InstancesOf(declaration->second, frame);
  FolderBlock block;
  block.kind = instances.kind;
  if (instances.kind == hcl::Instances::Kind::kUnknown) {
    block.open = true;
    block.why = hcl::Leave(instances.why).text;
    InstanceKey any{KeyKind::kAny, ""};
    instances.keys.push_back(any);
    instances.repetitions.push_back(evaluator.RepetitionOf(declaration->second, any, frame));
  }
  for (std::size_t i = 0; i < instances.keys.size(); ++i) {
    frame.repetition = &instances.repetitions[i];
    std::string text = address + KeyText(instances.keys[i]);
    auto parsed = ParseAddress(text);
    FolderInstance instance;
    instance.key = instances.keys[i];
    instance.attributes = evaluator.EvaluateBlock(declaration->second, frame);
    instance.environment = EnvironmentOf(module, declaration->second, instance.attributes);
    if (parsed) AddForms(*parsed, text, instance.environment, instance.attributes);
    block.instances.push_back(std::move(instance));
  }
  open_.erase(address);
  return &blocks_.emplace(std::move(address), std::move(block)).first->second;
}

model::Environment FolderScope::EnvironmentOf(const ModuleInstance& module,
                                              const Declaration& declaration,
                                              const Value& attributes) {
  model::Environment environment = environment_;
  const hcl::Declarations& providers = module.node->module->providers;
  ExprRef reference = declaration.Value("provider");
  std::string name = "aws";
  if (reference && reference.expr().kind == hcl::ExprKind::kGetAttr) {
    name += "." + reference.expr().text;
  }
  auto own = providers.find(name);
  bool other = own != providers.end() && (name != "aws" || module.parent != nullptr);
  if (other) {
    Provider provider = ReadProvider(own->second);
    if (!provider.region.empty()) environment.region = provider.region;
    if (!provider.account.empty()) environment.account = provider.account;
  } else if (name != "aws") {
    // A configuration that the caller hands in: nothing tells its region.
    environment.region = SymbolText("region of provider " + name, model::SymbolForm::kRegion);
  }
  // Since provider 6 nearly every resource has a region of its own.
  const Value* region = hcl::FindMember(attributes, "region");
  if (region != nullptr && region->is_string() && region->text.find('-') != std::string::npos) {
    environment.region = region->text;
  }
  if (environment.region != environment_.region) {
    environment.partition = PartitionOf(environment.region);
  }
  return environment;
}

void FolderScope::SetAbsent(Value& attributes, std::string_view name, Value value) {
  const Value* known = hcl::FindMember(attributes, name);
  if (known != nullptr && !known->is_null()) return;
  std::size_t at = static_cast<std::size_t>(
      std::lower_bound(attributes.keys.begin(), attributes.keys.end(), name) -
      attributes.keys.begin());
  if (known != nullptr) {
    attributes.items[at] = std::move(value);
    return;
  }
  attributes.keys.insert(attributes.keys.begin() + static_cast<std::ptrdiff_t>(at),
                         std::string(name));
  attributes.items.insert(attributes.items.begin() + static_cast<std::ptrdiff_t>(at),
                          std::move(value));
}

void FolderScope::AddForms(const ResourceAddress& address, const std::string& text,
                           const model::Environment& environment, Value& attributes) {
  if (!attributes.is_object()) return;
  if (address.data) AddKnownData(address.type, text, environment, attributes);
  if (address.data && !IsOfOwnAccount(address.type)) return;
  // What goes in comes out.
  // https://developer.hashicorp.com/terraform/language/resources/terraform-data#output
  const Value* input = hcl::FindMember(attributes, "input");
  if (address.type == "terraform_data" && input != nullptr)
    SetAbsent(attributes, "output", Value(*input));
  auto base = [&](std::string_view name) -> std::string {
    const Value* value = hcl::FindMember(attributes, name);
    if (value != nullptr && !value->is_null() && !value->is_unknown()) {
      return hcl::ToText(*value).value_or("");
    }
    // What a data source does not say may be anything; a resource has its default.
    bool has_default = !rules::AttributeDefault(kTerraform, address.type, name).empty();
    if (has_default && !address.data && (value == nullptr || value->is_null())) return "";
    model::Symbol symbol{.name = text + "." + std::string(name),
                         .resource = address.data ? "" : text,
                         .attribute = std::string(name),
                         .form = rules::AttributeSymbolForm(kTerraform, address.type, name)};
    auto id = symbols_.Intern(symbol);
    return id ? model::SymbolText(*id) : "";
  };
  // From what the source says alone: forms are built from base attributes, so their order does not
  // matter.
  std::vector<std::pair<std::string_view, Value>> formed;
  for (std::string_view name : rules::AttributesWithForm(kTerraform, address.type)) {
    auto built = rules::BuildAttribute(kTerraform, address.type, name, environment, base);
    if (built && !built->empty()) formed.emplace_back(name, Value::String(std::move(*built)));
  }
  for (auto& [name, value] : formed) SetAbsent(attributes, name, std::move(value));
}

void FolderScope::AddKnownData(const std::string& type, const std::string& address,
                               const model::Environment& environment, Value& attributes) {
  auto set = [&](std::string_view name, const std::string& text) {
    SetAbsent(attributes, name, Value::String(text));
  };
  if (type == "aws_caller_identity") {
    set("account_id", environment.account);
    set("id", environment.account);
  } else if (type == "aws_partition") {
    set("partition", environment.partition);
    set("id", environment.partition);
    set("dns_suffix", environment.partition == "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com");
  } else if (type == "aws_region") {
    for (std::string_view name : {"name", "region", "id"}) set(name, environment.region);
  } else if (type == "aws_organizations_organization") {
    set("id", SymbolText(address + ".id", model::SymbolForm::kOwnOrganization));
  }
}

}  // namespace preview::terraform
