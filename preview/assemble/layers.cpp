// Statements of Lambda layer version policies.
// https://docs.aws.amazon.com/lambda/latest/api/API_AddLayerVersionPermission.html
#include "preview/assemble/passes.h"
#include "preview/assemble/statements.h"
#include "preview/assemble/values.h"

namespace preview::assemble {

namespace {

using model::Resource;
using model::Value;

void AddStatement(Side& side, DraftId id, const Resource& permission, const Value& principal,
                  const Value* action, const Value* organization, const std::string& sid) {
  Draft& draft = side.draft(id);
  const Value whole = Value::String("lambda:GetLayerVersion");
  Value statement = AllowStatement(sid, PrincipalElement(principal),
                                   action == nullptr ? whole : *action, draft.configuration.arn);
  AddCondition(statement, "StringEquals", "aws:PrincipalOrgID", organization);
  draft.statements.push_back(PolicyOfStatement(
      std::move(statement), permission,
      side.language() == model::Language::kTerraform ? "principal" : "Principal"));
}

// A layer's versions share its name. One whose number is not known yet may be the one that is
// meant.
DraftId VersionOf(Side& side, const Resource& permission, const rules::ResourceType& type) {
  const Value* layer = FirstAt(permission.attributes, "layer_name");
  const std::string wanted = TextAt(permission.attributes, "version_number");
  const Link link = side.links().Find(permission, layer, [&](const Resource& resource) {
    if (!side.IsA(resource, type.name)) return false;
    const std::string version = TextAt(resource.attributes, "version");
    return wanted.empty() || version.empty() || model::HasSymbol(version) ||
           model::HasSymbol(wanted) || version == wanted;
  });
  if (link.kind == Link::Kind::kName && !wanted.empty()) {
    return side.ForName(permission, type, link.text + ":" + wanted);
  }
  if (link.kind == Link::Kind::kResource) return side.ForResource(*link.resource, type);
  return side.ForUnnamed(permission, type, "layer_name");
}

}  // namespace

void AddLayerPermissions(Side& side) {
  const rules::ResourceType* type = rules::FindResourceType("AWS::Lambda::LayerVersion");
  if (type == nullptr) return;
  for (const Resource* permission : side.OfType("aws_lambda_layer_version_permission")) {
    const Value* principal = FirstAt(permission->attributes, "principal");
    if (principal == nullptr) continue;
    AddStatement(side, VersionOf(side, *permission, *type), *permission, *principal,
                 FirstAt(permission->attributes, "action"),
                 FirstAt(permission->attributes, "organization_id"),
                 TextAt(permission->attributes, "statement_id"));
  }
  for (const Resource* permission : side.OfType("AWS::Lambda::LayerVersionPermission")) {
    const Value* principal = FirstAt(permission->attributes, "Principal");
    if (principal == nullptr) continue;
    const DraftId id = side.ForTarget(
        *permission, FirstAt(permission->attributes, "LayerVersionArn"), "LayerVersionArn", *type);
    AddStatement(side, id, *permission, *principal, FirstAt(permission->attributes, "Action"),
                 FirstAt(permission->attributes, "OrganizationId"), "");
  }
}

}  // namespace preview::assemble
