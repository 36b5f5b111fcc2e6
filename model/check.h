// PREVIEW_CHECK: a broken invariant of ours aborts in every build, with the place in our source.
#pragma once

namespace preview::model {

// Prints what was broken and aborts.
[[noreturn]] void CheckFailed(const char* condition, const char* file, int line);

}  // namespace preview::model

#define PREVIEW_CHECK(condition)                                                     \
  do {                                                                               \
    if (!(condition)) ::preview::model::CheckFailed(#condition, __FILE__, __LINE__); \
  } while (false)
