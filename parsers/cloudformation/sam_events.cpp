// Events of SAM functions: who may invoke the function for them.
// https://github.com/aws/serverless-application-model/blob/develop/samtranslator/model/eventsources/push.py
#include <fmt/core.h>

#include <array>
#include <utility>

#include "parsers/cloudformation/parts.h"
#include "parsers/cloudformation/sam.h"

namespace preview::cloudformation {

using model::Value;

namespace {

struct EventKind {
  std::string_view type;
  std::string_view principal;
  std::string_view source;  // property that names the source's ARN; empty: none, or made otherwise
};

constexpr std::array<EventKind, 11> kKinds = {{
    {"Api", "apigateway.amazonaws.com", ""},
    {"HttpApi", "apigateway.amazonaws.com", ""},
    {"S3", "s3.amazonaws.com", ""},
    {"SNS", "sns.amazonaws.com", "Topic"},
    {"Schedule", "events.amazonaws.com", ""},
    {"CloudWatchEvent", "events.amazonaws.com", ""},
    {"EventBridgeRule", "events.amazonaws.com", ""},
    {"CloudWatchLogs", "logs.amazonaws.com", ""},
    {"IoTRule", "iot.amazonaws.com", ""},
    {"AlexaSkill", "alexa-appkit.amazon.com", ""},
    {"Cognito", "cognito-idp.amazonaws.com", ""},
}};

std::string ReferredId(const Value* value) {
  if (value == nullptr) return {};
  if (FunctionName(*value) == "Ref" && FunctionArgument(*value).is_string())
    return FunctionArgument(*value).text;
  return {};
}

// The queue that SAM puts between a topic and a function, and who may send to it.
void AddSubscriptionQueue(SamOutput& output, const std::string& id, const Value& properties,
                          const Value& origin) {
  const Value* subscription = properties.Find("SqsSubscription");
  const Value* topic = properties.Find("Topic");
  if (subscription == nullptr || topic == nullptr) return;
  Value arn = MakeGetAtt(id + "Queue", "Arn");
  Value url = MakeRef(id + "Queue");
  std::string policy_id = id + "QueuePolicy";
  if (subscription->is_object() && FunctionName(*subscription).empty()) {
    if (const Value* given = subscription->Find("QueueArn")) arn = *given;
    if (const Value* given = subscription->Find("QueueUrl")) url = *given;
    if (const Value* given = subscription->Find("QueuePolicyLogicalId");
        given != nullptr && given->is_string()) {
      policy_id = given->text;
    }
  } else if (ScalarText(*subscription) == "true") {
    output.Add(id + "Queue", "AWS::SQS::Queue", Value::Object(), origin);
  } else {
    return;
  }
  Value source = Value::Object();
  source.Set("aws:SourceArn", *topic);
  Value condition = Value::Object();
  condition.Set("ArnEquals", std::move(source));
  Value statement = Value::Object();
  statement.Set("Effect", Value::String("Allow"));
  statement.Set("Action", Value::String("sqs:SendMessage"));
  statement.Set("Principal", Value::String("*"));
  statement.Set("Resource", std::move(arn));
  statement.Set("Condition", std::move(condition));
  Value document = Value::Object();
  document.Set("Version", Value::String("2012-10-17"));
  document.Set("Statement", Value::List({std::move(statement)}));
  Value policy = Value::Object();
  policy.Set("PolicyDocument", std::move(document));
  policy.Set("Queues", Value::List({std::move(url)}));
  output.Add(std::move(policy_id), "AWS::SQS::QueuePolicy",
             At(std::move(policy), subscription->place), origin);
}

// What an Api event serves, in a policy of its API: `execute-api:/*/GET/orders/*`. A parameter of
// the path is any text, a trailing slash is dropped.
std::string EventResource(const Value& properties) {
  const auto text = [&](std::string_view name) {
    const Value* value = properties.Find(name);
    return value != nullptr && value->is_string() ? value->text : std::string();
  };
  std::string method = text("Method");
  for (char& c : method) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  const bool any = method.empty() || method == "ANY" || method.starts_with("X-AMAZON");
  const std::string path = text("Path");
  std::string out = fmt::format("execute-api:/*/{}", any ? "*" : method);
  bool in_parameter = false;
  for (const char c : path) {
    if (c == '{') out += '*';
    in_parameter = c == '{' || (in_parameter && c != '}');
    if (!in_parameter && c != '}') out += c;
  }
  if (path.empty()) out.append("/*");
  while (out.ends_with('/')) out.pop_back();
  return out;
}

// The API that an Api event belongs to, and what the event says about that API's policy.
std::string AddApiEvent(SamOutput& output, const Value& properties) {
  const std::string named = ReferredId(properties.Find("RestApiId"));
  const bool implicit = properties.Find("RestApiId") == nullptr;
  if (implicit) output.implicit_api = true;
  const std::string api = implicit ? "ServerlessRestApi" : named;
  const Value* auth = properties.Find("Auth");
  const Value* policy = auth == nullptr ? nullptr : auth->Find("ResourcePolicy");
  if (policy != nullptr) output.event_policies.push_back({api, EventResource(properties), *policy});
  return api;
}

// What limits the permission to the event's source, besides `kind.source`.
void SetSource(const EventKind& kind, const std::string& id, const std::string& api,
               const Value& properties, Value& permission) {
  if (kind.type == "S3") permission.Set("SourceAccount", MakeRef("AWS::AccountId"));
  if (kind.type == "Schedule" || kind.type == "CloudWatchEvent" || kind.type == "EventBridgeRule") {
    permission.Set(
        "SourceArn",
        MakeSub("arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:rule/" + id));
  }
  if (kind.type == "Cognito") {
    const std::string pool = ReferredId(properties.Find("UserPool"));
    if (!pool.empty()) permission.Set("SourceArn", MakeGetAtt(pool, "Arn"));
  }
  if (kind.type == "CloudWatchLogs") {
    permission.Set(
        "SourceArn",
        MakeSub("arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:*"));
  }
  if (kind.type == "AlexaSkill") {
    if (const Value* skill = properties.Find("SkillId")) permission.Set("EventSourceToken", *skill);
  }
  if (kind.type == "Api" && !api.empty()) {
    permission.Set("SourceArn",
                   MakeSub("arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${" +
                           api + "}/*"));
  }
}

std::string PermissionId(const SamOutput& output, const std::string& id, const EventKind& kind,
                         const std::string& api) {
  if (kind.type != "Api") return id + "Permission";
  if (api == "ServerlessRestApi") return id + "PermissionProd";
  const Value* body = output.resources->Find(api);
  const Value* stage = body == nullptr ? nullptr : body->FindPath("Properties.StageName");
  return id + "Permission" + (stage != nullptr && stage->is_string() ? stage->text : "Stage");
}

}  // namespace

void AddEvents(SamOutput& output, const std::string& id, const Value& function, const Value& events,
               const Value& origin) {
  if (!events.is_object()) return;
  for (std::size_t i = 0; i < events.items.size(); ++i) {
    const Value& event = events.items[i];
    const std::string type = MemberText(event, "Type");
    const Value* written = event.Find("Properties");
    const Value properties =
        written != nullptr && written->is_object() ? *written : Value::Object();
    const std::string event_id = id + events.keys[i];
    if (type == "ScheduleV2") {
      if (properties.Find("RoleArn") == nullptr) {
        AddServiceRole(output, event_id + "Role", "scheduler.amazonaws.com", nullptr,
                       Value::Object(), origin);
      }
      continue;
    }
    const EventKind* kind = nullptr;
    for (const EventKind& candidate : kKinds) {
      if (candidate.type == type) kind = &candidate;
    }
    if (kind == nullptr)
      continue;  // polled by the function itself: SQS, Kinesis, DynamoDB, MQ, Kafka
    const std::string api = type == "Api" ? AddApiEvent(output, properties) : std::string();
    if (type == "SNS" && properties.Find("SqsSubscription") != nullptr) {
      AddSubscriptionQueue(output, event_id, properties, origin);
      continue;
    }
    Value permission = Value::Object();
    permission.Set("Action", Value::String("lambda:InvokeFunction"));
    permission.Set("FunctionName", function);
    permission.Set("Principal", Value::String(std::string(kind->principal)));
    if (!kind->source.empty()) {
      if (const Value* source = properties.Find(kind->source)) permission.Set("SourceArn", *source);
    }
    SetSource(*kind, event_id, api, properties, permission);
    output.Add(PermissionId(output, event_id, *kind, api), "AWS::Lambda::Permission",
               At(std::move(permission), event.place), origin);
  }
}

}  // namespace preview::cloudformation
