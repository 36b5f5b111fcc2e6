// Policy statements that AWS writes itself from an API call's arguments (AddPermission,
// PutPermission).
#pragma once

#include <string>
#include <string_view>

#include "model/configuration.h"
#include "model/deployment.h"
#include "model/value.h"

namespace preview::assemble {

// `value` as the member of a Principal element: `"*"`, {"Service": …} for a service's name, else
// {"AWS": …}. An unknown value stays one.
[[nodiscard]] model::Value PrincipalElement(const model::Value& value);

// True for the name of an AWS service (`events.amazonaws.com`).
[[nodiscard]] bool IsServiceName(std::string_view text);

// An Allow statement without Condition.
[[nodiscard]] model::Value AllowStatement(std::string_view sid, model::Value principal,
                                          model::Value action, std::string_view resource);

// Adds {op: {key: value}}; nothing when the value is absent or an empty text.
void AddCondition(model::Value& statement, std::string_view op, std::string_view key,
                  const model::Value* value);

// The statement as a policy that `carrier` holds.
[[nodiscard]] model::PolicySource PolicyOfStatement(model::Value statement,
                                                    const model::Resource& carrier,
                                                    std::string_view attribute);

}  // namespace preview::assemble
