// One template as it is read, and one stack made from it in one run.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/finding.h"
#include "model/value.h"
#include "model/zone.h"
#include "parsers/cloudformation/template.h"

namespace preview::cloudformation {

// A template after its includes, loops and the SAM transform. Never changes afterwards: indexes
// point into `root`.
struct Template {
  std::string name;
  std::string folder;
  std::uint32_t file = 0;
  Texts assets;  // as in TemplateText; nested templates have those of their root
  model::Value root;
  bool sam = false;
  bool foreign_macro = false;  // a macro that we do not know may have changed anything
  std::map<std::string, const model::Value*, std::less<>> resources;
  std::map<std::string, const model::Value*, std::less<>> conditions;
  std::map<std::string, const model::Value*, std::less<>> parameters;
  std::map<std::string, const model::Value*, std::less<>> mappings;
  std::map<std::string, const model::Value*, std::less<>> outputs;
  std::vector<model::Undetermined> problems;  // found while it was prepared
  std::vector<model::Note> notes;
};

// A stack in one run, with what has been evaluated of it.
struct Stack {
  const Template* source = nullptr;
  std::string name;    // text of AWS::StackName
  std::string label;   // Resource::stack
  std::string prefix;  // of addresses: `Child.`
  std::string scope;   // of symbols' names: `Orders/` where there are several stacks
  model::Environment environment;
  const Texts* given = nullptr;               // parameter values of a root stack, and
  const Texts* given_first = nullptr;         // those that go before them
  Stack* parent = nullptr;                    // of a nested stack, with
  const model::Value* declaration = nullptr;  // its resource body in the parent

  std::map<std::string, model::Value, std::less<>> parameters;
  std::map<std::string, bool, std::less<>> conditions;
  std::map<std::string, std::optional<model::Value>, std::less<>> properties;  // `Queue.QueueName`
  std::map<std::string, std::unique_ptr<Stack>, std::less<>> children;
  std::set<std::string, std::less<>>
      running;  // what is being evaluated now: a second visit is a cycle
};

}  // namespace preview::cloudformation
