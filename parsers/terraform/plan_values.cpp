#include "parsers/terraform/plan_values.h"

#include <functional>
#include <unordered_map>
#include <utility>
#include <vector>

namespace preview::terraform {

namespace {

using model::Value;

// Members of an object by key; a hash only where a scan would be slow.
class Members {
 public:
  explicit Members(Value& object) : object_(object) {
    if (object.keys.size() < kScan) return;
    for (std::size_t i = 0; i < object.keys.size(); ++i) positions_.emplace(object.keys[i], i);
  }
  Value* Find(const std::string& key) {
    if (positions_.empty()) return object_.Find(key);
    auto found = positions_.find(key);
    return found == positions_.end() ? nullptr : &object_.items[found->second];
  }

 private:
  static constexpr std::size_t kScan = 32;
  Value& object_;
  std::unordered_map<std::string, std::size_t> positions_;
};

bool IsTrue(const Value& value) { return value.is_bool() && value.boolean; }

bool Any(const Value& value, const std::function<bool(const Value&)>& test) {
  std::vector<const Value*> open{&value};
  while (!open.empty()) {
    const Value* item = open.back();
    open.pop_back();
    if (test(*item)) return true;
    for (const Value& inner : item->items) open.push_back(&inner);
  }
  return false;
}

using Pair = std::pair<Value*, const Value*>;

void AppendMember(Value& object, const std::string& key) {
  object.keys.push_back(key);
  object.items.push_back(Value::Unknown(""));
  if (!object.key_places.empty()) object.key_places.emplace_back();
}

void MergeObject(Value& value, const Value& unknown, std::vector<Pair>& open) {
  Members members(value);
  std::vector<std::size_t> missing;
  for (std::size_t i = 0; i < unknown.keys.size(); ++i) {
    if (members.Find(unknown.keys[i]) == nullptr && Any(unknown.items[i], IsTrue))
      missing.push_back(i);
  }
  for (std::size_t i : missing) AppendMember(value, unknown.keys[i]);
  Members all(value);  // pointers into `items` are stable from here on
  for (std::size_t i = 0; i < unknown.keys.size(); ++i) {
    if (Value* member = all.Find(unknown.keys[i])) open.emplace_back(member, &unknown.items[i]);
  }
}

void MergeList(Value& value, const Value& unknown, std::vector<Pair>& open) {
  while (value.items.size() < unknown.items.size() &&
         Any(unknown.items[value.items.size()], IsTrue)) {
    value.items.push_back(Value::Unknown(""));
  }
  for (std::size_t i = 0; i < unknown.items.size() && i < value.items.size(); ++i) {
    open.emplace_back(&value.items[i], &unknown.items[i]);
  }
}

}  // namespace

void MergeUnknown(Value& value, const Value& unknown) {
  std::vector<Pair> open{{&value, &unknown}};
  while (!open.empty()) {
    auto [item, mark] = open.back();
    open.pop_back();
    if (IsTrue(*mark)) {
      bool sensitive = item->sensitive;
      *item = Value::Unknown("");
      item->sensitive = sensitive;
    } else if (item->is_unknown()) {
      continue;
    } else if (mark->is_object() && item->is_object()) {
      MergeObject(*item, *mark, open);
    } else if (mark->is_list() && item->is_list()) {
      MergeList(*item, *mark, open);
    } else if (!mark->items.empty() && Any(*mark, IsTrue)) {
      *item = Value::Unknown("");
    }
  }
}

void MarkAllSensitive(Value& value) {
  std::vector<Value*> open{&value};
  while (!open.empty()) {
    Value* item = open.back();
    open.pop_back();
    item->sensitive = true;
    for (Value& inner : item->items) open.push_back(&inner);
  }
}

void MarkSensitive(Value& value, const Value& marks) {
  std::vector<Pair> open{{&value, &marks}};
  while (!open.empty()) {
    auto [item, mark] = open.back();
    open.pop_back();
    if (IsTrue(*mark)) {
      MarkAllSensitive(*item);
    } else if (mark->is_object() && item->is_object()) {
      Members members(*item);
      for (std::size_t i = 0; i < mark->keys.size(); ++i) {
        if (Value* member = members.Find(mark->keys[i])) open.emplace_back(member, &mark->items[i]);
      }
    } else if (mark->is_list() && item->is_list()) {
      for (std::size_t i = 0; i < mark->items.size() && i < item->items.size(); ++i) {
        open.emplace_back(&item->items[i], &mark->items[i]);
      }
    }
  }
}

bool HoldsUnknown(const Value& value) {
  return Any(value, [](const Value& item) { return item.is_unknown(); });
}

bool HoldsSensitive(const Value& value) {
  return Any(value, [](const Value& item) { return item.sensitive; });
}

const Value* At(const Value& value, std::span<const PathStep> path) {
  const Value* at = &value;
  for (const PathStep& step : path) {
    if (at->is_unknown()) return at;
    if (at->is_list()) {
      bool number = !step.name.empty() && step.name.size() < 10 &&
                    step.name.find_first_not_of("0123456789") == std::string::npos;
      std::size_t index = number ? std::stoul(step.name) : at->items.size();
      if (index >= at->items.size()) return nullptr;
      at = &at->items[index];
    } else {
      at = at->Find(step.name);
      if (at == nullptr) return nullptr;
    }
  }
  return at;
}

std::string PathText(std::span<const PathStep> path) {
  std::string out;
  for (const PathStep& step : path) {
    if (!step.index) {
      out += "." + step.name;
      continue;
    }
    bool number =
        !step.name.empty() && step.name.find_first_not_of("0123456789") == std::string::npos;
    out += KeyText({number ? KeyKind::kNumber : KeyKind::kString, step.name});
  }
  return out;
}

std::string ScalarText(const Value& value) {
  switch (value.kind) {
    case model::ValueKind::kString:
    case model::ValueKind::kNumber:
      return value.text;
    case model::ValueKind::kBool:
      return value.boolean ? "true" : "false";
    case model::ValueKind::kNull:
    case model::ValueKind::kList:
    case model::ValueKind::kObject:
    case model::ValueKind::kUnknown:
      return "";
  }
  return "";
}

std::string_view TextOf(const Value& object, std::string_view key) {
  const Value* member = object.Find(key);
  return member != nullptr && member->is_string() ? std::string_view(member->text)
                                                  : std::string_view();
}

}  // namespace preview::terraform
