// The open questions of one run: does the text `left` equal the text `right`? They arise where a
// condition compares what is not known (a parameter without a value, an import). A run is replayed
// with other answers until all consistent ones were seen: depth first, `true` before `false`.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace preview::cloudformation {

struct Decision {
  std::string left;  // text with symbols; mostly one symbol alone
  std::string right;
  bool equal = true;
  friend bool operator==(const Decision&, const Decision&) = default;
};

class Decisions {
 public:
  // Begins a run with these answers given.
  void Start(std::vector<Decision> given);
  // `left` takes one of these values and no other (AllowedValues).
  void SetDomain(const std::string& left, std::vector<std::string> values) {
    domains_[left] = std::move(values);
  }
  // Whether `left` equals `right`: given, following from other answers, or answered `true` and
  // recorded. Nothing when `may_ask` is false, or closed() is set, and it does not follow.
  std::optional<bool> Equal(const std::string& left, const std::string& right, bool may_ask);
  // The value that `left` has been decided to have.
  [[nodiscard]] const std::string* ValueOf(std::string_view left) const;

  // All answers, in the order in which they were asked.
  [[nodiscard]] const std::vector<Decision>& taken() const { return taken_; }
  void Close() { closed_ = true; }

 private:
  void Record(const Decision& decision);

  std::map<std::string, std::vector<std::string>, std::less<>> domains_;
  std::vector<Decision> taken_;
  std::map<std::string, std::string, std::less<>> values_;
  std::map<std::string, std::set<std::string, std::less<>>, std::less<>> excluded_;
  bool closed_ = false;
};

// The answers of the next run after `taken`; nothing when that was the last.
[[nodiscard]] std::optional<std::vector<Decision>> NextRun(std::vector<Decision> taken);

}  // namespace preview::cloudformation
