#include "parsers/terraform/hcl/tree.h"

#include <cstddef>
#include <cstdint>

extern "C" const TSLanguage* tree_sitter_hcl(void);

namespace preview::hcl {

namespace {

struct ParserDeleter {
  void operator()(TSParser* parser) const { ts_parser_delete(parser); }
};

struct Budget {
  std::string_view text;
  std::uint64_t left = 0;
};

// The parser calls back once per 100 of its steps. Real files need about one step a byte.
constexpr std::uint64_t kCallsPerByte = 1;
constexpr std::uint64_t kFreeCalls = 2'000;

const char* Read(void* payload, std::uint32_t offset, TSPoint /*point*/, std::uint32_t* bytes) {
  std::string_view text = static_cast<Budget*>(payload)->text;
  if (offset >= text.size()) {
    *bytes = 0;
    return "";
  }
  *bytes = static_cast<std::uint32_t>(text.size() - offset);
  return text.data() + offset;
}

bool IsOverBudget(TSParseState* state) {
  auto* budget = static_cast<Budget*>(state->payload);
  if (budget->left == 0) return true;
  --budget->left;
  return false;
}

}  // namespace

Tree ParseTree(std::string_view text) {
  std::unique_ptr<TSParser, ParserDeleter> parser(ts_parser_new());
  if (!ts_parser_set_language(parser.get(), tree_sitter_hcl())) return nullptr;
  Budget budget{text, kFreeCalls + kCallsPerByte * text.size()};
  TSInput input{&budget, Read, TSInputEncodingUTF8, nullptr};
  return Tree(ts_parser_parse_with_options(parser.get(), nullptr, input,
                                           TSParseOptions{&budget, IsOverBudget}));
}

std::vector<TSNode> Children::Of(TSNode node) {
  std::vector<TSNode> nodes;
  ts_tree_cursor_reset(&cursor_, node);
  if (!ts_tree_cursor_goto_first_child(&cursor_)) return nodes;
  do {
    TSNode child = ts_tree_cursor_current_node(&cursor_);
    if (TypeOf(child) != "comment") nodes.push_back(child);
  } while (ts_tree_cursor_goto_next_sibling(&cursor_));
  return nodes;
}

}  // namespace preview::hcl
