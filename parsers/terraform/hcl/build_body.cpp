#include <algorithm>
#include <utility>

#include "parsers/terraform/hcl/build.h"

namespace preview::hcl {

LineTable::LineTable(std::string_view text, std::uint32_t file) : starts_{0}, file_(file) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') starts_.push_back(i + 1);
  }
}

model::Place LineTable::At(std::size_t offset) const {
  auto next = std::upper_bound(starts_.begin(), starts_.end(), offset);
  auto line = static_cast<std::size_t>(next - starts_.begin());
  return {file_, static_cast<std::uint32_t>(line),
          static_cast<std::uint32_t>(offset - starts_[line - 1] + 1)};
}

Builder::Builder(std::string_view parsed, std::size_t shift, TSNode root, Syntax& syntax,
                 model::Diagnostics& problems)
    : parsed_(parsed),
      shift_(shift),
      root_(root),
      syntax_(syntax),
      problems_(problems),
      lines_(syntax.text, syntax.file),
      children_(root) {}

std::uint32_t Builder::Shifted(std::size_t parsed_offset) const {
  std::size_t offset = parsed_offset < shift_ ? 0 : parsed_offset - shift_;
  return static_cast<std::uint32_t>(std::min(offset, syntax_.text.size()));
}

model::Place Builder::PlaceAt(std::size_t parsed_offset) const {
  return lines_.At(Shifted(parsed_offset));
}

std::string_view Builder::Text(TSNode node) const {
  std::size_t begin = ts_node_start_byte(node);
  return parsed_.substr(begin, ts_node_end_byte(node) - begin);
}

void Builder::BuildFile() {
  CollectComments();
  if (IsBroken(root_)) ReportBroken(root_);
  for (TSNode node : children_.Of(root_)) {
    if (IsBroken(node)) {
      ReportBroken(node);
    } else if (TypeOf(node) == "body") {
      BuildBody(node, 0, 1);
    } else {
      ReportBroken(node);
    }
  }
}

ExprId Builder::BuildOnlyExpression() {
  for (TSNode node : children_.Of(root_)) {
    if (!IsBroken(node)) continue;
    ReportBroken(node);
    return 0;
  }
  for (TSNode body : children_.Of(root_)) {
    if (TypeOf(body) != "body") {
      ReportBroken(body);
      return 0;
    }
    auto items = children_.Of(body);
    if (items.size() != 1 || TypeOf(items[0]) != "attribute") {
      ReportBroken(body);
      return 0;
    }
    BuildAttribute(items[0], 0, 1);
    return syntax_.blocks[0].attributes.empty() ? 0 : syntax_.blocks[0].attributes[0].value;
  }
  return 0;
}

// Comments are extras and may stand anywhere, so the whole tree is walked.
void Builder::CollectComments() {
  TSTreeCursor cursor = ts_tree_cursor_new(root_);
  bool up = false;
  while (true) {
    if (!up) {
      TSNode node = ts_tree_cursor_current_node(&cursor);
      if (TypeOf(node) == "comment") {
        syntax_.comments.push_back(
            {Shifted(ts_node_start_byte(node)), Shifted(ts_node_end_byte(node))});
      }
      if (ts_tree_cursor_goto_first_child(&cursor)) continue;
    }
    up = !ts_tree_cursor_goto_next_sibling(&cursor);
    if (up && !ts_tree_cursor_goto_parent(&cursor)) break;
  }
  ts_tree_cursor_delete(&cursor);
}

void Builder::ReportBroken(TSNode node) {
  constexpr std::size_t kMaxProblems = 20;
  if (problems_.size() >= kMaxProblems) return;
  problems_.push_back({.message = "this part of the configuration does not parse",
                       .help = "`terraform validate` shows what is wrong",
                       .place = PlaceAt(ts_node_start_byte(node))});
}

void Builder::BuildBody(TSNode body, BlockId into, int depth) {
  for (TSNode node : children_.Of(body)) {
    std::string_view type = TypeOf(node);
    if (!IsBroken(node) && type == "attribute") {
      BuildAttribute(node, into, depth);
    } else if (!IsBroken(node) && type == "block") {
      BuildBlock(node, into, depth);
    } else {
      ReportBroken(node);
      syntax_.blocks[into].broken = true;
    }
  }
}

void Builder::BuildAttribute(TSNode node, BlockId into, int depth) {
  auto nodes = children_.Of(node);
  Attribute attribute;
  attribute.place = PlaceAt(ts_node_start_byte(node));
  bool broken = nodes.size() < 3;
  for (TSNode child : nodes) broken = broken || IsBroken(child);
  if (!nodes.empty()) attribute.name = Text(nodes[0]);
  if (broken) {
    attribute.value = Broken(node, "it does not parse");
  } else {
    attribute.value = BuildExpression(nodes.back(), depth + 1);
  }
  syntax_.blocks[into].attributes.push_back(std::move(attribute));
}

std::string Builder::LabelOf(TSNode node) const {
  std::string_view text = Text(node);
  if (TypeOf(node) != "string_lit" || text.size() < 2) return std::string(text);
  std::string label;
  bool plain = DecodeLiteral(text.substr(1, text.size() - 2), true, label);
  return plain ? label : std::string(text);
}

void Builder::BuildBlock(TSNode node, BlockId into, int depth) {
  if (depth > kMaxExpressionDepth) {
    ReportBroken(node);
    syntax_.blocks[into].broken = true;
    return;
  }
  auto id = static_cast<BlockId>(syntax_.blocks.size());
  syntax_.blocks.emplace_back();
  syntax_.blocks[id].begin = Shifted(ts_node_start_byte(node));
  syntax_.blocks[id].end = Shifted(ts_node_end_byte(node));
  syntax_.blocks[id].place = PlaceAt(ts_node_start_byte(node));
  for (TSNode child : children_.Of(node)) {
    std::string_view type = TypeOf(child);
    if (IsBroken(child)) {
      ReportBroken(child);
      syntax_.blocks[id].broken = true;
    } else if (type == "body") {
      BuildBody(child, id, depth + 1);
    } else if (type == "identifier" && syntax_.blocks[id].type.empty()) {
      syntax_.blocks[id].type = Text(child);
    } else if (type == "identifier" || type == "string_lit") {
      syntax_.blocks[id].labels.push_back(LabelOf(child));
    }
  }
  syntax_.blocks[into].blocks.push_back(id);
}

}  // namespace preview::hcl
