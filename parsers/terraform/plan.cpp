// From a plan JSON to a Deployment: reads it, fills what it lost, and sorts its objects into before
// and after.

#include "parsers/terraform/plan.h"

#include <algorithm>
#include <utility>

#include "parsers/terraform/plan_graph.h"
#include "parsers/terraform/plan_values.h"
#include "rules/catalogue.h"

namespace preview::terraform {

namespace {

using model::Deployment;
using model::Error;
using model::Resource;
using model::Value;

constexpr auto kTerraform = model::Language::kTerraform;
constexpr std::size_t kMostProblems = 10;  // repeated keys that are told

std::string Described(const PlanOptions& options) {
  return options.input.empty() ? "the input" : "`" + options.input + "`";
}

std::optional<Error> CheckVersion(const PlanFile& plan, const PlanOptions& options) {
  const std::string& version = plan.format_version;
  if (version.empty()) {
    return Error{Described(options) + " is no Terraform plan: it has no `format_version`",
                 "make one with `terraform show -json tfplan > plan.json`",
                 {}};
  }
  std::string major = version.substr(0, version.find('.'));
  if (major == "0" || major == "1") return std::nullopt;
  return Error{"unknown format version `" + version + "` of a Terraform plan",
               "versions 0.x and 1.x are known",
               {}};
}

// The places of objects in before and after.
class DeploymentBuilder {
 public:
  DeploymentBuilder(PlanGraph& graph, const PlanOptions& options)
      : graph_(graph), options_(options) {
    deployment_.language = kTerraform;
    deployment_.input = options.input;
  }

  Deployment Build() {
    for (std::size_t i = 0; i < graph_.size(); ++i) graph_.FillObject(i);
    deployment_.environment = graph_.default_environment();
    deployment_.account_inferred_from = graph_.account_inferred_from();
    AddFacts();
    for (std::size_t i = 0; i < graph_.size(); ++i) AddObject(graph_.object(i));
    AddDeferred();
    AddMisshapen();
    AddPlanNotes();
    return std::move(deployment_);
  }

 private:
  Resource Make(const PlanObject& object, Value attributes, std::string identity) {
    Resource resource;
    resource.environment = graph_.EnvironmentOf(object, attributes);
    resource.address = object.address;
    resource.identity = std::move(identity);
    resource.type = object.type;
    resource.attributes = std::move(attributes);
    resource.from_data_source = object.data;
    if (options_.source != nullptr) {
      if (auto place = options_.source->BlockPlace(object.address)) resource.place = *place;
    }
    return resource;
  }

  void AddObject(PlanObject& object) {
    if (!object.aws || !object.kept || object.type == "aws_iam_policy_document") return;
    if (object.data) {
      AddDataSource(object);
    } else if (!object.deposed.empty()) {
      AddDeposed(object);
    } else if (object.actions.forget) {
      AddForgotten(object);
    } else if (object.before.is_null() && object.has_before) {  // of the state only
      deployment_.before.resources.push_back(Make(object, object.after, object.address));
      deployment_.after.resources.push_back(Make(object, std::move(object.after), object.address));
    } else {
      AddBefore(object, object.address);
      if (object.has_after)
        deployment_.after.resources.push_back(
            Make(object, std::move(object.after), object.address));
    }
  }

  void AddBefore(PlanObject& object, const std::string& identity) {
    if (!object.before.is_object()) return;
    Resource resource = Make(object, std::move(object.before), identity);
    if (!object.previous_address.empty()) resource.address = object.previous_address;
    deployment_.before.resources.push_back(std::move(resource));
  }

  // Reading changes nothing: what it says holds on both sides.
  void AddDataSource(PlanObject& object) {
    if (!object.actions.read)
      deployment_.before.resources.push_back(Make(object, object.after, object.address));
    deployment_.after.resources.push_back(Make(object, std::move(object.after), object.address));
  }

  // An object left over from a replacement: something of its own under the same address.
  void AddDeposed(PlanObject& object) {
    std::string identity = object.address + " (deposed " + object.deposed + ")";
    bool stays = !object.actions.destroy && object.before.is_object();
    if (stays) deployment_.after.resources.push_back(Make(object, object.before, identity));
    AddBefore(object, identity);
  }

  // The object is left alone from now on, with all its access; with `create` a new one comes beside
  // it.
  void AddForgotten(PlanObject& object) {
    bool beside = object.actions.create;
    std::string identity = beside ? object.address + " (forgotten)" : object.address;
    if (object.before.is_object()) {
      deployment_.after.resources.push_back(Make(object, object.before, identity));
      AddBefore(object, identity);
    }
    if (beside)
      deployment_.after.resources.push_back(Make(object, std::move(object.after), object.address));
    std::string what = beside ? "the object it replaces is" : "is";
    AddNote(
        object.address,
        what +
            " forgotten, not destroyed: it keeps its access, and Terraform no longer manages it");
  }

  void AddDeferred() {
    for (const DeferredChange& deferred : graph_.plan().deferred) {
      const PlanObject& object = deferred.object;
      if (!object.aws || object.data || !object.kept) continue;
      if (object.before.is_object()) {
        Resource resource = Make(object, object.before, object.address);
        deployment_.after.resources.push_back(resource);
        deployment_.before.resources.push_back(std::move(resource));
      }
      model::Undetermined undetermined;
      undetermined.input = options_.input;
      undetermined.resource_address = object.address;
      undetermined.resource_type = object.type;
      undetermined.reason = "its change is deferred to a later plan";
      if (!deferred.reason.empty()) undetermined.reason += " (`" + deferred.reason + "`)";
      undetermined.hint = "apply this plan, then check the next one";
      deployment_.undetermined.push_back(std::move(undetermined));
    }
  }

  void AddMisshapen() {
    for (const std::string& address : graph_.plan().misshapen) {
      auto parsed = ParseAddress(address);
      if (parsed && (parsed->data || !rules::BearsOnAccess(kTerraform, parsed->type))) continue;
      model::Undetermined undetermined;
      undetermined.input = options_.input;
      undetermined.resource_address = address;
      if (parsed) undetermined.resource_type = parsed->type;
      undetermined.reason = "an entry of `resource_changes` has not the shape of one";
      undetermined.hint = "make the plan again with `terraform show -json tfplan > plan.json`";
      deployment_.undetermined.push_back(std::move(undetermined));
    }
  }

  void AddPlanNotes() {
    const PlanFile& plan = graph_.plan();
    if (!plan.complete && plan.deferred.empty()) {
      AddNote("",
              "the plan is not complete (`-target` or deferred changes): what it leaves out is "
              "taken as unchanged");
    }
    for (const std::string& address : plan.drifted) {
      auto parsed = ParseAddress(address);
      if (!parsed || parsed->data || !rules::BearsOnAccess(kTerraform, parsed->type)) continue;
      AddNote(address,
              "was changed outside of Terraform: what it grants now counts as existing access");
    }
    for (std::size_t k = 0; k < plan.problems.size() && k < kMostProblems; ++k) {
      AddNote("", plan.problems[k].message + " in the plan; " + plan.problems[k].help);
      deployment_.notes.back().place = plan.problems[k].place;
    }
  }

  void AddNote(std::string address, std::string message) {
    model::Note note;
    note.input = options_.input;
    note.resource_address = std::move(address);
    note.message = std::move(message);
    note.matters = true;
    deployment_.notes.push_back(std::move(note));
  }

  // Organization and owner, as far as data sources or managed resources say.
  void AddFacts() {
    for (std::size_t i = 0; i < graph_.size(); ++i) {
      const PlanObject& object = graph_.object(i);
      if (!object.aws || !object.kept) continue;
      const Value& known = object.before.is_object() ? object.before : object.after;
      if (object.type == "aws_organizations_organization") {
        AddOrganization(known);
      } else if (object.data && object.type.starts_with("aws_organizations_organizational_unit")) {
        AddAccounts(known.Find("accounts"));
      } else if (object.data && object.type == "aws_canonical_user_id") {
        if (deployment_.canonical_user.empty()) deployment_.canonical_user = Known(known, "id");
      }
    }
  }

  static std::string Known(const Value& attributes, std::string_view name) {
    std::string text(TextOf(attributes, name));
    return model::HasSymbol(text) ? std::string() : text;
  }

  void AddOrganization(const Value& attributes) {
    if (deployment_.organization.empty()) deployment_.organization = Known(attributes, "id");
    AddAccounts(attributes.Find("accounts"));
    AddAccount(Known(attributes, "master_account_id"));
  }

  void AddAccounts(const Value* accounts) {
    if (accounts == nullptr) return;
    for (const Value& account : accounts->items) AddAccount(Known(account, "id"));
  }

  void AddAccount(std::string account) {
    auto& accounts = deployment_.organization_accounts;
    bool there = account.empty() || !seen_accounts_.insert(account).second;
    if (!there) accounts.push_back(std::move(account));
  }

  PlanGraph& graph_;
  const PlanOptions& options_;
  Deployment deployment_;
  std::set<std::string> seen_accounts_;
};

}  // namespace

model::Result<Deployment> ReadPlan(std::string_view json, const PlanOptions& options,
                                   model::SymbolTable& symbols, model::SourceFiles& files) {
  constexpr std::size_t kBeginning = 256 * 1024;
  PlanKind kind = RecognisePlan(json.substr(0, kBeginning));
  if (!kind.wrong_kind.empty())
    return Error{Described(options) + " is " + kind.wrong_kind, kind.help, {}};
  auto file = static_cast<std::uint32_t>(files.files.size());
  auto plan = ReadPlanFile(json, options.limits, file);
  if (!plan.ok()) {
    files.Add(options.input, "");
    return plan.error();
  }
  if (!plan.value().problems.empty()) files.Add(options.input, "");
  if (auto error = CheckVersion(plan.value(), options)) return std::move(*error);
  if (plan.value().errored) {
    return Error{"planning failed half-way: the plan is marked as `errored`",
                 "correct what `terraform plan` reports, and make the plan again",
                 {}};
  }
  PlanGraph graph(std::move(plan.value()), json, options, symbols);
  return DeploymentBuilder(graph, options).Build();
}

}  // namespace preview::terraform
