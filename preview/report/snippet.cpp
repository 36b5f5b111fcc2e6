#include "preview/report/snippet.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "preview/report/escape.h"

namespace preview::report {
namespace {

constexpr std::size_t kWidest = 140;           // columns of one source line that are shown
constexpr std::size_t kScanBytes = 64 * 1024;  // how far a closing bracket is looked for

// Offset of the first byte of line `line` (1-based).
std::optional<std::size_t> LineStart(std::string_view text, std::uint32_t line) {
  std::size_t at = 0;
  for (std::uint32_t number = 1; number < line; ++number) {
    at = text.find('\n', at);
    if (at == std::string_view::npos) return std::nullopt;
    ++at;
  }
  return at;
}

std::string_view LineAt(std::string_view text, std::size_t start) {
  std::string_view line = text.substr(start, text.find('\n', start) - start);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::size_t CountLines(std::string_view text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
}

bool IsYaml(std::string_view path, std::string_view text) {
  if (path.ends_with(".tf") || path.ends_with(".json") || path.ends_with(".hcl")) return false;
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first == std::string_view::npos || (text[first] != '{' && text[first] != '[');
}

// Lines up to the bracket that closes the first one opened on the line of `offset`. Quoted texts
// are skipped.
std::size_t LinesToClosingBracket(std::string_view text, std::size_t offset) {
  text = text.substr(offset, kScanBytes);
  std::size_t depth = 0;
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char letter = text[at];
    if (letter == '\n' && depth == 0) return 1;
    if (quoted) {
      if (letter == '\\') ++at;
      if (letter == '"' || letter == '\n') quoted = false;
      continue;
    }
    if (letter == '"') quoted = true;
    if (letter == '{' || letter == '[' || letter == '(') ++depth;
    if ((letter == '}' || letter == ']' || letter == ')') && depth > 0 && --depth == 0) {
      return CountLines(text.substr(0, at));
    }
  }
  return 1;
}

std::size_t LinesOfYamlNode(std::string_view text, std::size_t offset) {
  const std::size_t line_start = text.rfind('\n', offset == 0 ? 0 : offset - 1) + 1;
  const std::size_t column = offset < line_start ? 0 : offset - line_start;
  std::size_t lines = 1;
  std::size_t counted = 1;
  for (std::size_t at = text.find('\n', offset); at != std::string_view::npos && counted < 200;
       at = text.find('\n', at + 1), ++counted) {
    const std::string_view line = LineAt(text, at + 1);
    const std::size_t indent = line.find_first_not_of(' ');
    if (indent == std::string_view::npos) continue;
    const bool sibling = indent == column && !line.substr(indent).starts_with("- ");
    // Members of the mapping that the node is: they stand at the node's own column, after `- ` on
    // the first line.
    const bool in_item = sibling && column >= 2 && text.substr(line_start, column).ends_with("- ");
    if (indent <= column && !in_item) break;
    lines = counted + 1;
  }
  return lines;
}

struct Shown {
  std::string text;        // safe to print
  std::size_t column = 0;  // 0-based column of the marked byte in `text`
  std::size_t width = 0;   // columns from there to the end
};

// One source line made printable; a long one is cut so that the marked byte is in sight.
Shown Show(std::string_view line, std::size_t marked) {
  marked = std::min(marked, line.size());
  std::size_t begin = 0;
  std::string prefix;
  if (line.size() > kWidest && marked > kWidest / 2) {
    begin = marked - kWidest / 4;
    while (begin < marked && (static_cast<unsigned char>(line[begin]) & 0xC0) == 0x80) ++begin;
    prefix = "…";
  }
  std::size_t end = std::min(line.size(), begin + kWidest);
  while (end < line.size() && (static_cast<unsigned char>(line[end]) & 0xC0) == 0x80) --end;
  const std::string before = prefix + Printable(line.substr(begin, marked - begin));
  std::string after = Printable(line.substr(marked, std::max(end, marked) - marked));
  if (end < line.size()) after += "…";
  while (after.ends_with(' ')) after.pop_back();
  return {before + after, Columns(before), std::max<std::size_t>(Columns(after), 1)};
}

class Gutter {
 public:
  Gutter(std::size_t last_line, const Style& style)
      : width_(std::to_string(last_line).size()), style_(style) {}

  [[nodiscard]] std::string Arrow(std::string_view place) const {
    return fmt::format("{}{} {}\n", std::string(width_, ' '), style_.Blue("-->"), place);
  }
  [[nodiscard]] std::string Bare() const {
    return fmt::format("{} {}\n", std::string(width_, ' '), style_.Blue("|"));
  }
  [[nodiscard]] std::string Line(std::size_t number, std::string_view text) const {
    return fmt::format("{} {} {}\n", style_.Blue(fmt::format("{:>{}}", number, width_)),
                       style_.Blue("|"), text);
  }
  [[nodiscard]] std::string Marks(std::string_view text) const {
    return fmt::format("{} {} {}\n", std::string(width_, ' '), style_.Blue("|"), text);
  }
  [[nodiscard]] std::string Gap() const { return "...\n"; }

 private:
  std::size_t width_;
  const Style& style_;
};

std::string OneLine(const Gutter& gutter, const Style& style, std::uint32_t number,
                    const Shown& shown) {
  return gutter.Bare() + gutter.Line(number, shown.text) +
         gutter.Marks(std::string(shown.column, ' ') + style.Red(std::string(shown.width, '^')));
}

// The way rustc draws a span of several lines: `/` at the first, `|` beside the others, `|___^`
// below the last.
std::string ManyLines(const Gutter& gutter, const Style& style, std::string_view text,
                      std::size_t start, std::uint32_t first, std::size_t marked,
                      std::size_t count) {
  std::string out = gutter.Bare();
  std::size_t last_width = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string_view line = LineAt(text, start);
    const bool shown = count <= kSnippetLines || i + 2 < kSnippetLines || i + 1 == count;
    if (shown) {
      const Shown drawn = Show(line, i == 0 ? marked : 0);
      const std::string bar = style.Red(i == 0 ? "/" : "|");
      std::string body = drawn.text;
      while (body.ends_with(' ')) body.pop_back();
      out += gutter.Line(first + i, body.empty() ? bar : bar + " " + body);
      last_width = Columns(body);
    } else if (i + 2 == kSnippetLines) {
      out += gutter.Gap();
    }
    start = text.find('\n', start) + 1;
  }
  return out + gutter.Marks(
                   style.Red("|" + std::string(std::max<std::size_t>(last_width, 1), '_') + "^"));
}

}  // namespace

std::size_t ExtentInLines(std::string_view text, std::size_t offset, bool yaml) {
  if (offset >= text.size()) return 1;
  return yaml ? LinesOfYamlNode(text, offset) : LinesToClosingBracket(text, offset);
}

std::string PlaceText(const model::SourceFiles& files, const model::Place& place) {
  if (!place.known() || place.file >= files.files.size()) return {};
  const std::string path = Printable(files.files[place.file].path);
  if (place.column == 0) return fmt::format("{}:{}", path, place.line);
  return fmt::format("{}:{}:{}", path, place.line, place.column);
}

std::string Snippet(const model::SourceFiles& files, const model::Place& place, const Style& style,
                    bool with_source) {
  const std::string name = PlaceText(files, place);
  if (name.empty()) return {};
  const model::SourceFiles::File& file = files.files[place.file];
  const std::optional<std::size_t> start = LineStart(file.text, place.line);
  if (!with_source || file.text.empty() || !start.has_value() || *start >= file.text.size()) {
    return Gutter(0, style).Arrow(name);
  }
  const std::string_view line = LineAt(file.text, *start);
  std::size_t marked = place.column == 0 ? 0 : place.column - 1;
  if (place.column == 0) marked = std::min(line.find_first_not_of(" \t"), line.size());
  marked = std::min(marked, line.size());
  const std::size_t count = ExtentInLines(file.text, *start + marked, IsYaml(file.path, file.text));
  const Gutter gutter(place.line + count - 1, style);
  std::string out = gutter.Arrow(name);
  out += count == 1 ? OneLine(gutter, style, place.line, Show(line, marked))
                    : ManyLines(gutter, style, file.text, *start, place.line, marked, count);
  return out;
}

}  // namespace preview::report
