// Sets, and conversions between the collection types.
#include <algorithm>
#include <array>
#include <utility>

#include "parsers/terraform/hcl/function.h"
#include "parsers/terraform/hcl/number.h"
#include "parsers/terraform/hcl/values.h"

namespace preview::hcl {

namespace {

using model::Value;

bool Holds(const Value& set, const Value& wanted) {
  return std::any_of(set.items.begin(), set.items.end(),
                     [&](const Value& item) { return item.SameAs(wanted); });
}

// All arguments as sets of one type; none where an element is not known, since the result is not
// then.
std::optional<std::vector<Value>> AsSets(const Call& call) {
  std::vector<Value> all;
  std::vector<std::size_t> sizes;
  for (const Operand& argument : call.arguments) {
    if (HasUnknown(*argument) || HasSymbols(*argument)) return std::nullopt;
    all.insert(all.end(), argument->items.begin(), argument->items.end());
    sizes.push_back(argument->items.size());
  }
  UnifyPrimitives(all);
  std::vector<Value> sets;
  auto at = all.begin();
  for (std::size_t size : sizes) {
    auto end = at + static_cast<std::ptrdiff_t>(size);
    sets.push_back(MakeSet({at, end}));
    at = end;
  }
  return sets;
}

Value SetUnion(Call& call) {
  // Symbols and unknown elements do no harm here: nothing is left out.
  std::vector<Value> all;
  for (const Operand& argument : call.arguments) {
    all.insert(all.end(), argument->items.begin(), argument->items.end());
  }
  return MakeSet(std::move(all));
}

Value SetIntersection(Call& call) {
  auto sets = AsSets(call);
  if (!sets) return call.evaluator.UnknownCall(call);
  std::vector<Value> kept;
  for (const Value& item : (*sets)[0].items) {
    bool everywhere =
        std::all_of(sets->begin(), sets->end(), [&](const Value& set) { return Holds(set, item); });
    for (const Value& set : *sets) call.evaluator.Spend(set.items.size());
    if (call.evaluator.exhausted()) return call.evaluator.Exhausted();
    if (everywhere) kept.push_back(item);
  }
  return MakeSet(std::move(kept));
}

Value SetSubtract(Call& call) {
  auto sets = AsSets(call);
  if (!sets) return call.evaluator.UnknownCall(call);
  std::vector<Value> kept;
  for (const Value& item : (*sets)[0].items) {
    if (!call.evaluator.Spend((*sets)[1].items.size())) return call.evaluator.Exhausted();
    if (!Holds((*sets)[1], item)) kept.push_back(item);
  }
  return MakeSet(std::move(kept));
}

Value SetProduct(Call& call) {
  if (call.size() < 2) return Failure("`setproduct` needs two collections or more");
  std::vector<Value> product{Value::List()};
  for (const Operand& argument : call.arguments) {
    std::vector<Value> next;
    std::size_t size = product.size() * argument->items.size();
    if (!call.evaluator.Spend(size * call.size())) return call.evaluator.Exhausted();
    for (const Value& tuple : product) {
      for (const Value& item : argument->items) {
        next.push_back(tuple);
        next.back().items.push_back(item);
      }
    }
    product = std::move(next);
  }
  bool sets = std::all_of(call.arguments.begin(), call.arguments.end(),
                          [](const Operand& argument) { return IsSet(*argument); });
  return sets ? MakeSet(std::move(product)) : Value::List(std::move(product));
}

Value ToSet(Call& call) {
  if (call[0].is_null()) return call[0];
  if (!call[0].is_list()) return Failure("`toset` needs a list");
  return MakeSet(call[0].items);
}

Value ToList(Call& call) {
  if (call[0].is_null()) return call[0];
  if (!call[0].is_list()) return Failure("`tolist` needs a list or a set");
  Value list = Value::List(call[0].items);
  UnifyPrimitives(list.items);
  list.text = kListMark;
  return list;
}

Value ToMap(Call& call) {
  if (call[0].is_null()) return call[0];
  if (!call[0].is_object()) return Failure("`tomap` needs an object");
  Value map = call[0];
  map.text = kMapMark;
  UnifyPrimitives(map.items);
  return map;
}

constexpr std::array kFunctions{
    Function{"setunion", "l*", SetUnion},
    Function{"setintersection", "ll*", SetIntersection},
    Function{"setsubtract", "ll", SetSubtract},
    Function{"setproduct", "l*", SetProduct},
    Function{"toset", "a", ToSet},
    Function{"tolist", "a", ToList},
    Function{"tomap", "a", ToMap},
};

}  // namespace

std::span<const Function> SetFunctions() { return kFunctions; }

}  // namespace preview::hcl
