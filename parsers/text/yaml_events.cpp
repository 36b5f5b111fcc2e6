#include "parsers/text/yaml_events.h"

#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <istream>
#include <map>
#include <streambuf>
#include <utility>

#include "parsers/text/encoding.h"

namespace preview::text {

namespace {

// Leaves the library's parser from inside a callback.
struct Stop {
  model::Error error;
};

// Reads a text in place, and behind it a document end marker. Without one the library takes a
// quoted scalar whose closing quote is missing for complete when the text ends with a line break.
class ViewBuffer : public std::streambuf {
 public:
  explicit ViewBuffer(std::string_view text) {
    auto last = text.find_last_not_of(" \t");
    marked_ = last != std::string_view::npos && text[last] == '\n';
    Show(marked_ ? text.substr(0, last + 1) : text);
  }

 protected:
  int_type underflow() override {
    // A last line without line break has no marker: the break before it would become part of a
    // block scalar.
    if (gptr() == egptr() && std::exchange(marked_, false)) Show("...\n");
    return gptr() == egptr() ? traits_type::eof() : traits_type::to_int_type(*gptr());
  }

 private:
  void Show(std::string_view text) {
    // The interface asks for char*; a buffer that is only read never writes to it.
    char* begin = const_cast<char*>(text.data());  // NOLINT(cppcoreguidelines-pro-type-const-cast)
    setg(begin, begin, begin + text.size());
  }

  bool marked_ = false;  // the marker is still to come
};

model::Place PlaceOf(const YAML::Mark& mark, std::uint32_t file) {
  if (mark.is_null()) return {file, 0, 0};
  return {file, static_cast<std::uint32_t>(mark.line) + 1,
          static_cast<std::uint32_t>(mark.column) + 1};
}

std::string TooDeep(std::size_t depth) {
  return "nested deeper than " + std::to_string(depth) + " levels";
}

class Recorder : public YAML::EventHandler {
 public:
  Recorder(const Limits& limits, std::uint32_t file) : limits_(limits), file_(file) {}

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ > 1) {
      throw Stop{
          {"more than one YAML document", "put each document into a file of its own", Place(mark)}};
    }
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    Add(YamlEventKind::kNull, mark, anchor);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    YamlEvent& event = Add(YamlEventKind::kAlias, mark, 0);
    auto target = anchors_.find(anchor);
    if (target == anchors_.end()) throw Stop{{"alias of an unknown anchor", "", event.place}};
    event.target = target->second;
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    YamlEvent& event = Add(YamlEventKind::kScalar, mark, anchor);
    event.text = value;
    // The library gives `?` to a plain scalar and `!` to a quoted one.
    event.plain = tag == "?" || tag.empty();
    if (!event.plain && tag != "!") event.tag = tag;
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    Begin(YamlEventKind::kListBegin, mark, tag, anchor);
  }
  void OnSequenceEnd() override { End(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    Begin(YamlEventKind::kObjectBegin, mark, tag, anchor);
  }
  void OnMapEnd() override { End(); }

  [[nodiscard]] std::size_t depth() const { return open_.size(); }
  [[nodiscard]] model::Place LastPlace() const {
    return events_.empty() ? model::Place{file_, 0, 0} : events_.back().place;
  }
  std::vector<YamlEvent> TakeEvents() { return std::move(events_); }

 private:
  [[nodiscard]] model::Place Place(const YAML::Mark& mark) const { return PlaceOf(mark, file_); }

  YamlEvent& Add(YamlEventKind kind, const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (anchor != 0) anchors_[anchor] = events_.size();
    YamlEvent& event = events_.emplace_back();
    event.kind = kind;
    event.place = Place(mark);
    event.end = events_.size();
    if (events_.size() > limits_.nodes) {
      throw Stop{{"more than " + std::to_string(limits_.nodes) + " values", "", event.place}};
    }
    return event;
  }
  void Begin(YamlEventKind kind, const YAML::Mark& mark, const std::string& tag,
             YAML::anchor_t anchor) {
    YamlEvent& event = Add(kind, mark, anchor);
    if (tag != "?" && tag != "!") event.tag = tag;
    open_.push_back(events_.size() - 1);
    if (open_.size() > limits_.depth) throw Stop{{TooDeep(limits_.depth), "", event.place}};
  }
  void End() {
    YamlEvent& event = events_.emplace_back();
    event.kind = YamlEventKind::kEnd;
    event.end = events_.size();
    events_[open_.back()].end = events_.size();
    open_.pop_back();
  }

  const Limits& limits_;
  std::uint32_t file_;
  std::size_t documents_ = 0;
  std::vector<YamlEvent> events_;
  std::vector<std::size_t> open_;
  std::map<YAML::anchor_t, std::size_t> anchors_;
};

// The place of the first tab in the indentation of line `line` (1-based); unknown when there is
// none.
model::Place FindTab(std::string_view text, std::uint32_t line, std::uint32_t file) {
  std::size_t begin = 0;
  for (std::uint32_t i = 1; i < line && begin < text.size(); ++i) {
    begin = std::min(text.find('\n', begin), text.size() - 1) + 1;
  }
  std::size_t end = std::min(text.find_first_not_of(' ', begin), text.size());
  if (line == 0 || end == text.size() || text[end] != '\t') return {file, 0, 0};
  return {file, line, static_cast<std::uint32_t>(end - begin) + 1};
}

model::Error Explain(const YAML::Exception& error, std::string_view text, std::uint32_t file) {
  model::Place place = PlaceOf(error.mark, file);
  model::Place end = PlaceOfOffset(text, text.size(), file);
  if (place.line > end.line || (place.line == end.line && place.column > end.column)) place = end;
  model::Place tab = FindTab(text, place.line, file);
  if (tab.known()) return {"not valid YAML: a tab in the indentation", "indent with spaces", tab};
  if (error.msg == YAML::ErrorMsg::DOC_IN_SCALAR || error.msg == YAML::ErrorMsg::EOF_IN_SCALAR) {
    return {"not valid YAML: a closing quote is missing", "", place};
  }
  return {"not valid YAML: " + error.msg, "", place};
}

}  // namespace

model::Result<std::vector<YamlEvent>> ReadYamlEvents(std::string_view text, const Limits& limits,
                                                     std::uint32_t file) {
  Recorder recorder(limits, file);
  try {
    ViewBuffer buffer(text);
    std::istream stream(&buffer);
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(recorder)) {
    }
  } catch (const Stop& stop) {
    return stop.error;
  } catch (const YAML::DeepRecursion&) {
    // The limit of the library is just under 500.
    return model::Error{TooDeep(recorder.depth()), "", recorder.LastPlace()};
  } catch (const YAML::Exception& error) {
    return Explain(error, text, file);
  }
  return recorder.TakeEvents();
}

}  // namespace preview::text
