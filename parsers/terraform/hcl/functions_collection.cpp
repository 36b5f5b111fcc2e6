// Functions on lists, maps and objects.
#include <algorithm>
#include <array>
#include <utility>

#include "parsers/terraform/hcl/function.h"
#include "parsers/terraform/hcl/letters.h"
#include "parsers/terraform/hcl/number.h"
#include "parsers/terraform/hcl/values.h"

namespace preview::hcl {

namespace {

using model::Value;

Value Concat(Call& call) {
  Value list = Value::List();
  for (const Operand& argument : call.arguments) {
    for (const Value& item : argument->items) {
      list.items.push_back(item);
      list.items.back().sensitive |= argument->sensitive;
    }
  }
  return list;
}

// Without recursion: the lists that are open, and where each is read.
Value Flatten(Call& call) {
  Value flat = Value::List();
  std::vector<std::pair<const Value*, std::size_t>> open{{&call[0], 0}};
  while (!open.empty()) {
    auto& [list, next] = open.back();
    if (next == list->items.size()) {
      open.pop_back();
      continue;
    }
    const Value& item = list->items[next++];
    if (item.is_unknown()) return call.evaluator.UnknownCall(call);
    if (item.is_list())
      open.emplace_back(&item, 0);
    else
      flat.items.push_back(item);
  }
  return flat;
}

Value Merge(Call& call) {
  Members members;
  for (const Operand& argument : call.arguments) {
    if (argument->is_null()) continue;
    if (!argument->is_object()) return Failure("`merge` needs maps or objects");
    for (std::size_t i = 0; i < argument->keys.size(); ++i) {
      members.emplace_back(argument->keys[i], argument->items[i]);
      members.back().second.sensitive |= argument->sensitive;
    }
  }
  return MakeObject(std::move(members));
}

Value Keys(Call& call) {
  Value list = Value::List();
  for (const std::string& key : call[0].keys) list.items.push_back(Value::String(key));
  return list;
}

Value Values(Call& call) { return Value::List(call[0].items); }

Value Lookup(Call& call) {
  if (call.size() > 3) return Failure("`lookup` takes two or three arguments");
  if (const Value* member = FindMember(call[0], call[1].text)) return *member;
  if (model::HasSymbol(call[1].text)) return call.evaluator.UnknownCall(call);
  if (call.size() == 3) return call[2];
  return Failure("there is no element `" + call[1].text + "`");
}

Value Element(Call& call) {
  auto index = IntegerArgument(call, 1);
  if (!index || *index < 0) return Failure("`element` needs an index of zero or more");
  if (call[0].items.empty()) return Failure("`element` needs a list that is not empty");
  return call[0].items[static_cast<std::size_t>(*index) % call[0].items.size()];
}

// Where `wanted` stands in a list. `sure` is false when unknown parts or symbols leave it open.
std::optional<std::size_t> Position(const Call& call, const std::vector<Value>& items,
                                    const Value& wanted, bool& sure) {
  sure = true;
  for (std::size_t i = 0; i < items.size(); ++i) {
    auto same = SameValue(items[i], wanted, call.evaluator.symbols());
    if (!same) sure = false;
    if (same == true) return i;
  }
  return std::nullopt;
}

Value Contains(Call& call) {
  bool sure = true;
  auto found = Position(call, call[0].items, call[1], sure);
  if (!found && !sure) return call.evaluator.UnknownCall(call);
  return Value::Bool(found.has_value());
}

Value Index(Call& call) {
  bool sure = true;
  auto found = Position(call, call[0].items, call[1], sure);
  if (!sure) return call.evaluator.UnknownCall(call);
  if (!found) return Failure("`index` finds no such element");
  return NumberOf(static_cast<long long>(*found));
}

// Two symbols count as different: a repetition would change no policy.
Value Distinct(Call& call) {
  Value list = Value::List();
  std::vector<Value> items = call[0].items;
  UnifyPrimitives(items);
  std::vector<std::pair<std::string, std::size_t>> seen;
  for (std::size_t i = 0; i < items.size(); ++i) {
    seen.emplace_back(Quote(items[i], call.evaluator.symbols()), i);
  }
  std::sort(seen.begin(), seen.end());
  std::vector<bool> repeated(items.size());
  for (std::size_t i = 1; i < seen.size(); ++i) {
    const Value& before = items[seen[i - 1].second];
    const Value& item = items[seen[i].second];
    repeated[seen[i].second] = seen[i].first == seen[i - 1].first && item.SameAs(before);
  }
  for (std::size_t i = 0; i < repeated.size(); ++i) {
    if (!repeated[i]) list.items.push_back(std::move(items[i]));
  }
  return list;
}

Value Compact(Call& call) {
  Value list = Value::List();
  for (const Value& item : call[0].items) {
    if (item.is_null() || (item.is_string() && item.text.empty())) continue;
    bool open = item.is_unknown() ||
                (item.is_string() && !SurelyNotEmpty(item.text, call.evaluator.symbols()));
    if (open) return call.evaluator.UnknownCall(call);
    if (!IsPrimitive(item)) return Failure("`compact` needs a list of texts");
    Value text = TextElement(call.evaluator, item);
    text.place = item.place;
    list.items.push_back(std::move(text));
  }
  return list;
}

Value Coalesce(Call& call) {
  std::vector<Value> values;
  for (const Operand& argument : call.arguments) values.push_back(*argument);
  UnifyPrimitives(values);
  for (Value& value : values) {
    if (value.is_unknown()) return call.evaluator.UnknownCall(call);
    if (value.is_null() || (value.is_string() && value.text.empty())) continue;
    bool open = value.is_string() && !SurelyNotEmpty(value.text, call.evaluator.symbols());
    if (open) return call.evaluator.UnknownCall(call);
    return std::move(value);
  }
  return Failure("`coalesce` finds no value");
}

Value CoalesceList(Call& call) {
  for (const Operand& argument : call.arguments) {
    if (argument->is_unknown()) return call.evaluator.UnknownCall(call);
    if (argument->is_list() && !argument->items.empty()) return *argument;
  }
  return Failure("`coalescelist` finds no list that is not empty");
}

Value Length(Call& call) {
  const Value& value = call[0];
  if (value.is_list() || value.is_object())
    return NumberOf(static_cast<long long>(value.items.size()));
  auto text = ToText(value);
  if (!text) return Failure("`length` needs a list, a map or a text");
  if (model::HasSymbol(*text)) return call.evaluator.UnknownCall(call);
  return NumberOf(static_cast<long long>(Letters(*text).size()));
}

Value Slice(Call& call) {
  auto begin = IntegerArgument(call, 1);
  auto end = IntegerArgument(call, 2);
  auto size = static_cast<long long>(call[0].items.size());
  if (!begin || !end || *begin < 0 || *end < *begin || *end > size || IsSet(call[0])) {
    return Failure("`slice` leads out of its list");
  }
  return Value::List({call[0].items.begin() + *begin, call[0].items.begin() + *end});
}

Value Sort(Call& call) {
  Value list = Value::List();
  for (const Value& item : call[0].items) {
    Value text = TextElement(call.evaluator, item);
    if (text.is_unknown()) return text;
    list.items.push_back(std::move(text));
  }
  std::stable_sort(list.items.begin(), list.items.end(),
                   [](const Value& a, const Value& b) { return a.text < b.text; });
  return list;
}

Value Reverse(Call& call) {
  Value list = Value::List(call[0].items);
  std::reverse(list.items.begin(), list.items.end());
  return list;
}

// https://developer.hashicorp.com/terraform/language/functions/range: no more than 1,024 numbers.
Value Range(Call& call) {
  constexpr std::size_t kMax = 1'024;
  if (call.size() == 0 || call.size() > 3) return Failure("`range` takes one to three numbers");
  Value start = call.size() > 1 ? call[0] : Value::Number("0");
  Value limit = call.size() > 1 ? call[1] : call[0];
  bool down = CompareNumbers(limit.text, start.text) < 0;
  Value step = call.size() > 2 ? call[2] : Value::Number(down ? "-1" : "1");
  int direction = CompareNumbers(step.text, "0");
  if (direction == 0) return Failure("`range` needs a step");
  Value list = Value::List();
  for (Value at = start; CompareNumbers(at.text, limit.text) * direction < 0;
       at = Calculate(Operator::kAdd, at, step)) {
    if (list.items.size() == kMax) return Failure("`range` makes more than 1,024 numbers");
    list.items.push_back(at);
  }
  return list;
}

Value ZipMap(Call& call) {
  if (call[0].items.size() != call[1].items.size()) {
    return Failure("`zipmap` needs lists of one length");
  }
  Members members;
  for (std::size_t i = 0; i < call[0].items.size(); ++i) {
    if (call[0].items[i].is_unknown()) return call.evaluator.UnknownCall(call);
    auto key = ToText(call[0].items[i]);
    if (!key) return Failure("`zipmap` needs texts as keys");
    members.emplace_back(std::move(*key), call[1].items[i]);
  }
  return MakeObject(std::move(members));
}

Value One(Call& call) {
  if (call[0].items.empty()) return Value::Null();
  if (call[0].items.size() > 1) return Failure("`one` needs a list of at most one element");
  return call[0].items[0];
}

Value MatchKeys(Call& call) {
  if (call[0].items.size() != call[1].items.size()) {
    return Failure("`matchkeys` needs lists of one length");
  }
  Value list = Value::List();
  for (std::size_t i = 0; i < call[0].items.size(); ++i) {
    bool sure = true;
    auto found = Position(call, call[2].items, call[1].items[i], sure);
    if (!found && !sure) return call.evaluator.UnknownCall(call);
    if (!call.evaluator.Spend(call[2].items.size())) return call.evaluator.Exhausted();
    if (found) list.items.push_back(call[0].items[i]);
  }
  return list;
}

Value ChunkList(Call& call) {
  auto size = IntegerArgument(call, 1);
  if (!size || *size < 0) return Failure("`chunklist` needs a size of zero or more");
  std::size_t most = *size == 0 ? call[0].items.size() : static_cast<std::size_t>(*size);
  Value chunks = Value::List();
  for (const Value& item : call[0].items) {
    bool full = chunks.items.empty() || chunks.items.back().items.size() == most;
    if (full) chunks.items.push_back(Value::List());
    chunks.items.back().items.push_back(item);
  }
  return chunks;
}

Value Transpose(Call& call) {
  std::vector<std::pair<std::string, Value>> pairs;
  for (std::size_t i = 0; i < call[0].keys.size(); ++i) {
    for (const Value& item : call[0].items[i].items) {
      if (item.is_unknown()) return call.evaluator.UnknownCall(call);
      auto key = ToText(item);
      if (!key) return Failure("`transpose` needs a map of lists of texts");
      pairs.emplace_back(std::move(*key), Value::String(call[0].keys[i]));
    }
  }
  std::stable_sort(pairs.begin(), pairs.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  Members members;
  for (auto& [key, value] : pairs) {
    if (members.empty() || members.back().first != key) members.emplace_back(key, Value::List());
    members.back().second.items.push_back(std::move(value));
  }
  return MakeObject(std::move(members));
}

Value AllOrAny(Call& call, bool any) {
  bool open = false;
  for (const Value& item : call[0].items) {
    bool symbolic = item.is_string() && model::HasSymbol(item.text);
    if (item.is_unknown() || symbolic) {
      open = true;
      continue;
    }
    auto value = item.is_null() ? std::optional(false) : ToBool(item);
    if (!value) return Failure("a list of bools is needed");
    if (*value == any) return Value::Bool(any);
  }
  return open ? call.evaluator.UnknownCall(call) : Value::Bool(!any);
}

Value AllTrue(Call& call) { return AllOrAny(call, false); }
Value AnyTrue(Call& call) { return AllOrAny(call, true); }

constexpr std::array kFunctions{
    Function{"concat", "l*", Concat},
    Function{"flatten", "l", Flatten},
    Function{"merge", "a*", Merge},
    Function{"keys", "o", Keys},
    Function{"values", "o", Values},
    Function{"lookup", "osu*", Lookup},
    Function{"element", "ln", Element},
    Function{"contains", "lu", Contains},
    Function{"index", "lu", Index},
    Function{"distinct", "l", Distinct},
    Function{"compact", "l", Compact},
    Function{"coalesce", "u*", Coalesce},
    Function{"coalescelist", "u*", CoalesceList},
    Function{"length", "a", Length},
    Function{"slice", "lnn", Slice},
    Function{"sort", "L", Sort},
    Function{"reverse", "l", Reverse},
    Function{"range", "n*", Range},
    Function{"zipmap", "ll", ZipMap},
    Function{"one", "l", One},
    Function{"matchkeys", "lll", MatchKeys},
    Function{"chunklist", "ln", ChunkList},
    Function{"transpose", "o", Transpose},
    Function{"alltrue", "l", AllTrue},
    Function{"anytrue", "l", AnyTrue},
};

}  // namespace

std::span<const Function> CollectionFunctions() { return kFunctions; }

}  // namespace preview::hcl
