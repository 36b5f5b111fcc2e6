// Cognito identity pools that give a role to callers without credentials.
//
// The pool is open to everyone when it allows unauthenticated identities and has a role for them;
// what such a caller may do then is the role's business, whose trust policy is analysed with the
// role. https://docs.aws.amazon.com/cognito/latest/developerguide/identity-pools.html
#include "preview/assemble/passes.h"
#include "preview/assemble/statements.h"
#include "preview/assemble/values.h"

namespace preview::assemble {

namespace {

using model::Resource;
using model::Value;

struct Names {
  std::string_view iac_type;
  std::string_view pool;
  std::string_view role;
};

constexpr Names kAttachments[] = {
    {"aws_cognito_identity_pool_roles_attachment", "identity_pool_id", "roles.unauthenticated"},
    {"AWS::Cognito::IdentityPoolRoleAttachment", "IdentityPoolId", "Roles.unauthenticated"},
};

constexpr std::string_view kAllows =
    "allow_unauthenticated_identities,AllowUnauthenticatedIdentities";

Setting AllowsUnauthenticated(const Draft& pool) {
  if (pool.resource == nullptr) return Setting::kOn;
  return SettingAt(pool.resource->attributes, kAllows);
}

void AddUnknownSetting(const Side& side, Draft& pool) {
  model::Undetermined undetermined;
  undetermined.attribute = "allow_unauthenticated_identities";
  undetermined.reason = "whether callers without credentials are let in is not known";
  undetermined.hint = "write the setting out";
  const Value* setting = FirstAt(pool.resource->attributes, kAllows);
  if (setting != nullptr) undetermined.origin = setting->text;
  undetermined.place =
      setting != nullptr && setting->place.known() ? setting->place : pool.resource->place;
  side.AddUndetermined(pool, std::move(undetermined));
}

void OpenPool(Side& side, const Resource& attachment, const Names& names,
              const rules::ResourceType& type) {
  const DraftId id =
      side.ForTarget(attachment, FirstAt(attachment.attributes, names.pool), names.pool, type);
  Draft& pool = side.draft(id);
  const Setting allows = AllowsUnauthenticated(pool);
  if (allows == Setting::kOff) return;
  if (allows == Setting::kUnknown) return AddUnknownSetting(side, pool);
  if (pool.resource == nullptr) {
    AddOnce(pool.configuration.assumptions,
            "the identity pool is not in the input: taken to allow unauthenticated identities");
  }
  Value actions = Value::List({Value::String("cognito-identity:GetCredentialsForIdentity"),
                               Value::String("cognito-identity:GetId")});
  Value statement =
      AllowStatement("", Value::String("*"), std::move(actions), pool.configuration.arn);
  pool.statements.push_back(PolicyOfStatement(std::move(statement), attachment, names.role));
}

void NoteRole(Side& side, const Resource& attachment, const Value* role) {
  const rules::ResourceType* type = rules::FindResourceType("AWS::IAM::Role");
  if (type == nullptr) return;
  const std::string message =
      "`" + attachment.address + "` gives this role to callers without credentials";
  Link link;
  if (auto id = side.FindTarget(attachment, role, *type, link)) {
    side.AddNote(side.draft(*id), attachment, message, true);
  } else {
    side.AddNote(attachment,
                 "callers without credentials are given a role that is not in the input", true);
  }
}

}  // namespace

void AddIdentityPools(Side& side) {
  const rules::ResourceType* type = rules::FindResourceType("AWS::Cognito::IdentityPool");
  for (const Names& names : kAttachments) {
    for (const Resource* attachment : side.OfType(names.iac_type)) {
      const Value* role = FirstAt(attachment->attributes, names.role);
      if (role == nullptr) continue;
      if (type != nullptr) OpenPool(side, *attachment, names, *type);
      NoteRole(side, *attachment, role);
    }
  }
}

}  // namespace preview::assemble
