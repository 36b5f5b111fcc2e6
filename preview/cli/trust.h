// The zone of trust: options, else the environment, else .preview.yaml, else what the input itself
// says.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/configuration.h"
#include "model/deployment.h"
#include "model/result.h"
#include "model/zone.h"
#include "preview/cli/options.h"
#include "preview/report/report.h"

namespace preview::cli {

// Puts what `.preview.yaml` sets into the options where neither command line nor environment did.
// The file is
// --config, else the first `.preview.yaml` from `folder` upwards to the root of its repository (the
// folder with
// `.git`) or of the file system. A file that cannot be read is an error.
[[nodiscard]] std::optional<model::InputError> ApplySettings(const std::string& folder,
                                                             Options& options,
                                                             model::SourceFiles& files);

// The accounts that --organization-accounts lists: ids, or the name of a file with ids, one a line,
// or with the JSON of `aws organizations list-accounts`.
[[nodiscard]] model::Result<std::vector<std::string>> OrganizationAccounts(const Options& options);

// The zone of one deployment. `organization_accounts` are those of the options.
[[nodiscard]] model::ZoneOfTrust ZoneOf(const model::Deployment& deployment, const Options& options,
                                        const std::vector<std::string>& organization_accounts);
// What options alone say, for `preview batch`.
[[nodiscard]] model::ZoneOfTrust ZoneOfOptions(
    const Options& options, const std::vector<std::string>& organization_accounts);

// Adds the ARNs of an assembly that name no account.
void AddOwnArns(const model::Assembly& assembly, model::ZoneOfTrust& zone);

// Adds a deployment's zone to the one that the report prints.
void Describe(const model::ZoneOfTrust& zone, report::Zone& described);

}  // namespace preview::cli
