#include "parsers/terraform/hcl/type.h"

#include <array>
#include <string_view>
#include <utility>

#include "model/symbol.h"
#include "parsers/terraform/hcl/number.h"
#include "parsers/terraform/hcl/values.h"

namespace preview::hcl {

namespace {

using model::Value;

struct Keyword {
  std::string_view name;
  TypeKind kind;
};

constexpr std::array<Keyword, 6> kPrimitiveNames{{{"string", TypeKind::kString},
                                                  {"number", TypeKind::kNumber},
                                                  {"bool", TypeKind::kBool},
                                                  {"list", TypeKind::kList},
                                                  {"map", TypeKind::kMap},
                                                  {"any", TypeKind::kAny}}};
constexpr std::array<Keyword, 5> kConstructors{{{"list", TypeKind::kList},
                                                {"set", TypeKind::kSet},
                                                {"map", TypeKind::kMap},
                                                {"object", TypeKind::kObject},
                                                {"tuple", TypeKind::kTuple}}};

TypeKind Lookup(std::span<const Keyword> keywords, std::string_view name) {
  for (const Keyword& keyword : keywords) {
    if (keyword.name == name) return keyword.kind;
  }
  return TypeKind::kAny;
}

void ReadObject(const Syntax& syntax, const Expr& object, Type& type) {
  auto members = syntax.Children(object);
  for (std::size_t i = 0; i + 1 < members.size(); i += 2) {
    const Expr* value = &syntax.At(members[i + 1]);
    ExprId element = members[i + 1];
    ExprId fallback = 0;
    bool optional = value->kind == ExprKind::kCall && value->text == "optional" && value->count > 0;
    if (optional) {
      auto arguments = syntax.Children(*value);
      element = arguments[0];
      if (arguments.size() > 1) fallback = arguments[1];
    }
    type.names.push_back(syntax.At(members[i]).text);
    type.elements.push_back(ReadType(syntax, element));
    type.optional.push_back(optional);
    type.defaults.push_back(fallback);
  }
}

Value Keep(const Value& from, Value to) {
  to.place = from.place;
  to.sensitive |= from.sensitive;
  return to;
}

Value ConvertPrimitive(Value value, TypeKind kind) {
  if (kind == TypeKind::kString) {
    if (value.is_string()) return value;
    auto text = ToText(value);
    return text ? Keep(value, Value::String(std::move(*text))) : Failure("a string is required");
  }
  bool symbolic = value.is_string() && model::HasSymbol(value.text);
  if (kind == TypeKind::kNumber) {
    if (value.is_number()) return value;
    if (symbolic) return Undefined("tonumber(" + value.text + ")");
    auto text = ToNumberText(value);
    return text ? Keep(value, Value::Number(std::move(*text))) : Failure("a number is required");
  }
  if (value.is_bool()) return value;
  if (symbolic) return Undefined("tobool(" + value.text + ")");
  auto boolean = ToBool(value);
  return boolean ? Keep(value, Value::Bool(*boolean)) : Failure("a bool is required");
}

Value ConvertSequence(Value value, const Type& type, DefaultValues& defaults) {
  if (!value.is_list()) return Failure("a list is required");
  const Type& element = type.elements[0];
  for (Value& item : value.items) {
    item = Convert(std::move(item), element, defaults);
    if (IsFailure(item)) return item;
  }
  if (element.kind == TypeKind::kAny) UnifyPrimitives(value.items);
  if (type.kind == TypeKind::kSet) return Keep(value, MakeSet(std::move(value.items)));
  value.text = kListMark;
  return value;
}

Value ConvertMap(Value value, const Type& type, DefaultValues& defaults) {
  if (!value.is_object()) return Failure("a map is required");
  for (Value& item : value.items) {
    item = Convert(std::move(item), type.elements[0], defaults);
    if (IsFailure(item)) return item;
  }
  if (type.elements[0].kind == TypeKind::kAny) UnifyPrimitives(value.items);
  value.text = kMapMark;
  return value;
}

Value ConvertTuple(Value value, const Type& type, DefaultValues& defaults) {
  if (!value.is_list() || value.items.size() != type.elements.size()) {
    return Failure("a tuple of " + std::to_string(type.elements.size()) + " elements is required");
  }
  for (std::size_t i = 0; i < value.items.size(); ++i) {
    value.items[i] = Convert(std::move(value.items[i]), type.elements[i], defaults);
    if (IsFailure(value.items[i])) return value.items[i];
  }
  return value;
}

Value ConvertObject(const Value& value, const Type& type, DefaultValues& defaults) {
  if (!value.is_object()) return Failure("an object is required");
  Members members;
  for (std::size_t i = 0; i < type.names.size(); ++i) {
    const Value* member = FindMember(value, type.names[i]);
    Value converted = member != nullptr ? *member : Value::Null();
    if (member == nullptr && !type.optional[i]) {
      return Failure("attribute `" + type.names[i] + "` is required");
    }
    if (converted.is_null() && type.optional[i] && type.defaults[i] != 0) {
      converted = defaults.Of(type.defaults[i]);
    }
    converted = Convert(std::move(converted), type.elements[i], defaults);
    if (IsFailure(converted)) return converted;
    members.emplace_back(type.names[i], std::move(converted));
  }
  return Keep(value, MakeObject(std::move(members)));
}

}  // namespace

Type ReadType(const Syntax& syntax, ExprId id) {
  const Expr& expr = syntax.At(id);
  Type type;
  bool word = expr.kind == ExprKind::kVariable || expr.kind == ExprKind::kString;
  if (word) {
    type.kind = Lookup(kPrimitiveNames, expr.text);
    if (type.kind == TypeKind::kList || type.kind == TypeKind::kMap) type.elements.resize(1);
    return type;
  }
  if (expr.kind != ExprKind::kCall || expr.count == 0) return type;
  type.kind = Lookup(kConstructors, expr.text);
  ExprId argument = syntax.Children(expr)[0];
  const Expr& inner = syntax.At(argument);
  switch (type.kind) {
    case TypeKind::kList:
    case TypeKind::kSet:
    case TypeKind::kMap:
      type.elements.push_back(ReadType(syntax, argument));
      break;
    case TypeKind::kObject:
      if (inner.kind == ExprKind::kObject)
        ReadObject(syntax, inner, type);
      else
        type.kind = TypeKind::kAny;
      break;
    case TypeKind::kTuple:
      if (inner.kind != ExprKind::kTuple) type.kind = TypeKind::kAny;
      for (ExprId element : syntax.Children(inner)) {
        if (type.kind == TypeKind::kTuple) type.elements.push_back(ReadType(syntax, element));
      }
      break;
    case TypeKind::kAny:
    case TypeKind::kString:
    case TypeKind::kNumber:
    case TypeKind::kBool:
      break;
  }
  return type;
}

Value Convert(Value value, const Type& type, DefaultValues& defaults) {
  if (value.is_unknown() || value.is_null()) return value;
  switch (type.kind) {
    case TypeKind::kAny:
      return value;
    case TypeKind::kString:
    case TypeKind::kNumber:
    case TypeKind::kBool:
      return ConvertPrimitive(std::move(value), type.kind);
    case TypeKind::kList:
    case TypeKind::kSet:
      return ConvertSequence(std::move(value), type, defaults);
    case TypeKind::kMap:
      return ConvertMap(std::move(value), type, defaults);
    case TypeKind::kObject:
      return ConvertObject(value, type, defaults);
    case TypeKind::kTuple:
      return ConvertTuple(std::move(value), type, defaults);
  }
  return value;
}

std::optional<std::string> ToText(const Value& value) {
  if (value.is_string() || value.is_number()) return value.text;
  if (value.is_bool()) return value.boolean ? "true" : "false";
  return std::nullopt;
}

std::optional<std::string> ToNumberText(const Value& value) {
  if (value.is_number()) return value.text;
  if (value.is_string()) return NormalNumber(value.text);
  return std::nullopt;
}

std::optional<bool> ToBool(const Value& value) {
  if (value.is_bool()) return value.boolean;
  if (!value.is_string()) return std::nullopt;
  if (value.text == "true" || value.text == "1") return true;
  if (value.text == "false" || value.text == "0") return false;
  return std::nullopt;
}

}  // namespace preview::hcl
