#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>

#include "model/symbol.h"
#include "parsers/terraform/hcl/build.h"
#include "parsers/terraform/hcl/letters.h"

namespace preview::hcl {

namespace {

using Kind = TemplatePiece::Kind;

std::string_view TrimLeft(std::string_view text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())) != 0) {
    text.remove_prefix(1);
  }
  return text;
}

// Each mark eats the spaces of the one literal piece next to it, which in a heredoc ends with its
// line.
void ApplyStripMarkers(std::vector<TemplatePiece>& pieces) {
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (pieces[i].kind == Kind::kLiteral) continue;
    if (pieces[i].strip_before && i > 0 && pieces[i - 1].kind == Kind::kLiteral) {
      std::string& text = pieces[i - 1].text;
      while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())) != 0) {
        text.pop_back();
      }
    }
    if (pieces[i].strip_after && i + 1 < pieces.size() && pieces[i + 1].kind == Kind::kLiteral) {
      std::string& text = pieces[i + 1].text;
      std::size_t spaces = text.size() - TrimLeft(text).size();
      text.erase(0, spaces);
      pieces[i + 1].begin += spaces;
    }
  }
}

// `<<-`: takes the smallest indentation of all lines away from each. As hclsyntax does it, after
// the strip markers: a line that begins with a mark counts as not indented, a blank line does not
// count and keeps its spaces.
// https://github.com/hashicorp/hcl/blob/v2.20.1/hclsyntax/parser_template.go
// (flushHeredocTemplateParts)
void RemoveIndentation(std::vector<TemplatePiece>& pieces) {
  std::size_t smallest = std::numeric_limits<std::size_t>::max();
  std::vector<TemplatePiece*> lines;
  bool at_line_start = true;
  for (TemplatePiece& piece : pieces) {
    bool literal = piece.kind == Kind::kLiteral;
    if (at_line_start) {
      at_line_start = false;
      std::string_view rest = TrimLeft(piece.text);
      bool blank = rest.empty() && piece.text.ends_with('\n');
      if (!blank) smallest = std::min(smallest, literal ? piece.text.size() - rest.size() : 0);
      if (literal && !blank) lines.push_back(&piece);
    }
    if (literal && piece.text.ends_with('\n')) at_line_start = true;
  }
  for (TemplatePiece* line : lines) {
    line->text.erase(0, smallest);
    line->begin += smallest;
  }
}

std::optional<Kind> MarkKind(std::string_view type) {
  static constexpr std::array<std::pair<std::string_view, Kind>, 6> kKinds{{
      {"template_interpolation", Kind::kInterpolation},
      {"template_if_intro", Kind::kIf},
      {"template_else_intro", Kind::kElse},
      {"template_if_end", Kind::kEndIf},
      {"template_for_start", Kind::kFor},
      {"template_for_end", Kind::kEndFor},
  }};
  for (auto [name, kind] : kKinds) {
    if (name == type) return kind;
  }
  return std::nullopt;
}

// Reads a backslash escape at `text[i]`; false when it is none.
bool DecodeEscape(std::string_view text, std::size_t& i, std::string& out) {
  static constexpr std::array<std::pair<char, char>, 5> kSimple{
      {{'n', '\n'}, {'r', '\r'}, {'t', '\t'}, {'"', '"'}, {'\\', '\\'}}};
  char kind = text.substr(i + 1, 1).empty() ? '\0' : text[i + 1];
  for (auto [letter, meaning] : kSimple) {
    if (letter != kind) continue;
    out += meaning;
    i += 2;
    return true;
  }
  std::size_t digits = kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
  auto letter = digits == 0 ? std::nullopt : HexNumber(text.substr(i + 2, digits), digits);
  if (!letter) return false;
  std::string utf8;
  AppendUtf8(utf8, *letter);
  out += model::WithoutSymbolLetters(utf8);
  i += 2 + digits;
  return true;
}

}  // namespace

bool DecodeLiteral(std::string_view text, bool quoted, std::string& out) {
  std::size_t i = 0;
  while (i < text.size()) {
    char c = text[i];
    if (quoted && c == '\\') {
      if (!DecodeEscape(text, i, out)) return false;
    } else if ((c == '$' || c == '%') && text.substr(i + 1, 1) == "{") {
      return false;
    } else if ((c == '$' || c == '%') && i + 2 < text.size() && text[i + 1] == c &&
               text[i + 2] == '{') {
      out += c;
      out += '{';
      i += 3;
    } else {
      out += c;
      ++i;
    }
  }
  return true;
}

ExprId Builder::BuildQuoted(TSNode node, int depth) {
  auto nodes = children_.Of(node);
  bool quotes = nodes.size() >= 2 && TypeOf(nodes.front()) == "quoted_template_start" &&
                TypeOf(nodes.back()) == "quoted_template_end" && !IsBroken(nodes.back());
  std::vector<TemplatePiece> pieces;
  if (!quotes || !PiecesOf(node, ts_node_end_byte(nodes.front()), ts_node_start_byte(nodes.back()),
                           true, pieces)) {
    return Broken(node, "a template does not parse");
  }
  ApplyStripMarkers(pieces);
  return BuildPieces(pieces, node, depth);
}

ExprId Builder::BuildHeredoc(TSNode node, int depth) {
  auto nodes = children_.Of(node);
  bool whole = nodes.size() >= 3 && TypeOf(nodes[1]) == "heredoc_identifier" &&
               TypeOf(nodes.back()) == "heredoc_identifier" && !IsBroken(nodes.back());
  if (!whole) return Broken(node, "a heredoc does not parse");
  std::size_t begin = parsed_.find('\n', ts_node_end_byte(nodes[1]));
  std::size_t end = parsed_.rfind('\n', ts_node_start_byte(nodes.back()));
  if (begin == std::string_view::npos || end == std::string_view::npos || begin > end) {
    return Broken(node, "a heredoc does not parse");
  }
  bool outer = outer_heredoc_ && ts_node_start_byte(node) < shift_;
  end = outer ? shift_ + syntax_.text.size() : end + 1;
  std::vector<TemplatePiece> pieces;
  if (!PiecesOf(node, begin + 1, end, false, pieces)) {
    return Broken(node, "a heredoc does not parse");
  }
  ApplyStripMarkers(pieces);
  if (Text(nodes[0]) == "<<-") RemoveIndentation(pieces);
  return BuildPieces(pieces, node, depth);
}

// Literal pieces are what lies between the marks: the grammar's own literal nodes leave spaces out.
bool Builder::PiecesOf(TSNode node, std::size_t begin, std::size_t end, bool quoted,
                       std::vector<TemplatePiece>& pieces) {
  std::vector<TSNode> open{node};
  std::size_t at = begin;
  while (!open.empty()) {
    TSNode next = open.back();
    open.pop_back();
    if (IsBroken(next)) return false;
    if (auto kind = MarkKind(TypeOf(next))) {
      if (!AddLiteral(at, ts_node_start_byte(next), quoted, pieces)) return false;
      AddMark(next, *kind, pieces);
      at = ts_node_end_byte(next);
      continue;
    }
    if (TypeOf(next) == "template_literal") continue;
    auto children = children_.Of(next);
    open.insert(open.end(), children.rbegin(), children.rend());
  }
  return AddLiteral(at, end, quoted, pieces);
}

void Builder::AddMark(TSNode node, TemplatePiece::Kind kind, std::vector<TemplatePiece>& pieces) {
  TemplatePiece piece;
  piece.kind = kind;
  piece.begin = ts_node_start_byte(node);
  piece.end = ts_node_end_byte(node);
  piece.node = node;
  std::string_view text = Text(node);
  piece.strip_before = text.substr(2, 1) == "~";
  piece.strip_after = text.ends_with("~}");
  pieces.push_back(std::move(piece));
}

// A literal of a heredoc is one piece per line; that of a quoted template is one piece.
bool Builder::AddLiteral(std::size_t begin, std::size_t end, bool quoted,
                         std::vector<TemplatePiece>& pieces) const {
  while (begin < end) {
    std::size_t stop = end;
    if (!quoted) stop = std::min(end, parsed_.substr(0, end).find('\n', begin));
    if (!quoted && stop < end) ++stop;
    TemplatePiece piece;
    piece.begin = begin;
    piece.end = stop;
    if (!DecodeLiteral(parsed_.substr(begin, stop - begin), quoted, piece.text)) return false;
    pieces.push_back(std::move(piece));
    begin = stop;
  }
  return true;
}

ExprId Builder::BuildPieces(const std::vector<TemplatePiece>& pieces, TSNode node, int depth) {
  std::size_t at = 0;
  std::vector<ExprId> parts = BuildPieceRun(pieces, at, depth + 1);
  if (at < pieces.size()) return Broken(node, "a template directive has no beginning");
  if (parts.empty()) {
    return Add(Make(ExprKind::kString, node));
  }
  // A template of nothing but one interpolation is the value itself, of any type.
  if (parts.size() == 1 && syntax_.At(parts[0]).kind != ExprKind::kTemplateIf &&
      syntax_.At(parts[0]).kind != ExprKind::kTemplateFor) {
    return parts[0];
  }
  return Add(Make(ExprKind::kTemplate, node), parts);
}

std::vector<ExprId> Builder::BuildPieceRun(const std::vector<TemplatePiece>& pieces,
                                           std::size_t& at, int depth) {
  std::vector<ExprId> parts;
  while (at < pieces.size()) {
    const TemplatePiece& piece = pieces[at];
    switch (piece.kind) {
      case Kind::kLiteral: {
        ++at;
        if (piece.text.empty()) break;
        Expr expr = MakeAt(ExprKind::kString, piece.begin, piece.end);
        expr.text = piece.text;
        parts.push_back(Add(std::move(expr)));
        break;
      }
      case Kind::kInterpolation:
        parts.push_back(BuildInterpolation(piece, depth));
        ++at;
        break;
      case Kind::kIf:
        parts.push_back(BuildTemplateIf(pieces, at, depth));
        break;
      case Kind::kFor:
        parts.push_back(BuildTemplateFor(pieces, at, depth));
        break;
      case Kind::kElse:
      case Kind::kEndIf:
      case Kind::kEndFor:
        return parts;
    }
  }
  return parts;
}

ExprId Builder::BuildInterpolation(const TemplatePiece& piece, int depth) {
  for (TSNode child : children_.Of(piece.node)) {
    if (IsBroken(child)) break;
    if (TypeOf(child) == "expression") return BuildExpression(child, depth + 1);
  }
  return Broken(piece.node, "an interpolation does not parse");
}

ExprId Builder::TemplateOf(const std::vector<ExprId>& parts, const TemplatePiece& at) {
  return Add(MakeAt(ExprKind::kTemplate, at.end, at.end), parts);
}

ExprId Builder::BuildTemplateIf(const std::vector<TemplatePiece>& pieces, std::size_t& at,
                                int depth) {
  const TemplatePiece& intro = pieces[at];
  if (depth > kMaxExpressionDepth) {
    at = pieces.size();
    return Broken(intro.node, "it is nested too deeply");
  }
  ++at;
  ExprId condition = BuildInterpolation(intro, depth);
  ExprId then = TemplateOf(BuildPieceRun(pieces, at, depth + 1), intro);
  ExprId otherwise = 0;
  if (at < pieces.size() && pieces[at].kind == Kind::kElse) {
    const TemplatePiece& middle = pieces[at];
    ++at;
    otherwise = TemplateOf(BuildPieceRun(pieces, at, depth + 1), middle);
  } else {
    otherwise = TemplateOf({}, intro);
  }
  if (at >= pieces.size() || pieces[at].kind != Kind::kEndIf) {
    return Broken(intro.node, "a template directive has no end");
  }
  ++at;
  std::array children{condition, then, otherwise};
  return Add(Make(ExprKind::kTemplateIf, intro.node), children);
}

ExprId Builder::BuildTemplateFor(const std::vector<TemplatePiece>& pieces, std::size_t& at,
                                 int depth) {
  const TemplatePiece& intro = pieces[at];
  if (depth > kMaxExpressionDepth) {
    at = pieces.size();
    return Broken(intro.node, "it is nested too deeply");
  }
  ++at;
  Expr expr = Make(ExprKind::kTemplateFor, intro.node);
  for (TSNode child : children_.Of(intro.node)) {
    if (TypeOf(child) == "identifier")
      expr.text = std::exchange(expr.text2, std::string(Text(child)));
  }
  ExprId collection = BuildInterpolation(intro, depth);
  ExprId body = TemplateOf(BuildPieceRun(pieces, at, depth + 1), intro);
  if (at >= pieces.size() || pieces[at].kind != Kind::kEndFor) {
    return Broken(intro.node, "a template directive has no end");
  }
  ++at;
  std::array children{collection, body};
  return Add(std::move(expr), children);
}

}  // namespace preview::hcl
