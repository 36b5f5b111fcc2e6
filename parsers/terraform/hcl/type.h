// Type constraints of variables, and conversion as Terraform converts.
// https://developer.hashicorp.com/terraform/language/expressions/type-constraints
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/value.h"
#include "parsers/terraform/hcl/syntax.h"

namespace preview::hcl {

enum class TypeKind { kAny, kString, kNumber, kBool, kList, kSet, kMap, kObject, kTuple };

struct Type {
  TypeKind kind = TypeKind::kAny;
  std::vector<Type> elements;      // one of a collection; those of an object or a tuple
  std::vector<std::string> names;  // kObject
  std::vector<bool> optional;      // kObject
  std::vector<ExprId> defaults;    // kObject; 0: none
};

// A constraint as `variable` blocks write it; what is none is kAny.
[[nodiscard]] Type ReadType(const Syntax& syntax, ExprId expr);

// Values of optional attributes that are absent.
class DefaultValues {
 public:
  DefaultValues() = default;
  DefaultValues(const DefaultValues&) = delete;
  DefaultValues& operator=(const DefaultValues&) = delete;
  virtual ~DefaultValues() = default;
  virtual model::Value Of(ExprId expr) = 0;
};

// `value` as a value of `type`; a failure when it cannot be one. Unknown and null values stay what
// they are. Recursion is bounded by the depth of the type, hence of an expression.
[[nodiscard]] model::Value Convert(model::Value value, const Type& type, DefaultValues& defaults);

// Conversions to the primitive types; nothing when there is none. The value is known and not null.
[[nodiscard]] std::optional<std::string> ToText(const model::Value& value);
[[nodiscard]] std::optional<std::string> ToNumberText(const model::Value& value);
[[nodiscard]] std::optional<bool> ToBool(const model::Value& value);

}  // namespace preview::hcl
