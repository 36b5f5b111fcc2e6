// Events of a YAML document to a tree of values, on a stack of our own.

#include "parsers/text/yaml.h"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "parsers/text/encoding.h"
#include "parsers/text/json.h"
#include "parsers/text/members.h"
#include "parsers/text/yaml_events.h"

namespace preview::text {

namespace {

using model::Place;
using model::Value;

// Text that expanding aliases may add: a template of the largest size allowed (1 MB) many times
// over.
constexpr std::size_t kAliasBytes = std::size_t{64} << 20;
constexpr std::string_view kYamlTag = "tag:yaml.org,2002:";

bool IsOneOf(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

// https://yaml.org/type/bool.html without `y` and `n`, which the AWS CLI's reader leaves as text,
// too.
std::optional<bool> AsBool(std::string_view text) {
  if (IsOneOf(text, {"true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON"})) return true;
  if (IsOneOf(text, {"false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF"}))
    return false;
  return std::nullopt;
}

std::size_t SkipDigits(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of("0123456789", at), text.size());
}

// What is a number both in YAML 1.1 (https://yaml.org/type/int.html, float.html) and, letter by
// letter, in JSON, and surely in the range of a double.
bool IsNumber(std::string_view text) {
  constexpr std::size_t kMostLetters = 200;
  constexpr std::size_t kMostExponentDigits = 2;
  std::size_t at = text.starts_with('-') ? 1 : 0;
  std::size_t digits = SkipDigits(text, at);
  if (digits == at || (text[at] == '0' && digits > at + 1) || text.size() > kMostLetters)
    return false;
  if (digits == text.size()) return true;
  if (text[digits] != '.') return false;
  std::size_t fraction = SkipDigits(text, digits + 1);
  if (fraction == digits + 1) return false;
  std::string_view exponent = text.substr(fraction);
  if (exponent.empty()) return true;
  if (exponent.size() < 3 || exponent.size() > 2 + kMostExponentDigits) return false;
  bool has_sign = exponent[1] == '+' || exponent[1] == '-';
  return (exponent[0] == 'e' || exponent[0] == 'E') && has_sign &&
         SkipDigits(exponent, 2) == exponent.size();
}

bool IsOctal(std::string_view text) {
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  return text.size() >= 2 && text[0] == '0' &&
         text.find_first_not_of("01234567_") == std::string_view::npos;
}

// `Fn::Sub` of `!Sub`.
std::string FunctionName(std::string_view tag) {
  std::string_view name = tag.substr(1);
  return name == "Ref" || name == "Condition" ? std::string(name) : "Fn::" + std::string(name);
}

// The tags of https://yaml.org/type/ that JSON has values for.
bool IsStandardTag(std::string_view tag) {
  if (!tag.starts_with(kYamlTag)) return false;
  return IsOneOf(tag.substr(kYamlTag.size()),
                 {"str", "int", "float", "bool", "null", "map", "seq"});
}

// Levels of nesting that a list or object with this tag takes.
std::size_t Levels(std::string_view tag) { return tag.starts_with('!') ? 2U : 1U; }

class YamlBuilder {
 public:
  YamlBuilder(const std::vector<YamlEvent>& events, const YamlOptions& options,
              model::Diagnostics* problems)
      : events_(events), options_(options), problems_(problems) {}

  model::Result<Value> Build();

 private:
  // A list or object that is being built.
  struct Frame {
    Value value;
    std::string tag;
    bool has_key = false;
    bool merges = false;  // the key is `<<`
    std::string key;
    Place key_place;
    std::vector<Value> merged;  // values of `<<`
    MemberIndex index;
  };
  // Events to read; behind the first range, those of the alias that is being expanded.
  struct Range {
    std::size_t at;
    std::size_t end;
  };

  bool Step(std::size_t i);
  bool Alias(const YamlEvent& event, std::size_t i);
  bool Key(const YamlEvent& event);
  bool Open(const YamlEvent& event);
  void Close();
  void Deliver(Value value, const std::string& tag);
  void AddMember(Frame& frame, std::string key, Place key_place, Value value);
  void Merge(Frame& frame);
  void MergeFrom(Frame& frame, Value& source);
  Value Scalar(const YamlEvent& event);
  Value Plain(const YamlEvent& event, std::string text);
  Value Call(const std::string& tag, Value content);
  bool Fail(std::string message, std::string help, Place place);
  void Report(std::string message, std::string help, Place place);

  const std::vector<YamlEvent>& events_;
  const YamlOptions& options_;
  model::Diagnostics* problems_;
  std::vector<Range> ranges_;
  std::vector<Frame> open_;
  std::size_t depth_ = 0;  // open frames and the objects that stand for their tags
  std::size_t alias_nodes_ = 0;
  std::size_t alias_bytes_ = 0;
  Value root_;
  std::optional<model::Error> error_;
};

bool YamlBuilder::Fail(std::string message, std::string help, Place place) {
  error_ = model::Error{std::move(message), std::move(help), place};
  return false;
}

void YamlBuilder::Report(std::string message, std::string help, Place place) {
  if (problems_ != nullptr) problems_->push_back({std::move(message), std::move(help), place});
}

model::Result<Value> YamlBuilder::Build() {
  ranges_.push_back({0, events_.size()});
  while (!ranges_.empty()) {
    Range& range = ranges_.back();
    if (range.at == range.end) {
      ranges_.pop_back();
    } else if (!Step(range.at++)) {
      break;
    }
  }
  if (error_) return std::move(*error_);
  return std::move(root_);
}

// Reads event `i`; false after an error.
bool YamlBuilder::Step(std::size_t i) {
  const YamlEvent& event = events_[i];
  if (ranges_.size() > 1) {
    ++alias_nodes_;
    alias_bytes_ += event.text.size();
    if (alias_nodes_ > options_.limits.aliases || alias_bytes_ > kAliasBytes) {
      return Fail("aliases expand to more than " + std::to_string(options_.limits.aliases) +
                      " values or " + std::to_string(kAliasBytes >> 20) + " MB",
                  "", event.place);
    }
  }
  if (event.kind == YamlEventKind::kAlias) return Alias(event, i);
  if (event.kind == YamlEventKind::kEnd) {
    Close();
    return true;
  }
  if (!open_.empty() && open_.back().value.is_object() && !open_.back().has_key) return Key(event);
  if (event.kind == YamlEventKind::kListBegin || event.kind == YamlEventKind::kObjectBegin)
    return Open(event);
  Deliver(Scalar(event), event.tag);
  return true;
}

bool YamlBuilder::Alias(const YamlEvent& event, std::size_t i) {
  const YamlEvent& target = events_[event.target];
  if (i < target.end) return Fail("an alias within its own anchor", "", event.place);
  ranges_.push_back({event.target, target.end});
  return true;
}

bool YamlBuilder::Key(const YamlEvent& event) {
  bool is_text = event.kind == YamlEventKind::kScalar || event.kind == YamlEventKind::kNull;
  if (!is_text || event.tag.starts_with('!')) return Fail("a key that is no text", "", event.place);
  Frame& frame = open_.back();
  frame.has_key = true;
  frame.merges = event.plain && event.text == "<<";
  frame.key = event.kind == YamlEventKind::kNull ? "null" : WithoutForgedSymbols(event.text);
  frame.key_place = event.place;
  return true;
}

bool YamlBuilder::Open(const YamlEvent& event) {
  depth_ += Levels(event.tag);
  if (depth_ > options_.limits.depth) {
    return Fail("nested deeper than " + std::to_string(options_.limits.depth) + " levels", "",
                event.place);
  }
  Frame& frame = open_.emplace_back();
  frame.value = event.kind == YamlEventKind::kListBegin ? Value::List() : Value::Object();
  frame.value.place = event.place;
  frame.tag = event.tag;
  return true;
}

void YamlBuilder::Close() {
  Frame frame = std::move(open_.back());
  open_.pop_back();
  depth_ -= Levels(frame.tag);
  Merge(frame);
  Deliver(std::move(frame.value), frame.tag);
}

void YamlBuilder::Deliver(Value value, const std::string& tag) {
  if (tag.starts_with('!')) {
    value = Call(tag, std::move(value));
  } else if (!tag.empty() && !IsStandardTag(tag)) {
    Report("the tag `" + WithoutForgedSymbols(tag) + "` is not known", "", value.place);
  }
  if (open_.empty()) {
    root_ = std::move(value);
    return;
  }
  Frame& frame = open_.back();
  if (frame.value.is_list()) {
    frame.value.items.push_back(std::move(value));
    return;
  }
  frame.has_key = false;
  if (!value.place.known()) value.place = frame.key_place;
  if (frame.merges) {
    frame.merged.push_back(std::move(value));
  } else {
    AddMember(frame, std::move(frame.key), frame.key_place, std::move(value));
  }
}

void YamlBuilder::AddMember(Frame& frame, std::string key, Place key_place, Value value) {
  Value& object = frame.value;
  std::size_t i = frame.index.Find(object, key);
  if (i < object.keys.size()) {
    Report("repeated key `" + key + "`", "the last one counts; CloudFormation refuses the template",
           key_place);
    object.items[i] = std::move(value);
    object.key_places[i] = key_place;
    return;
  }
  object.keys.push_back(std::move(key));
  object.items.push_back(std::move(value));
  object.key_places.push_back(key_place);
}

// https://yaml.org/type/merge.html: keys of the object itself win, then those of the sources in
// their order.
void YamlBuilder::Merge(Frame& frame) {
  for (Value& source : frame.merged) {
    if (!source.is_list()) {
      MergeFrom(frame, source);
      continue;
    }
    for (Value& item : source.items) MergeFrom(frame, item);
  }
}

void YamlBuilder::MergeFrom(Frame& frame, Value& source) {
  if (!source.is_object()) {
    Report("`<<` takes an object or a list of objects", "", source.place);
    return;
  }
  for (std::size_t i = 0; i < source.keys.size(); ++i) {
    if (frame.index.Find(frame.value, source.keys[i]) < frame.value.keys.size()) continue;
    frame.value.keys.push_back(std::move(source.keys[i]));
    frame.value.items.push_back(std::move(source.items[i]));
    frame.value.key_places.push_back(source.key_places[i]);
  }
}

// The value of a scalar or null event, without the object that stands for its tag.
Value YamlBuilder::Scalar(const YamlEvent& event) {
  if (event.kind == YamlEventKind::kNull) return Value::Null();
  std::string text = WithoutForgedSymbols(event.text);
  bool resolves =
      event.plain || IsOneOf(event.tag, {"tag:yaml.org,2002:int", "tag:yaml.org,2002:float",
                                         "tag:yaml.org,2002:bool", "tag:yaml.org,2002:null"});
  Value value = resolves ? Plain(event, std::move(text)) : Value::String(std::move(text));
  value.place = event.place;
  return value;
}

Value YamlBuilder::Plain(const YamlEvent& event, std::string text) {
  if (event.tag == "tag:yaml.org,2002:null") return Value::Null();
  if (auto boolean = AsBool(text)) return Value::Bool(*boolean);
  if (IsNumber(text)) return Value::Number(std::move(text));
  if (IsOctal(text)) {
    Report("`" + text + "` is an octal number in YAML, and CloudFormation takes it for one",
           "put it into quotes; it is read here as if it were", event.place);
  }
  return Value::String(std::move(text));
}

// The object that stands for a node with the tag `!Name`.
Value YamlBuilder::Call(const std::string& tag, Value content) {
  Place place = content.place;
  if (tag == "!GetAtt" && content.is_string()) {
    auto dot = content.text.find('.');
    Value parts = Value::List({Value::String(content.text.substr(0, dot))});
    if (dot != std::string::npos)
      parts.items.push_back(Value::String(content.text.substr(dot + 1)));
    for (Value& part : parts.items) part.place = place;
    content = std::move(parts);
    content.place = place;
  }
  Value call = Value::Object();
  call.place = place;
  call.key_places.push_back(place);
  call.keys.push_back(WithoutForgedSymbols(FunctionName(tag)));
  call.items.push_back(std::move(content));
  return call;
}

// The first control character that YAML does not allow (https://yaml.org/spec/1.1/#c-printable).
// The library takes one of them, U+0004, for the end of the file.
std::optional<model::Error> FindControlCharacter(std::string_view text, std::uint32_t file) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto byte = static_cast<unsigned char>(text[i]);
    if ((byte >= 0x20 && byte != 0x7F) || byte == '\n' || byte == '\r' || byte == '\t') continue;
    static constexpr char kHex[] = "0123456789ABCDEF";
    return model::Error{
        std::string("not valid YAML: control character U+00") + kHex[byte >> 4] + kHex[byte & 0xF],
        "", PlaceOfOffset(text, i, file)};
  }
  return std::nullopt;
}

std::optional<model::Error> FindUnreadable(std::string_view text, const YamlOptions& options) {
  if (text.size() > options.limits.bytes) {
    return model::Error{
        "larger than " + std::to_string(options.limits.bytes) + " bytes", "", {options.file, 0, 0}};
  }
  if (auto foreign = FindForeignEncoding(text, options.file)) return foreign;
  std::string_view body = WithoutByteOrderMark(text);
  if (auto offset = FindInvalidUtf8(body)) {
    return model::Error{"invalid UTF-8", "", PlaceOfOffset(body, *offset, options.file)};
  }
  return FindControlCharacter(body, options.file);
}

bool HoldsOnlyComments(std::string_view text) {
  while (true) {
    auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return true;
    if (text[first] != '#') return false;
    auto end = text.find('\n', first);
    if (end == std::string_view::npos) return true;
    text.remove_prefix(end);
  }
}

// The value when `text` is JSON. JSON is nearly YAML, but YAML readers differ about escapes and
// tabs.
std::optional<Value> TryJson(std::string_view text, const YamlOptions& options,
                             model::Diagnostics* problems) {
  auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos || (text[first] != '{' && text[first] != '['))
    return std::nullopt;
  model::Diagnostics found;
  auto result = ParseJson(text, {options.limits, options.file, true}, &found);
  if (!result.ok()) return std::nullopt;
  if (problems != nullptr) problems->insert(problems->end(), found.begin(), found.end());
  return std::move(result).value();
}

}  // namespace

model::Result<Value> ParseYaml(std::string_view text, const YamlOptions& options,
                               model::Diagnostics* problems) {
  if (auto error = FindUnreadable(text, options)) return std::move(*error);
  text = WithoutByteOrderMark(text);
  if (auto json = TryJson(text, options, problems)) return std::move(*json);
  if (HoldsOnlyComments(text))
    return model::Error{"the file holds no YAML document", "", {options.file, 1, 1}};
  auto events = ReadYamlEvents(text, options.limits, options.file);
  if (!events.ok()) return events.error();
  if (events.value().empty())
    return model::Error{"the file holds no YAML document", "", {options.file, 1, 1}};
  return YamlBuilder(events.value(), options, problems).Build();
}

}  // namespace preview::text
