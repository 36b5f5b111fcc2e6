#include "parsers/terraform/plan_text.h"

#include <algorithm>

#include "model/value.h"
#include "parsers/terraform/plan_values.h"
#include "parsers/text/json.h"

namespace preview::terraform {

namespace {

// Walks over the tokens of a text that has already been read as JSON without an error.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  [[nodiscard]] bool done() const { return at_ >= text_.size(); }
  [[nodiscard]] std::size_t at() const { return at_; }
  [[nodiscard]] char Peek() {
    while (at_ < text_.size() &&
           std::string_view(" \t\r\n,:").find(text_[at_]) != std::string_view::npos)
      ++at_;
    return at_ < text_.size() ? text_[at_] : '\0';
  }
  void Step() { ++at_; }
  // The string that begins here, with its quotes.
  std::string_view TakeString() {
    std::size_t begin = at_++;
    while (at_ < text_.size() && text_[at_] != '"') at_ += text_[at_] == '\\' ? 2U : 1U;
    ++at_;
    return text_.substr(begin, at_ - begin);
  }
  // Steps over one value of any kind.
  std::string_view TakeValue() {
    char first = Peek();
    std::size_t begin = at_;
    if (first == '"') return TakeString();
    std::size_t depth = 0;
    while (at_ < text_.size()) {
      char c = text_[at_];
      if (c == '"') {
        TakeString();
        continue;
      }
      if (c == '{' || c == '[') ++depth;
      if (c == '}' || c == ']') {
        if (depth == 0) break;
        if (--depth == 0) {
          ++at_;
          break;
        }
      }
      if (depth == 0 && (c == ',' || c == '\n' || c == ' ')) break;
      ++at_;
    }
    if (at_ > text_.size()) at_ = text_.size();
    return text_.substr(begin, at_ - begin);
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

std::string Decode(std::string_view quoted) {
  auto value = text::ParseJson(quoted, text::JsonOptions{});
  return value.ok() && value.value().is_string() ? value.value().text : std::string();
}

std::string AddressOf(std::string_view object) {
  Scanner scanner(object);
  if (scanner.Peek() != '{') return "";
  scanner.Step();
  while (!scanner.done() && scanner.Peek() == '"') {
    std::string_view key = scanner.TakeString();
    std::string_view value = scanner.TakeValue();
    if (key == "\"address\"") return Decode(value);
  }
  return "";
}

}  // namespace

void PlanText::Scan() {
  scanned_ = true;
  Scanner scanner(json_.substr(std::min(json_.find('{'), json_.size())));
  if (scanner.Peek() != '{') return;
  scanner.Step();
  while (!scanner.done() && scanner.Peek() == '"') {
    std::string_view key = scanner.TakeString();
    if (key != "\"resource_changes\"" || scanner.Peek() != '[') {
      scanner.TakeValue();
      continue;
    }
    scanner.Step();
    while (!scanner.done() && scanner.Peek() == '{') {
      std::string_view object = scanner.TakeValue();
      objects_.emplace(AddressOf(object), object);
    }
    return;
  }
}

std::string_view PlanText::Find(const std::string& address) {
  if (!scanned_) Scan();
  auto found = objects_.find(address);
  return found == objects_.end() ? std::string_view() : found->second;
}

}  // namespace preview::terraform
