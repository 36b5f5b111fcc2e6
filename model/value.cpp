#include "model/value.h"

#include <algorithm>
#include <utility>

#include "model/check.h"

namespace preview::model {

namespace {

void AppendQuoted(std::string& out, std::string_view text) {
  static constexpr char kHex[] = "0123456789abcdef";
  out += '"';
  for (char c : text) {
    auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20) {
      out += "\\u00";
      out += kHex[byte >> 4];
      out += kHex[byte & 0xF];
    } else {
      out += c;
    }
  }
  out += '"';
}

}  // namespace

Value Value::Bool(bool boolean) {
  Value value;
  value.kind = ValueKind::kBool;
  value.boolean = boolean;
  return value;
}

Value Value::Number(std::string text) {
  Value value;
  value.kind = ValueKind::kNumber;
  value.text = std::move(text);
  return value;
}

Value Value::String(std::string text) {
  Value value;
  value.kind = ValueKind::kString;
  value.text = std::move(text);
  return value;
}

Value Value::List(std::vector<Value> items) {
  Value value;
  value.kind = ValueKind::kList;
  value.items = std::move(items);
  return value;
}

Value Value::Object() {
  Value value;
  value.kind = ValueKind::kObject;
  return value;
}

Value Value::Unknown(std::string waits_for) {
  Value value;
  value.kind = ValueKind::kUnknown;
  value.text = std::move(waits_for);
  return value;
}

const Value* Value::Find(std::string_view key) const {
  if (kind != ValueKind::kObject) return nullptr;
  auto found = std::find(keys.begin(), keys.end(), key);
  if (found == keys.end()) return nullptr;
  return &items[static_cast<std::size_t>(found - keys.begin())];
}

Value* Value::Find(std::string_view key) {
  return const_cast<Value*>(
      std::as_const(*this).Find(key));  // NOLINT(cppcoreguidelines-pro-type-const-cast)
}

Value& Value::Set(std::string_view key, Value value) {
  if (kind == ValueKind::kNull) kind = ValueKind::kObject;
  PREVIEW_CHECK(kind == ValueKind::kObject);
  if (Value* existing = Find(key)) {
    *existing = std::move(value);
    return *existing;
  }
  keys.emplace_back(key);
  items.push_back(std::move(value));
  if (!key_places.empty()) key_places.push_back(items.back().place);
  return items.back();
}

const Value* Value::FindPath(std::string_view dotted) const {
  const Value* value = this;
  while (!dotted.empty()) {
    auto dot = dotted.find('.');
    std::string_view name = dotted.substr(0, dot);
    dotted = dot == std::string_view::npos ? std::string_view() : dotted.substr(dot + 1);
    if (value->kind == ValueKind::kList && value->items.size() == 1) value = &value->items.front();
    value = value->Find(name);
    if (value == nullptr) return nullptr;
  }
  return value;
}

bool Value::SameAs(const Value& other) const {
  std::vector<std::pair<const Value*, const Value*>> open{{this, &other}};
  while (!open.empty()) {
    auto [a, b] = open.back();
    open.pop_back();
    if (a->kind != b->kind || a->boolean != b->boolean || a->text != b->text ||
        a->keys != b->keys || a->items.size() != b->items.size()) {
      return false;
    }
    for (std::size_t i = 0; i < a->items.size(); ++i) open.emplace_back(&a->items[i], &b->items[i]);
  }
  return true;
}

std::string ToJson(const Value& value) {
  struct Frame {
    const Value* value;
    std::size_t next = 0;
  };
  std::string out;
  std::vector<Frame> open;
  auto begin = [&](const Value& item) {
    switch (item.kind) {
      case ValueKind::kNull:
      case ValueKind::kUnknown:
        out += "null";
        return;
      case ValueKind::kBool:
        out += item.boolean ? "true" : "false";
        return;
      case ValueKind::kNumber:
        out += item.text;
        return;
      case ValueKind::kString:
        AppendQuoted(out, item.text);
        return;
      case ValueKind::kList:
        out += '[';
        open.push_back({&item});
        return;
      case ValueKind::kObject:
        out += '{';
        open.push_back({&item});
        return;
    }
  };
  begin(value);
  while (!open.empty()) {
    Frame& frame = open.back();
    const Value& container = *frame.value;
    bool is_object = container.kind == ValueKind::kObject;
    if (frame.next == container.items.size()) {
      out += is_object ? '}' : ']';
      open.pop_back();
      continue;
    }
    std::size_t i = frame.next++;
    if (i > 0) out += ',';
    if (is_object) {
      AppendQuoted(out, container.keys[i]);
      out += ':';
    }
    begin(container.items[i]);
  }
  return out;
}

}  // namespace preview::model
