// What the user accepts, where it stands in the source. docs/cli.md, "Suppressing one finding".
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <vector>

#include "model/finding.h"
#include "model/place.h"

namespace preview::model {

// A day of the Gregorian calendar.
struct Date {
  int year = 0;
  int month = 0;
  int day = 0;
  friend auto operator<=>(const Date&, const Date&) = default;
};

// A comment `preview: ignore[…]`, or an entry of `Metadata.preview.ignore`.
//
// It stands on one element of the source: a statement, a resource, a data source or a module call.
// `begin` to `end` (exclusive) is that element; what lies in it is what is accepted. Where `begin`
// is not known it stands on nothing.
struct Suppression {
  Place place;
  std::vector<Code> codes;
  std::string reason;
  std::optional<Date> until;  // the last day on which it holds
  std::string problem;        // why it is none; empty: it is one
  Place begin;
  Place end;
  std::vector<std::string>
      modules;  // the element is a module call: its addresses without instance keys
  bool fetched =
      false;  // in a module that came from elsewhere: its author accepts nothing for its users
};

}  // namespace preview::model
