#include "parsers/suppression/attach.h"

#include <algorithm>
#include <utility>

#include "parsers/suppression/directive.h"

namespace preview::suppression {
namespace {

bool IsBlank(char letter) { return letter == ' ' || letter == '\t' || letter == '\r'; }

// Where lines begin, so that a long line is not walked for each comment on it.
class Lines {
 public:
  explicit Lines(std::string_view text) : starts_{0}, size_(text.size()) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\n') starts_.push_back(i + 1);
    }
  }
  [[nodiscard]] std::size_t Begin(std::size_t at) const { return starts_[Index(at)]; }
  // The offset of its line break, or of the text's end.
  [[nodiscard]] std::size_t End(std::size_t at) const {
    const std::size_t next = Index(at) + 1;
    return next < starts_.size() ? starts_[next] - 1 : size_;
  }
  [[nodiscard]] model::Place PlaceOf(std::size_t at, std::uint32_t file) const {
    return {file, static_cast<std::uint32_t>(Index(at) + 1),
            static_cast<std::uint32_t>(at - Begin(at) + 1)};
  }

 private:
  [[nodiscard]] std::size_t Index(std::size_t at) const {
    const auto next = std::upper_bound(starts_.begin(), starts_.end(), at);
    return static_cast<std::size_t>(next - starts_.begin()) - 1;
  }

  std::vector<std::size_t> starts_;
  std::size_t size_;
};

class Attacher {
 public:
  Attacher(std::string_view text, const Lines& lines, std::vector<Element>& elements,
           const std::vector<TextComment>& comments)
      : text_(text),
        lines_(lines),
        elements_(elements),
        comments_(comments),
        above_(comments.size(), kNone) {
    SetParents();
  }

  std::vector<std::size_t> Run() {
    std::vector<std::size_t> on(comments_.size(), kNone);
    // From the last: one above another comment stands on what that one stands above.
    for (std::size_t i = comments_.size(); i-- > 0;) {
      const bool own_line = StandsAlone(comments_[i].begin);
      if (own_line) above_[i] = ElementBelow(i);
      on[i] = own_line && above_[i] != kNone ? above_[i] : Around(comments_[i], own_line);
    }
    return on;
  }

 private:
  void SetParents() {
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < elements_.size(); ++i) {
      while (!open.empty() && elements_[open.back()].end <= elements_[i].begin) open.pop_back();
      elements_[i].parent = open.empty() ? kNone : open.back();
      open.push_back(i);
    }
  }
  [[nodiscard]] bool StandsAlone(std::size_t at) const {
    while (at > 0 && text_[at - 1] != '\n') {
      if (!IsBlank(text_[at - 1])) return false;
      --at;
    }
    return true;
  }
  // The first byte of the first element, or kNone.
  [[nodiscard]] std::size_t FirstFrom(std::size_t offset) const {
    const auto found =
        std::lower_bound(elements_.begin(), elements_.end(), offset,
                         [](const Element& element, std::size_t at) { return element.begin < at; });
    return found == elements_.end() ? kNone : static_cast<std::size_t>(found - elements_.begin());
  }
  [[nodiscard]] std::size_t LastUpTo(std::size_t offset) const {
    const auto found =
        std::upper_bound(elements_.begin(), elements_.end(), offset,
                         [](std::size_t at, const Element& element) { return at < element.begin; });
    return found == elements_.begin() ? kNone
                                      : static_cast<std::size_t>(found - elements_.begin()) - 1;
  }
  // Where the first line below that holds more than the dashes of YAML's lists begins, past its
  // indentation; kNone where the line is empty.
  [[nodiscard]] std::size_t CodeBelow(std::size_t comment_end) const {
    std::size_t line = lines_.End(comment_end);
    while (line < text_.size()) {
      std::size_t at = line + 1;
      while (at < text_.size() && IsBlank(text_[at])) ++at;
      if (at >= text_.size() || text_[at] == '\n') return kNone;
      if (text_[at] != '-') return at;
      std::size_t after = at + 1;
      while (after < text_.size() && IsBlank(text_[after])) ++after;
      if (after < text_.size() && text_[after] != '\n') return at;
      line = lines_.End(after);
    }
    return kNone;
  }
  std::size_t ElementBelow(std::size_t comment) const {
    // Code after a block comment on its last line: it stands before that.
    const std::size_t end = comments_[comment].end;
    std::size_t at = end;
    while (at < text_.size() && IsBlank(text_[at])) ++at;
    if (at >= text_.size() || text_[at] == '\n') at = CodeBelow(end);
    if (at == kNone) return kNone;
    const std::size_t next = comment + 1;
    if (next < comments_.size() && comments_[next].begin == at) return above_[next];
    const std::size_t element = FirstFrom(at);
    if (element == kNone || elements_[element].begin >= lines_.End(at)) return kNone;
    return element;
  }
  [[nodiscard]] std::size_t Column(std::size_t at) const { return at - lines_.Begin(at); }
  [[nodiscard]] bool Holds(const Element& element, std::size_t at, bool own_line) const {
    if (at >= element.end) return false;
    return at <= element.last || !own_line || Column(at) >= Column(element.begin);
  }
  [[nodiscard]] std::size_t Around(const TextComment& comment, bool own_line) const {
    const std::size_t before = LastUpTo(comment.begin);
    std::size_t ended = kNone;
    std::size_t around = before;
    while (around != kNone && !Holds(elements_[around], comment.begin, own_line)) {
      ended = around;
      around = elements_[around].parent;
    }
    if (own_line || ended == kNone) return around;
    return elements_[ended].end > lines_.Begin(comment.begin) ? ended : around;
  }

  std::string_view text_;
  const Lines& lines_;
  std::vector<Element>& elements_;
  const std::vector<TextComment>& comments_;
  std::vector<std::size_t> above_;  // for a comment alone on its line, the element directly below
};

}  // namespace

std::vector<std::size_t> Attach(std::string_view text, std::vector<Element>& elements,
                                const std::vector<TextComment>& comments) {
  return Attacher(text, Lines(text), elements, comments).Run();
}

std::vector<model::Suppression> Suppressions(std::string_view text, std::uint32_t file,
                                             std::vector<Element> elements,
                                             const std::vector<TextComment>& comments,
                                             std::vector<std::size_t>* on) {
  std::vector<model::Suppression> suppressions;
  std::vector<std::size_t> indices;
  for (std::size_t i = 0; i < comments.size(); ++i) {
    const TextComment& comment = comments[i];
    auto parsed = ParseComment(text.substr(comment.begin, comment.end - comment.begin));
    if (!parsed.has_value()) continue;
    suppressions.push_back(*std::move(parsed));
    indices.push_back(i);
  }
  if (suppressions.empty()) return suppressions;
  const Lines lines(text);
  const std::vector<std::size_t> attached = Attacher(text, lines, elements, comments).Run();
  for (std::size_t i = 0; i < suppressions.size(); ++i) {
    suppressions[i].place = lines.PlaceOf(comments[indices[i]].begin, file);
    const std::size_t element = attached[indices[i]];
    if (on != nullptr) on->push_back(element);
    if (element == kNone) continue;
    suppressions[i].begin = lines.PlaceOf(elements[element].begin, file);
    suppressions[i].end = lines.PlaceOf(elements[element].end, file);
  }
  return suppressions;
}

}  // namespace preview::suppression
