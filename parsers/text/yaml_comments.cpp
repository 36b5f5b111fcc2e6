#include "parsers/text/yaml_comments.h"

#include <algorithm>

namespace preview::text {
namespace {

bool IsBlank(char letter) { return letter == ' ' || letter == '\t'; }
bool IsBreak(char letter) { return letter == '\n' || letter == '\r'; }

// Walks the text once, from scalar to scalar: what lies between them is marks, blanks and comments.
// A plain scalar is left to that too, since ` #` ends it.
class Scanner {
 public:
  Scanner(std::string_view text, const std::vector<YamlEvent>& events,
          const std::vector<std::size_t>& offsets)
      : text_(text), events_(events), offsets_(offsets) {}

  std::vector<YamlComment> Run() {
    std::vector<std::size_t> open;  // containers around, by event
    for (std::size_t i = 0; i < events_.size(); ++i) {
      const YamlEventKind kind = events_[i].kind;
      if (kind == YamlEventKind::kEnd && !open.empty()) open.pop_back();
      if (kind == YamlEventKind::kScalar && offsets_[i] != kNowhere && offsets_[i] >= at_) {
        ScanUpTo(offsets_[i]);
        SkipScalar(open.empty() ? kNowhere : offsets_[open.back()], NextOffset(i));
      }
      if (kind == YamlEventKind::kListBegin || kind == YamlEventKind::kObjectBegin)
        open.push_back(i);
    }
    ScanUpTo(text_.size());
    return std::move(comments_);
  }

 private:
  [[nodiscard]] std::size_t NextOffset(std::size_t event) const {
    for (std::size_t i = event + 1; i < events_.size(); ++i) {
      if (offsets_[i] != kNowhere) return offsets_[i];
    }
    return text_.size();
  }
  // True when a comment begins at `at_`; it is taken.
  bool TakeComment() {
    const bool apart = at_ == 0 || IsBlank(text_[at_ - 1]) || IsBreak(text_[at_ - 1]);
    if (text_[at_] != '#' || !apart) return false;
    const std::size_t begin = at_;
    at_ = std::min(text_.find_first_of("\r\n", at_), text_.size());
    comments_.push_back({begin, at_});
    return true;
  }
  void ScanUpTo(std::size_t end) {
    while (at_ < end) {
      if (!TakeComment()) ++at_;
    }
  }
  // Past tags and anchors, and what stands between them and the scalar.
  void SkipProperties(std::size_t end) {
    while (at_ < end && (text_[at_] == '!' || text_[at_] == '&')) {
      while (at_ < end && !IsBlank(text_[at_]) && !IsBreak(text_[at_])) ++at_;
      while (at_ < end && (IsBlank(text_[at_]) || IsBreak(text_[at_]) || text_[at_] == '#')) {
        if (!TakeComment()) ++at_;
      }
    }
  }
  void SkipScalar(std::size_t container, std::size_t next) {
    SkipProperties(next);
    if (at_ >= next) return;
    switch (text_[at_]) {
      case '"':
        return SkipDoubleQuoted();
      case '\'':
        return SkipSingleQuoted();
      case '|':
      case '>':
        return SkipBlock(container, next);
      default:
        return;
    }
  }
  void SkipDoubleQuoted() {
    for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
      if (text_[at_] == '\\') ++at_;
    }
    at_ = std::min(at_ + 1, text_.size());
  }
  void SkipSingleQuoted() {
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] != '\'') continue;
      if (at_ + 1 >= text_.size() || text_[at_ + 1] != '\'') break;
      ++at_;
    }
    at_ = std::min(at_ + 1, text_.size());
  }
  [[nodiscard]] std::size_t IndentOf(std::size_t line) const {
    return std::min(text_.find_first_not_of(' ', line), text_.size()) - line;
  }
  // Content is indented further than the line on which what holds the scalar begins.
  [[nodiscard]] std::size_t LeastIndent(std::size_t container) const {
    if (container == kNowhere) return 0;
    const std::size_t line = container == 0 ? 0 : text_.rfind('\n', container - 1) + 1;
    return IndentOf(line) + 1;
  }
  void SkipBlock(std::size_t container, std::size_t next) {
    bool counted = false;
    for (++at_; at_ < text_.size() && !IsBlank(text_[at_]) && !IsBreak(text_[at_]); ++at_)
      counted = counted || (text_[at_] >= '0' && text_[at_] <= '9');
    ScanUpTo(std::min(text_.find('\n', at_), text_.size()));
    if (counted) {
      at_ = std::max(at_, next);
      return;
    }
    std::size_t indent = 0;  // of the content; 0: not known yet
    while (at_ < text_.size()) {
      const std::size_t line = at_ + 1;
      const std::size_t end = std::min(text_.find('\n', line), text_.size());
      const std::size_t spaces = IndentOf(std::min(line, text_.size()));
      const bool empty = line + spaces >= end || text_[line + spaces] == '\r';
      if (!empty && indent == 0) indent = std::max(spaces, LeastIndent(container));
      if (!empty && spaces < indent) return;
      at_ = end;
    }
  }

  std::string_view text_;
  const std::vector<YamlEvent>& events_;
  const std::vector<std::size_t>& offsets_;
  std::size_t at_ = 0;
  std::vector<YamlComment> comments_;
};

}  // namespace

std::vector<std::size_t> OffsetsOf(std::string_view text, const std::vector<YamlEvent>& events) {
  std::vector<std::size_t> starts{0};
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') starts.push_back(i + 1);
  }
  std::vector<std::size_t> offsets;
  offsets.reserve(events.size());
  for (const YamlEvent& event : events) {
    const model::Place& place = event.place;
    const bool known = place.known() && place.line <= starts.size();
    const std::size_t offset = known ? starts[place.line - 1] + place.column - 1 : kNowhere;
    offsets.push_back(offset <= text.size() ? offset : kNowhere);
  }
  return offsets;
}

std::vector<YamlComment> CommentsOf(std::string_view text, const std::vector<YamlEvent>& events,
                                    const std::vector<std::size_t>& offsets) {
  return Scanner(text, events, offsets).Run();
}

}  // namespace preview::text
