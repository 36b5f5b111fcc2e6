// Findings that the user accepts in the source: archived, and told of where a suppression does not
// do what it says.
//
// A suppression that stands on a resource or a module call covers a finding when the shared
// resource, or what carries the access, lies there; one on a statement when the statement does. A
// finding that several statements make is archived when each of them is covered, and not before.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "model/deployment.h"
#include "model/place.h"
#include "model/result.h"
#include "model/suppression.h"
#include "preview/cli/decide.h"
#include "preview/cli/options.h"
#include "preview/report/report.h"

namespace preview::cli {

// The day against which `until` is judged: --today, else SOURCE_DATE_EPOCH, else the clock (UTC).
// Error: a SOURCE_DATE_EPOCH that is no number.
// https://reproducible-builds.org/specs/source-date-epoch/
[[nodiscard]] model::Result<model::Date> Today(const Options& options);

// Where the resources of a deployment stand, for those that come after the deployment is gone.
class ResourcePlaces {
 public:
  explicit ResourcePlaces(const model::Deployment& deployment);
  // An address stands for several resources where there are several stacks: then the stack decides.
  [[nodiscard]] model::Place Find(const std::string& stack, const std::string& address) const;

 private:
  struct Entry {
    std::string stack;
    model::Place place;
  };
  std::map<std::string, std::vector<Entry>, std::less<>> entries_;
};

class Suppressor {
 public:
  Suppressor(const Options& options, const model::SourceFiles& files)
      : options_(options), files_(files) {}

  // Archives what the suppressions of one reading cover.
  void Apply(const std::vector<model::Suppression>& suppressions, const ResourcePlaces& places,
             Decision& decision);

  // Appends a warning for each suppression that is malformed, past its day, unused, or covers a
  // part of a finding only; in order of file, line and column.
  void Warn(report::Document& document) const;

 private:
  // Path, line and column of the suppression, and line and column of what it stands on: an alias of
  // YAML brings one suppression to several resources.
  using Key = std::tuple<std::string, std::uint32_t, std::uint32_t, std::uint32_t, std::uint32_t>;
  // What became of one code of a suppression, over all readings.
  struct Use {
    std::size_t accepted = 0;
    std::size_t expired = 0;  // covered until the day had passed
    std::size_t partly = 0;   // covered only with others that are not there
    std::string missing;      // the first that is not, in words
  };
  struct Known {
    model::Suppression suppression;
    bool expired = false;
    std::map<model::Code, Use> uses;
    std::set<model::Code> seen;  // codes of what lies there
    bool open = false;           // something undetermined lies there
  };
  class Reading;

  Known& Register(const model::Suppression& suppression);
  [[nodiscard]] bool IsPast(const model::Date& until);
  [[nodiscard]] static std::vector<std::string> WarningsOf(const Known& known);

  const Options& options_;
  const model::SourceFiles& files_;
  std::map<Key, Known> known_;
  std::optional<model::Result<model::Date>>
      today_;  // read once, and only where there is an `until`
};

}  // namespace preview::cli
