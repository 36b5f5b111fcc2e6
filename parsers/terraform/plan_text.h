// Finds single objects of `resource_changes` in the text of a plan, for the rare expression that
// refers to a resource whose attributes were not kept.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

namespace preview::terraform {

class PlanText {
 public:
  explicit PlanText(std::string_view json) : json_(json) {}

  // The text of the object at `address`; empty when there is none. The first call scans the whole
  // plan once.
  [[nodiscard]] std::string_view Find(const std::string& address);

 private:
  void Scan();

  std::string_view json_;
  bool scanned_ = false;
  std::unordered_map<std::string, std::string_view> objects_;
};

}  // namespace preview::terraform
