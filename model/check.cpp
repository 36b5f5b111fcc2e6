#include "model/check.h"

#include <cstdio>
#include <cstdlib>

namespace preview::model {

void CheckFailed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "preview: internal error: %s does not hold (%s:%d)\n", condition, file,
               line);
  std::abort();
}

}  // namespace preview::model
