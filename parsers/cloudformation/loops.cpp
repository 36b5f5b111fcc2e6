// Fn::ForEach of AWS::LanguageExtensions, in any object.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html
//
// `Fn::ForEach::Loop: [Name, [A, B], {"Queue${Name}": {…}}]` becomes members QueueA and QueueB.
// `&{Name}` is the value without what is no letter or digit. With several names the collection is a
// list of lists, or (two names) an object:
// https://github.com/aws-cloudformation/cfn-lint/blob/main/test/fixtures/templates/good/functions/foreach_multi_identifier.yaml
#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "parsers/cloudformation/library.h"
#include "parsers/cloudformation/parts.h"

namespace preview::cloudformation {

using model::Value;

namespace {

constexpr std::string_view kLoop = "Fn::ForEach::";
constexpr std::size_t kMaxDepth = 500;

struct Binding {
  std::string name;
  std::string text;
};
using Bindings = std::vector<Binding>;

std::string LettersAndDigits(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) out += c;
  }
  return out;
}

std::string Substitute(const std::string& text, const Bindings& bindings) {
  if (bindings.empty() || text.find('{') == std::string::npos) return text;
  std::string out;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t brace = text.find('{', at);
    const std::size_t end = brace == std::string::npos ? brace : text.find('}', brace);
    if (end == std::string::npos) break;
    const bool marked = brace > at && (text[brace - 1] == '$' || text[brace - 1] == '&');
    const std::string name = text.substr(brace + 1, end - brace - 1);
    const Binding* found = nullptr;
    for (const Binding& binding : bindings) {
      if (marked && binding.name == name) found = &binding;  // the innermost loop is last
    }
    if (found == nullptr) {
      out.append(text, at, brace + 1 - at);
      at = brace + 1;
      continue;
    }
    out.append(text, at, brace - 1 - at);
    out += text[brace - 1] == '&' ? LettersAndDigits(found->text) : found->text;
    at = end + 1;
  }
  if (at < text.size()) out.append(text, at);
  return out;
}

class Loops {
 public:
  explicit Loops(Preparation& preparation) : preparation_(preparation) {}

  Value Expand(const Value& value, const Bindings& bindings) {
    if (depth_ >= kMaxDepth || preparation_.nodes_left == 0) {
      Overflow(value.place);
      Value unknown = Value::Unknown("a loop that is too large");
      unknown.place = value.place;
      return unknown;
    }
    --preparation_.nodes_left;
    if (value.is_string()) {
      Value text = value;
      text.text = Substitute(value.text, bindings);
      return text;
    }
    if (!value.is_object() && !value.is_list()) return value;
    if (FunctionName(value) == "Ref" && FunctionArgument(value).is_string()) {
      for (auto binding = bindings.rbegin(); binding != bindings.rend(); ++binding) {
        if (binding->name == FunctionArgument(value).text)
          return At(Value::String(binding->text), value.place);
      }
    }
    ++depth_;
    Value out;
    out.kind = value.kind;
    out.place = value.place;
    for (std::size_t i = 0; i < value.items.size(); ++i) {
      if (value.is_list()) {
        out.items.push_back(Expand(value.items[i], bindings));
      } else if (value.keys[i].starts_with(kLoop)) {
        Loop(value.items[i], bindings, out);
      } else {
        Append(out, Substitute(value.keys[i], bindings), Expand(value.items[i], bindings),
               i < value.key_places.size() ? value.key_places[i] : value.items[i].place);
      }
    }
    --depth_;
    return out;
  }

 private:
  static void Append(Value& out, std::string key, Value item, const model::Place& place) {
    out.key_places.push_back(place);
    out.keys.push_back(std::move(key));
    out.items.push_back(std::move(item));
  }

  void Overflow(const model::Place& place) {
    if (overflow_) return;
    overflow_ = true;
    preparation_.Problem(
        place, "`Fn::ForEach` makes more than the limit allows and is not expanded further");
  }

  using Round = std::vector<std::string>;  // a text for each name of the loop

  // The texts for `names` of one element: a scalar, or a list of as many scalars.
  static std::optional<Round> RoundOf(const Value& element, std::size_t names) {
    const std::vector<Value> parts = names == 1 ? std::vector<Value>{element} : element.items;
    if (parts.size() != names) return std::nullopt;
    Round round;
    for (const Value& part : parts) {
      const auto text = ScalarText(part);
      if (!text.has_value()) return std::nullopt;
      round.push_back(*text);
    }
    return round;
  }

  // What the loop runs over; nothing when it is not known.
  std::optional<std::vector<Round>> Collection(const Value& collection, std::size_t names) {
    const std::optional<Value> evaluated =
        (*preparation_.evaluate)(*preparation_.source, collection);
    if (!evaluated.has_value()) return std::nullopt;
    std::vector<Value> elements;
    if (evaluated->is_object() && names == 2) {  // a key and its value
      for (std::size_t i = 0; i < evaluated->items.size(); ++i)
        elements.push_back(Value::List({Value::String(evaluated->keys[i]), evaluated->items[i]}));
    } else if (!evaluated->is_list()) {
      return std::nullopt;
    }
    for (const Value& item : evaluated->is_list() ? evaluated->items : std::vector<Value>()) {
      if (item.is_list() && names == 1) {  // a parameter within a list of names
        elements.insert(elements.end(), item.items.begin(), item.items.end());
      } else {
        elements.push_back(item);
      }
    }
    std::vector<Round> rounds;
    for (const Value& element : elements) {
      auto round = RoundOf(element, names);
      if (!round.has_value()) return std::nullopt;
      rounds.push_back(std::move(*round));
    }
    return rounds;
  }

  // One name, or a list of them, each a text that is known.
  std::vector<std::string> Names(const Value& written) {
    const std::vector<Value> values =
        written.is_list() ? written.items : std::vector<Value>{written};
    std::vector<std::string> names;
    for (const Value& value : values) {
      const auto name = (*preparation_.evaluate)(*preparation_.source, value);
      if (!name.has_value() || !name->is_string()) return {};
      names.push_back(name->text);
    }
    return names;
  }

  void Loop(const Value& loop, const Bindings& bindings, Value& out) {
    const bool well_formed = loop.is_list() && loop.items.size() == 3 && loop.items[2].is_object();
    const std::vector<std::string> names =
        well_formed ? Names(Expand(loop.items[0], bindings)) : std::vector<std::string>();
    if (names.empty()) {
      preparation_.Problem(loop.place, "`Fn::ForEach` takes a name, a collection and an object");
      return;
    }
    for (const Binding& binding : bindings) {
      if (std::find(names.begin(), names.end(), binding.name) == names.end()) continue;
      preparation_.Problem(loop.place,
                           fmt::format("loop name `{}` is used by an outer loop", binding.name));
      return;
    }
    const auto rounds = Collection(Expand(loop.items[1], bindings), names.size());
    if (!rounds.has_value()) {
      preparation_.Problem(loop.items[1].place, "the collection of `Fn::ForEach` is not known",
                           "give the parameter's value with --parameters");
      return;
    }
    for (const Round& round : *rounds) {
      Bindings inner = bindings;
      for (std::size_t i = 0; i < names.size(); ++i) inner.push_back({names[i], round[i]});
      Value part = Expand(loop.items[2], inner);
      for (std::size_t i = 0; i < part.items.size(); ++i) {
        Append(out, std::move(part.keys[i]), std::move(part.items[i]),
               i < part.key_places.size() ? part.key_places[i] : loop.place);
      }
      if (preparation_.nodes_left > 0) continue;
      Overflow(loop.place);  // or what is left out would go without a word
      break;
    }
  }

  Preparation& preparation_;
  std::size_t depth_ = 0;
  bool overflow_ = false;
};

bool HasLoop(const Value& root) {
  std::vector<const Value*> open{&root};
  while (!open.empty()) {
    const Value* value = open.back();
    open.pop_back();
    for (const std::string& key : value->keys) {
      if (key.starts_with(kLoop)) return true;
    }
    for (const Value& item : value->items) open.push_back(&item);
  }
  return false;
}

}  // namespace

void ApplyLoops(Preparation& preparation, Value& root) {
  if (!HasLoop(root)) return;
  Value expanded = Loops(preparation).Expand(root, {});
  root = std::move(expanded);
}

}  // namespace preview::cloudformation
