#include "parsers/cloudformation/suppressions.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "parsers/suppression/attach.h"
#include "parsers/suppression/directive.h"
#include "parsers/text/encoding.h"
#include "parsers/text/yaml.h"
#include "parsers/text/yaml_comments.h"
#include "parsers/text/yaml_events.h"

namespace preview::cloudformation {
namespace {

using model::Suppression;
using suppression::Element;
using text::YamlEvent;
using text::YamlEventKind;

// The elements of a YAML text, by its events. Never recurses: what is open stands on a stack.
class ElementFinder {
 public:
  ElementFinder(std::size_t size, const std::vector<YamlEvent>& events,
                const std::vector<std::size_t>& offsets)
      : events_(events),
        offsets_(offsets),
        next_(events.size() + 1, size),
        last_(events.size() + 1, 0) {
    for (std::size_t i = events.size(); i-- > 0;)
      next_[i] = offsets[i] == text::kNowhere ? next_[i + 1] : offsets[i];
    for (std::size_t i = 0; i < events.size(); ++i)
      last_[i + 1] = offsets[i] == text::kNowhere ? last_[i] : offsets[i];
  }

  std::vector<Element> Run() {
    for (std::size_t i = 0; i < events_.size(); ++i) Visit(i);
    std::sort(elements_.begin(), elements_.end(), [](const Element& a, const Element& b) {
      return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
    });
    return std::move(elements_);
  }

 private:
  struct Open {
    std::size_t event = 0;
    std::size_t key = 0;  // event of the key whose value is next
    bool key_next = false;
    bool resources = false;  // the section `Resources`
    bool statement = false;
  };

  void Visit(std::size_t i) {
    const YamlEvent& event = events_[i];
    if (event.kind == YamlEventKind::kEnd) {
      if (!open_.empty()) open_.pop_back();
      return;
    }
    const bool in_object =
        !open_.empty() && events_[open_.back().event].kind == YamlEventKind::kObjectBegin;
    bool resources = false;
    if (in_object) {
      Open& around = open_.back();
      around.key_next = !around.key_next;
      if (!around.key_next) {  // this is a key
        around.key = i;
        if (event.text == "Effect" && !std::exchange(around.statement, true))
          Add(around.event, around.event);
      } else {
        resources = open_.size() == 1 && events_[around.key].text == "Resources";
        if (around.resources) Add(around.key, i);
      }
    }
    const bool object = event.kind == YamlEventKind::kObjectBegin;
    if (object || event.kind == YamlEventKind::kListBegin)
      open_.push_back({i, 0, object, resources && object, false});
  }
  // The element from event `begin` on, up to the end of the value at event `value`.
  void Add(std::size_t begin, std::size_t value) {
    if (offsets_[begin] == text::kNowhere) return;
    const std::size_t end = events_[value].end;
    elements_.push_back({offsets_[begin], next_[end], last_[end], suppression::kNone});
  }

  const std::vector<YamlEvent>& events_;
  const std::vector<std::size_t>& offsets_;
  std::vector<std::size_t> next_;  // where the first event from here on stands
  std::vector<std::size_t> last_;  // where the last event before here stands
  std::vector<Open> open_;
  std::vector<Element> elements_;
};

std::vector<Suppression> OfComments(std::string_view text, std::uint32_t file,
                                    const text::Limits& limits) {
  const auto events = text::ReadYamlEvents(text, limits, file);
  if (!events.ok()) return {};
  const std::vector<std::size_t> offsets = text::OffsetsOf(text, events.value());
  std::vector<suppression::TextComment> comments;
  for (const text::YamlComment& comment : text::CommentsOf(text, events.value(), offsets))
    comments.push_back({comment.begin, comment.end});
  if (comments.empty()) return {};
  return suppression::Suppressions(
      text, file, ElementFinder(text.size(), events.value(), offsets).Run(), comments);
}

std::pair<std::uint32_t, std::uint32_t> Order(const model::Place& place) {
  return {place.line, place.column};
}

// Where each resource ends: at the next key of `Resources` or of the template.
model::Place EndOf(const std::vector<model::Place>& keys, const model::Place& begin) {
  const auto next = std::upper_bound(
      keys.begin(), keys.end(), begin,
      [](const model::Place& a, const model::Place& b) { return Order(a) < Order(b); });
  if (next != keys.end()) return *next;
  return {begin.file, std::numeric_limits<std::uint32_t>::max(), 0};
}

const model::Value* IgnoreOf(const model::Value& resource) {
  const model::Value* value = &resource;
  for (const std::string_view name : {"Metadata", "preview", "ignore"}) {
    if (value == nullptr || !value->is_object()) return nullptr;
    value = value->Find(name);
  }
  return value;
}

std::vector<Suppression> OfMetadata(std::string_view text, std::uint32_t file,
                                    const text::Limits& limits) {
  std::vector<Suppression> suppressions;
  const auto root = text::ParseYaml(text, {limits, file});
  if (!root.ok() || !root.value().is_object()) return suppressions;
  const model::Value* resources = root.value().Find("Resources");
  if (resources == nullptr || resources->key_places.size() != resources->items.size())
    return suppressions;
  std::vector<model::Place> keys = resources->key_places;
  keys.insert(keys.end(), root.value().key_places.begin(), root.value().key_places.end());
  std::sort(keys.begin(), keys.end(),
            [](const model::Place& a, const model::Place& b) { return Order(a) < Order(b); });
  for (std::size_t i = 0; i < resources->items.size(); ++i) {
    const model::Value* ignore = IgnoreOf(resources->items[i]);
    if (ignore == nullptr) continue;
    const model::Place& begin = resources->key_places[i];
    const auto add = [&](const model::Value& entry) {
      Suppression suppression = suppression::ParseEntry(entry);
      suppression.begin = begin;
      suppression.end = EndOf(keys, begin);
      suppressions.push_back(std::move(suppression));
    };
    if (!ignore->is_list()) {
      add(*ignore);
    } else {
      std::for_each(ignore->items.begin(), ignore->items.end(), add);
    }
  }
  return suppressions;
}

}  // namespace

std::vector<Suppression> ReadSuppressions(std::string_view text, std::uint32_t file,
                                          const text::Limits& limits) {
  if (!suppression::MayHold(text)) return {};
  const std::string_view body = text::WithoutByteOrderMark(text);
  std::vector<Suppression> suppressions = OfComments(body, file, limits);
  std::vector<Suppression> more = OfMetadata(body, file, limits);
  std::move(more.begin(), more.end(), std::back_inserter(suppressions));
  return suppressions;
}

}  // namespace preview::cloudformation
