#include "preview/access/access.h"

#include "preview/access/comparison.h"

namespace preview::access {

Report Compare(const model::Configuration* before, const model::Assembly& assembly_before,
               const model::Configuration* after, const model::Assembly& assembly_after,
               const AccessOptions& options, const model::SymbolTable& symbols) {
  return Comparison(before, assembly_before, after, assembly_after, options, symbols).Run();
}

}  // namespace preview::access
