// Small helpers over model::Value for templates: intrinsic functions as objects of one member.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/value.h"

namespace preview::cloudformation {

// The name of the intrinsic function that `value` calls (`Ref`, `Condition`, `Fn::…`); empty: it is
// none.
[[nodiscard]] std::string_view FunctionName(const model::Value& value);

// The argument of the function that FunctionName() found.
[[nodiscard]] inline const model::Value& FunctionArgument(const model::Value& value) {
  return value.items.front();
}

// The scalar's text: a string, a number as written, `true` and `false`. Nothing for other kinds.
[[nodiscard]] std::optional<std::string> ScalarText(const model::Value& value);

// The string member `key` of an object; empty when there is none.
[[nodiscard]] std::string MemberText(const model::Value& object, std::string_view key);

// `value` with the place of `at`, parts included where they have none.
[[nodiscard]] model::Value At(model::Value value, const model::Place& at);

[[nodiscard]] model::Value MakeRef(std::string_view target);
[[nodiscard]] model::Value MakeGetAtt(std::string_view resource, std::string_view attribute);
[[nodiscard]] model::Value MakeSub(std::string_view text);
[[nodiscard]] model::Value MakeTexts(std::initializer_list<std::string_view> texts);

// Number of values in `value`, counting stops beyond `limit`. Never recurses.
[[nodiscard]] std::size_t CountNodes(const model::Value& value, std::size_t limit);

}  // namespace preview::cloudformation
