#include "parsers/terraform/plan_file.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "parsers/terraform/plan_keep.h"
#include "parsers/terraform/plan_values.h"
#include "parsers/text/json.h"

namespace preview::terraform {

namespace {

using model::Value;
using text::JsonChoice;
using text::JsonStep;
using Path = std::span<const JsonStep>;

template <std::size_t n>
bool OneOf(std::string_view text, const std::array<std::string_view, n>& texts) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

JsonChoice KeepIf(bool keep) { return keep ? JsonChoice::kKeep : JsonChoice::kDrop; }

// Twelve digits at the account's place of an ARN; empty when there is none.
std::string AccountOfArn(std::string_view arn) {
  if (!arn.starts_with("arn:")) return "";
  std::size_t begin = 0;
  for (int colon = 0; colon < 4; ++colon) {
    begin = arn.find(':', begin);
    if (begin == std::string_view::npos) return "";
    ++begin;
  }
  std::string_view account = arn.substr(begin, arn.find(':', begin) - begin);
  bool digits =
      account.size() == 12 && account.find_first_not_of("0123456789") == std::string_view::npos;
  return digits ? std::string(account) : std::string();
}

Actions ReadActions(const Value* words) {
  Actions actions;
  if (words == nullptr) return actions;
  for (const Value& word : words->items) {
    actions.create |= word.text == "create";
    actions.destroy |= word.text == "delete";
    actions.forget |= word.text == "forget";
    actions.read |= word.text == "read";
    actions.no_op |= word.text == "no-op";
  }
  return actions;
}

void ReadIdentity(const Value& resource, PlanObject& object) {
  object.address = TextOf(resource, "address");
  object.previous_address = TextOf(resource, "previous_address");
  object.deposed = TextOf(resource, "deposed");
  object.data = TextOf(resource, "mode") == "data";
  object.type = TextOf(resource, "type");
  object.name = TextOf(resource, "name");
  if (auto address = ParseAddress(object.address)) {
    object.module = ModuleText(address->modules);
    object.key = std::move(address->key);
    object.data = address->data;
    object.type = std::move(address->type);
    object.name = std::move(address->name);
  }
  const Value* wildcard = resource.Find("index_unknown");
  if (wildcard != nullptr && wildcard->boolean) object.key = {KeyKind::kAny, "*"};
  std::string_view provider = TextOf(resource, "provider_name");
  object.aws = provider.empty() ? object.type.starts_with("aws_")
                                : provider.ends_with("/aws") || provider == "aws";  // mirrors too
}

void ReadSides(Value& change, PlanObject& object) {
  auto part = [&](std::string_view key) -> Value& {
    Value* found = change.Find(key);
    return found != nullptr ? *found : change.Set(key, Value::Null());
  };
  object.actions = ReadActions(change.Find("actions"));
  object.importing = change.Find("importing") != nullptr && !change.Find("importing")->is_null();
  bool gone = (object.actions.destroy || object.actions.forget) && !object.actions.create;
  bool fresh = object.actions.create && !object.actions.destroy && !object.actions.forget;
  object.has_after = !gone;
  object.has_before = !fresh && !object.actions.read;
  object.before = std::move(part("before"));
  MarkSensitive(object.before, part("before_sensitive"));
  if (const Value* arn = object.before.Find("arn")) object.account = AccountOfArn(arn->text);
  if (gone) return;
  object.after = std::move(part("after"));
  if (object.after.is_null()) object.after = Value::Object();
  MarkSensitive(object.after, part("after_sensitive"));
  MergeUnknown(object.after, part("after_unknown"));
}

bool HoldsPrincipal(const Value& attributes) {
  for (std::size_t i = 0; i < attributes.keys.size(); ++i) {
    if (!NamesPolicy(attributes.keys[i])) continue;
    const Value& value = attributes.items[i];
    if (value.is_unknown()) return true;
    if (value.is_string() && value.text.find("Principal") != std::string::npos) return true;
  }
  return false;
}

// Sets what is kept of an object whose attributes have been read.
void Settle(Keeping keeping, PlanObject& object) {
  object.generic = keeping == Keeping::kPolicies && object.aws &&
                   (HoldsPrincipal(object.before) || HoldsPrincipal(object.after));
  object.kept = keeping == Keeping::kAll || keeping == Keeping::kJoining || object.generic;
  object.partial = keeping != Keeping::kAll;
  if (object.kept) return;
  object.before = Value::Null();
  object.after = Value::Null();
}

// Whether an entry of `resource_changes` says what happens to which object. What is wrong inside of
// the attributes shows where they are used.
bool HasShape(const Value& resource) {
  if (TextOf(resource, "address").empty()) return false;
  const Value* change = resource.Find("change");
  const Value* actions = change != nullptr ? change->Find("actions") : nullptr;
  if (actions == nullptr || !actions->is_list() || actions->items.empty()) return false;
  for (const char* side : {"before", "after"}) {
    const Value* attributes = change->Find(side);
    if (attributes != nullptr && !attributes->is_null() && !attributes->is_object()) return false;
  }
  return true;
}

PlanObject MakeObject(Value resource, Keeping keeping) {
  PlanObject object;
  ReadIdentity(resource, object);
  if (Value* change = resource.Find("change"); change != nullptr && change->is_object()) {
    ReadSides(*change, object);
  }
  Settle(keeping, object);
  return object;
}

// Answers for the members of one resource, wherever it stands.
class PlanFilter : public text::JsonFilter {
 public:
  PlanFilter(PlanFile& plan, bool use_planned) : plan_(plan), use_planned_(use_planned) {}

  JsonChoice Choose(Path path, const Value& parent) override {
    const std::string& top = path[0].key;
    if (path.size() == 1) return ChooseTop(top);
    if (top == "resource_changes") return ChooseChange(path, parent);
    if (top == "resource_drift") return ChooseDrift(path);
    if (top == "deferred_changes") return ChooseDeferred(path, parent);
    if (top == "relevant_attributes") return JsonChoice::kTake;
    if (top == "configuration") return ChooseConfiguration(path, parent);
    return ChooseState(path, parent);
  }

  void Take(Path path, Value value) override {
    const std::string& top = path[0].key;
    if (top == "resource_changes") {
      if (!HasShape(value)) {
        plan_.misshapen.emplace_back(TextOf(value, "address"));
        return;
      }
      plan_.changes.push_back(MakeObject(std::move(value), keeping_));
      Remember(plan_.changes.back());
    } else if (top == "resource_drift") {
      plan_.drifted.emplace_back(TextOf(value, "address"));
    } else if (top == "deferred_changes") {
      DeferredChange deferred;
      deferred.reason = TextOf(value, "reason");
      if (Value* change = value.Find("resource_change"))
        deferred.object = MakeObject(std::move(*change), keeping_);
      plan_.deferred.push_back(std::move(deferred));
    } else if (top == "relevant_attributes") {
      TakeRelevant(value);
    } else if (top == "configuration") {
      TakeConfiguration(path, std::move(value));
    } else {
      TakeState(std::move(value));
    }
  }

 private:
  JsonChoice ChooseTop(const std::string& key) {
    static constexpr std::array<std::string_view, 4> kWhole{"format_version", "errored", "complete",
                                                            "variables"};
    static constexpr std::array<std::string_view, 6> kParts{
        "resource_changes",    "resource_drift", "deferred_changes",
        "relevant_attributes", "prior_state",    "configuration"};
    if (OneOf(key, kWhole)) return JsonChoice::kKeep;
    if (key == "resource_changes") plan_.has_changes = true;
    if (key == "configuration") plan_.configuration.present = true;
    if (OneOf(key, kParts)) return JsonChoice::kAsk;
    return use_planned_ && key == "planned_values" ? JsonChoice::kAsk : JsonChoice::kDrop;
  }

  JsonChoice ChooseChange(Path path, const Value& parent) {
    if (path.size() == 2) return JsonChoice::kAskThenTake;
    return ChooseMember(path.subspan(2), parent);
  }

  JsonChoice ChooseDeferred(Path path, const Value& parent) {
    if (path.size() == 2) return JsonChoice::kAskThenTake;
    if (path.size() == 3)
      return path[2].key == "resource_change" ? JsonChoice::kAsk : KeepIf(path[2].key == "reason");
    return ChooseMember(path.subspan(3), parent);
  }

  static JsonChoice ChooseDrift(Path path) {
    if (path.size() == 2) return JsonChoice::kAskThenTake;
    return KeepIf(path[2].key == "address");
  }

  // `path` begins with the resource's member.
  JsonChoice ChooseMember(Path path, const Value& parent) {
    static constexpr std::array<std::string_view, 9> kIdentity{
        "address",       "previous_address", "mode",          "type", "name",
        "index_unknown", "deposed",          "provider_name", "index"};
    const std::string& key = path.back().key;
    if (path.size() == 1) {
      if (key != "change") return KeepIf(OneOf(key, kIdentity));
      keeping_ = KeepingOf(parent);
      type_ = TextOf(parent, "type");
      return JsonChoice::kAsk;
    }
    if (path.size() == 2) {
      if (key == "actions" || key == "importing") return JsonChoice::kKeep;
      if (key == "before" || key == "after") {
        return keeping_ == Keeping::kArn && key == "after" ? JsonChoice::kDrop : JsonChoice::kAsk;
      }
      bool marks = key == "after_unknown" || key == "before_sensitive" || key == "after_sensitive";
      if (!marks || keeping_ == Keeping::kArn) return JsonChoice::kDrop;
      return JsonChoice::kAsk;
    }
    return KeepIf(keeper_.Keeps(keeping_, type_, key));
  }

  // Under `prior_state` or `planned_values`: modules nest, each with `resources` and
  // `child_modules`.
  JsonChoice ChooseState(Path path, const Value& parent) {
    const JsonStep& last = path.back();
    if (state_depth_ > 0 && path.size() > state_depth_) return ChooseStateMember(path, parent);
    state_depth_ = 0;
    if (last.key == "values" || last.key == "root_module" || last.key == "child_modules" ||
        last.key == "resources") {
      return JsonChoice::kAsk;
    }
    if (!last.key.empty()) return JsonChoice::kDrop;
    if (path[path.size() - 2].key != "resources") return JsonChoice::kAsk;  // a module
    state_depth_ = path.size();
    return JsonChoice::kAskThenTake;
  }

  JsonChoice ChooseStateMember(Path path, const Value& parent) {
    const std::string& key = path.back().key;
    if (path.size() == state_depth_ + 1) {
      if (key != "values" && key != "sensitive_values") return KeepIf(key != "depends_on");
      keeping_ = KeepingOf(parent);
      type_ = TextOf(parent, "type");
      document_ =
          TextOf(parent, "address").find("data.aws_iam_policy_document.") != std::string_view::npos;
      bool known = TextOf(parent, "mode") != "data" &&
                   addresses_.count(std::string(TextOf(parent, "address"))) != 0;
      if (known) keeping_ = Keeping::kArn;
      return JsonChoice::kAsk;
    }
    if (document_) return KeepIf(key == "json" || key == "id");
    return KeepIf(keeper_.Keeps(keeping_, type_, key));
  }

  void TakeState(Value value) {
    PlanObject object;
    ReadIdentity(value, object);
    if (!TextOf(value, "deposed_key").empty()) return;  // its own entry in resource_changes
    bool in_changes = !object.data && addresses_.count(object.address) != 0;
    if (Value* values = value.Find("values"); values != nullptr && values->is_object()) {
      if (const Value* arn = values->Find("arn")) object.account = AccountOfArn(arn->text);
      if (in_changes) return;
      object.after = std::move(*values);
      if (const Value* marks = value.Find("sensitive_values")) MarkSensitive(object.after, *marks);
    }
    object.has_after = true;
    object.has_before = true;
    Settle(keeping_, object);
    plan_.state.push_back(std::move(object));
  }

  void TakeRelevant(const Value& value) {
    const Value* attribute = value.Find("attribute");
    if (attribute == nullptr || attribute->items.empty() || !attribute->items[0].is_string())
      return;
    plan_.relevant[std::string(TextOf(value, "resource"))].push_back(attribute->items[0].text);
  }

  // root_module (module_calls NAME module)* resources i: gives the calls and where the module's
  // member stands.
  static std::pair<std::vector<std::string>, std::size_t> ModulePath(Path path) {
    std::vector<std::string> calls;
    std::size_t i = 2;
    while (i + 3 < path.size() && path[i].key == "module_calls" && path[i + 2].key == "module") {
      calls.push_back(path[i + 1].key);
      i += 3;
    }
    return {std::move(calls), i};
  }

  JsonChoice ChooseConfiguration(Path path, const Value& parent) {
    const std::string& key = path.back().key;
    if (path.size() == 2) {
      if (key == "provider_config") return JsonChoice::kTake;
      return key == "root_module" ? JsonChoice::kAsk : JsonChoice::kDrop;
    }
    std::size_t i = ModulePath(path).second;
    const std::string& member = path[i].key;
    std::size_t below = path.size() - i - 1;
    if (member == "outputs" || member == "variables") return JsonChoice::kTake;
    if (member == "resources") return ChooseBlock(path.subspan(i + 1), parent);
    if (member != "module_calls") return JsonChoice::kDrop;
    if (below < 2) return JsonChoice::kAsk;
    if (key == "module") return JsonChoice::kAsk;
    return key == "expressions" || key == "for_each_expression" ? JsonChoice::kTake
                                                                : JsonChoice::kDrop;
  }

  static JsonChoice ChooseBlock(Path path, const Value& parent) {
    static constexpr std::array<std::string_view, 7> kMembers{"address",
                                                              "mode",
                                                              "type",
                                                              "name",
                                                              "provider_config_key",
                                                              "count_expression",
                                                              "for_each_expression"};
    if (path.empty()) return JsonChoice::kAsk;
    if (path.size() == 1) return JsonChoice::kAskThenTake;
    const std::string& key = path.back().key;
    if (key == "expressions") return KeepIf(KeepingOf(parent) != Keeping::kArn);
    return KeepIf(OneOf(key, kMembers));
  }

  void TakeConfiguration(Path path, Value value) {
    if (path.size() == 2) {
      plan_.configuration.providers = std::move(value);
      return;
    }
    auto [calls, i] = ModulePath(path);
    const std::string& member = path[i].key;
    ModuleConfiguration& module = plan_.configuration.Make(calls);
    if (member == "outputs") {
      for (std::size_t k = 0; k < value.keys.size(); ++k) {
        if (Value* expression = value.items[k].Find("expression"))
          module.outputs[value.keys[k]] = std::move(*expression);
      }
    } else if (member == "variables") {
      for (std::size_t k = 0; k < value.keys.size(); ++k)
        module.variables[value.keys[k]] = std::move(value.items[k]);
    } else if (member == "resources") {
      TakeBlock(module, std::move(value));
    } else if (path.size() == i + 3) {
      calls.push_back(path[i + 1].key);
      plan_.configuration.Make(calls);
      CallConfiguration& call = module.calls[path[i + 1].key];
      (path[i + 2].key == "expressions" ? call.expressions : call.for_each) = std::move(value);
    }
  }

  static void TakeBlock(ModuleConfiguration& module, Value value) {
    std::string key = BlockText("", TextOf(value, "mode") == "data", TextOf(value, "type"),
                                TextOf(value, "name"));
    BlockConfiguration& block = module.blocks[key];
    block.provider_key = TextOf(value, "provider_config_key");
    block.counted =
        value.Find("count_expression") != nullptr || value.Find("for_each_expression") != nullptr;
    if (Value* expressions = value.Find("expressions")) block.expressions = std::move(*expressions);
    if (Value* for_each = value.Find("for_each_expression")) block.for_each = std::move(*for_each);
  }

  void Remember(const PlanObject& object) {
    if (object.data) return;
    addresses_.insert(object.address);
    if (!object.previous_address.empty()) addresses_.insert(object.previous_address);
  }

  PlanFile& plan_;
  bool use_planned_;
  AttributeKeeper keeper_;
  Keeping keeping_ = Keeping::kAll;
  std::string type_;  // of the resource that is being read
  bool document_ = false;
  std::size_t state_depth_ = 0;
  std::unordered_set<std::string> addresses_;
};

model::Result<PlanFile> Read(std::string_view json, const text::Limits& limits, std::uint32_t file,
                             bool use_planned) {
  PlanFile plan;
  PlanFilter filter(plan, use_planned);
  text::JsonOptions options;
  options.limits = limits;
  options.file = file;
  options.track_places = false;
  auto root = text::ParseJsonFiltered(json, options, filter, &plan.problems);
  if (!root.ok()) return root.error();
  plan.format_version = TextOf(root.value(), "format_version");
  const Value* errored = root.value().Find("errored");
  plan.errored = errored != nullptr && errored->boolean;
  const Value* complete = root.value().Find("complete");
  plan.complete = complete == nullptr || !complete->is_bool() || complete->boolean;
  if (Value* variables = root.value().Find("variables")) plan.variables = std::move(*variables);
  return plan;
}

}  // namespace

model::Result<PlanFile> ReadPlanFile(std::string_view json, const text::Limits& limits,
                                     std::uint32_t file) {
  auto plan = Read(json, limits, file, false);
  if (!plan.ok() || plan.value().has_changes) return plan;
  const auto& state = plan.value().state;
  bool managed = std::any_of(state.begin(), state.end(),
                             [](const PlanObject& object) { return !object.data; });
  return managed ? std::move(plan) : Read(json, limits, file, true);
}

std::optional<PlanObject> ReadPlanObject(std::string_view json, const text::Limits& limits) {
  text::JsonOptions options;
  options.limits = limits;
  options.track_places = false;
  auto value = text::ParseJson(json, options);
  if (!value.ok() || !value.value().is_object()) return std::nullopt;
  return MakeObject(std::move(value.value()), Keeping::kAll);
}

}  // namespace preview::terraform
