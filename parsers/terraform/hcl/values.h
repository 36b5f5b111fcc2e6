// What model::Value means inside the evaluator, beyond what model/value.h says. Leave() takes it
// all out again.
//
// - A list whose `text` is kSetMark is a set: no duplicates, sorted. kListMark and kTupleMark say
// which of the two any
//   other one is, kMapMark and kObjectMark the same of objects; without a mark it is either. Only
//   `==` asks.
// - The keys of an object are sorted, as Terraform sorts them.
// - An object whose `text` is something else is an instance of a resource or data source, and
// `text` its address: an
//   attribute that it lacks is not known, where that of any other object is an error.
// - An unknown value with `boolean` set is a failure: terraform would report an error there, `text`
// says which. `try`
//   and `can` catch it.
// - The `text` of any other unknown value is its *definition*, when it begins with kDefinitionMark:
// the expression that
//   gives the value, with everything that it depends on (`upper(aws_x.y.arn)`). The same definition
//   is the same value, which is what lets it become a symbol. Without the mark it is a reason in
//   words.
// - A string, or an unknown value, with one item is JSON text made by `jsonencode`, and the item is
// what it encodes,
//   with places and unknown parts.
// - The `key_places` of a string, where there are any, are the places of its lines (lines.h).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/symbol.h"
#include "model/value.h"

namespace preview::hcl {

inline constexpr std::string_view kSetMark = "set";
inline constexpr std::string_view kListMark = "list";
inline constexpr std::string_view kTupleMark = "tuple";
inline constexpr std::string_view kMapMark = "map";
inline constexpr std::string_view kObjectMark = "object";
inline constexpr char kDefinitionMark = '\x01';

[[nodiscard]] model::Value Failure(std::string message);
[[nodiscard]] bool IsFailure(const model::Value& value);
// Unknown, defined by `definition`; a long one is cut and ends in a hash of the whole.
[[nodiscard]] model::Value Undefined(std::string definition);
// Unknown for a reason in words.
[[nodiscard]] model::Value UnknownBecause(std::string reason);
// The definition of an unknown value; of one that somebody else made, what its words name.
[[nodiscard]] std::string DefinitionOf(const model::Value& unknown);

// Whether a definition holds a sensitive value.
[[nodiscard]] bool HoldsSecret(std::string_view definition);

// Whether an attribute of that name is a text wherever a provider has it (`arn`, `owner_id`): any
// other may be a list or a map as well.
[[nodiscard]] bool IsTextAttribute(std::string_view name);

[[nodiscard]] bool IsSet(const model::Value& value);
// The address of the instance that an object is; empty when it is none.
[[nodiscard]] std::string_view InstanceAddress(const model::Value& object);
// Sorted, without duplicates; elements of several primitive kinds become strings.
[[nodiscard]] model::Value MakeSet(std::vector<model::Value> items);
[[nodiscard]] bool IsPrimitive(const model::Value& value);  // bool, number, string
// Strings, when the values are primitives of several kinds: the one type that a list or map has.
void UnifyPrimitives(std::vector<model::Value>& values);

using Members = std::vector<std::pair<std::string, model::Value>>;
// An object with sorted keys; of several members with one key the last one stays.
[[nodiscard]] model::Value MakeObject(Members members);
// The member of an object with sorted keys; null pointer when there is none.
[[nodiscard]] const model::Value* FindMember(const model::Value& object, std::string_view key);

// What a Scope gave, as the evaluator needs it: sorted keys, numbers in Terraform's form. Bounded
// by the depth limit of the input that it was read from.
[[nodiscard]] model::Value Enter(model::Value value);
// For the world outside: no marks, definitions as "known after apply: `…`", JSON as the value that
// it encodes.
[[nodiscard]] model::Value Leave(model::Value value);

// Number of values in `value`, itself included.
[[nodiscard]] std::size_t CountValues(const model::Value& value);
[[nodiscard]] bool HasUnknown(const model::Value& value);
[[nodiscard]] bool HasSymbols(const model::Value& value);
[[nodiscard]] bool HasSensitive(const model::Value& value);
// The first unknown value in `value`; null pointer when there is none.
[[nodiscard]] const model::Value* FirstUnknown(const model::Value& value);
// The first failure in `value`; null pointer when there is none.
[[nodiscard]] const model::Value* FirstFailure(const model::Value& value);

// Equality as `==` has it: nothing when symbols or unknown parts leave it open.
[[nodiscard]] std::optional<bool> SameValue(const model::Value& a, const model::Value& b,
                                            const model::SymbolTable& symbols);
[[nodiscard]] std::optional<bool> SameText(std::string_view a, std::string_view b,
                                           const model::SymbolTable& symbols);
// Whether a text is surely not empty, and its symbols surely not null.
[[nodiscard]] bool SurelyNotEmpty(std::string_view text, const model::SymbolTable& symbols);
// What the symbol's text consists of is known to be letters of `a-z0-9-` only (accounts, regions,
// partitions, ids).
[[nodiscard]] bool IsPlainWord(const model::Symbol& symbol);
// All symbols of `text` are plain words.
[[nodiscard]] bool HasPlainSymbolsOnly(std::string_view text, const model::SymbolTable& symbols);

// `value` as a definition quotes it.
[[nodiscard]] std::string Quote(const model::Value& value, const model::SymbolTable& symbols);

// JSON as Terraform's jsonencode writes it: sorted keys, `<`, `>` and `&` escaped. Unknown parts
// are null.
[[nodiscard]] std::string EncodeJson(const model::Value& value);

}  // namespace preview::hcl
