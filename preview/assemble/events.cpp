// Statements of EventBridge bus policies.
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutPermission.html
#include "preview/assemble/passes.h"
#include "preview/assemble/statements.h"
#include "preview/assemble/values.h"

namespace preview::assemble {

namespace {

using model::Resource;
using model::Value;

struct Names {
  std::string_view iac_type;
  std::string_view bus;
  std::string_view sid;
  std::string_view principal;
  std::string_view action;
  std::string_view condition_type;
  std::string_view condition_key;
  std::string_view condition_value;
};

constexpr Names kPermissions[] = {
    {"aws_cloudwatch_event_permission", "event_bus_name", "statement_id", "principal", "action",
     "condition.type", "condition.key", "condition.value"},
    {"AWS::Events::EventBusPolicy", "EventBusName", "StatementId", "Principal", "Action",
     "Condition.Type", "Condition.Key", "Condition.Value"},
};

void AddOwnCondition(Value& statement, const Value& from, const Names& names) {
  const std::string op = TextAt(from, names.condition_type);
  const std::string key = TextAt(from, names.condition_key);
  if (op.empty() || key.empty()) return;
  AddCondition(statement, op, key, FirstAt(from, names.condition_value));
}

void AddPermission(Side& side, const Resource& permission, const Names& names,
                   const rules::ResourceType& type) {
  const Value& from = permission.attributes;
  const Value default_bus = Value::String("default");
  const Value* bus = FirstAt(from, names.bus);
  const DraftId id =
      side.ForTarget(permission, bus == nullptr ? &default_bus : bus, names.bus, type);
  Draft& draft = side.draft(id);
  // CloudFormation takes a whole statement in place of the single members.
  if (const Value* whole = FirstAt(from, "Statement"); whole != nullptr && !whole->is_unknown()) {
    draft.statements.push_back(PolicyOfStatement(*whole, permission, "Statement"));
    return;
  }
  const Value* principal = FirstAt(from, names.principal);
  if (principal == nullptr) return;
  const Value* action = FirstAt(from, names.action);
  const Value put_events = Value::String("events:PutEvents");
  Value statement =
      AllowStatement(TextAt(from, names.sid), PrincipalElement(*principal),
                     action == nullptr ? put_events : *action, draft.configuration.arn);
  AddOwnCondition(statement, from, names);
  draft.statements.push_back(PolicyOfStatement(std::move(statement), permission, names.principal));
}

}  // namespace

void AddEventBusPermissions(Side& side) {
  const rules::ResourceType* type = rules::FindResourceType("AWS::Events::EventBus");
  if (type == nullptr) return;
  for (const Names& names : kPermissions) {
    for (const Resource* permission : side.OfType(names.iac_type)) {
      AddPermission(side, *permission, names, *type);
    }
  }
}

}  // namespace preview::assemble
