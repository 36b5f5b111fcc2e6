// `.tf.json` to the same tree as HCL.
// https://developer.hashicorp.com/terraform/language/syntax/json
//
// Within a body, which members are nested blocks depends on schemas that are not at hand: all but
// `dynamic` are taken as attributes, which evaluate to the same values.
#include <algorithm>
#include <array>
#include <utility>

#include "parsers/terraform/hcl/syntax.h"
#include "parsers/text/json.h"

namespace preview::hcl {

namespace {

using model::Value;

struct BlockLabels {
  std::string_view type;
  int labels;
};

constexpr std::array<BlockLabels, 8> kBlocks{{{"resource", 2},
                                              {"data", 2},
                                              {"ephemeral", 2},
                                              {"variable", 1},
                                              {"output", 1},
                                              {"module", 1},
                                              {"provider", 1},
                                              {"locals", 0}}};

class JsonBuilder {
 public:
  JsonBuilder(Syntax& syntax, model::Diagnostics& problems)
      : syntax_(syntax), problems_(problems) {}

  void Build(const Value& root) {
    for (std::size_t i = 0; i < root.keys.size(); ++i) {
      for (const BlockLabels& block : kBlocks) {
        if (block.type != root.keys[i]) continue;
        BuildBlocks(block.type, {}, block.labels, root.items[i]);
      }
    }
  }

 private:
  // Steps through as many levels of labels as the type has; each level may be a list.
  void BuildBlocks(std::string_view type, const std::vector<std::string>& labels, int missing,
                   const Value& value) {
    if (value.is_list()) {
      for (const Value& item : value.items) {
        if (item.is_object()) BuildBlocks(type, labels, missing, item);
      }
      return;
    }
    if (!value.is_object()) return;
    if (missing == 0) {
      BlockId id = AddBlock(type, labels, value.place);
      syntax_.blocks[0].blocks.push_back(id);
      BuildBody(id, value, type == "variable");
      return;
    }
    for (std::size_t i = 0; i < value.keys.size(); ++i) {
      std::vector<std::string> longer = labels;
      longer.push_back(value.keys[i]);
      BuildBlocks(type, longer, missing - 1, value.items[i]);
    }
  }

  BlockId AddBlock(std::string_view type, std::vector<std::string> labels, model::Place place) {
    Block block;
    block.type = type;
    block.labels = std::move(labels);
    block.place = place;
    syntax_.blocks.push_back(std::move(block));
    return static_cast<BlockId>(syntax_.blocks.size() - 1);
  }

  void BuildBody(BlockId id, const Value& body, bool variable) {
    for (std::size_t i = 0; i < body.keys.size(); ++i) {
      const std::string& name = body.keys[i];
      if (name == "//") continue;
      if (name == "dynamic" && body.items[i].is_object()) {
        BuildDynamic(id, body.items[i]);
        continue;
      }
      Attribute attribute;
      attribute.name = name;
      attribute.place = i < body.key_places.size() ? body.key_places[i] : body.items[i].place;
      bool constraint = variable && name == "type" && body.items[i].is_string();
      attribute.value =
          constraint ? BuildConstraint(body.items[i]) : BuildExpression(body.items[i], variable);
      syntax_.blocks[id].attributes.push_back(std::move(attribute));
    }
  }

  void BuildDynamic(BlockId parent, const Value& dynamic) {
    for (std::size_t i = 0; i < dynamic.keys.size(); ++i) {
      std::vector<const Value*> bodies;
      if (dynamic.items[i].is_object()) bodies.push_back(&dynamic.items[i]);
      for (const Value& item :
           dynamic.items[i].is_list() ? dynamic.items[i].items : std::vector<Value>{}) {
        bodies.push_back(&item);
      }
      for (const Value* body : bodies) {
        BlockId id = AddBlock("dynamic", {dynamic.keys[i]}, body->place);
        syntax_.blocks[parent].blocks.push_back(id);
        for (std::size_t k = 0; k < body->keys.size(); ++k) {
          BuildDynamicMember(id, body->keys[k], body->items[k]);
        }
      }
    }
  }

  void BuildDynamicMember(BlockId id, const std::string& name, const Value& value) {
    if (name == "content" && value.is_object()) {
      BlockId content = AddBlock("content", {}, value.place);
      syntax_.blocks[id].blocks.push_back(content);
      BuildBody(content, value, false);
      return;
    }
    Attribute attribute{name, BuildExpression(value, false), value.place};
    syntax_.blocks[id].attributes.push_back(std::move(attribute));
  }

  ExprId Add(Expr expr, const std::vector<ExprId>& children) {
    expr.first = static_cast<std::uint32_t>(syntax_.children.size());
    expr.count = static_cast<std::uint32_t>(children.size());
    syntax_.children.insert(syntax_.children.end(), children.begin(), children.end());
    syntax_.exprs.push_back(std::move(expr));
    return static_cast<ExprId>(syntax_.exprs.size() - 1);
  }

  // Recursion is bounded by the depth limit of the JSON reader. `literal`: texts are no templates.
  ExprId BuildExpression(const Value& value, bool literal) {
    Expr expr;
    expr.place = value.place;
    std::vector<ExprId> children;
    if (value.is_bool()) {
      expr.kind = ExprKind::kBool;
      expr.flag = value.boolean;
    } else if (value.is_number()) {
      expr.kind = ExprKind::kNumber;
      expr.text = value.text;
    } else if (value.is_string()) {
      return BuildText(value.text, value.place, literal);
    } else if (value.is_list()) {
      expr.kind = ExprKind::kTuple;
      for (const Value& item : value.items) children.push_back(BuildExpression(item, literal));
    } else if (value.is_object()) {
      expr.kind = ExprKind::kObject;
      for (std::size_t i = 0; i < value.keys.size(); ++i) {
        children.push_back(BuildText(value.keys[i], value.place, literal));
        children.push_back(BuildExpression(value.items[i], literal));
      }
    } else {
      expr.kind = ExprKind::kNull;
    }
    return Add(std::move(expr), children);
  }

  ExprId BuildText(const std::string& text, const model::Place& place, bool literal) {
    bool plain =
        literal || (text.find("${") == std::string::npos && text.find("%{") == std::string::npos);
    if (!plain) {
      ExprId root = 0;
      Syntax parsed = ParseTemplate(text, syntax_.file, problems_, root);
      return Adopt(parsed, root, place);
    }
    Expr expr;
    expr.kind = ExprKind::kString;
    expr.place = place;
    expr.text = text;
    return Add(std::move(expr), {});
  }

  ExprId BuildConstraint(const Value& value) {
    ExprId root = 0;
    Syntax parsed = ParseExpression(value.text, syntax_.file, problems_, root);
    return Adopt(parsed, root, value.place);
  }

  // Copies a parsed tree into this one; all its places become that of the text.
  ExprId Adopt(const Syntax& parsed, ExprId root, const model::Place& place) {
    auto exprs = static_cast<std::uint32_t>(syntax_.exprs.size());
    auto children = static_cast<std::uint32_t>(syntax_.children.size());
    auto text = static_cast<std::uint32_t>(syntax_.text.size());
    for (Expr expr : parsed.exprs) {
      expr.first += children;
      expr.begin += text;
      expr.end += text;
      expr.place = place;
      syntax_.exprs.push_back(std::move(expr));
    }
    for (ExprId child : parsed.children) syntax_.children.push_back(child + exprs);
    syntax_.text += parsed.text;
    return root + exprs;
  }

  Syntax& syntax_;
  model::Diagnostics& problems_;
};

}  // namespace

Syntax ParseHclJson(std::string_view text, std::uint32_t file, const text::Limits& limits,
                    model::Diagnostics& problems) {
  constexpr std::size_t kMaxJsonDepth = 200;
  Syntax syntax;
  syntax.file = file;
  text::JsonOptions options;
  options.limits = limits;
  options.limits.depth = std::min(limits.depth, kMaxJsonDepth);
  options.file = file;
  auto json = text::ParseJson(text, options, &problems);
  if (!json.ok() || !json.value().is_object()) {
    problems.push_back(json.ok() ? model::Error{.message = "the file is no JSON object",
                                                .help = "",
                                                .place = {file, 1, 1}}
                                 : json.error());
    syntax.blocks[0].broken = true;
    return syntax;
  }
  JsonBuilder(syntax, problems).Build(json.value());
  return syntax;
}

}  // namespace preview::hcl
