#include "preview/assemble/values.h"

#include <algorithm>

#include "parsers/text/json.h"

namespace preview::assemble {

namespace {

using model::Value;

constexpr std::string_view kSpace = " \t\r\n";

std::string_view Trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

// `values` with every list replaced by its items, in order, and null values left out.
std::vector<const Value*> Flattened(std::vector<const Value*> values) {
  std::vector<const Value*> flat;
  std::reverse(values.begin(), values.end());
  while (!values.empty()) {
    const Value* value = values.back();
    values.pop_back();
    if (value->is_list()) {
      for (auto item = value->items.rbegin(); item != value->items.rend(); ++item) {
        values.push_back(&*item);
      }
    } else if (!value->is_null()) {
      flat.push_back(value);
    }
  }
  return flat;
}

std::vector<const Value*> ValuesAtOne(const Value& root, std::string_view path) {
  std::vector<const Value*> reached = {&root};
  while (!path.empty()) {
    const std::size_t dot = path.find('.');
    const std::string_view key = path.substr(0, dot);
    path = dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1);
    std::vector<const Value*> next;
    for (const Value* value : Flattened(std::move(reached))) {
      if (value->is_unknown()) next.push_back(value);
      if (const Value* member = value->Find(key)) next.push_back(member);
    }
    reached = std::move(next);
  }
  return Flattened(std::move(reached));
}

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// Same content, object members in any order. Pairs still to be compared are kept on a list, so
// depth costs no stack.
bool SameAsJson(const Value& a, const Value& b) {
  std::vector<std::pair<const Value*, const Value*>> open = {{&a, &b}};
  while (!open.empty()) {
    auto [x, y] = open.back();
    open.pop_back();
    if (x->kind != y->kind || x->is_unknown() || x->items.size() != y->items.size()) return false;
    if (x->text != y->text || x->boolean != y->boolean) return false;
    for (std::size_t i = 0; i < x->items.size(); ++i) {
      const Value* other = x->is_object() ? y->Find(x->keys[i]) : &y->items[i];
      if (other == nullptr) return false;
      open.emplace_back(&x->items[i], other);
    }
  }
  return true;
}

}  // namespace

std::vector<const Value*> ValuesAt(const Value& root, std::string_view path) {
  std::vector<const Value*> values;
  for (const std::string& one : SplitAtCommas(path)) {
    std::vector<const Value*> found = ValuesAtOne(root, one);
    values.insert(values.end(), found.begin(), found.end());
  }
  return values;
}

const Value* FirstAt(const Value& root, std::string_view path) {
  std::vector<const Value*> values = ValuesAt(root, path);
  return values.empty() ? nullptr : values.front();
}

std::optional<std::string> TextOf(const Value* value) {
  if (value == nullptr) return std::nullopt;
  if (value->is_string() || value->is_number()) return value->text;
  if (value->is_bool()) return value->boolean ? "true" : "false";
  return std::nullopt;
}

std::string TextAt(const Value& root, std::string_view path) {
  return TextOf(FirstAt(root, path)).value_or("");
}

bool IsGiven(const Value* value) {
  return value != nullptr && !value->is_null() && !(value->is_string() && value->text.empty());
}

Setting SettingAt(const Value& root, std::string_view path) {
  const Value* value = FirstAt(root, path);
  if (value == nullptr) return Setting::kAbsent;
  if (value->is_bool()) return value->boolean ? Setting::kOn : Setting::kOff;
  if (value->is_string() && EqualsWithoutCase(value->text, "true")) return Setting::kOn;
  if (value->is_string() && EqualsWithoutCase(value->text, "false")) return Setting::kOff;
  if (value->is_string() && value->text.empty()) return Setting::kAbsent;
  return Setting::kUnknown;
}

bool IsNoPolicy(const Value* value) {
  if (value == nullptr || value->is_null()) return true;
  if (value->is_object()) return value->items.empty();
  if (!value->is_string()) return false;
  const std::string_view text = Trimmed(value->text);
  return text.empty() || text == "null" ||
         (text.size() >= 2 && text.front() == '{' && text.back() == '}' &&
          Trimmed(text.substr(1, text.size() - 2)).empty());
}

bool SamePolicy(const Value& a, const Value& b) {
  if (a.is_string() && b.is_string() && a.text == b.text) return true;
  const Value x = PolicyObject(a);
  const Value y = PolicyObject(b);
  return x.is_object() && y.is_object() && SameAsJson(x, y);
}

Value PolicyObject(const Value& policy) {
  if (policy.is_object()) return policy;
  if (!policy.is_string()) return Value::Null();
  text::JsonOptions options;
  options.track_places = false;
  auto parsed = text::ParseJsonWithSymbols(policy.text, options);
  if (!parsed.ok() || !parsed.value().is_object()) return Value::Null();
  return std::move(parsed).value();
}

bool EqualsWithoutCase(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return Lower(x) == Lower(y); });
}

std::vector<std::string> SplitAtCommas(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t comma = text.find(',');
    const std::string_view part = Trimmed(text.substr(0, comma));
    if (!part.empty()) parts.emplace_back(part);
    text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
  }
  return parts;
}

}  // namespace preview::assemble
