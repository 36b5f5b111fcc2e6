// Puts the parallel trees of a plan (`after_unknown`, `after_sensitive`) into the values they speak
// of. https://developer.hashicorp.com/terraform/internals/json-format#change-representation
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "model/value.h"
#include "parsers/terraform/address.h"

namespace preview::terraform {

// Every place that `unknown` marks with `true` becomes an unknown value, also where `value` has
// nothing there.
void MergeUnknown(model::Value& value, const model::Value& unknown);

// Every place that `marks` marks with `true` becomes sensitive, with all that is inside.
void MarkSensitive(model::Value& value, const model::Value& marks);
void MarkAllSensitive(model::Value& value);

[[nodiscard]] bool HoldsUnknown(const model::Value& value);
[[nodiscard]] bool HoldsSensitive(const model::Value& value);

// The value at `path` below `value`; null pointer where it ends early. An unknown value on the way
// is returned.
[[nodiscard]] const model::Value* At(const model::Value& value, std::span<const PathStep> path);

// `.arn`, `[0].id`: a path as it is written behind an address.
[[nodiscard]] std::string PathText(std::span<const PathStep> path);

// The text of a string, number or bool; empty for everything else.
[[nodiscard]] std::string ScalarText(const model::Value& value);

// The text of string member `key`; empty when there is none.
[[nodiscard]] std::string_view TextOf(const model::Value& object, std::string_view key);

}  // namespace preview::terraform
