#include "preview/assemble/statements.h"

#include <algorithm>
#include <utility>

#include "preview/assemble/values.h"

namespace preview::assemble {

using model::Value;

bool IsServiceName(std::string_view text) {
  return text.find('.') != std::string_view::npos && text.find(':') == std::string_view::npos &&
         text.find('*') == std::string_view::npos && text.find('/') == std::string_view::npos;
}

Value PrincipalElement(const Value& value) {
  if (value.is_unknown()) return value;
  const std::string text = TextOf(&value).value_or("");
  Value element;
  if (text == "*") {
    element = Value::String("*");
  } else {
    Value name = Value::String(text);
    name.place = value.place;
    element.Set(IsServiceName(text) ? "Service" : "AWS", std::move(name));
  }
  element.place = value.place;
  element.sensitive = value.sensitive;
  return element;
}

Value AllowStatement(std::string_view sid, Value principal, Value action,
                     std::string_view resource) {
  Value statement = Value::Object();
  if (!sid.empty()) statement.Set("Sid", Value::String(std::string(sid)));
  statement.Set("Effect", Value::String("Allow"));
  statement.Set("Principal", std::move(principal));
  statement.Set("Action", std::move(action));
  statement.Set("Resource", Value::String(std::string(resource)));
  return statement;
}

void AddCondition(Value& statement, std::string_view op, std::string_view key, const Value* value) {
  if (value == nullptr || value->is_null()) return;
  if (value->is_string() && value->text.empty()) return;
  Value conditions = Value::Object();
  if (const Value* present = statement.Find("Condition")) conditions = *present;
  Value tests = Value::Object();
  if (const Value* present = conditions.Find(op)) tests = *present;
  tests.Set(key, *value);
  conditions.Set(op, std::move(tests));
  statement.Set("Condition", std::move(conditions));
}

model::PolicySource PolicyOfStatement(Value statement, const model::Resource& carrier,
                                      std::string_view attribute) {
  statement.place = carrier.place;
  Value document = Value::Object();
  document.place = carrier.place;
  document.Set("Version", Value::String("2012-10-17"));
  document.Set("Statement", Value::List({std::move(statement)}));
  model::PolicySource source;
  source.document = std::move(document);
  source.carrier = carrier.address;
  source.attribute = attribute;
  return source;
}

}  // namespace preview::assemble
