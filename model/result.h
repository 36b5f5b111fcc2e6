// A value, or the reason why there is none.
//
// Used where no value can be made at all (a file that is no JSON). Problems inside a file that can
// still be read go into `Diagnostics`; what cannot be decided is *undetermined* (model/finding.h).
// The three are never mixed.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/check.h"
#include "model/place.h"

namespace preview::model {

// One problem with an input. `message` is lower case without final period, the user's own text in
// backticks; `help` says what to do and may be empty.
struct Error {
  std::string message;
  std::string help;
  Place place;
};

// Problems found while reading went on.
using Diagnostics = std::vector<Error>;

// Holds a T or an Error. Reading the wrong one aborts, in release builds too.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : value_(std::move(value)) {}      // NOLINT(google-explicit-constructor)
  Result(Error error) : error_(std::move(error)) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] bool ok() const { return value_.has_value(); }
  [[nodiscard]] const T& value() const& {
    PREVIEW_CHECK(value_.has_value());
    return *value_;
  }
  [[nodiscard]] T& value() & {
    PREVIEW_CHECK(value_.has_value());
    return *value_;
  }
  [[nodiscard]] T&& value() && {
    PREVIEW_CHECK(value_.has_value());
    return std::move(*value_);
  }
  [[nodiscard]] const Error& error() const {
    PREVIEW_CHECK(!value_.has_value());
    return error_;
  }

 private:
  std::optional<T> value_;
  Error error_;
};

}  // namespace preview::model
