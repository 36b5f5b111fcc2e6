// A value as an input gives it: JSON's kinds, and *unknown*.
//
// Shapes: a list has `items`; an object has `keys` and `items` of the same length, in the input's
// order, keys unique. A string may hold symbols (model/symbol.h). An unknown value has no content;
// `text` says what it waits for, in words ("known after apply:
// `aws_organizations_account.new.id`").
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/place.h"

namespace preview::model {

enum class ValueKind { kNull, kBool, kNumber, kString, kList, kObject, kUnknown };

struct Value {
  ValueKind kind = ValueKind::kNull;
  bool boolean = false;
  bool sensitive = false;    // marked sensitive by the input: analysed, never printed
  std::string text;          // kString; kNumber: the number as written; kUnknown: what it waits for
  std::vector<Value> items;  // kList, kObject
  std::vector<std::string> keys;  // kObject
  Place place;                    // where the value begins
  std::vector<Place> key_places;  // kObject: where each key stands; may be empty when not tracked

  [[nodiscard]] static Value Null() { return {}; }
  [[nodiscard]] static Value Bool(bool boolean);
  [[nodiscard]] static Value Number(std::string text);
  [[nodiscard]] static Value String(std::string text);
  [[nodiscard]] static Value List(std::vector<Value> items = {});
  [[nodiscard]] static Value Object();
  [[nodiscard]] static Value Unknown(std::string waits_for);

  [[nodiscard]] bool is_null() const { return kind == ValueKind::kNull; }
  [[nodiscard]] bool is_bool() const { return kind == ValueKind::kBool; }
  [[nodiscard]] bool is_number() const { return kind == ValueKind::kNumber; }
  [[nodiscard]] bool is_string() const { return kind == ValueKind::kString; }
  [[nodiscard]] bool is_list() const { return kind == ValueKind::kList; }
  [[nodiscard]] bool is_object() const { return kind == ValueKind::kObject; }
  [[nodiscard]] bool is_unknown() const { return kind == ValueKind::kUnknown; }

  // The member `key` of an object; null pointer when this is no object or has no such member.
  // Linear.
  [[nodiscard]] const Value* Find(std::string_view key) const;
  [[nodiscard]] Value* Find(std::string_view key);
  // Sets member `key` of an object (a null value becomes an empty object first).
  Value& Set(std::string_view key, Value value);
  // The member at a dotted path (`rule.object_ownership`); a list of exactly one item is stepped
  // through, as Terraform writes nested blocks. Null pointer where the path ends early.
  [[nodiscard]] const Value* FindPath(std::string_view dotted) const;

  // Same content; places and sensitivity are not compared. Never recurses.
  [[nodiscard]] bool SameAs(const Value& other) const;
};

// Compact JSON text of a value, symbols kept as letters, object members in their order; an unknown
// value becomes null. Never recurses.
[[nodiscard]] std::string ToJson(const Value& value);

}  // namespace preview::model
