// Parameters: their values in a stack, and parameter files.
#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "parsers/cloudformation/evaluator.h"
#include "parsers/cloudformation/parts.h"
#include "parsers/text/json.h"

namespace preview::cloudformation {

using model::Value;

namespace {

constexpr std::size_t kMaxFollowedValues = 8;  // of AllowedValues

bool IsListType(std::string_view type) {
  return type == "CommaDelimitedList" || type.starts_with("List<") ||
         type.ends_with("<CommaDelimitedList>") || type.find("<List<") != std::string_view::npos;
}

std::string Trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1));
}

std::vector<std::string> AllowedValues(const Value& declaration) {
  std::vector<std::string> values;
  const Value* allowed = declaration.Find("AllowedValues");
  if (allowed == nullptr || !allowed->is_list()) return values;
  for (const Value& item : allowed->items) {
    if (const auto text = ScalarText(item)) values.push_back(*text);
  }
  return values;
}

// Text of a parameter's value in a file: a list is joined by commas.
std::string FileText(const Value& value) {
  if (const auto text = ScalarText(value)) return *text;
  std::string out;
  for (const Value& item : value.items) {
    if (!out.empty()) out += ',';
    out += ScalarText(item).value_or("");
  }
  return out;
}

bool AddAssignment(std::string_view line, Texts& out) {
  const std::size_t equals = line.find('=');
  if (equals == std::string_view::npos || equals == 0) return false;
  out.insert_or_assign(Trimmed(line.substr(0, equals)), std::string(line.substr(equals + 1)));
  return true;
}

model::Result<Texts> ReadLines(std::string_view text, std::uint32_t file) {
  Texts out;
  std::uint32_t number = 0;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string line = Trimmed(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    ++number;
    if (line.empty() || line.starts_with('#')) continue;
    if (!AddAssignment(line, out)) {
      return model::Error{"parameters are JSON or lines `Name=Value`", "", {file, number, 1}};
    }
  }
  return out;
}

}  // namespace

model::Result<Texts> ParseParameters(std::string_view text, std::uint32_t file,
                                     const text::Limits& limits) {
  const std::size_t first = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  if (first == std::string_view::npos) return Texts{};
  if (text[first] != '{' && text[first] != '[') return ReadLines(text, file);
  const auto parsed = text::ParseJson(text, {limits, file, true});
  if (!parsed.ok()) return parsed.error();
  Texts out;
  const Value* root = &parsed.value();
  if (const Value* inner = root->Find("Parameters"); inner != nullptr && inner->items.size() > 0)
    root = inner;
  if (root->is_object()) {
    for (std::size_t i = 0; i < root->items.size(); ++i) {
      if (root->items[i].is_object()) continue;  // `Tags`, `StackPolicy` of a deployment file
      out.insert_or_assign(root->keys[i], FileText(root->items[i]));
    }
    return out;
  }
  for (const Value& item : root->items) {
    const Value* key = item.Find("ParameterKey");
    const Value* value = item.Find("ResolvedValue");
    if (value == nullptr) value = item.Find("ParameterValue");
    if (key != nullptr && key->is_string()) {
      if (value != nullptr) out.insert_or_assign(key->text, FileText(*value));
    } else if (!item.is_string() || !AddAssignment(item.text, out)) {
      return model::Error{"an entry of a parameter file has `ParameterKey` and `ParameterValue`",
                          "", item.place};
    }
  }
  return out;
}

std::optional<Value> Evaluator::GivenParameter(Stack& stack, const std::string& name) {
  if (stack.parent != nullptr) {
    const Value* properties = stack.declaration->Find("Properties");
    const Value* given = properties == nullptr ? nullptr : properties->FindPath("Parameters");
    const Value* raw = given == nullptr ? nullptr : given->Find(name);
    return raw == nullptr ? std::nullopt : Evaluate(*stack.parent, *raw);
  }
  for (const Texts* texts : {stack.given_first, stack.given}) {
    if (texts == nullptr) continue;
    const auto found = texts->find(name);
    if (found != texts->end()) return Value::String(model::WithoutSymbolLetters(found->second));
  }
  return std::nullopt;
}

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
Value Evaluator::TypedParameter(const std::string& type, std::string text,
                                const Value& declaration) {
  Value value;
  if (IsListType(type)) {
    value = Value::List();
    std::string_view rest = text;
    while (!text.empty()) {
      const std::size_t end = rest.find(',');
      value.items.push_back(Value::String(Trimmed(rest.substr(0, end))));
      if (end == std::string_view::npos) break;
      rest.remove_prefix(end + 1);
    }
  } else {
    value = Value::String(std::move(text));
  }
  return At(std::move(value), declaration.place);
}

Value Evaluator::ParameterWithoutValue(Stack& stack, const std::string& name,
                                       const Value& declaration) {
  const std::string type = MemberText(declaration, "Type");
  const Value* no_echo = declaration.Find("NoEcho");
  const bool secret = no_echo != nullptr && ScalarText(*no_echo) == "true";
  const std::string symbol_name = fmt::format("parameter {}{}{}", stack.scope, stack.prefix, name);
  AddNote(stack, declaration.place,
          fmt::format("parameter `{}` has no value and is followed as it is", name));
  if (IsListType(type)) {
    Value value = UnknownAt(symbol_name, declaration.place);
    value.sensitive = secret;
    return value;
  }
  Value value =
      Symbolic({symbol_name, "", "", model::SymbolForm::kText, secret}, declaration.place);
  if (!value.is_string()) return value;
  std::vector<std::string> allowed = AllowedValues(declaration);
  if (type == "String" || type == "Number" || type.empty()) {
    if (!allowed.empty()) input_.decisions->SetDomain(value.text, std::move(allowed));
  }
  return value;
}

// Where a parameter says who gets in and has few allowed values, each of them is followed.
void Evaluator::EnumerateParameter(const Value& value, const Value& declaration) {
  if (principal_depth_ == 0 || !value.is_string()) return;
  const std::vector<std::string> allowed = AllowedValues(declaration);
  if (allowed.empty() || allowed.size() > kMaxFollowedValues) return;
  for (const std::string& candidate : allowed) {
    if (EqualTexts(value.text, candidate) != false) return;
  }
}

Value Evaluator::Parameter(Stack& stack, const std::string& name) {
  const Value& declaration = *stack.source->parameters.find(name)->second;
  const auto known = stack.parameters.find(name);
  Value value;
  if (known != stack.parameters.end()) {
    value = known->second;
  } else {
    const std::string key = "parameter " + name;
    if (!stack.running.insert(key).second) {
      return Refused(stack, declaration.place,
                     fmt::format("parameter `{}` refers to itself", name));
    }
    const std::string type = MemberText(declaration, "Type");
    const Value* fallback = declaration.Find("Default");
    std::optional<Value> given = GivenParameter(stack, name);
    // The value of an SSM parameter type is a key into the parameter store: what stands there is
    // not known.
    const bool in_store = type.starts_with("AWS::SSM::Parameter::Value<");
    if (in_store) {
      const Value* at = given.has_value() ? &*given : fallback;
      const auto path = at == nullptr ? std::nullopt : ScalarText(*at);
      const std::string symbol_name =
          path.has_value() ? fmt::format("resolve:ssm:{}", model::Display(*path, *input_.symbols))
                           : fmt::format("parameter {}{}{}", stack.scope, stack.prefix, name);
      value = IsListType(type) ? UnknownAt(symbol_name, declaration.place)
                               : Symbolic({symbol_name, "", "", model::SymbolForm::kText, false},
                                          declaration.place);
    } else if (given.has_value() && (given->is_list() || given->is_unknown())) {
      value = std::move(*given);  // a nested stack's list parameter
      if (value.is_list() && !IsListType(type)) {
        const Piece piece = TextOf(stack, value, declaration.place);
        value = Text(piece.text, piece.sensitive, declaration.place);
      }
    } else if (given.has_value() || fallback != nullptr) {
      std::string text = given.has_value() ? ScalarText(*given).value_or("") : FileText(*fallback);
      const std::vector<std::string> allowed = AllowedValues(declaration);
      if (given.has_value() && !allowed.empty() && !IsListType(type) && !model::HasSymbol(text) &&
          std::find(allowed.begin(), allowed.end(), text) == allowed.end()) {
        Problem(stack, declaration.place,
                fmt::format("parameter `{}` may not have the value given", name));
      }
      const bool sensitive = given.has_value() && given->sensitive;
      value = TypedParameter(type, std::move(text), declaration);
      value.sensitive = sensitive;
    } else {
      value = ParameterWithoutValue(stack, name, declaration);
    }
    const Value* no_echo = declaration.Find("NoEcho");
    if (no_echo != nullptr && ScalarText(*no_echo) == "true") {
      value.sensitive = true;
      for (Value& item : value.items) item.sensitive = true;
    }
    stack.running.erase(key);
    stack.parameters.emplace(name, value);
  }
  if (value.is_string() && model::HasSymbol(value.text)) {
    EnumerateParameter(value, declaration);
    if (const std::string* decided = input_.decisions->ValueOf(value.text)) {
      Value text = Text(*decided, value.sensitive, value.place);
      return text;
    }
  }
  return value;
}

}  // namespace preview::cloudformation
