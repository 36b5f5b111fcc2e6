// Events of nlohmann's SAX parser to a tree of values, on a stack of our own.
//
// The parser checks the syntax and decodes strings, but gives no positions. A cursor of ours
// therefore follows it over the text: at each event it skips white space and separators, is then at
// the token of the event, and steps over it. Numbers are taken from there as they are written.

#include "parsers/text/json.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/check.h"
#include "parsers/text/encoding.h"
#include "parsers/text/members.h"

namespace preview::text {

namespace {

using model::Place;
using model::Value;

// Room for this many members is made with the first one, as objects rarely have fewer.
constexpr std::size_t kFirstMembers = 4;
// Repeated keys shown at most; a file with more is broken as a whole.
constexpr std::size_t kMostProblems = 1000;

// Walks over the tokens of a text that is known to be valid JSON as far as it walks.
class Cursor {
 public:
  Cursor(std::string_view text, std::uint32_t file) : text_(text), file_(file) {}

  // Goes to the next token that is no separator.
  void Seek() {
    for (; at_ < text_.size(); ++at_) {
      char c = text_[at_];
      if (c == '\n') {
        ++line_;
        line_start_ = at_ + 1;
      } else if (c != ' ' && c != ',' && c != ':' && c != '\t' && c != '\r') {
        return;
      }
    }
  }
  [[nodiscard]] Place place() const {
    return {file_, line_, static_cast<std::uint32_t>(at_ - line_start_) + 1};
  }
  void Skip(std::size_t bytes) { at_ += bytes; }
  // Steps over a string whose decoded form has `size` bytes. Without escapes the written form has
  // as many; with escapes it has more, and every quote before the last follows a backslash.
  void SkipString(std::size_t size) {
    std::size_t end = at_ + 1 + size;
    if (end >= text_.size() || text_[end] != '"' || text_[end - 1] == '\\')
      end = FindClosingQuote();
    at_ = end + 1;
  }
  std::string_view TakeNumber() {
    std::size_t end = std::min(text_.find_first_not_of("0123456789+-.eE", at_), text_.size());
    std::string_view number = text_.substr(at_, end - at_);
    at_ = end;
    return number;
  }

 private:
  [[nodiscard]] std::size_t FindClosingQuote() const {
    for (std::size_t i = at_ + 1; i < text_.size(); ++i) {
      if (text_[i] == '"') return i;
      if (text_[i] == '\\') ++i;
    }
    return text_.size() - 1;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_start_ = 0;
  std::uint32_t line_ = 1;
  std::uint32_t file_;
};

// The words of nlohmann's message that say what is wrong: without its prefix and without the user's
// text.
std::string Reason(std::string_view what) {
  static constexpr std::string_view kColumn = ", column ";
  auto column = what.find(kColumn);
  if (column != std::string_view::npos) {
    auto colon = what.find(": ", column);
    if (colon != std::string_view::npos) what.remove_prefix(colon + 2);
  }
  std::string reason(what.substr(0, what.find("; last read: '")));
  auto expected = what.rfind("; expected ");
  if (expected != std::string_view::npos && expected >= reason.size()) {
    reason += what.substr(expected);
  }
  return reason;
}

// The handler that nlohmann's parser calls; the lower-case names are the library's.
class JsonBuilder {
 public:
  JsonBuilder(std::string_view text, const JsonOptions& options, bool keep_symbols,
              JsonFilter* filter, model::Diagnostics* problems)
      : text_(text),
        options_(options),
        keep_symbols_(keep_symbols),
        filter_(filter),
        problems_(problems),
        cursor_(text, options.file) {}

  bool null() { return Literal(4, Value::Null()); }
  bool boolean(bool value) { return Literal(value ? 4 : 5, Value::Bool(value)); }
  bool number_integer(std::int64_t) { return Number(); }
  bool number_unsigned(std::uint64_t) { return Number(); }
  bool number_float(double, const std::string&) { return Number(); }
  bool string(std::string& text) {
    Place place = Seek();
    cursor_.SkipString(text.size());
    return Scalar([&] { return Value::String(Clean(text)); }, place);
  }
  bool binary(nlohmann::json::binary_t&) { return false; }  // in binary formats only
  bool key(std::string& text) {
    Place place = Seek();
    cursor_.SkipString(text.size());
    if (dropped_ > 0) return true;
    open_.back().key = Clean(text);
    open_.back().key_place = place;
    return true;
  }
  bool start_object(std::size_t) { return Open(model::ValueKind::kObject); }
  bool start_array(std::size_t) { return Open(model::ValueKind::kList); }
  bool end_object() { return Close(); }
  bool end_array() { return Close(); }
  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::json::exception& error);

  // The root, once the parser is through without an error.
  model::Result<Value> Finish() {
    if (error_) return std::move(*error_);
    return std::move(root_);
  }

 private:
  // A list or object that is being built.
  struct Frame {
    Value value;
    JsonChoice choice = JsonChoice::kKeep;
    std::size_t path_length = 0;  // of the path that leads to it
    std::size_t count = 0;        // elements asked about so far
    std::string key;              // of the member that comes next
    Place key_place;
    MemberIndex index;
  };

  static bool Asks(JsonChoice choice) {
    return choice == JsonChoice::kAsk || choice == JsonChoice::kAskThenTake;
  }
  static bool Takes(JsonChoice choice) {
    return choice == JsonChoice::kTake || choice == JsonChoice::kAskThenTake;
  }

  Place Seek() {
    cursor_.Seek();
    return cursor_.place();
  }
  [[nodiscard]] std::string Clean(const std::string& text) const {
    return keep_symbols_ ? text : WithoutForgedSymbols(text);
  }
  bool Fail(std::string message, std::string help, Place place) {
    error_ = model::Error{std::move(message), std::move(help), place};
    return false;
  }
  bool Literal(std::size_t length, Value value) {
    Place place = Seek();
    cursor_.Skip(length);
    return Scalar([&] { return std::move(value); }, place);
  }
  bool Number() {
    Place place = Seek();
    std::string_view number = cursor_.TakeNumber();
    return Scalar([&] { return Value::Number(std::string(number)); }, place);
  }
  template <typename Make>
  bool Scalar(Make make, Place place) {
    if (dropped_ > 0) return true;
    JsonChoice choice = Choose();
    if (choice == JsonChoice::kDrop) return true;
    if (!CountNode(place)) return false;
    Value value = make();
    if (options_.track_places) value.place = place;
    Deliver(std::move(value), choice);
    return true;
  }
  bool CountNode(Place place) {
    if (++nodes_ <= options_.limits.nodes) return true;
    return Fail("more than " + std::to_string(options_.limits.nodes) + " values", "", place);
  }

  JsonChoice Choose();
  bool Open(model::ValueKind kind);
  bool Close();
  void Deliver(Value value, JsonChoice choice);
  void AddMember(Frame& frame, Value value);
  void Reserve(Value& object) const;

  std::string_view text_;
  const JsonOptions& options_;
  bool keep_symbols_;
  JsonFilter* filter_;
  model::Diagnostics* problems_;
  Cursor cursor_;
  std::vector<Frame> open_;
  std::vector<JsonStep> path_;  // to the value asked about last
  std::size_t dropped_ = 0;     // open containers inside what is dropped
  std::size_t nodes_ = 0;
  Value root_;
  std::optional<model::Error> error_;
};

// What to do with the value that begins now.
JsonChoice JsonBuilder::Choose() {
  if (open_.empty()) return filter_ != nullptr ? JsonChoice::kAsk : JsonChoice::kKeep;
  Frame& parent = open_.back();
  if (!Asks(parent.choice)) return JsonChoice::kKeep;
  path_.resize(parent.path_length);
  bool is_object = parent.value.is_object();
  path_.push_back({is_object ? parent.key : std::string(), is_object ? 0 : parent.count});
  ++parent.count;
  return filter_->Choose(path_, parent.value);
}

bool JsonBuilder::Open(model::ValueKind kind) {
  Place place = Seek();
  cursor_.Skip(1);
  if (open_.size() + dropped_ >= options_.limits.depth) {
    return Fail("nested deeper than " + std::to_string(options_.limits.depth) + " levels", "",
                place);
  }
  JsonChoice choice = dropped_ > 0 ? JsonChoice::kDrop : Choose();
  if (choice == JsonChoice::kDrop) {
    ++dropped_;
    return true;
  }
  if (!CountNode(place)) return false;
  Frame& frame = open_.emplace_back();
  frame.value.kind = kind;
  if (options_.track_places) frame.value.place = place;
  frame.choice = choice;
  frame.path_length = path_.size();
  return true;
}

bool JsonBuilder::Close() {
  Seek();
  cursor_.Skip(1);
  if (dropped_ > 0) {
    --dropped_;
    return true;
  }
  Frame frame = std::move(open_.back());
  open_.pop_back();
  path_.resize(frame.path_length);
  Deliver(std::move(frame.value), frame.choice);
  return true;
}

void JsonBuilder::Deliver(Value value, JsonChoice choice) {
  if (Takes(choice)) {
    filter_->Take(path_, std::move(value));
  } else if (open_.empty()) {
    root_ = std::move(value);
  } else if (open_.back().value.is_object()) {
    AddMember(open_.back(), std::move(value));
  } else {
    open_.back().value.items.push_back(std::move(value));
  }
}

void JsonBuilder::Reserve(Value& object) const {
  object.keys.reserve(kFirstMembers);
  object.items.reserve(kFirstMembers);
  if (options_.track_places) object.key_places.reserve(kFirstMembers);
}

void JsonBuilder::AddMember(Frame& frame, Value value) {
  Value& object = frame.value;
  std::size_t i = frame.index.Find(object, frame.key);
  if (i < object.keys.size()) {
    if (problems_ != nullptr && problems_->size() < kMostProblems) {
      problems_->push_back(
          {"repeated key `" + frame.key + "`", "the last one counts", frame.key_place});
    }
    object.items[i] = std::move(value);
    if (options_.track_places) object.key_places[i] = frame.key_place;
    return;
  }
  if (object.keys.empty()) Reserve(object);
  object.keys.push_back(std::move(frame.key));
  object.items.push_back(std::move(value));
  if (options_.track_places) object.key_places.push_back(frame.key_place);
}

bool JsonBuilder::parse_error(std::size_t position, const std::string&,
                              const nlohmann::json::exception& error) {
  // The position counts the bytes read, the offending one included.
  std::size_t offset = std::min(position > 0 ? position - 1 : 0, text_.size());
  Place place = PlaceOfOffset(text_, offset, options_.file);
  if (error.id == 406) return Fail("a number beyond the range of a double", "", Seek());
  if (offset == text_.size()) {
    return Fail("not valid JSON: it ends too early", "the file looks cut off", place);
  }
  std::string reason = Reason(error.what());
  if (reason.find("ill-formed UTF-8") != std::string::npos) return Fail("invalid UTF-8", "", place);
  return Fail("not valid JSON: " + reason, "", place);
}

model::Result<Value> Parse(std::string_view text, const JsonOptions& options, bool keep_symbols,
                           JsonFilter* filter, model::Diagnostics* problems) {
  if (text.size() > options.limits.bytes) {
    return model::Error{
        "larger than " + std::to_string(options.limits.bytes) + " bytes", "", {options.file, 0, 0}};
  }
  if (auto foreign = FindForeignEncoding(text, options.file)) return std::move(*foreign);
  text = WithoutByteOrderMark(text);
  JsonBuilder builder(text, options, keep_symbols, filter, problems);
  bool accepted = nlohmann::json::sax_parse(text.begin(), text.end(), &builder);
  model::Result<Value> result = builder.Finish();
  PREVIEW_CHECK(accepted == result.ok());
  return result;
}

}  // namespace

model::Result<Value> ParseJson(std::string_view text, const JsonOptions& options,
                               model::Diagnostics* problems) {
  return Parse(text, options, false, nullptr, problems);
}

model::Result<Value> ParseJsonWithSymbols(std::string_view text, const JsonOptions& options,
                                          model::Diagnostics* problems) {
  return Parse(text, options, true, nullptr, problems);
}

model::Result<Value> ParseJsonFiltered(std::string_view text, const JsonOptions& options,
                                       JsonFilter& filter, model::Diagnostics* problems) {
  return Parse(text, options, false, &filter, problems);
}

}  // namespace preview::text
