// Which of the policies of one resource hold together.
#include <algorithm>

#include "preview/assemble/passes.h"
#include "preview/assemble/values.h"

namespace preview::assemble {

namespace {

using model::PolicySource;

// Types on which several policies hold side by side.
bool PoliciesAddUp(std::string_view type) {
  constexpr std::string_view kTypes[] = {
      // https://docs.aws.amazon.com/amazonglacier/latest/dev/vault-lock-policy.html: beside the
      // access policy
      "AWS::Glacier::Vault",
      // https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html: statement
      // by statement
      "AWS::Lambda::Function",
      "AWS::Lambda::LayerVersion",
      // https://docs.aws.amazon.com/ses/latest/dg/sending-authorization-policies.html: up to 20 an
      // identity
      "AWS::SES::EmailIdentity",
      // https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html: beside the resource
      // policy
      "AWS::VpcLattice::Service",
      "AWS::VpcLattice::ServiceNetwork",
  };
  return std::find(std::begin(kTypes), std::end(kTypes), type) != std::end(kTypes);
}

bool Holds(const std::vector<PolicySource>& policies, const PolicySource& policy) {
  return std::any_of(policies.begin(), policies.end(), [&](const PolicySource& other) {
    return SamePolicy(other.document, policy.document);
  });
}

// The different ones.
std::vector<PolicySource> Distinct(const std::vector<PolicySource>& policies) {
  std::vector<PolicySource> distinct;
  for (const PolicySource& policy : policies) {
    if (!Holds(distinct, policy)) distinct.push_back(policy);
  }
  return distinct;
}

// Terraform shows AWS's live policy in an optional and computed attribute. When the resource that
// attached it is gone after the change, what still stands there unchanged is an echo: the policy
// goes with that resource.
// https://developer.hashicorp.com/terraform/plugin/framework/handling-data/attributes#computed
bool IsEcho(const Side& side, const Draft& draft, const PolicySource& own) {
  if (side.before() == nullptr || !draft.own_computed) return false;
  const model::Configuration& configuration = draft.configuration;
  const Draft* before =
      side.before()->FindIdentity(configuration.identity, configuration.resource_type);
  if (before == nullptr || before->attached.empty()) return false;
  return Holds(before->own, own) || Holds(before->attached, own);
}

std::vector<PolicySource> OwnPolicies(const Side& side, const Draft& draft) {
  std::vector<PolicySource> own;
  for (const PolicySource& policy : draft.own) {
    if (!IsEcho(side, draft, policy)) own.push_back(policy);
  }
  return own;
}

void Settle(Side& side, Draft& draft) {
  model::Configuration& configuration = draft.configuration;
  std::vector<PolicySource> attached = Distinct(draft.attached);
  std::vector<PolicySource>& policies = configuration.policies;
  const bool add_up = PoliciesAddUp(configuration.resource_type);
  if (attached.size() > 1 && !add_up) {
    std::string carriers;
    for (const PolicySource& policy : attached) {
      carriers += (carriers.empty() ? "`" : ", `") + policy.carrier + "`";
    }
    model::Undetermined undetermined;
    undetermined.attribute = attached.back().attribute;
    undetermined.reason =
        "several policies are attached and only one of them can hold: " + carriers;
    undetermined.hint = "attach one policy that holds all statements";
    undetermined.place = attached.back().document.place;
    side.AddUndetermined(draft, std::move(undetermined));
  }
  if (attached.empty() || add_up) policies = OwnPolicies(side, draft);
  policies.insert(policies.end(), attached.begin(), attached.end());
  policies.insert(policies.end(), draft.statements.begin(), draft.statements.end());
}

}  // namespace

void SettlePolicies(Side& side) {
  for (Draft& draft : side.drafts()) Settle(side, draft);
}

}  // namespace preview::assemble
