// How much of a resource's attributes bears on access: the rest of a plan never stays in memory.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "model/value.h"

namespace preview::terraform {

enum class Keeping {
  kAll,
  kJoining,   // the type grants nothing: what identifies it, and what encrypts it
  kPolicies,  // the catalogue does not know the type: what may be a resource policy
  kArn,       // only which account it is in
};

// For an object of the plan of which the members before `change` or `values` have been read.
[[nodiscard]] Keeping KeepingOf(const model::Value& resource);

class AttributeKeeper {
 public:
  [[nodiscard]] bool Keeps(Keeping keeping, std::string_view type, std::string_view attribute);

 private:
  using Names = std::set<std::string, std::less<>>;
  const Names& JoiningNames(std::string_view type);

  std::map<std::string, Names, std::less<>> joining_;
};

// Names of attributes that may hold a resource policy, for types that the catalogue does not know.
[[nodiscard]] bool NamesPolicy(std::string_view attribute);

}  // namespace preview::terraform
