// Statements of Lambda function policies, from permissions and function URLs.
//
// https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html says which argument becomes
// which condition.
#include <optional>
#include <string>

#include "model/symbol.h"
#include "preview/assemble/passes.h"
#include "preview/assemble/statements.h"
#include "preview/assemble/values.h"

namespace preview::assemble {

namespace {

using model::Resource;
using model::Value;

// Attribute names of a permission in both languages.
struct PermissionNames {
  std::string_view iac_type;
  std::string_view function;
  std::string_view qualifier;
  std::string_view sid;
  std::string_view principal;
  std::string_view action;
  std::string_view source_account;
  std::string_view source_arn;
  std::string_view organization;
  std::string_view url_auth_type;
  std::string_view event_source_token;
  std::string_view via_url;
};

constexpr PermissionNames kPermissions[] = {
    {"aws_lambda_permission", "function_name", "qualifier", "statement_id", "principal", "action",
     "source_account", "source_arn", "principal_org_id", "function_url_auth_type",
     "event_source_token", "invoked_via_function_url"},
    {"AWS::Lambda::Permission", "FunctionName", "Qualifier", "Id", "Principal", "Action",
     "SourceAccount", "SourceArn", "PrincipalOrgID", "FunctionUrlAuthType", "EventSourceToken",
     "InvokedViaFunctionUrl"},
};

// `name`, `name:alias`, `123456789012:function:name` and the ARN, each with or without a qualifier.
struct FunctionName {
  std::string function;
  std::string qualifier;
};

FunctionName SplitFunctionName(const std::string& text) {
  const std::size_t word = text.rfind("function:");
  const std::size_t begin = word == std::string::npos ? 0 : word + 9;
  const std::size_t colon = text.find(':', begin);
  if (colon == std::string::npos || (word == std::string::npos && text.starts_with("arn:"))) {
    return {text, {}};
  }
  return {text.substr(0, colon), text.substr(colon + 1)};
}

bool IsVersionType(const Resource& resource) {
  return resource.type == "aws_lambda_alias" || resource.type == "AWS::Lambda::Alias" ||
         resource.type == "AWS::Lambda::Version";
}

bool NamesQualifiedArn(const Side& side, const std::string& text) {
  auto id = model::AsSingleSymbol(text);
  return id && side.symbols().Get(*id).attribute.starts_with("qualified_");
}

// The alias or version whose ARN `text` is.
const Resource* VersionNamed(const Side& side, const Resource& carrier, const std::string& text) {
  auto id = model::AsSingleSymbol(text);
  if (!id) return nullptr;
  const std::string& attribute = side.symbols().Get(*id).attribute;
  if (attribute == "function_name" || attribute == "FunctionName") return nullptr;
  return side.links().FindText(carrier, text, IsVersionType).resource;
}

// The function that `carrier` speaks of, and whether it speaks of one version or alias of it only.
struct Function {
  DraftId draft = 0;
  bool qualified = false;
};

Function FunctionOf(Side& side, const Resource& carrier, std::string_view attribute,
                    std::string_view qualifier_attribute, const rules::ResourceType& type) {
  const Value* target = FirstAt(carrier.attributes, attribute);
  const std::string qualifier = TextAt(carrier.attributes, qualifier_attribute);
  Function function;
  function.qualified = !qualifier.empty() && qualifier != "$LATEST";
  Value name = target == nullptr ? Value::Null() : *target;
  if (auto text = TextOf(target)) {
    FunctionName split = SplitFunctionName(*text);
    function.qualified = function.qualified || NamesQualifiedArn(side, *text) ||
                         (!split.qualifier.empty() && split.qualifier != "$LATEST");
    if (const Resource* version = VersionNamed(side, carrier, *text)) {
      function.qualified = true;
      split.function = TextAt(version->attributes, "function_name,FunctionName");
    }
    name = Value::String(split.function);
  }
  function.draft = side.ForTarget(carrier, &name, attribute, type);
  return function;
}

// Policies on versions and aliases are not reported by Access Analyzer.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-resources.html
void NoteQualified(Side& side, DraftId id, const Resource& carrier, bool service) {
  side.AddNote(side.draft(id), carrier,
               "this permission is on a version or an alias of the function; Access Analyzer does "
               "not report those, so it is not analysed",
               !service);
}

void AddPermission(Side& side, const Resource& permission, const PermissionNames& names,
                   const rules::ResourceType& type) {
  const Value& from = permission.attributes;
  const Value* principal = FirstAt(from, names.principal);
  const Value* action = FirstAt(from, names.action);
  if (principal == nullptr || action == nullptr) return;
  const Function function = FunctionOf(side, permission, names.function, names.qualifier, type);
  if (function.qualified) {
    NoteQualified(side, function.draft, permission, IsServiceName(TextOf(principal).value_or("")));
    return;
  }
  Draft& draft = side.draft(function.draft);
  Value statement = AllowStatement(TextAt(from, names.sid), PrincipalElement(*principal), *action,
                                   draft.configuration.arn);
  AddCondition(statement, "StringEquals", "aws:SourceAccount", FirstAt(from, names.source_account));
  AddCondition(statement, "ArnLike", "aws:SourceArn", FirstAt(from, names.source_arn));
  AddCondition(statement, "StringEquals", "aws:PrincipalOrgID", FirstAt(from, names.organization));
  AddCondition(statement, "StringEquals", "lambda:FunctionUrlAuthType",
               FirstAt(from, names.url_auth_type));
  AddCondition(statement, "StringEquals", "lambda:EventSourceToken",
               FirstAt(from, names.event_source_token));
  AddCondition(statement, "Bool", "lambda:InvokedViaFunctionUrl", FirstAt(from, names.via_url));
  draft.statements.push_back(PolicyOfStatement(std::move(statement), permission, names.principal));
}

void AddUnknownUrl(const Side& side, Draft& draft, const Resource& url,
                   const Value& authorization) {
  model::Undetermined undetermined;
  undetermined.attribute = "authorization_type";
  undetermined.reason = "whether `" + url.address + "` asks for a signature is not known";
  undetermined.origin = authorization.text;
  undetermined.hint = "write the authorization type out";
  undetermined.place = authorization.place.known() ? authorization.place : url.place;
  side.AddUndetermined(draft, std::move(undetermined));
}

// The AWS provider calls AddPermission itself when it makes a URL without authorization, so that
// the statement is in no plan. (A CloudFormation template holds it as an AWS::Lambda::Permission.)
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lambda_function_url
void AddUrl(Side& side, const Resource& url, const rules::ResourceType& type) {
  const Value* authorization = FirstAt(url.attributes, "authorization_type");
  if (authorization == nullptr) return;
  const std::string text = TextOf(authorization).value_or("");
  const bool known = !authorization->is_unknown() && !model::HasSymbol(text);
  if (known && text != "NONE") return;
  const Function function = FunctionOf(side, url, "function_name", "qualifier", type);
  if (function.qualified) {
    NoteQualified(side, function.draft, url, false);
    return;
  }
  Draft& draft = side.draft(function.draft);
  if (!known) return AddUnknownUrl(side, draft, url, *authorization);
  Value statement =
      AllowStatement("FunctionURLAllowPublicAccess", Value::String("*"),
                     Value::String("lambda:InvokeFunctionUrl"), draft.configuration.arn);
  AddCondition(statement, "StringEquals", "lambda:FunctionUrlAuthType", authorization);
  draft.statements.push_back(PolicyOfStatement(std::move(statement), url, "authorization_type"));
}

}  // namespace

void AddLambdaPermissions(Side& side) {
  const rules::ResourceType* type = rules::FindResourceType("AWS::Lambda::Function");
  if (type == nullptr) return;
  for (const PermissionNames& names : kPermissions) {
    for (const Resource* permission : side.OfType(names.iac_type)) {
      AddPermission(side, *permission, names, *type);
    }
  }
  for (const Resource* url : side.OfType("aws_lambda_function_url")) AddUrl(side, *url, *type);
}

}  // namespace preview::assemble
