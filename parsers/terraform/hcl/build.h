// tree-sitter's tree to syntax.h's arena. Used by syntax.cpp only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/result.h"
#include "parsers/terraform/hcl/syntax.h"
#include "parsers/terraform/hcl/tree.h"

namespace preview::hcl {

// Line numbers of byte offsets.
class LineTable {
 public:
  LineTable(std::string_view text, std::uint32_t file);
  [[nodiscard]] model::Place At(std::size_t offset) const;

 private:
  std::vector<std::size_t> starts_;
  std::uint32_t file_;
};

// A piece of a template in document order, before strip markers and indentation are applied.
struct TemplatePiece {
  enum class Kind { kLiteral, kInterpolation, kIf, kElse, kEndIf, kFor, kEndFor };
  Kind kind = Kind::kLiteral;
  std::size_t begin = 0;  // in the parsed text
  std::size_t end = 0;
  std::string text;  // kLiteral, decoded
  TSNode node{};     // the others
  bool strip_before = false;
  bool strip_after = false;
};

class Builder {
 public:
  // `parsed` is the text that the tree is of; `shift` bytes of it stand before `syntax.text`.
  Builder(std::string_view parsed, std::size_t shift, TSNode root, Syntax& syntax,
          model::Diagnostics& problems);

  void BuildFile();
  // The heredoc that stands around `syntax.text` ends where that text does.
  void EndOuterHeredocAtText() { outer_heredoc_ = true; }
  // The expression of the only attribute of the file; 0 when there is none.
  ExprId BuildOnlyExpression();

 private:
  // Bodies (build_body.cpp).
  void BuildBody(TSNode body, BlockId into, int depth);
  void BuildAttribute(TSNode node, BlockId into, int depth);
  void BuildBlock(TSNode node, BlockId into, int depth);
  void CollectComments();
  void ReportBroken(TSNode node);
  [[nodiscard]] std::string LabelOf(TSNode node) const;

  // Expressions (build_expression.cpp). All take the depth of the node that they build.
  ExprId BuildExpression(TSNode node, int depth);
  ExprId BuildTerms(std::span<const TSNode> nodes, int depth);
  ExprId BuildPrimary(TSNode node, int depth);
  ExprId BuildPostfix(ExprId source, std::span<const TSNode> rest, int depth);
  ExprId BuildSplat(ExprId source, TSNode splat, std::span<const TSNode> rest, int depth);
  ExprId BuildIndex(ExprId source, TSNode index, int depth);
  ExprId BuildOperation(TSNode node, int depth);
  ExprId BuildConditional(std::span<const TSNode> nodes, TSNode node, int depth);
  ExprId BuildLiteral(TSNode node, int depth);
  ExprId BuildTuple(TSNode node, int depth);
  ExprId BuildObject(TSNode node, int depth);
  ExprId BuildObjectKey(TSNode node, int depth);
  ExprId BuildFor(TSNode node, int depth);
  ExprId BuildCall(TSNode node, int depth);

  // Templates (build_template.cpp).
  ExprId BuildQuoted(TSNode node, int depth);
  ExprId BuildHeredoc(TSNode node, int depth);
  // False when a part of the template does not parse.
  bool PiecesOf(TSNode node, std::size_t begin, std::size_t end, bool quoted,
                std::vector<TemplatePiece>& pieces);
  bool AddLiteral(std::size_t begin, std::size_t end, bool quoted,
                  std::vector<TemplatePiece>& pieces) const;
  void AddMark(TSNode node, TemplatePiece::Kind kind, std::vector<TemplatePiece>& pieces);
  ExprId BuildPieces(const std::vector<TemplatePiece>& pieces, TSNode node, int depth);
  ExprId BuildInterpolation(const TemplatePiece& piece, int depth);
  std::vector<ExprId> BuildPieceRun(const std::vector<TemplatePiece>& pieces, std::size_t& at,
                                    int depth);
  ExprId BuildTemplateIf(const std::vector<TemplatePiece>& pieces, std::size_t& at, int depth);
  ExprId BuildTemplateFor(const std::vector<TemplatePiece>& pieces, std::size_t& at, int depth);
  ExprId TemplateOf(const std::vector<ExprId>& parts, const TemplatePiece& at);

  ExprId Add(Expr expr, std::span<const ExprId> children = {});
  ExprId Broken(TSNode node, std::string why);
  [[nodiscard]] Expr Make(ExprKind kind, TSNode node) const;
  [[nodiscard]] Expr MakeAt(ExprKind kind, std::size_t begin, std::size_t end) const;
  [[nodiscard]] std::string_view Text(TSNode node) const;
  [[nodiscard]] model::Place PlaceAt(std::size_t parsed_offset) const;
  [[nodiscard]] std::uint32_t Shifted(std::size_t parsed_offset) const;

  std::string_view parsed_;
  std::size_t shift_;
  bool outer_heredoc_ = false;
  TSNode root_;
  Syntax& syntax_;
  model::Diagnostics& problems_;
  LineTable lines_;
  Children children_;
};

// A literal of a quoted template (backslash escapes, `$${`, `%%{`) or of a heredoc (`$${`, `%%{`).
// False when a mark of an interpolation is left in it, which the grammar should have seen.
[[nodiscard]] bool DecodeLiteral(std::string_view text, bool quoted, std::string& out);

}  // namespace preview::hcl
