// HCL text to a compact syntax tree of ours.
//
// tree-sitter's HCL grammar parses; its tree is then copied into an arena of small nodes with
// indices, so that nothing of tree-sitter outlives the call. What HCL decides while it parses is
// decided here: escapes, strip markers and indentation of heredocs, and templates that are one
// interpolation only. A part that does not parse becomes a kBroken expression and a problem; the
// rest of the file is kept. https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/place.h"
#include "model/result.h"
#include "model/value.h"
#include "parsers/text/limits.h"

namespace preview::hcl {

enum class ExprKind : std::uint8_t {
  kBroken,  // did not parse; text says why
  kNull,
  kBool,         // flag
  kNumber,       // text as written
  kString,       // text
  kTemplate,     // parts: kString, expressions, kTemplateIf, kTemplateFor; the result is a string
  kTemplateIf,   // condition, then (kTemplate), else (kTemplate)
  kTemplateFor,  // names text and text2; collection, body (kTemplate)
  kTuple,        // elements
  kObject,       // key, value, key, value, …; a key that is a bare word is a kString
  kForTuple,   // names text (key, may be empty) and text2 (value); collection, result[, condition]
  kForObject,  // likewise; collection, key, result[, condition]; flag: grouping `...`
  kConditional,  // condition, then, else
  kBinary,       // op; left, right
  kUnary,        // op; operand
  kCall,         // text is the name; arguments; flag: the last is expanded with `...`
  kVariable,     // text: the root of a traversal
  kGetAttr,      // source; text
  kIndex,        // source, key
  kSplat,        // source, each (in which kSplatItem stands for the element)
  kSplatItem,
};

enum class Operator : std::uint8_t {
  kNone,
  kAdd,
  kSubtract,
  kMultiply,
  kDivide,
  kModulo,
  kEqual,
  kNotEqual,
  kLess,
  kLessOrEqual,
  kGreater,
  kGreaterOrEqual,
  kAnd,
  kOr,
  kNot,
  kNegate,
};

using ExprId = std::uint32_t;

struct Expr {
  ExprKind kind = ExprKind::kBroken;
  Operator op = Operator::kNone;
  bool flag = false;
  std::uint32_t first = 0;  // into Syntax::children
  std::uint32_t count = 0;
  std::uint32_t begin = 0;  // byte offsets in the text of the file
  std::uint32_t end = 0;
  model::Place place;
  std::string text;
  std::string text2;
};

struct Attribute {
  std::string name;
  ExprId value = 0;
  model::Place place;  // of the name
};

using BlockId = std::uint32_t;

struct Block {
  std::string type;
  std::vector<std::string> labels;
  std::vector<Attribute> attributes;
  std::vector<BlockId> blocks;
  std::uint32_t begin = 0;  // byte offsets in the text of the file
  std::uint32_t end = 0;
  model::Place place;
  bool broken = false;  // a part of it did not parse
};

// With its `#`, `//` or `/* */`.
struct Comment {
  std::uint32_t begin = 0;  // byte offsets in the text of the file
  std::uint32_t end = 0;
};

// One file. Block 0 is the file's body. Expression 0 is a kBroken one without text.
struct Syntax {
  std::uint32_t file = 0;  // into model::SourceFiles
  std::string text;        // what begin and end of expressions refer to
  std::vector<Expr> exprs{Expr{}};
  std::vector<ExprId> children;
  std::vector<Block> blocks{Block{}};
  std::vector<Comment> comments;

  [[nodiscard]] const Expr& At(ExprId id) const { return exprs[id]; }
  [[nodiscard]] std::span<const ExprId> Children(const Expr& expr) const {
    return std::span(children).subspan(expr.first, expr.count);
  }
  [[nodiscard]] std::string_view TextOf(const Expr& expr) const {
    return std::string_view(text).substr(expr.begin, expr.end - expr.begin);
  }
};

// Bounds of this reader beside text::Limits.
inline constexpr std::size_t kMaxFileBytes = std::size_t{4} << 20;
inline constexpr int kMaxTemplateNesting =
    40;  // `"${"${…}"}"`: the grammar's scanner goes wrong beyond 60
inline constexpr int kMaxBracketNesting = 150;   // brackets, braces and parentheses
inline constexpr int kMaxExpressionDepth = 400;  // of our tree

// Never fails as a whole: what cannot be parsed is in `problems`. Symbol letters in the text become
// U+FFFD.
[[nodiscard]] Syntax ParseHcl(std::string_view text, std::uint32_t file,
                              model::Diagnostics& problems);

// A file of template syntax (`templatefile`). `root` is the expression, 0 when it does not parse.
[[nodiscard]] Syntax ParseTemplate(std::string_view text, std::uint32_t file,
                                   model::Diagnostics& problems, ExprId& root);

// One expression (values on the command line, test data). `root` as above.
[[nodiscard]] Syntax ParseExpression(std::string_view text, std::uint32_t file,
                                     model::Diagnostics& problems, ExprId& root);

// A `.tf.json` file. https://developer.hashicorp.com/terraform/language/syntax/json
[[nodiscard]] Syntax ParseHclJson(std::string_view text, std::uint32_t file,
                                  const text::Limits& limits, model::Diagnostics& problems);

}  // namespace preview::hcl
