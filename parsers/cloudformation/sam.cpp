#include "parsers/cloudformation/sam.h"

#include <fmt/core.h>

#include <array>
#include <utility>

#include "parsers/cloudformation/parts.h"

namespace preview::cloudformation {

using model::Value;

namespace {

// Serverless types that become one resource with the same properties.
struct Renamed {
  std::string_view from;
  std::string_view to;
};
constexpr std::array<Renamed, 4> kRenamed = {{
    {"AWS::Serverless::SimpleTable", "AWS::DynamoDB::Table"},
    {"AWS::Serverless::LayerVersion", "AWS::Lambda::LayerVersion"},
    {"AWS::Serverless::HttpApi", "AWS::ApiGatewayV2::Api"},
    {"AWS::Serverless::GraphQLApi", "AWS::AppSync::GraphQLApi"},
}};

void CopyMembers(const Value& from, std::initializer_list<std::string_view> names, Value& to) {
  for (std::string_view name : names) {
    if (const Value* member = from.Find(name)) to.Set(name, *member);
  }
}

// `If`s that may leave a function without a role need one.
bool MayBeAbsent(const Value* role) {
  if (role == nullptr) return true;
  if (FunctionName(*role) != "Fn::If" || !FunctionArgument(*role).is_list()) return false;
  for (const Value& branch : FunctionArgument(*role).items) {
    if (FunctionName(branch) == "Ref" && FunctionArgument(branch).text == "AWS::NoValue")
      return true;
  }
  return false;
}

// FunctionUrlConfig: a URL without authorization gets its two public permissions.
void AddFunctionUrl(SamOutput& output, const std::string& id, const Value& properties,
                    const Value& body) {
  const Value* config = properties.Find("FunctionUrlConfig");
  if (config == nullptr || !config->is_object()) return;
  const Value* type = config->Find("AuthType");
  std::optional<Value> auth;
  if (type != nullptr) auth = (*output.preparation->evaluate)(*output.preparation->source, *type);
  const Value* alias = properties.Find("AutoPublishAlias");
  const Value function = MakeRef(id);
  Value url = Value::Object();
  url.Set("TargetFunctionArn", function);
  if (alias != nullptr) url.Set("Qualifier", *alias);
  if (type != nullptr) url.Set("AuthType", *type);
  output.Add(id + "Url", "AWS::Lambda::Url", At(std::move(url), config->place), body);
  const bool known = auth.has_value() && auth->is_string() && !model::HasSymbol(auth->text);
  if (known && auth->text != "NONE") return;
  if (!known) {
    output.preparation->Problem(
        config->place,
        fmt::format("whether the URL of function `{}` asks for credentials is not known", id),
        "give the parameter's value with --parameters");
    return;
  }
  const auto permission = [&](std::string_view action) {
    Value value = Value::Object();
    value.Set("Action", Value::String(std::string(action)));
    value.Set("FunctionName", alias != nullptr && alias->is_string()
                                  ? MakeRef(id + "Alias" + alias->text)
                                  : function);
    value.Set("Principal", Value::String("*"));
    return value;
  };
  Value invoke_url = permission("lambda:InvokeFunctionUrl");
  invoke_url.Set("FunctionUrlAuthType", Value::String("NONE"));
  output.Add(id + "UrlPublicPermissions", "AWS::Lambda::Permission",
             At(std::move(invoke_url), config->place), body);
  Value invoke = permission("lambda:InvokeFunction");
  invoke.Set("InvokedViaFunctionUrl", Value::Bool(true));
  output.Add(id + "URLInvokeAllowPublicAccess", "AWS::Lambda::Permission",
             At(std::move(invoke), config->place), body);
}

}  // namespace

void SamOutput::Add(std::string id, std::string_view type, Value properties, const Value& origin) {
  Value body = Value::Object();
  body.place = origin.place;
  body.Set("Type", Value::String(std::string(type)));
  for (std::string_view name : {"Condition", "Metadata", "DeletionPolicy", "UpdateReplacePolicy"}) {
    if (const Value* member = origin.Find(name)) body.Set(name, *member);
  }
  body.Set("Properties", std::move(properties));
  made.push_back({std::move(id), At(std::move(body), origin.place)});
}

// Properties win; objects are merged one level, lists are joined, as the transform does with most
// globals.
Value SamProperties(const SamOutput& output, std::string_view section, const Value& body) {
  const Value* written = body.Find("Properties");
  Value result = written != nullptr && written->is_object() ? *written : Value::Object();
  if (!result.place.known()) result.place = body.place;
  const Value* globals = output.globals == nullptr ? nullptr : output.globals->Find(section);
  if (globals == nullptr || !globals->is_object()) return result;
  for (std::size_t i = 0; i < globals->items.size(); ++i) {
    const Value& global = globals->items[i];
    Value* own = result.Find(globals->keys[i]);
    if (own == nullptr) {
      result.Set(globals->keys[i], global);
    } else if (own->is_object() && global.is_object() && FunctionName(*own).empty()) {
      for (std::size_t j = 0; j < global.items.size(); ++j) {
        if (own->Find(global.keys[j]) == nullptr) own->Set(global.keys[j], global.items[j]);
      }
    } else if (own->is_list() && global.is_list()) {
      own->items.insert(own->items.begin(), global.items.begin(), global.items.end());
    }
  }
  return result;
}

void AddServiceRole(SamOutput& output, const std::string& id, std::string_view service,
                    const Value* trust, const Value& properties, const Value& origin) {
  Value document;
  if (trust != nullptr) {
    document = *trust;
  } else {
    Value principal = Value::Object();
    principal.Set("Service", MakeTexts({service}));
    Value statement = Value::Object();
    statement.Set("Effect", Value::String("Allow"));
    statement.Set("Action", MakeTexts({"sts:AssumeRole"}));
    statement.Set("Principal", std::move(principal));
    document = Value::Object();
    document.Set("Version", Value::String("2012-10-17"));
    document.Set("Statement", Value::List({std::move(statement)}));
  }
  Value role = Value::Object();
  role.Set("AssumeRolePolicyDocument", std::move(document));
  if (const Value* path = properties.Find("RolePath")) role.Set("Path", *path);
  output.Add(id, "AWS::IAM::Role", std::move(role), origin);
}

void TransformFunction(SamOutput& output, const std::string& id, const Value& body) {
  const Value properties = SamProperties(output, "Function", body);
  Value function = Value::Object();
  function.place = properties.place;
  CopyMembers(
      properties,
      {"FunctionName", "Runtime", "Handler", "KmsKeyArn", "Role", "PackageType", "Architectures"},
      function);
  const Value* role = properties.Find("Role");
  if (MayBeAbsent(role)) {
    if (role == nullptr) function.Set("Role", MakeGetAtt(id + "Role", "Arn"));
    AddServiceRole(output, id + "Role", "lambda.amazonaws.com",
                   properties.Find("AssumeRolePolicyDocument"), properties, body);
  }
  output.Add(id, "AWS::Lambda::Function", std::move(function), body);
  Value name = MakeRef(id);
  const Value* alias = properties.Find("AutoPublishAlias");
  if (alias != nullptr && alias->is_string()) {
    Value alias_properties = Value::Object();
    alias_properties.Set("FunctionName", MakeRef(id));
    alias_properties.Set("Name", *alias);
    output.Add(id + "Alias" + alias->text, "AWS::Lambda::Alias", std::move(alias_properties), body);
    name = MakeRef(id + "Alias" + alias->text);
  }
  AddFunctionUrl(output, id, properties, body);
  if (const Value* events = properties.Find("Events")) AddEvents(output, id, name, *events, body);
}

void TransformStateMachine(SamOutput& output, const std::string& id, const Value& body) {
  const Value properties = SamProperties(output, "StateMachine", body);
  Value machine = Value::Object();
  if (const Value* name = properties.Find("Name")) machine.Set("StateMachineName", *name);
  const Value* role = properties.Find("Role");
  if (role != nullptr) machine.Set("RoleArn", *role);
  if (MayBeAbsent(role)) {
    if (role == nullptr) machine.Set("RoleArn", MakeGetAtt(id + "Role", "Arn"));
    AddServiceRole(output, id + "Role", "states.amazonaws.com", nullptr, properties, body);
  }
  output.Add(id, "AWS::StepFunctions::StateMachine", std::move(machine), body);
  const Value* events = properties.Find("Events");
  if (events == nullptr || !events->is_object()) return;
  for (std::size_t i = 0; i < events->items.size(); ++i) {
    const std::string type = MemberText(events->items[i], "Type");
    std::string_view service = "events.amazonaws.com";
    if (type == "Api") service = "apigateway.amazonaws.com";
    if (type == "ScheduleV2") service = "scheduler.amazonaws.com";
    AddServiceRole(output, id + events->keys[i] + "Role", service, nullptr, properties, body);
  }
}

// An application is a nested stack; that of a local file or a URL names its template.
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-application.html
void TransformApplication(SamOutput& output, const std::string& id, const Value& body) {
  const Value* location = body.FindPath("Properties.Location");
  if (location == nullptr || !location->is_string()) {
    output.preparation->Problem(
        body.place, fmt::format("application `{}` comes from a repository and is not covered", id));
    return;
  }
  Value stack = Value::Object();
  stack.Set("TemplateURL", *location);
  if (const Value* parameters = body.FindPath("Properties.Parameters"))
    stack.Set("Parameters", *parameters);
  output.Add(id, "AWS::CloudFormation::Stack", std::move(stack), body);
}

void ApplySam(Preparation& preparation, Value& root) {
  Value* resources = root.Find("Resources");
  if (resources == nullptr || !resources->is_object()) return;
  SamOutput output;
  output.preparation = &preparation;
  output.resources = resources;
  output.globals = root.Find("Globals");
  std::vector<std::size_t> apis;
  for (std::size_t i = 0; i < resources->items.size(); ++i) {
    const std::string& id = resources->keys[i];
    const Value& body = resources->items[i];
    const std::string type = MemberText(body, "Type");
    if (type == "AWS::Serverless::Function") {
      TransformFunction(output, id, body);
    } else if (type == "AWS::Serverless::StateMachine") {
      TransformStateMachine(output, id, body);
    } else if (type == "AWS::Serverless::Api") {
      apis.push_back(i);
    } else if (!type.starts_with("AWS::Serverless::")) {
      output.made.push_back({id, body});
    } else {
      const Renamed* renamed = nullptr;
      for (const Renamed& candidate : kRenamed) {
        if (candidate.from == type) renamed = &candidate;
      }
      if (renamed != nullptr) {
        const Value* properties = body.Find("Properties");
        Value copy = properties != nullptr ? *properties : Value::Object();
        if (copy.is_null()) copy = Value::Object();
        output.Add(id, renamed->to, std::move(copy), body);
      } else if (type == "AWS::Serverless::Application") {
        TransformApplication(output, id, body);
      } else {
        preparation.AddNote(
            body.place, fmt::format("`{}` of type {} is not expanded: what it makes lets no other "
                                    "account in by itself",
                                    id, type));
      }
    }
  }
  for (const std::size_t index : apis)
    TransformApi(output, resources->keys[index], resources->items[index]);
  if (output.implicit_api) AddImplicitApi(output);
  Value transformed = Value::Object();
  transformed.place = resources->place;
  for (SamResource& resource : output.made) {
    transformed.key_places.push_back(resource.body.place);
    transformed.keys.push_back(std::move(resource.id));
    transformed.items.push_back(std::move(resource.body));
  }
  *resources = std::move(transformed);
}

}  // namespace preview::cloudformation
