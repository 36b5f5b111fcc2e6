// Lists of whom a snapshot, image, document or share is open to.
#pragma once

#include <string_view>

#include "preview/assemble/side.h"

namespace preview::assemble {

// Attribute paths that hold the list; several separated by `,`, an empty one is none.
struct ShareAttributes {
  std::string_view accounts;
  std::string_view organizations;
  std::string_view group;
  std::string_view actions = {};
};

// Adds what `carrier` opens to the draft; nothing when the attributes list nobody. Service
// principals are left out.
void AddSharing(Draft& draft, const model::Resource& carrier, const ShareAttributes& attributes);

}  // namespace preview::assemble
