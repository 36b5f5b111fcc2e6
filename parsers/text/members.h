// Finds repeated keys while an object is being built, without a scan of all keys for each.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "model/value.h"

namespace preview::text {

// Belongs to one object that only grows. The index is ordered, since the worst case of a hash can
// be provoked.
class MemberIndex {
 public:
  // Position of member `key` of `object`. The number of members when there is none; the caller then
  // appends it before the next call.
  [[nodiscard]] std::size_t Find(const model::Value& object, const std::string& key);

 private:
  std::unique_ptr<std::map<std::string, std::size_t, std::less<>>> positions_;
};

}  // namespace preview::text
