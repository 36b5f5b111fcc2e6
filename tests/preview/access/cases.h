// The cases of testdata/policies: a line is what `preview batch` takes, with what is expected.
#pragma once

#include <string>
#include <vector>

#include "model/configuration.h"
#include "model/value.h"
#include "preview/access/access.h"

namespace preview::access {

struct Case {
  std::string id;
  model::Configuration configuration;
  AccessOptions options;
  model::Value expect;
  model::Value line;
};

// The JSON values of testdata/policies/<name>.jsonl, one a line. Aborts when one cannot be read.
[[nodiscard]] std::vector<model::Value> ReadLines(const std::string& name);
[[nodiscard]] std::vector<Case> ReadCases(const std::string& name);

// A configuration of one resource with one policy.
[[nodiscard]] model::Configuration ConfigurationOf(const std::string& type, const std::string& arn,
                                                   const std::string& account,
                                                   const std::string& policy);

// What the configuration lets in, as a new resource.
[[nodiscard]] Report Decide(const model::Configuration& configuration,
                            const AccessOptions& options);

}  // namespace preview::access
