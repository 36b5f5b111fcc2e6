#include <array>
#include <optional>
#include <utility>

#include "parsers/terraform/hcl/build.h"

namespace preview::hcl {

namespace {

std::optional<Operator> BinaryOperator(std::string_view text) {
  static constexpr std::array<std::pair<std::string_view, Operator>, 13> kOperators{{
      {"+", Operator::kAdd},
      {"-", Operator::kSubtract},
      {"*", Operator::kMultiply},
      {"/", Operator::kDivide},
      {"%", Operator::kModulo},
      {"==", Operator::kEqual},
      {"!=", Operator::kNotEqual},
      {"<", Operator::kLess},
      {"<=", Operator::kLessOrEqual},
      {">", Operator::kGreater},
      {">=", Operator::kGreaterOrEqual},
      {"&&", Operator::kAnd},
      {"||", Operator::kOr},
  }};
  for (auto [name, op] : kOperators) {
    if (name == text) return op;
  }
  return std::nullopt;
}

}  // namespace

ExprId Builder::Add(Expr expr, std::span<const ExprId> children) {
  expr.first = static_cast<std::uint32_t>(syntax_.children.size());
  expr.count = static_cast<std::uint32_t>(children.size());
  syntax_.children.insert(syntax_.children.end(), children.begin(), children.end());
  syntax_.exprs.push_back(std::move(expr));
  return static_cast<ExprId>(syntax_.exprs.size() - 1);
}

Expr Builder::MakeAt(ExprKind kind, std::size_t begin, std::size_t end) const {
  Expr expr;
  expr.kind = kind;
  expr.begin = Shifted(begin);
  expr.end = Shifted(end);
  expr.place = PlaceAt(begin);
  return expr;
}

Expr Builder::Make(ExprKind kind, TSNode node) const {
  return MakeAt(kind, ts_node_start_byte(node), ts_node_end_byte(node));
}

ExprId Builder::Broken(TSNode node, std::string why) {
  Expr expr = Make(ExprKind::kBroken, node);
  expr.text = std::move(why);
  problems_.push_back({.message = "an expression cannot be read: " + expr.text,
                       .help = "`terraform validate` shows what is wrong",
                       .place = expr.place});
  return Add(std::move(expr));
}

ExprId Builder::BuildExpression(TSNode node, int depth) {
  auto nodes = children_.Of(node);
  if (nodes.size() == 1 && TypeOf(nodes[0]) == "conditional") {
    return BuildConditional(children_.Of(nodes[0]), nodes[0], depth);
  }
  return BuildTerms(nodes, depth);
}

// The rules for terms are hidden in the grammar: a term is its primary expression and then its
// indices, attributes and splats, all as siblings.
ExprId Builder::BuildTerms(std::span<const TSNode> nodes, int depth) {
  if (nodes.empty()) return 0;
  if (depth > kMaxExpressionDepth) return Broken(nodes[0], "it is nested too deeply");
  for (TSNode node : nodes) {
    if (IsBroken(node)) return Broken(node, "it does not parse");
  }
  if (TypeOf(nodes[0]) == "(") {
    if (nodes.size() < 3 || TypeOf(nodes[2]) != ")") return Broken(nodes[0], "it does not parse");
    return BuildPostfix(BuildExpression(nodes[1], depth + 1), nodes.subspan(3), depth);
  }
  return BuildPostfix(BuildPrimary(nodes[0], depth), nodes.subspan(1), depth);
}

ExprId Builder::BuildPrimary(TSNode node, int depth) {
  std::string_view type = TypeOf(node);
  auto only_child = [&]() {
    auto nodes = children_.Of(node);
    return nodes.size() == 1 && !IsBroken(nodes[0]) ? nodes[0] : node;
  };
  if (type == "literal_value") return BuildLiteral(only_child(), depth);
  if (type == "template_expr") {
    TSNode inner = only_child();
    return TypeOf(inner) == "heredoc_template" ? BuildHeredoc(inner, depth)
                                               : BuildQuoted(inner, depth);
  }
  if (type == "collection_value") {
    TSNode inner = only_child();
    return TypeOf(inner) == "tuple" ? BuildTuple(inner, depth) : BuildObject(inner, depth);
  }
  if (type == "variable_expr") {
    Expr expr = Make(ExprKind::kVariable, node);
    expr.text = Text(node);
    return Add(std::move(expr));
  }
  if (type == "function_call") return BuildCall(node, depth);
  if (type == "for_expr") return BuildFor(only_child(), depth);
  if (type == "operation") return BuildOperation(only_child(), depth);
  if (type == "expression") return BuildExpression(node, depth + 1);
  return Broken(node, "it does not parse");
}

ExprId Builder::BuildPostfix(ExprId source, std::span<const TSNode> rest, int depth) {
  for (std::size_t i = 0; i < rest.size(); ++i) {
    if (depth + static_cast<int>(i) > kMaxExpressionDepth) {
      return Broken(rest[i], "it is nested too deeply");
    }
    std::string_view type = TypeOf(rest[i]);
    if (type == "get_attr") {
      Expr expr = Make(ExprKind::kGetAttr, rest[i]);
      expr.begin = syntax_.At(source).begin;
      expr.place = syntax_.At(source).place;
      auto nodes = children_.Of(rest[i]);
      if (!nodes.empty()) expr.text = Text(nodes.back());
      std::array children{source};
      source = Add(std::move(expr), children);
    } else if (type == "index") {
      source = BuildIndex(source, rest[i], depth);
    } else if (type == "splat") {
      return BuildSplat(source, rest[i], rest.subspan(i + 1), depth);
    } else {
      return Broken(rest[i], "it does not parse");
    }
  }
  return source;
}

ExprId Builder::BuildIndex(ExprId source, TSNode index, int depth) {
  auto kinds = children_.Of(index);
  if (kinds.size() != 1) return Broken(index, "it does not parse");
  auto nodes = children_.Of(kinds[0]);
  ExprId key = 0;
  if (TypeOf(kinds[0]) == "legacy_index") {
    Expr number = Make(ExprKind::kNumber, kinds[0]);
    number.text = Text(kinds[0]).substr(1);
    key = Add(std::move(number));
  } else {
    if (nodes.size() != 3) return Broken(index, "it does not parse");
    key = BuildExpression(nodes[1], depth + 1);
  }
  Expr expr = Make(ExprKind::kIndex, index);
  expr.begin = syntax_.At(source).begin;
  expr.place = syntax_.At(source).place;
  std::array children{source, key};
  return Add(std::move(expr), children);
}

// `a[*].b[*].c` is one splat within the other, while `a.*.b[0]` indexes the splat's result.
ExprId Builder::BuildSplat(ExprId source, TSNode splat, std::span<const TSNode> rest, int depth) {
  if (depth > kMaxExpressionDepth) return Broken(splat, "it is nested too deeply");
  auto kinds = children_.Of(splat);
  if (kinds.size() != 1) return Broken(splat, "it does not parse");
  auto nodes = children_.Of(kinds[0]);
  std::vector<TSNode> steps(nodes.begin() + (nodes.empty() ? 0 : 1), nodes.end());
  bool full = TypeOf(kinds[0]) == "full_splat";
  std::size_t inner = steps.size();
  if (!full) {
    inner = 0;
    while (inner < steps.size()) {
      auto index = children_.Of(steps[inner]);
      if (TypeOf(steps[inner]) == "index" && TypeOf(index[0]) == "new_index") break;
      ++inner;
    }
  }
  std::vector<TSNode> within(steps.begin(), steps.begin() + static_cast<std::ptrdiff_t>(inner));
  std::vector<TSNode> after(steps.begin() + static_cast<std::ptrdiff_t>(inner), steps.end());
  auto& tail = full ? within : after;
  tail.insert(tail.end(), rest.begin(), rest.end());
  ExprId item = Add(Make(ExprKind::kSplatItem, splat));
  ExprId each = BuildPostfix(item, within, depth + 1);
  Expr expr = Make(ExprKind::kSplat, splat);
  expr.begin = syntax_.At(source).begin;
  expr.place = syntax_.At(source).place;
  std::array children{source, each};
  return BuildPostfix(Add(std::move(expr), children), after, depth + 1);
}

ExprId Builder::BuildOperation(TSNode node, int depth) {
  auto nodes = children_.Of(node);
  std::span<const TSNode> all(nodes);
  if (TypeOf(node) == "unary_operation" && !nodes.empty()) {
    Expr expr = Make(ExprKind::kUnary, node);
    expr.op = TypeOf(nodes[0]) == "!" ? Operator::kNot : Operator::kNegate;
    std::array children{BuildTerms(all.subspan(1), depth + 1)};
    return Add(std::move(expr), children);
  }
  for (std::size_t i = 1; i + 1 < nodes.size(); ++i) {
    auto op = ts_node_is_named(nodes[i]) ? std::nullopt : BinaryOperator(TypeOf(nodes[i]));
    if (!op) continue;
    Expr expr = Make(ExprKind::kBinary, node);
    expr.op = *op;
    ExprId left = BuildTerms(all.first(i), depth + 1);
    ExprId right = BuildTerms(all.subspan(i + 1), depth + 1);
    std::array children{left, right};
    return Add(std::move(expr), children);
  }
  return Broken(node, "it does not parse");
}

ExprId Builder::BuildConditional(std::span<const TSNode> nodes, TSNode node, int depth) {
  if (depth > kMaxExpressionDepth) return Broken(node, "it is nested too deeply");
  bool broken = nodes.size() != 5;
  for (TSNode child : nodes) broken = broken || IsBroken(child);
  if (broken) return Broken(node, "it does not parse");
  std::array children{BuildExpression(nodes[0], depth + 1), BuildExpression(nodes[2], depth + 1),
                      BuildExpression(nodes[4], depth + 1)};
  return Add(Make(ExprKind::kConditional, node), children);
}

ExprId Builder::BuildLiteral(TSNode node, int depth) {
  std::string_view type = TypeOf(node);
  if (type == "string_lit") return BuildQuoted(node, depth);
  Expr expr = Make(ExprKind::kNull, node);
  if (type == "bool_lit") {
    expr.kind = ExprKind::kBool;
    expr.flag = Text(node) == "true";
  } else if (type == "numeric_lit") {
    expr.kind = ExprKind::kNumber;
    expr.text = syntax_.text.substr(expr.begin, expr.end - expr.begin);
  } else if (type != "null_lit") {
    return Broken(node, "it does not parse");
  }
  return Add(std::move(expr));
}

ExprId Builder::BuildTuple(TSNode node, int depth) {
  std::vector<ExprId> elements;
  for (TSNode child : children_.Of(node)) {
    if (IsBroken(child)) return Broken(child, "it does not parse");
    if (TypeOf(child) == "expression") elements.push_back(BuildExpression(child, depth + 1));
  }
  return Add(Make(ExprKind::kTuple, node), elements);
}

ExprId Builder::BuildObject(TSNode node, int depth) {
  std::vector<ExprId> members;
  for (TSNode child : children_.Of(node)) {
    if (IsBroken(child)) return Broken(child, "it does not parse");
    if (TypeOf(child) != "object_elem") continue;
    auto nodes = children_.Of(child);
    bool broken = nodes.size() != 3;
    for (TSNode part : nodes) broken = broken || IsBroken(part);
    if (broken) return Broken(child, "it does not parse");
    members.push_back(BuildObjectKey(nodes[0], depth + 1));
    members.push_back(BuildExpression(nodes[2], depth + 1));
  }
  return Add(Make(ExprKind::kObject, node), members);
}

// A bare word is the key itself; any other expression is computed.
ExprId Builder::BuildObjectKey(TSNode node, int depth) {
  auto nodes = children_.Of(node);
  if (nodes.size() == 1 && TypeOf(nodes[0]) == "variable_expr") {
    Expr expr = Make(ExprKind::kString, node);
    expr.text = Text(node);
    return Add(std::move(expr));
  }
  return BuildExpression(node, depth);
}

ExprId Builder::BuildFor(TSNode node, int depth) {
  bool object = TypeOf(node) == "for_object_expr";
  Expr expr = Make(object ? ExprKind::kForObject : ExprKind::kForTuple, node);
  std::vector<ExprId> parts;
  std::vector<ExprId> conditions;
  for (TSNode child : children_.Of(node)) {
    std::string_view type = TypeOf(child);
    if (IsBroken(child)) return Broken(child, "it does not parse");
    if (type == "expression") {
      parts.push_back(BuildExpression(child, depth + 1));
    } else if (type == "ellipsis") {
      expr.flag = true;
    } else if (type == "for_intro" || type == "for_cond") {
      for (TSNode part : children_.Of(child)) {
        if (IsBroken(part)) return Broken(part, "it does not parse");
        if (TypeOf(part) == "identifier") {
          expr.text = std::exchange(expr.text2, std::string(Text(part)));
        } else if (TypeOf(part) == "expression") {
          auto& list = type == "for_intro" ? parts : conditions;
          list.push_back(BuildExpression(part, depth + 1));
        }
      }
    }
  }
  if (parts.size() != (object ? 3U : 2U)) return Broken(node, "it does not parse");
  parts.insert(parts.end(), conditions.begin(), conditions.end());
  return Add(std::move(expr), parts);
}

ExprId Builder::BuildCall(TSNode node, int depth) {
  Expr expr = Make(ExprKind::kCall, node);
  std::vector<ExprId> arguments;
  for (TSNode child : children_.Of(node)) {
    std::string_view type = TypeOf(child);
    if (IsBroken(child)) return Broken(child, "it does not parse");
    if (type == "identifier") {
      expr.text = Text(child);
    } else if (type == "function_arguments") {
      for (TSNode argument : children_.Of(child)) {
        if (IsBroken(argument)) return Broken(argument, "it does not parse");
        if (TypeOf(argument) == "expression") {
          arguments.push_back(BuildExpression(argument, depth + 1));
        } else if (TypeOf(argument) == "ellipsis") {
          expr.flag = true;
        }
      }
    }
  }
  return Add(std::move(expr), arguments);
}

}  // namespace preview::hcl
