// The access preview API's Configuration union as JSON, to a model::Configuration. `preview batch`
// lines and `create-access-preview --cli-input-json` files are read with it.
// https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_Configuration.html
#pragma once

#include <string>
#include <vector>

#include "model/configuration.h"
#include "model/result.h"
#include "model/symbol.h"
#include "model/value.h"
#include "model/zone.h"

namespace preview::cli {

// Which resource a configuration is of.
struct Subject {
  std::string resource_type;       // empty: told from the union's member
  std::string arn;                 // empty: made up from the type, its name a symbol
  model::Environment environment;  // where the ARN says nothing; empty: symbols
  bool is_new = true;              // an existing resource may leave out what a new one must have
};

// `value` is one member of the union (`{"sqsQueue": {…}}`), or for types outside it `{"policy": …}`
// and
// `{"sharing": {…}}`. Absent members mean what the API says they mean for a new resource; an
// unknown member is an error, so that no misspelt policy passes in silence.
[[nodiscard]] model::Result<model::Configuration> ReadConfiguration(const model::Value& value,
                                                                    const Subject& subject,
                                                                    model::SymbolTable& symbols);

// `proposed` over `existing`, as the API reads an existing resource: what is not said stays as it
// is.
[[nodiscard]] model::Value Overlay(const model::Value& existing, const model::Value& proposed);

// The other configurations that bear on a resource, `{ARN: configuration}`: keys, and the account's
// own S3 block as
// `{"accountPublicAccessBlock": {"ignorePublicAcls": …, "restrictPublicBuckets": …}}`. Appends the
// keys to `assembly`, whose first entry is the resource, and joins both to it.
[[nodiscard]] std::optional<model::Error> AddRelated(const model::Value& related,
                                                     model::Assembly& assembly,
                                                     model::SymbolTable& symbols);

// Joins every configuration to the key that it names, when that one is in the assembly. An alias
// that no ARN ends with means the only key there is.
void JoinKeys(model::Assembly& assembly);

}  // namespace preview::cli
