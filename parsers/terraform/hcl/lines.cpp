#include "parsers/terraform/hcl/lines.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "parsers/terraform/hcl/values.h"
#include "parsers/text/json.h"

namespace preview::hcl {

namespace {

using model::Place;
using model::Value;

constexpr std::string_view kOpenMark = "\x02open";

text::JsonOptions Options(bool track_places) {
  text::JsonOptions options;
  options.track_places = track_places;
  return options;
}

// JSON text whose symbols outside of texts are texts that end in kOpenMark; `found` says whether
// there were any.
std::string QuoteOpenSymbols(std::string_view text, bool& found) {
  std::string out;
  bool in_text = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (in_text && c == '\\' && i + 1 < text.size()) {
      out += c;
      out += text[++i];
      continue;
    }
    if (c == '"') in_text = !in_text;
    bool symbol = !in_text && model::AsSingleSymbol(text.substr(i, 4)).has_value();
    if (!symbol) {
      out += c;
      continue;
    }
    found = true;
    out += '"';
    out += text.substr(i, 4);
    out += "\\u0002open\"";
    i += 3;
  }
  return out;
}

// The one file position that a line of the text and a column in it come from.
Place PlaceIn(const Value& text, const Place& at, const model::SourceFiles& sources) {
  if (at.line == 0 || at.line > text.key_places.size()) return {};
  Place place = text.key_places[at.line - 1];
  if (!place.known() || place.file >= sources.files.size()) return place;
  // The column holds where the source shows the statement's brace there; else the line's beginning
  // is named.
  const std::string& file = sources.files[place.file].text;
  std::size_t begin = 0;
  for (std::uint32_t line = 1; line < place.line; ++line) {
    begin = file.find('\n', begin);
    if (begin == std::string::npos) return place;
    ++begin;
  }
  std::size_t column = place.column + at.column - 1;
  if (begin + column - 1 < file.size() && file[begin + column - 1] == '{') {
    place.column = static_cast<std::uint32_t>(column);
  }
  return place;
}

}  // namespace

void AppendPiece(Value& text, const Value& piece) {
  constexpr std::size_t kMaxTracked = 100'000;
  bool at_line_start = text.text.empty() || text.text.ends_with('\n');
  text.text += piece.text;
  if (text.key_places.size() > kMaxTracked) return;
  if (text.key_places.empty()) text.key_places.emplace_back();
  if (at_line_start && !piece.text.empty()) {
    text.key_places.back() = piece.key_places.empty() ? piece.place : piece.key_places[0];
  }
  std::size_t line = 0;
  for (std::size_t i = piece.text.find('\n'); i != std::string::npos;
       i = piece.text.find('\n', i + 1)) {
    ++line;
    bool last = i + 1 == piece.text.size();
    if (line < piece.key_places.size())
      text.key_places.push_back(piece.key_places[line]);
    else
      text.key_places.push_back(last || !piece.key_places.empty() ? Place{} : piece.place);
  }
}

std::vector<Place> LinesOfFile(const Value& content) {
  std::vector<Place> places{content.place};
  for (char c : content.text) {
    if (c != '\n') continue;
    Place next = content.place;
    next.line += static_cast<std::uint32_t>(places.size());
    next.column = 1;
    places.push_back(next);
  }
  return places;
}

std::vector<Place> StatementPlacesInText(const Value& text, const model::SourceFiles& sources) {
  std::vector<Place> places;
  if (text.key_places.empty()) return places;
  bool open = false;
  auto json = text::ParseJsonWithSymbols(QuoteOpenSymbols(text.text, open), Options(true));
  if (!json.ok()) return places;
  const Value* statements = json.value().Find("Statement");
  if (statements == nullptr) return places;
  if (statements->is_object()) {
    places.push_back(PlaceIn(text, statements->place, sources));
    return places;
  }
  for (const Value& statement : statements->items) {
    places.push_back(PlaceIn(text, statement.place, sources));
  }
  return places;
}

std::optional<Value> ReadOpenJson(const Value& text, const model::SymbolTable& symbols) {
  if (!text.is_string() || !model::HasSymbol(text.text)) return std::nullopt;
  auto first = text.text.find_first_not_of(" \t\r\n");
  if (first == std::string::npos || text.text[first] != '{') return std::nullopt;
  bool open = false;
  std::string quoted = QuoteOpenSymbols(text.text, open);
  auto json = text::ParseJsonWithSymbols(quoted, Options(false));
  if (!open && json.ok()) return std::nullopt;
  if (!json.ok()) {
    Value unknown = UnknownBecause("known after apply: a part of `" +
                                   model::Display(text.text.substr(0, 60), symbols) + "…`");
    unknown.place = text.place;
    unknown.sensitive = text.sensitive;
    return unknown;
  }
  Value value = std::move(json.value());
  std::vector<Value*> parts{&value};
  while (!parts.empty()) {
    Value* part = parts.back();
    parts.pop_back();
    bool marked = part->is_string() && part->text.ends_with(kOpenMark) &&
                  part->text.size() == 4 + kOpenMark.size();
    if (marked) {
      std::string name = model::Display(std::string_view(part->text).substr(0, 4), symbols);
      *part = Undefined(name.substr(3, name.size() - 6));  // without its brackets ⟨ ⟩
    }
    for (Value& item : part->items) parts.push_back(&item);
  }
  value.place = text.place;
  value.sensitive = text.sensitive;
  return value;
}

}  // namespace preview::hcl
