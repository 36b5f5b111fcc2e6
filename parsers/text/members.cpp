#include "parsers/text/members.h"

#include <algorithm>

namespace preview::text {

namespace {

// Below this, comparing with all keys is faster than any index.
constexpr std::size_t kIndexedSize = 16;

}  // namespace

std::size_t MemberIndex::Find(const model::Value& object, const std::string& key) {
  const auto& keys = object.keys;
  if (keys.size() <= kIndexedSize) {
    return static_cast<std::size_t>(std::find(keys.begin(), keys.end(), key) - keys.begin());
  }
  if (!positions_) {
    positions_ = std::make_unique<std::map<std::string, std::size_t, std::less<>>>();
    for (std::size_t i = 0; i < keys.size(); ++i) positions_->emplace(keys[i], i);
  }
  return positions_->emplace(key, keys.size()).first->second;
}

}  // namespace preview::text
