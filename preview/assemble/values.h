// Reading the attributes of resources: values at paths, texts, settings, lists.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/value.h"

namespace preview::assemble {

// All values at a dotted path, every list on the way and at its end stepped into, null values left
// out. An unknown value on the way stands for everything below it. Several paths may be given,
// separated by `,`.
[[nodiscard]] std::vector<const model::Value*> ValuesAt(const model::Value& root,
                                                        std::string_view path);

// The first of them; null pointer when there is none.
[[nodiscard]] const model::Value* FirstAt(const model::Value& root, std::string_view path);

// The text of a string, number or bool; nothing for the other kinds.
[[nodiscard]] std::optional<std::string> TextOf(const model::Value* value);

// The text at a path; empty when there is none or it is not known.
[[nodiscard]] std::string TextAt(const model::Value& root, std::string_view path);

// True for a value that says something: neither absent, null nor an empty text. An unknown one
// does.
[[nodiscard]] bool IsGiven(const model::Value* value);

// A setting that is on or off. CloudFormation writes booleans as text too.
enum class Setting { kAbsent, kOff, kOn, kUnknown };
[[nodiscard]] Setting SettingAt(const model::Value& root, std::string_view path);

// True for an attribute without a policy: absent, empty text, `{}`.
[[nodiscard]] bool IsNoPolicy(const model::Value* value);

// Whether two policies say the same as JSON, however written. Unknown ones never do.
[[nodiscard]] bool SamePolicy(const model::Value& a, const model::Value& b);

// The policy as an object: a text parsed, an object as it is. A null value when it is neither.
[[nodiscard]] model::Value PolicyObject(const model::Value& policy);

// Without case, ASCII only.
[[nodiscard]] bool EqualsWithoutCase(std::string_view a, std::string_view b);

// `a, b` as its trimmed parts.
[[nodiscard]] std::vector<std::string> SplitAtCommas(std::string_view text);

}  // namespace preview::assemble
