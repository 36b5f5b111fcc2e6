// Findings in one line each, for tests that say what is found.
#pragma once

#include <string>
#include <vector>

#include "preview/access/access.h"

namespace preview::access {

// `111122223333`'s options with the account as zone of trust.
[[nodiscard]] AccessOptions OwnAccount();

// `AWS * {aws:SourceVpc=vpc-1} [s3:GetObject] public`, sorted; more than three actions as their
// number.
[[nodiscard]] std::vector<std::string> Spell(const Report& report);
// The same with the change in front: `NEW`, `CHANGED +[new actions]`, `UNCHANGED`, `RESOLVED`.
[[nodiscard]] std::vector<std::string> SpellChanges(const Report& report);

// The bucket `arn:aws:s3:::data` of 111122223333 under a policy of the given statements.
[[nodiscard]] model::Configuration Bucket(const std::string& statements);
// Its findings as a new resource.
[[nodiscard]] std::vector<std::string> FindingsOf(const std::string& statements);
[[nodiscard]] Report Change(const model::Configuration* before, const model::Configuration* after,
                            const AccessOptions& options = OwnAccount());

using Lines = std::vector<std::string>;

}  // namespace preview::access
