#include "parsers/cloudformation/parts.h"

#include <initializer_list>
#include <utility>
#include <vector>

namespace preview::cloudformation {

using model::Value;

std::string_view FunctionName(const Value& value) {
  if (!value.is_object() || value.keys.size() != 1) return {};
  std::string_view key = value.keys.front();
  if (key == "Ref" || key == "Condition" || key.starts_with("Fn::")) return key;
  return {};
}

std::optional<std::string> ScalarText(const Value& value) {
  if (value.is_string() || value.is_number()) return value.text;
  if (value.is_bool()) return value.boolean ? "true" : "false";
  return std::nullopt;
}

std::string MemberText(const Value& object, std::string_view key) {
  const Value* member = object.Find(key);
  return member != nullptr && member->is_string() ? member->text : std::string();
}

Value At(Value value, const model::Place& at) {
  std::vector<Value*> open{&value};
  while (!open.empty()) {
    Value* current = open.back();
    open.pop_back();
    if (!current->place.known()) current->place = at;
    for (Value& item : current->items) open.push_back(&item);
  }
  return value;
}

Value MakeRef(std::string_view target) {
  Value value = Value::Object();
  value.Set("Ref", Value::String(std::string(target)));
  return value;
}

Value MakeGetAtt(std::string_view resource, std::string_view attribute) {
  Value value = Value::Object();
  value.Set("Fn::GetAtt", MakeTexts({resource, attribute}));
  return value;
}

Value MakeSub(std::string_view text) {
  Value value = Value::Object();
  value.Set("Fn::Sub", Value::String(std::string(text)));
  return value;
}

Value MakeTexts(std::initializer_list<std::string_view> texts) {
  Value list = Value::List();
  for (std::string_view text : texts) list.items.push_back(Value::String(std::string(text)));
  return list;
}

std::size_t CountNodes(const Value& value, std::size_t limit) {
  std::vector<const Value*> open{&value};
  std::size_t count = 0;
  while (!open.empty() && count <= limit) {
    const Value* current = open.back();
    open.pop_back();
    ++count;
    for (const Value& item : current->items) open.push_back(&item);
  }
  return count;
}

}  // namespace preview::cloudformation
