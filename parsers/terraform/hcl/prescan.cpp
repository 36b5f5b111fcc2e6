#include "parsers/terraform/hcl/prescan.h"

#include <cctype>
#include <string>
#include <utility>
#include <vector>

#include "parsers/terraform/hcl/syntax.h"

namespace preview::hcl {

namespace {

bool IsWordByte(char c) {
  auto byte = static_cast<unsigned char>(c);
  return std::isalnum(byte) != 0 || c == '_' || c == '-';
}

std::string_view Trim(std::string_view line) {
  while (!line.empty() && std::isspace(static_cast<unsigned char>(line.front())) != 0) {
    line.remove_prefix(1);
  }
  while (!line.empty() && std::isspace(static_cast<unsigned char>(line.back())) != 0) {
    line.remove_suffix(1);
  }
  return line;
}

class Scanner {
 public:
  Scanner(std::string_view text, bool bare_template) : text_(text) {
    if (bare_template) open_.push_back({Mode::kHeredoc, ""});
  }

  Prescan Run() {
    while (at_ < text_.size()) {
      if (brackets_ > kMaxBracketNesting || templates_ > kMaxTemplateNesting) {
        result_.too_deep = TooDeep{at_, templates_ > kMaxTemplateNesting};
        break;
      }
      Mode mode = open_.empty() ? Mode::kBracket : open_.back().mode;
      if (mode == Mode::kQuoted) {
        StepQuoted();
      } else if (mode == Mode::kHeredoc) {
        StepHeredoc();
      } else {
        StepCode();
      }
    }
    return std::move(result_);
  }

 private:
  enum class Mode { kBracket, kInterpolation, kQuoted, kHeredoc };
  struct Open {
    Mode mode;
    std::string marker;  // kBracket: the bracket; kHeredoc: its marker, empty for a bare template,
                         // which never ends
  };

  [[nodiscard]] bool Looking(std::string_view at) const {
    return text_.substr(at_, at.size()) == at;
  }

  void Push(Mode mode, std::string marker = "") {
    open_.push_back({mode, std::move(marker)});
    if (mode == Mode::kBracket) ++brackets_;
    if (mode == Mode::kInterpolation) ++templates_;
  }

  void Pop() {
    if (open_.back().mode == Mode::kBracket) --brackets_;
    if (open_.back().mode == Mode::kInterpolation) --templates_;
    open_.pop_back();
  }

  // `${`, `%{` and their escapes; false when there is neither.
  bool StepTemplateMark() {
    if (Looking("$${") || Looking("%%{")) {
      at_ += 3;
      return true;
    }
    if (!Looking("${") && !Looking("%{")) return false;
    Push(Mode::kInterpolation);
    at_ += 2;
    return true;
  }

  void StepQuoted() {
    if (StepTemplateMark()) return;
    char c = text_[at_];
    if (c == '"') Pop();
    at_ += c == '\\' ? 2 : 1;
  }

  void StepHeredoc() {
    if (StepTemplateMark()) return;
    if (text_[at_++] == '\n') EndHeredocAtLine();
  }

  // Ends the heredoc when the line at `at_` is its marker.
  void EndHeredocAtLine() {
    const std::string& marker = open_.back().marker;
    if (marker.empty()) return;
    std::string_view line = text_.substr(at_, text_.find('\n', at_) - at_);
    if (Trim(line) != marker) return;
    at_ += line.size();
    Pop();
  }

  void StepCode() {
    char c = text_[at_];
    if (c == '#' || Looking("//")) {
      SkipTo("\n");
      newline_ = at_ - 1;
    } else if (Looking("/*")) {
      SkipTo("*/");
    } else if (Looking("<<")) {
      BeginHeredoc();
    } else if (c == '"') {
      Push(Mode::kQuoted);
      last_ = c;
      ++at_;
    } else if (c == '(' || c == '[' || c == '{') {
      if (c == '(') NoteElementEnd();
      Push(Mode::kBracket, std::string(1, c));
      last_ = c;
      ++at_;
    } else if (std::isdigit(static_cast<unsigned char>(c)) != 0) {
      StepNumber();
    } else if (IsWordByte(c) && c != '-') {
      while (at_ < text_.size() && IsWordByte(text_[at_])) ++at_;
      last_ = c;
    } else {
      if ((c == ')' || c == ']' || c == '}') && !open_.empty()) Pop();
      if (c == '\n') newline_ = at_;
      if (std::isspace(static_cast<unsigned char>(c)) == 0) last_ = c;
      ++at_;
    }
  }

  void SkipDigits() {
    while (at_ < text_.size() && std::isdigit(static_cast<unsigned char>(text_[at_])) != 0) ++at_;
  }

  void StepNumber() {
    last_ = text_[at_];
    SkipDigits();
    if (!Looking("e") && !Looking("E")) return;
    std::size_t sign = text_.find_first_of("+-", at_ + 1) == at_ + 1 ? 1 : 0;
    std::size_t digit = at_ + 1 + sign;
    if (digit >= text_.size() || std::isdigit(static_cast<unsigned char>(text_[digit])) == 0)
      return;
    result_.exponents.push_back(at_);
    if (sign == 1) result_.exponents.push_back(at_ + 1);
    at_ = digit;
    SkipDigits();
  }

  // At a parenthesis: notes the newline before it when it can only begin the next element of an
  // object.
  void NoteElementEnd() {
    bool in_object = !open_.empty() && open_.back().marker == "{";
    if (!in_object || newline_ == std::string_view::npos) return;
    if (!Trim(text_.substr(newline_, at_ - newline_)).empty()) return;
    bool ended = IsWordByte(last_) || last_ == '"' || last_ == ')' || last_ == ']' || last_ == '}';
    if (ended) result_.element_ends.push_back(newline_);
  }

  void SkipTo(std::string_view end) {
    auto found = text_.find(end, at_);
    at_ = found == std::string_view::npos ? text_.size() : found + end.size();
  }

  void BeginHeredoc() {
    at_ += 2;
    if (Looking("-")) ++at_;
    std::size_t begin = at_;
    while (at_ < text_.size() && IsWordByte(text_[at_])) ++at_;
    std::string marker(text_.substr(begin, at_ - begin));
    if (marker.empty()) return;
    SkipTo("\n");
    Push(Mode::kHeredoc, std::move(marker));
    last_ = '"';
    EndHeredocAtLine();
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<Open> open_;
  int brackets_ = 0;
  int templates_ = 0;
  char last_ = '{';  // the last letter of code that is no space
  std::size_t newline_ = std::string_view::npos;
  Prescan result_;
};

}  // namespace

Prescan ScanHcl(std::string_view text, bool bare_template) {
  return Scanner(text, bare_template).Run();
}

}  // namespace preview::hcl
