// Which account, region and partition a plan is for: from options, provider configurations, data
// sources and ARNs.

#include <algorithm>
#include <map>
#include <utility>

#include "parsers/terraform/plan_graph.h"
#include "parsers/terraform/plan_values.h"

namespace preview::terraform {

namespace {

using model::Value;

bool IsAccount(std::string_view text) {
  return text.size() == 12 && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// The account of an ARN, or an account id as it is.
std::string AccountIn(std::string_view text) {
  if (IsAccount(text)) return std::string(text);
  if (!text.starts_with("arn:")) return "";
  for (int colon = 0; colon < 4; ++colon) {
    auto at = text.find(':');
    if (at == std::string_view::npos) return "";
    text.remove_prefix(at + 1);
  }
  text = text.substr(0, text.find(':'));
  return IsAccount(text) ? std::string(text) : std::string();
}

// https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
std::string_view PartitionOfRegion(std::string_view region) {
  static constexpr std::pair<std::string_view, std::string_view> kPrefixes[] = {
      {"cn-", "aws-cn"},         {"us-gov-", "aws-us-gov"}, {"us-iso-", "aws-iso"},
      {"us-isob-", "aws-iso-b"}, {"eu-isoe-", "aws-iso-e"}, {"us-isof-", "aws-iso-f"},
      {"eusc-", "aws-eusc"}};
  for (auto [prefix, partition] : kPrefixes) {
    if (region.starts_with(prefix)) return partition;
  }
  return "aws";
}

// The text with the highest count; the lesser text among equals, so that the order of the plan does
// not matter.
std::string Majority(const std::map<std::string, std::size_t>& counts) {
  std::string best;
  std::size_t most = 0;
  for (const auto& [text, count] : counts) {
    if (count > most) {
      most = count;
      best = text;
    }
  }
  return best;
}

// `aws` of `module.a.module.b:aws.west`: what an inherited key is called in the modules above.
std::string_view LocalProviderKey(std::string_view key) {
  auto colon = key.rfind(':');
  return colon == std::string_view::npos ? key : key.substr(colon + 1);
}

}  // namespace

std::string PlanGraph::ProviderKeyOf(const PlanObject& object) {
  const BlockConfiguration* block = BlockOf(object);
  if (block == nullptr) return "aws";
  // In a module the key names a configuration of that module; where there is none it was handed
  // down. https://github.com/hashicorp/terraform/blob/main/internal/command/jsonconfig/config.go
  if (plan_.configuration.providers.Find(block->provider_key) != nullptr)
    return block->provider_key;
  return std::string(LocalProviderKey(block->provider_key));
}

// The text of an expression where the plan knows it; empty else.
std::string PlanGraph::KnownText(const Value& expression, const Position& at) {
  std::string text;
  for (const Target& target : Targets(expression, at)) {
    Value value = target.value;
    if (target.kind == Target::Kind::kObject && IsKnown(target))
      value = AttributeValue(target.object, target.path);
    std::string one = value.is_string() || value.is_number() ? value.text : "";
    if (one.empty()) continue;
    if (!text.empty() && text != one) {
      // `"arn:aws:iam::${var.account}:role/${var.role}"`: only the account matters, and only it
      // looks like one.
      if (IsAccount(text) != IsAccount(one)) {
        if (IsAccount(one)) text = one;
        continue;
      }
      return "";
    }
    text = one;
  }
  return text;
}

ProviderFacts PlanGraph::ReadProvider(const std::string& key) {
  ProviderFacts facts;
  const Value* provider = plan_.configuration.providers.Find(key);
  const Value* expressions = provider != nullptr ? provider->Find("expressions") : nullptr;
  if (expressions == nullptr) return facts;
  Position at{Module(std::string(TextOf(*provider, "module_address"))), {}, nullptr};
  if (const Value* region = expressions->Find("region")) facts.region = KnownText(*region, at);
  if (const Value* role = expressions->Find("assume_role")) {
    facts.assumes_role = true;
    const Value* block = role->is_list() && !role->items.empty() ? &role->items.back() : role;
    const Value* arn = block->Find("role_arn");
    if (arn != nullptr) facts.account = AccountIn(KnownText(*arn, at));
    if (!facts.account.empty()) facts.account_from = "`assume_role` of provider `" + key + "`";
  }
  const Value* allowed = expressions->Find("allowed_account_ids");
  if (facts.account.empty() && allowed != nullptr) {
    std::vector<Target> targets = Targets(*allowed, at);
    const Value* ids = targets.size() == 1 ? &targets[0].value : nullptr;
    if (ids != nullptr && ids->is_list() && ids->items.size() == 1) ids = &ids->items[0];
    if (ids != nullptr) facts.account = AccountIn(ScalarText(*ids));
    if (!facts.account.empty())
      facts.account_from = "`allowed_account_ids` of provider `" + key + "`";
  }
  return facts;
}

const ProviderFacts& PlanGraph::FactsOf(const std::string& provider_key) {
  auto found = providers_.find(provider_key);
  if (found != providers_.end()) return found->second;
  return providers_.emplace(provider_key, ReadProvider(provider_key)).first->second;
}

void PlanGraph::FindEnvironments() {
  std::map<std::string, std::map<std::string, std::size_t>> arns;  // by provider, account to count
  std::map<std::string, std::string> identities;
  std::map<std::string, std::size_t> all;
  std::string partition;
  std::string region;
  std::string bucket_account;
  bool uses_default = false;
  std::string first_key;
  for (std::size_t i = 0; i < objects_.size(); ++i) {
    const PlanObject& object = objects_[i];
    if (!object.aws) continue;
    if (!object.account.empty()) ++all[object.account];
    if (!object.kept) continue;
    std::string key = ProviderKeyOf(object);
    uses_default |= key == "aws";
    if (first_key.empty()) first_key = key;
    if (!object.account.empty() && !object.data) ++arns[key][object.account];
    if (object.data && object.type == "aws_caller_identity" &&
        IsAccount(TextOf(object.after, "account_id"))) {
      identities.emplace(key, TextOf(object.after, "account_id"));
    }
    if (object.data && object.type == "aws_partition")
      partition = TextOf(object.after, "partition");
    if (object.data && object.type == "aws_region" && key == "aws")
      region = TextOf(object.after, "name");
    if (object.type == "aws_s3_access_point" && bucket_account.empty()) {
      bucket_account = AccountIn(TextOf(object.after, "bucket_account_id"));
    }
  }
  bool has_default =
      uses_default || first_key.empty() || plan_.configuration.providers.Find("aws") != nullptr;
  std::string default_key = has_default ? "aws" : first_key;
  for (const auto& [key, counts] : arns) FactsOf(key);
  for (const auto& [key, account] : identities) FactsOf(key);
  ProviderFacts facts = FactsOf(default_key);

  environment_ = options_.environment;
  if (!environment_.account.empty()) {
    account_from_ = "";
  } else if (!facts.account.empty()) {
    environment_.account = facts.account;
    account_from_ = facts.account_from;
  } else if (identities.count(default_key) != 0) {
    environment_.account = identities[default_key];
    account_from_ = "`data.aws_caller_identity` in the plan";
  } else if (!arns[default_key].empty()) {
    environment_.account = Majority(arns[default_key]);
    account_from_ = "the ARNs of what exists already";
  } else if (!all.empty()) {
    environment_.account = Majority(all);
    account_from_ = "the ARNs of what exists already";
  } else if (!bucket_account.empty()) {
    environment_.account = bucket_account;
    account_from_ = "`bucket_account_id` of an access point";
  } else if (auto id = symbols_.Intern({.name = "account",
                                        .resource = "",
                                        .attribute = "",
                                        .form = model::SymbolForm::kOwnAccount})) {
    environment_.account = model::SymbolText(*id);
  }
  if (!facts.region.empty()) environment_.region = facts.region;
  if (environment_.region.empty()) environment_.region = region;
  if (environment_.region.empty()) {
    auto id = symbols_.Intern(
        {.name = "region", .resource = "", .attribute = "", .form = model::SymbolForm::kRegion});
    if (id) environment_.region = model::SymbolText(*id);
  }
  if (environment_.partition.empty() || environment_.partition == "aws") {
    environment_.partition =
        !partition.empty() ? partition : std::string(PartitionOfRegion(environment_.region));
  }
  // Accounts of the other provider configurations, where something says that they are other ones.
  for (auto& [key, known] : providers_) {
    if (key == default_key) {
      known.account = environment_.account;
    } else if (known.account.empty() && identities.count(key) != 0) {
      known.account = identities[key];
    } else if (known.account.empty() && arns.count(key) != 0) {
      known.account = Majority(arns[key]);
    }
  }
}

model::Environment PlanGraph::EnvironmentOf(const PlanObject& object, const Value& attributes) {
  model::Environment environment = environment_;
  std::string key = ProviderKeyOf(object);
  const ProviderFacts& facts = FactsOf(key);
  if (!facts.account.empty()) {
    environment.account = facts.account;
  } else if (facts.assumes_role) {
    // Another account perhaps, but one that is deployed to.
    auto id = symbols_.Intern({.name = "account of provider " + key,
                               .resource = "",
                               .attribute = "",
                               .form = model::SymbolForm::kOwnAccount});
    if (id) environment.account = model::SymbolText(*id);
  }
  if (!facts.region.empty()) environment.region = facts.region;
  // Since provider 6 nearly every resource has a region of its own.
  // https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/enhanced-region-support
  std::string_view own = TextOf(attributes, "region");
  if (own.find('-') != std::string_view::npos &&
      object.type != "aws_config_aggregate_authorization") {
    environment.region = own;
  }
  if (environment.region != environment_.region)
    environment.partition = PartitionOfRegion(environment.region);
  return environment;
}

}  // namespace preview::terraform
