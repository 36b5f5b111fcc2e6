// The parts of the SAM transform, shared by its files.
//
// https://github.com/aws/serverless-application-model/blob/develop/samtranslator/model/sam_resources.py
// Only what bears on access is made: roles with their trust, permissions of functions, policies of
// APIs and queues.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/value.h"
#include "parsers/cloudformation/library.h"

namespace preview::cloudformation {

struct SamResource {
  std::string id;
  model::Value body;
};

// Auth.ResourcePolicy of an event.
struct SamEventPolicy {
  std::string api;       // id of the API that the event names
  std::string resource;  // `execute-api:/*/GET/orders`
  model::Value policy;
};

// The transformed Resources while they are made.
struct SamOutput {
  Preparation* preparation = nullptr;
  const model::Value* resources = nullptr;  // as written
  const model::Value* globals = nullptr;    // may be null
  std::vector<SamResource> made;
  bool implicit_api = false;
  std::vector<SamEventPolicy> event_policies;

  // Adds a resource made from `origin` (its condition, place and construct path go over).
  void Add(std::string id, std::string_view type, model::Value properties,
           const model::Value& origin);
};

// Properties of a resource, with the template's Globals of `section` below them.
[[nodiscard]] model::Value SamProperties(const SamOutput& output, std::string_view section,
                                         const model::Value& body);

void TransformFunction(SamOutput& output, const std::string& id, const model::Value& body);
void TransformStateMachine(SamOutput& output, const std::string& id, const model::Value& body);
void TransformApplication(SamOutput& output, const std::string& id, const model::Value& body);
// All APIs, after all functions: events may carry parts of an API's policy.
void TransformApi(SamOutput& output, const std::string& id, const model::Value& body);
void AddImplicitApi(SamOutput& output);

// A trust policy for one service, and its role `<id>`.
void AddServiceRole(SamOutput& output, const std::string& id, std::string_view service,
                    const model::Value* trust, const model::Value& properties,
                    const model::Value& origin);
// The events of a function.
void AddEvents(SamOutput& output, const std::string& id, const model::Value& function,
               const model::Value& events, const model::Value& origin);

}  // namespace preview::cloudformation
