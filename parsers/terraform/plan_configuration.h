// The `configuration` part of a plan: which expression stands where, without their values.
//
// One entry per block, not per instance; `dynamic` blocks and locals have none.
// https://developer.hashicorp.com/terraform/internals/json-format#configuration-representation
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/value.h"
#include "parsers/terraform/address.h"

namespace preview::terraform {

struct BlockConfiguration {
  std::string provider_key;  // into Configuration::providers
  model::Value expressions;  // object
  model::Value for_each;     // expression; null without one
  bool counted = false;      // has count or for_each
};

struct ModuleConfiguration;

struct CallConfiguration {
  model::Value expressions;
  model::Value for_each;
  std::unique_ptr<ModuleConfiguration> module;
};

struct ModuleConfiguration {
  std::map<std::string, BlockConfiguration, std::less<>> blocks;  // `aws_sqs_queue.q`, `data.t.n`
  std::map<std::string, CallConfiguration, std::less<>> calls;
  std::map<std::string, model::Value, std::less<>> outputs;    // expressions
  std::map<std::string, model::Value, std::less<>> variables;  // `{default, sensitive}`
  std::string path;  // `a.b`: names of the calls that lead here
};

struct Configuration {
  bool present = false;
  ModuleConfiguration root;
  model::Value providers;  // object by key, `aws`, `module.m:aws.x`

  // The module that the calls named lead to, made where it is not there yet.
  ModuleConfiguration& Make(std::span<const std::string> calls);
};

// What the configuration says of an attribute, as far as the plan JSON tells: a constant, the
// references of an expression, or neither (a function of constants).
struct Expression {
  const model::Value* constant = nullptr;
  std::vector<Reference> uses;
};
[[nodiscard]] Expression ReadExpression(const model::Value& expression);
// True for an expression, false for the expressions of a nested block.
[[nodiscard]] bool IsExpression(const model::Value& value);

}  // namespace preview::terraform
