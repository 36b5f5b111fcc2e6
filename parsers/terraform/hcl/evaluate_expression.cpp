#include <algorithm>
#include <array>
#include <utility>

#include "parsers/terraform/hcl/depth.h"
#include "parsers/terraform/hcl/evaluate.h"
#include "parsers/terraform/hcl/lines.h"
#include "parsers/terraform/hcl/number.h"
#include "parsers/terraform/hcl/values.h"

namespace preview::hcl {

using model::Value;

namespace {

constexpr std::size_t kMaxText = std::size_t{16} << 20;
constexpr std::size_t kBytesPerStep = 64;

// The condition that a value is: true, false, or nothing when it is not known. Failures are kept in
// `failure`.
std::optional<bool> AsCondition(const Value& value, Value& failure) {
  if (IsFailure(value)) {
    failure = value;
    return std::nullopt;
  }
  if (value.is_unknown()) return std::nullopt;
  if (value.is_string() && model::HasSymbol(value.text)) return std::nullopt;
  auto condition = ToBool(value);
  if (!condition) failure = Failure("a condition is neither true nor false");
  return condition;
}

bool SpendText(Evaluator& evaluator, std::size_t bytes) {
  return evaluator.Spend(1 + bytes / kBytesPerStep);
}

// A branch as the one type that both branches of a conditional have: primitives of several kinds
// are strings then.
void UnifyBranches(Value& taken, const Value& other) {
  if (IsPrimitive(taken) && IsPrimitive(other)) {
    std::vector<Value> both{taken, other};
    UnifyPrimitives(both);
    taken = std::move(both[0]);
    return;
  }
  if (taken.kind != other.kind || (!taken.is_list() && !taken.is_object())) return;
  bool same_shape =
      taken.is_list() ? taken.items.size() == other.items.size() : taken.keys == other.keys;
  if (same_shape) {
    for (std::size_t i = 0; i < taken.items.size(); ++i) {
      if (!IsPrimitive(taken.items[i]) || !IsPrimitive(other.items[i])) continue;
      std::vector<Value> both{taken.items[i], other.items[i]};
      UnifyPrimitives(both);
      taken.items[i] = std::move(both[0]);
    }
    return;
  }
  std::vector<Value> all = taken.items;
  all.insert(all.end(), other.items.begin(), other.items.end());
  UnifyPrimitives(all);
  all.resize(taken.items.size());
  taken.items = std::move(all);
}

// The object that a `for` expression makes; with `...` equal keys collect their values.
Value Group(Members members, bool grouping) {
  std::stable_sort(members.begin(), members.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  Members grouped;
  for (auto& [key, value] : members) {
    bool repeated = !grouped.empty() && grouped.back().first == key;
    if (repeated && !grouping) return Failure("two elements of a `for` have the key `" + key + "`");
    if (!repeated) grouped.emplace_back(key, grouping ? Value::List() : std::move(value));
    if (grouping) grouped.back().second.items.push_back(std::move(value));
  }
  return MakeObject(std::move(grouped));
}

std::string_view OperatorText(Operator op) {
  switch (op) {
    case Operator::kNone:
      return "";
    case Operator::kAdd:
      return "+";
    case Operator::kSubtract:
    case Operator::kNegate:
      return "-";
    case Operator::kMultiply:
      return "*";
    case Operator::kDivide:
      return "/";
    case Operator::kModulo:
      return "%";
    case Operator::kEqual:
      return "==";
    case Operator::kNotEqual:
      return "!=";
    case Operator::kLess:
      return "<";
    case Operator::kLessOrEqual:
      return "<=";
    case Operator::kGreater:
      return ">";
    case Operator::kGreaterOrEqual:
      return ">=";
    case Operator::kAnd:
      return "&&";
    case Operator::kOr:
      return "||";
    case Operator::kNot:
      return "!";
  }
  return "";
}

// A part of a template as a piece of its text. Interpolated values keep the places of their further
// lines, but they begin where the interpolation stands.
Value PieceOf(const Expr& part, const Value& value, std::string text) {
  Value piece = Value::String(std::move(text));
  piece.place = part.place;
  bool nested = part.kind != ExprKind::kString && piece.text.find('\n') != std::string::npos;
  if (!nested) return piece;
  piece.key_places = value.key_places;
  if (piece.key_places.empty()) piece.key_places.emplace_back(part.place);
  return piece;
}

bool HasPrimitiveToUnify(const Value& value) {
  if (value.is_bool() || value.is_number()) return true;
  return std::any_of(value.items.begin(), value.items.end(),
                     [](const Value& item) { return item.is_bool() || item.is_number(); });
}

}  // namespace

Value Evaluator::Enclose(Value value, const Expr& expr) {
  value.place = expr.place;
  return value;
}

Operand Evaluator::EvaluateOperand(const ExprRef& expr, const Frame& frame) {
  switch (expr.expr().kind) {
    case ExprKind::kVariable:
    case ExprKind::kGetAttr:
    case ExprKind::kIndex:
    case ExprKind::kSplatItem:
      return EvaluateTraversal(expr, frame);
    case ExprKind::kBroken:
    case ExprKind::kNull:
    case ExprKind::kBool:
    case ExprKind::kNumber:
    case ExprKind::kString:
    case ExprKind::kTemplate:
    case ExprKind::kTemplateIf:
    case ExprKind::kTemplateFor:
    case ExprKind::kTuple:
    case ExprKind::kObject:
    case ExprKind::kForTuple:
    case ExprKind::kForObject:
    case ExprKind::kConditional:
    case ExprKind::kBinary:
    case ExprKind::kUnary:
    case ExprKind::kCall:
    case ExprKind::kSplat:
      break;
  }
  return Operand(Evaluate(expr, frame));
}

Value Evaluator::Evaluate(const ExprRef& expr, const Frame& frame) {
  DepthGuard guard(*this);
  if (guard.too_deep()) return guard.Refuse(expr.expr().place);
  if (!Spend(1)) return Exhausted();
  return EvaluateKind(expr, frame);
}

Value Evaluator::EvaluateKind(const ExprRef& ref, const Frame& frame) {
  const Expr& expr = ref.expr();
  switch (expr.kind) {
    case ExprKind::kBroken:
      return UnknownBecause("the expression does not parse" +
                            (expr.text.empty() ? "" : ": " + expr.text));
    case ExprKind::kNull:
      return Enclose(Value::Null(), expr);
    case ExprKind::kBool:
      return Enclose(Value::Bool(expr.flag), expr);
    case ExprKind::kNumber: {
      auto number = NormalNumber(expr.text);
      if (!number) return Failure("`" + expr.text + "` is no number");
      return Enclose(Value::Number(std::move(*number)), expr);
    }
    case ExprKind::kString:
      if (!SpendText(*this, expr.text.size())) return Exhausted();
      return Enclose(Value::String(expr.text), expr);
    case ExprKind::kTemplate:
      return EvaluateTemplate(ref, frame);
    case ExprKind::kTemplateIf:
      return EvaluateConditional(ref, frame);
    case ExprKind::kTemplateFor:
      return EvaluateTemplateFor(ref, frame);
    case ExprKind::kTuple:
      return EvaluateTuple(ref, frame);
    case ExprKind::kObject:
      return EvaluateObject(ref, frame);
    case ExprKind::kForTuple:
    case ExprKind::kForObject:
      return EvaluateFor(ref, frame);
    case ExprKind::kConditional:
      return EvaluateConditional(ref, frame);
    case ExprKind::kBinary:
      return EvaluateBinary(ref, frame);
    case ExprKind::kUnary:
      return EvaluateUnary(ref, frame);
    case ExprKind::kCall: {
      Value value = CallFunction(ref, frame);
      if (!value.place.known()) value.place = expr.place;
      return value;
    }
    case ExprKind::kVariable:
    case ExprKind::kGetAttr:
    case ExprKind::kIndex:
    case ExprKind::kSplatItem: {
      Operand operand = EvaluateTraversal(ref, frame);
      if (operand.borrowed() && !Spend(CountValues(*operand))) return Exhausted();
      return std::move(operand).Take();
    }
    case ExprKind::kSplat:
      return EvaluateSplat(ref, frame);
  }
  return Failure("the expression cannot be evaluated");
}

Value Evaluator::EvaluateTuple(const ExprRef& ref, const Frame& frame) {
  Value list = Value::List();
  for (ExprId id : ref.syntax->Children(ref.expr())) {
    Value item = Evaluate({ref.syntax, id}, frame);
    if (IsFailure(item)) return item;
    list.items.push_back(std::move(item));
  }
  list.text = kTupleMark;
  return Enclose(std::move(list), ref.expr());
}

Value Evaluator::EvaluateObject(const ExprRef& ref, const Frame& frame) {
  Members members;
  auto children = ref.syntax->Children(ref.expr());
  for (std::size_t i = 0; i + 1 < children.size(); i += 2) {
    Value key = Evaluate({ref.syntax, children[i]}, frame);
    Value value = Evaluate({ref.syntax, children[i + 1]}, frame);
    if (IsFailure(value)) return value;
    if (key.is_unknown())
      return IsFailure(key) ? key : Unique("an object with the key " + DefinitionOf(key), ref);
    auto text = ToText(key);
    if (!text) return Failure("the key of an object is no text");
    members.emplace_back(std::move(*text), std::move(value));
  }
  Value object = MakeObject(std::move(members));
  object.text = kObjectMark;
  return Enclose(std::move(object), ref.expr());
}

Value Evaluator::EvaluateTemplate(const ExprRef& ref, const Frame& frame) {
  Value text = Value::String("");
  for (ExprId id : ref.syntax->Children(ref.expr())) {
    ExprRef part_ref{ref.syntax, id};
    std::size_t before = text.text.size();
    Operand part = EvaluateOperand(part_ref, frame);
    Value symbol;
    const Value* value = &*part;
    if (IsFailure(*value)) return *value;
    if (value->is_unknown()) {
      symbol = SymbolOf(*value);
      value = &symbol;
    }
    if (value->is_unknown()) return *value;
    auto piece = ToText(*value);
    if (!piece) {
      return Failure(value->is_null() ? "a null value in a template"
                                      : "a value that is no text in a template");
    }
    text.sensitive |= value->sensitive;
    AppendPiece(text, PieceOf(part_ref.expr(), *value, std::move(*piece)));
    if (!SpendText(*this, text.text.size() - before)) return Exhausted();
    if (text.text.size() > kMaxText) return UnknownBecause("a text is longer than 16 MiB");
  }
  return Enclose(std::move(text), ref.expr());
}

Value Evaluator::EvaluateTemplateFor(const ExprRef& ref, const Frame& frame) {
  auto children = ref.syntax->Children(ref.expr());
  Operand collection = EvaluateOperand({ref.syntax, children[0]}, frame);
  if (IsFailure(*collection)) return *collection;
  if (collection->is_unknown()) return Unique("a template over " + DefinitionOf(*collection), ref);
  if (!collection->is_list() && !collection->is_object()) {
    return Failure("a template repeats over a value that is no collection");
  }
  Value text = Value::String("");
  text.sensitive = collection->sensitive;
  for (std::size_t i = 0; i < collection->items.size(); ++i) {
    const Value& item = collection->items[i];
    Value key = collection->is_object() ? Value::String(collection->keys[i])
                : IsSet(*collection)    ? item
                                        : NumberOf(static_cast<long long>(i));
    Binding key_binding{ref.expr().text, &key, frame.bindings};
    Binding binding{ref.expr().text2, &item,
                    ref.expr().text.empty() ? frame.bindings : &key_binding};
    Frame inner = frame;
    inner.bindings = &binding;
    Value piece = Evaluate({ref.syntax, children[1]}, inner);
    if (piece.is_unknown()) return piece;
    AppendPiece(text, piece);
    text.sensitive |= piece.sensitive;
    if (!SpendText(*this, piece.text.size())) return Exhausted();
    if (text.text.size() > kMaxText) return UnknownBecause("a text is longer than 16 MiB");
  }
  return text;
}

Value Evaluator::EvaluateFor(const ExprRef& ref, const Frame& frame) {
  const Expr& expr = ref.expr();
  auto children = ref.syntax->Children(expr);
  bool object = expr.kind == ExprKind::kForObject;
  std::size_t results = object ? 2 : 1;
  ExprRef condition;
  if (children.size() > results + 1) condition = {ref.syntax, children[results + 1]};
  Operand collection = EvaluateOperand({ref.syntax, children[0]}, frame);
  if (IsFailure(*collection)) return *collection;
  if (collection->is_unknown()) return Unique("a `for` over " + DefinitionOf(*collection), ref);
  if (!collection->is_list() && !collection->is_object()) {
    return Failure("a `for` expression repeats over a value that is no collection");
  }
  Members members;
  std::vector<Value> list;
  for (std::size_t i = 0; i < collection->items.size(); ++i) {
    const Value& item = collection->items[i];
    Value key = collection->is_object() ? Value::String(collection->keys[i])
                : IsSet(*collection)    ? item
                                        : NumberOf(static_cast<long long>(i));
    Binding key_binding{expr.text, &key, frame.bindings};
    Binding binding{expr.text2, &item, expr.text.empty() ? frame.bindings : &key_binding};
    Frame inner = frame;
    inner.bindings = &binding;
    if (condition) {
      Value failure;
      Value test = Evaluate(condition, inner);
      auto taken = AsCondition(test, failure);
      if (!taken)
        return IsFailure(failure)
                   ? failure
                   : Unique("a `for` with the condition " + Quote(test, symbols()), ref);
      if (!*taken) continue;
    }
    Value result = Evaluate({ref.syntax, children[results]}, inner);
    if (IsFailure(result)) return result;
    if (!object) {
      list.push_back(std::move(result));
      continue;
    }
    Value name = Evaluate({ref.syntax, children[1]}, inner);
    if (name.is_unknown())
      return IsFailure(name) ? name : Unique("a `for` with the key " + DefinitionOf(name), ref);
    auto text = ToText(name);
    if (!text) return Failure("the key of a `for` expression is no text");
    members.emplace_back(std::move(*text), std::move(result));
  }
  if (exhausted()) return Exhausted();
  bool sensitive = collection->sensitive;
  Value value = object ? Group(std::move(members), expr.flag) : Value::List(std::move(list));
  value.sensitive |= sensitive;
  return Enclose(std::move(value), expr);
}

Value Evaluator::EvaluateSplat(const ExprRef& ref, const Frame& frame) {
  auto children = ref.syntax->Children(ref.expr());
  Operand source = EvaluateOperand({ref.syntax, children[0]}, frame);
  if (IsFailure(*source)) return *source;
  if (source->is_unknown()) {
    std::string_view rest = ref.syntax->TextOf(ref.syntax->At(children[1]));
    return Undefined(DefinitionOf(*source) + "[*]" + std::string(rest));
  }
  Value list = Value::List();
  list.sensitive = source->sensitive;
  if (source->is_null()) return Enclose(std::move(list), ref.expr());
  std::size_t count = source->is_list() ? source->items.size() : 1;
  for (std::size_t i = 0; i < count; ++i) {
    Frame inner = frame;
    inner.splat_item = source->is_list() ? &source->items[i] : &*source;
    Value item = Evaluate({ref.syntax, children[1]}, inner);
    if (IsFailure(item)) return item;
    list.items.push_back(std::move(item));
  }
  return Enclose(std::move(list), ref.expr());
}

Value Evaluator::EvaluateConditional(const ExprRef& ref, const Frame& frame) {
  auto children = ref.syntax->Children(ref.expr());
  Value failure;
  Value test = Evaluate({ref.syntax, children[0]}, frame);
  auto condition = AsCondition(test, failure);
  if (IsFailure(failure)) return failure;
  if (condition) {
    Value value = Choose(ref, frame, *condition);
    value.sensitive |= test.sensitive;
    return value;
  }
  Value then = Evaluate({ref.syntax, children[1]}, frame);
  Value otherwise = Evaluate({ref.syntax, children[2]}, frame);
  bool same = then.SameAs(otherwise) && !then.is_unknown();
  if (same) return then;
  Value unknown = Undefined(Quote(test, symbols()) + " ? " + Quote(then, symbols()) + " : " +
                            Quote(otherwise, symbols()));
  unknown.sensitive = test.sensitive || then.sensitive || otherwise.sensitive;
  return unknown;
}

Value Evaluator::Choose(const ExprRef& ref, const Frame& frame, bool condition) {
  auto children = ref.syntax->Children(ref.expr());
  Value taken = Evaluate({ref.syntax, children[condition ? 1 : 2]}, frame);
  if (ref.expr().kind == ExprKind::kTemplateIf || !HasPrimitiveToUnify(taken)) return taken;
  Value other = Evaluate({ref.syntax, children[condition ? 2 : 1]}, frame);
  UnifyBranches(taken, other);
  return taken;
}

Value Evaluator::EvaluateLogical(const ExprRef& ref, const Frame& frame) {
  auto children = ref.syntax->Children(ref.expr());
  bool decisive = ref.expr().op == Operator::kOr;  // the value that decides alone
  Value failure;
  Value left = Evaluate({ref.syntax, children[0]}, frame);
  auto a = AsCondition(left, failure);
  if (IsFailure(failure)) return failure;
  if (a == decisive) return Enclose(Value::Bool(decisive), ref.expr());
  Value right = Evaluate({ref.syntax, children[1]}, frame);
  auto b = AsCondition(right, failure);
  if (IsFailure(failure)) return failure;
  if (b == decisive || (a && b)) return Enclose(Value::Bool(b.value_or(decisive)), ref.expr());
  return Undefined(Quote(left, symbols()) + (decisive ? " || " : " && ") + Quote(right, symbols()));
}

Value Evaluator::EvaluateBinary(const ExprRef& ref, const Frame& frame) {
  const Expr& expr = ref.expr();
  if (expr.op == Operator::kAnd || expr.op == Operator::kOr) return EvaluateLogical(ref, frame);
  auto children = ref.syntax->Children(expr);
  Operand left = EvaluateOperand({ref.syntax, children[0]}, frame);
  Operand right = EvaluateOperand({ref.syntax, children[1]}, frame);
  if (IsFailure(*left)) return *left;
  if (IsFailure(*right)) return *right;
  bool sensitive = left->sensitive || right->sensitive;
  auto finish = [&](Value value) {
    value.sensitive |= sensitive;
    return Enclose(std::move(value), expr);
  };
  std::string_view op_text = OperatorText(expr.op);
  auto unknown = [&] {
    return finish(Undefined(Quote(*left, symbols()) + " " + std::string(op_text) + " " +
                            Quote(*right, symbols())));
  };
  if (expr.op == Operator::kEqual || expr.op == Operator::kNotEqual) {
    if (!Spend(CountValues(*left))) return Exhausted();
    auto same = SameValue(*left, *right, symbols());
    if (!same) return unknown();
    return finish(Value::Bool(*same == (expr.op == Operator::kEqual)));
  }
  auto is_open = [](const Value& value) {
    return value.is_unknown() || (value.is_string() && model::HasSymbol(value.text));
  };
  if (is_open(*left) || is_open(*right)) return unknown();
  auto a = ToNumberText(*left);
  auto b = ToNumberText(*right);
  if (!a || !b) return Failure("`" + std::string(op_text) + "` needs numbers");
  int order = CompareNumbers(*a, *b);
  if (expr.op == Operator::kLess) return finish(Value::Bool(order < 0));
  if (expr.op == Operator::kLessOrEqual) return finish(Value::Bool(order <= 0));
  if (expr.op == Operator::kGreater) return finish(Value::Bool(order > 0));
  if (expr.op == Operator::kGreaterOrEqual) return finish(Value::Bool(order >= 0));
  return finish(Calculate(expr.op, Value::Number(*a), Value::Number(*b)));
}

Value Evaluator::EvaluateUnary(const ExprRef& ref, const Frame& frame) {
  Value operand = Evaluate({ref.syntax, ref.syntax->Children(ref.expr())[0]}, frame);
  if (IsFailure(operand)) return operand;
  bool is_not = ref.expr().op == Operator::kNot;
  if (operand.is_unknown() || (operand.is_string() && model::HasSymbol(operand.text))) {
    return Undefined((is_not ? "!" : "-") + Quote(operand, symbols()));
  }
  Value result;
  if (is_not) {
    auto condition = ToBool(operand);
    result = condition ? Value::Bool(!*condition) : Failure("`!` needs a bool");
  } else {
    auto number = ToNumberText(operand);
    result = number ? Calculate(Operator::kSubtract, Value::Number("0"), Value::Number(*number))
                    : Failure("`-` needs a number");
  }
  result.sensitive |= operand.sensitive;
  return Enclose(std::move(result), ref.expr());
}

}  // namespace preview::hcl
