#include "parsers/terraform/hcl/values.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <numeric>

#include "parsers/terraform/hcl/number.h"

namespace preview::hcl {

namespace {

using model::Value;
using model::ValueKind;

constexpr std::size_t kMaxDefinition = 200;

// FNV-1a, so that the same text gives the same name on every machine.
std::string HashOf(std::string_view text) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  char buffer[20];
  std::snprintf(buffer, sizeof buffer, "%016llx", static_cast<unsigned long long>(hash));
  return buffer;
}

std::string Shortened(std::string text) {
  if (text.size() <= kMaxDefinition) return text;
  std::size_t cut = kMaxDefinition - 40;
  while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) --cut;
  return text.substr(0, cut) + "… #" + HashOf(text);
}

// The first value for which `test` holds, in pre-order, without recursion.
template <typename Test>
const Value* FindFirst(const Value& value, Test test) {
  std::vector<const Value*> open{&value};
  while (!open.empty()) {
    const Value* next = open.back();
    open.pop_back();
    if (test(*next)) return next;
    for (auto item = next->items.rbegin(); item != next->items.rend(); ++item) {
      open.push_back(&*item);
    }
  }
  return nullptr;
}

// Sets are ordered as cty orders them: numbers by size, everything else by its text.
bool SetLess(const Value& a, const Value& b) {
  if (a.kind != b.kind) return a.kind < b.kind;
  if (a.is_number()) return CompareNumbers(a.text, b.text) < 0;
  if (a.is_bool()) return !a.boolean && b.boolean;
  if (a.is_string()) return a.text < b.text;
  return EncodeJson(a) < EncodeJson(b);
}

void AppendJsonText(std::string& out, std::string_view text) {
  static constexpr char kHex[] = "0123456789abcdef";
  out += '"';
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto byte = static_cast<unsigned char>(text[i]);
    bool line_separator = byte == 0xE2 && text.substr(i + 1, 1) == "\x80" && i + 2 < text.size() &&
                          (text[i + 2] == '\xA8' || text[i + 2] == '\xA9');
    if (line_separator) {
      out += text[i + 2] == '\xA8' ? "\\u2028" : "\\u2029";
      i += 2;
    } else if (byte == '"' || byte == '\\') {
      out += '\\';
      out += text[i];
    } else if (byte == '\n') {
      out += "\\n";
    } else if (byte == '\r') {
      out += "\\r";
    } else if (byte == '\t') {
      out += "\\t";
    } else if (byte == '\b') {
      out += "\\b";
    } else if (byte == '\f') {
      out += "\\f";
    } else if (byte < 0x20 || byte == '<' || byte == '>' || byte == '&') {
      out += "\\u00";
      out += kHex[byte >> 4];
      out += kHex[byte & 0xF];
    } else {
      out += text[i];
    }
  }
  out += '"';
}

// Applies `change` to every value in `value`, children after their parents.
template <typename Change>
void ForEachValue(Value& value, Change change) {
  std::vector<Value*> open{&value};
  while (!open.empty()) {
    Value* next = open.back();
    open.pop_back();
    change(*next);
    for (Value& item : next->items) open.push_back(&item);
  }
}

void SortKeys(Value& object) {
  if (std::is_sorted(object.keys.begin(), object.keys.end())) return;
  std::vector<std::size_t> order(object.keys.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return object.keys[a] < object.keys[b]; });
  Value sorted = Value::Object();
  for (std::size_t i : order) {
    sorted.keys.push_back(std::move(object.keys[i]));
    sorted.items.push_back(std::move(object.items[i]));
    if (i < object.key_places.size()) sorted.key_places.push_back(object.key_places[i]);
  }
  object.keys = std::move(sorted.keys);
  object.items = std::move(sorted.items);
  object.key_places = std::move(sorted.key_places);
}

// A definition holds what it depends on, so that other secrets make another definition; nobody is
// shown them.
const std::string kSecretBegin = "⟪";
const std::string kSecretEnd = "⟫";

std::string WithoutSecrets(const std::string& text) {
  if (text.find(kSecretBegin) == std::string::npos) return text;
  std::string out;
  int depth = 0;
  for (std::size_t i = 0; i < text.size();) {
    if (text.compare(i, kSecretBegin.size(), kSecretBegin) == 0) {
      if (depth++ == 0) out += "⟨sensitive⟩";
      i += kSecretBegin.size();
    } else if (text.compare(i, kSecretEnd.size(), kSecretEnd) == 0) {
      if (depth > 0) --depth;
      i += kSecretEnd.size();
    } else {
      if (depth == 0) out += text[i];
      ++i;
    }
  }
  // Neither the hash of all of it.
  return out.substr(0, out.rfind("… #"));
}

std::string WordsOf(const Value& unknown) {
  std::string text = WithoutSecrets(unknown.text);
  if (unknown.boolean) return "it cannot be evaluated: " + text;
  if (!text.starts_with(kDefinitionMark)) return text;
  return "known after apply: `" + text.substr(1) + "`";
}

}  // namespace

Value Failure(std::string message) {
  Value value = Value::Unknown(std::move(message));
  value.boolean = true;
  return value;
}

bool IsFailure(const Value& value) { return value.is_unknown() && value.boolean; }

Value Undefined(std::string definition) {
  return Value::Unknown(kDefinitionMark + Shortened(std::move(definition)));
}

Value UnknownBecause(std::string reason) { return Value::Unknown(std::move(reason)); }

std::string DefinitionOf(const Value& unknown) {
  if (unknown.text.starts_with(kDefinitionMark)) return unknown.text.substr(1);
  auto first = unknown.text.find('`');
  auto last = unknown.text.rfind('`');
  if (first == std::string::npos || last <= first) return unknown.text;
  return unknown.text.substr(first + 1, last - first - 1);
}

bool IsTextAttribute(std::string_view name) {
  static constexpr std::array<std::string_view, 5> kEndings{"arn", "id", "name", "url", "email"};
  return std::any_of(kEndings.begin(), kEndings.end(), [&](std::string_view ending) {
    if (!name.ends_with(ending)) return false;
    return name.size() == ending.size() || name[name.size() - ending.size() - 1] == '_';
  });
}

bool HoldsSecret(std::string_view definition) {
  return definition.find(kSecretBegin) != std::string_view::npos;
}

std::string_view InstanceAddress(const Value& object) {
  bool mark = object.text == kMapMark || object.text == kObjectMark;
  return object.is_object() && !mark ? std::string_view(object.text) : std::string_view();
}

bool IsSet(const Value& value) { return value.is_list() && value.text == kSetMark; }

bool IsPrimitive(const Value& value) {
  return value.is_bool() || value.is_number() || value.is_string();
}

void UnifyPrimitives(std::vector<Value>& values) {
  std::optional<ValueKind> kind;
  bool mixed = false;
  for (const Value& value : values) {
    if (value.is_null() || value.is_unknown()) continue;
    if (!IsPrimitive(value)) return;
    if (kind && *kind != value.kind) mixed = true;
    kind = value.kind;
  }
  if (!mixed) return;
  for (Value& value : values) {
    if (value.is_bool()) value.text = value.boolean ? "true" : "false";
    if (IsPrimitive(value)) value.kind = ValueKind::kString;
    if (value.is_string()) value.boolean = false;
  }
}

Value MakeSet(std::vector<Value> items) {
  UnifyPrimitives(items);
  std::stable_sort(items.begin(), items.end(), SetLess);
  auto same = [](const Value& a, const Value& b) { return a.SameAs(b); };
  items.erase(std::unique(items.begin(), items.end(), same), items.end());
  Value set = Value::List(std::move(items));
  set.text = kSetMark;
  return set;
}

Value MakeObject(Members members) {
  std::stable_sort(members.begin(), members.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  Value object = Value::Object();
  object.keys.reserve(members.size());
  object.items.reserve(members.size());
  for (auto& [key, value] : members) {
    if (!object.keys.empty() && object.keys.back() == key) {
      object.items.back() = std::move(value);
      continue;
    }
    object.keys.push_back(std::move(key));
    object.items.push_back(std::move(value));
  }
  return object;
}

const Value* FindMember(const Value& object, std::string_view key) {
  if (!object.is_object()) return nullptr;
  auto found = std::lower_bound(object.keys.begin(), object.keys.end(), key);
  if (found == object.keys.end() || *found != key) return nullptr;
  return &object.items[static_cast<std::size_t>(found - object.keys.begin())];
}

Value Enter(Value value) {
  ForEachValue(value, [](Value& part) {
    if (part.is_object()) SortKeys(part);
    if (part.is_number()) {
      if (auto normal = NormalNumber(part.text)) part.text = std::move(*normal);
    }
  });
  return value;
}

Value Leave(Value value) {
  ForEachValue(value, [](Value& part) {
    bool encodes = (part.is_string() || part.is_unknown()) && part.items.size() == 1;
    if (encodes && (part.items[0].is_object() || part.items[0].is_list())) {
      Value inner = std::move(part.items[0]);
      inner.sensitive |= part.sensitive;
      part = std::move(inner);
    } else if (encodes) {
      part.items.clear();
    }
    if (!part.is_object()) part.key_places.clear();
    if (part.is_unknown()) part.text = WordsOf(part);
    if (part.is_unknown()) part.boolean = false;
    if (part.is_list() || part.is_object()) part.text.clear();
  });
  return value;
}

std::size_t CountValues(const Value& value) {
  std::size_t count = 0;
  FindFirst(value, [&count](const Value&) {
    ++count;
    return false;
  });
  return count;
}

const Value* FirstUnknown(const Value& value) {
  return FindFirst(value, [](const Value& part) { return part.is_unknown(); });
}

const Value* FirstFailure(const Value& value) {
  return FindFirst(value, [](const Value& part) { return IsFailure(part); });
}

bool HasUnknown(const Value& value) { return FirstUnknown(value) != nullptr; }

bool HasSymbols(const Value& value) {
  return FindFirst(value, [](const Value& part) {
           return part.is_string() && model::HasSymbol(part.text);
         }) != nullptr;
}

bool HasSensitive(const Value& value) {
  return FindFirst(value, [](const Value& part) { return part.sensitive; }) != nullptr;
}

bool IsPlainWord(const model::Symbol& symbol) {
  switch (symbol.form) {
    case model::SymbolForm::kOwnAccount:
    case model::SymbolForm::kNewAccount:
    case model::SymbolForm::kRegion:
    case model::SymbolForm::kPartition:
    case model::SymbolForm::kOwnOrganization:
      return true;
    case model::SymbolForm::kText:
    case model::SymbolForm::kOpaqueId:
      return false;
  }
  return false;
}

bool HasPlainSymbolsOnly(std::string_view text, const model::SymbolTable& symbols) {
  bool plain = true;
  model::ForEachSymbol(text,
                       [&](model::SymbolId id) { plain = plain && IsPlainWord(symbols.Get(id)); });
  return plain;
}

bool SurelyNotEmpty(std::string_view text, const model::SymbolTable& symbols) {
  auto single = model::AsSingleSymbol(text);
  if (!single) return !text.empty();
  const model::Symbol& symbol = symbols.Get(*single);
  if (IsPlainWord(symbol) || symbol.form == model::SymbolForm::kOpaqueId) return true;
  return symbol.attribute == "arn" || symbol.attribute == "id" || symbol.attribute == "name";
}

// Two texts with symbols can only be equal when the literal text before the first and after the
// last symbol agrees.
std::optional<bool> SameText(std::string_view a, std::string_view b,
                             const model::SymbolTable& symbols) {
  if (a == b) return true;
  if (!model::HasSymbol(a) && !model::HasSymbol(b)) return false;
  auto is_symbol_byte = [](char c) {
    return static_cast<unsigned char>(c) == 0xF3 || static_cast<unsigned char>(c) == 0xF4;
  };
  for (std::size_t i = 0; i <= std::min(a.size(), b.size()); ++i) {
    bool a_ends = i == a.size();
    bool b_ends = i == b.size();
    if ((!a_ends && is_symbol_byte(a[i])) || (!b_ends && is_symbol_byte(b[i]))) {
      if (a_ends || b_ends) return std::nullopt;
      break;
    }
    if (a_ends || b_ends || a[i] != b[i]) return false;
  }
  if ((a.empty() && SurelyNotEmpty(b, symbols)) || (b.empty() && SurelyNotEmpty(a, symbols))) {
    return false;
  }
  for (std::size_t i = 1; i <= std::min(a.size(), b.size()); ++i) {
    char x = a[a.size() - i];
    char y = b[b.size() - i];
    if (static_cast<unsigned char>(x) >= 0x80 || static_cast<unsigned char>(y) >= 0x80) break;
    if (x != y) return false;
  }
  return std::nullopt;
}

std::optional<bool> SameValue(const Value& left, const Value& right,
                              const model::SymbolTable& symbols) {
  std::vector<std::pair<const Value*, const Value*>> open{{&left, &right}};
  bool sure = true;
  while (!open.empty()) {
    auto [a, b] = open.back();
    open.pop_back();
    if (a->is_unknown() || b->is_unknown()) {
      sure = false;
      continue;
    }
    if (a->is_null() != b->is_null()) {
      const Value& other = a->is_null() ? *b : *a;
      bool open_symbol = other.is_string() && model::AsSingleSymbol(other.text) &&
                         !SurelyNotEmpty(other.text, symbols);
      if (!open_symbol) return false;
      sure = false;
      continue;
    }
    // A list is never equal to a tuple, nor a map to an object, even when both are empty.
    bool marked = (a->is_list() || a->is_object()) && InstanceAddress(*a).empty() &&
                  InstanceAddress(*b).empty() && !a->text.empty() && !b->text.empty();
    if (a->kind == b->kind && marked && a->text != b->text) return false;
    if (a->kind != b->kind || IsSet(*a) != IsSet(*b) || a->items.size() != b->items.size()) {
      bool texts = a->is_string() && b->is_string();
      if (!texts) return false;
    }
    if (a->is_string()) {
      auto same = SameText(a->text, b->text, symbols);
      if (same == false) return false;
      sure = sure && same.has_value();
      continue;
    }
    if (a->is_number() && CompareNumbers(a->text, b->text) != 0) return false;
    if (a->boolean != b->boolean || a->keys != b->keys) return false;
    for (std::size_t i = 0; i < a->items.size(); ++i) open.emplace_back(&a->items[i], &b->items[i]);
  }
  if (!sure) return std::nullopt;
  return true;
}

std::string Quote(const Value& value, const model::SymbolTable& symbols) {
  if (value.is_unknown()) return DefinitionOf(value);
  Value copy = value;
  ForEachValue(copy, [](Value& part) {
    if (part.is_unknown()) part = Value::String("⟨" + DefinitionOf(part) + "⟩");
    if (part.sensitive) part = Value::String(kSecretBegin + model::ToJson(part) + kSecretEnd);
    if (part.is_string()) part.items.clear();
  });
  return Shortened(model::Display(model::ToJson(copy), symbols));
}

std::string EncodeJson(const Value& value) {
  struct Open {
    const Value* container;
    std::size_t next = 0;
  };
  std::string out;
  std::vector<Open> open;
  auto begin = [&](const Value& part) {
    if (part.is_list() || part.is_object()) {
      out += part.is_list() ? '[' : '{';
      open.push_back({&part});
    } else if (part.is_string()) {
      AppendJsonText(out, part.text);
    } else if (part.is_bool()) {
      out += part.boolean ? "true" : "false";
    } else {
      out += part.is_number() ? part.text : "null";
    }
  };
  begin(value);
  while (!open.empty()) {
    const Value& container = *open.back().container;
    std::size_t i = open.back().next++;
    if (i == container.items.size()) {
      out += container.is_list() ? ']' : '}';
      open.pop_back();
      continue;
    }
    if (i > 0) out += ',';
    if (container.is_object()) {
      AppendJsonText(out, container.keys[i]);
      out += ':';
    }
    begin(container.items[i]);
  }
  return out;
}

}  // namespace preview::hcl
