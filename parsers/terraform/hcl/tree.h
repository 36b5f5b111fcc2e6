// The part of syntax.h that speaks to tree-sitter.
#pragma once

#include <tree_sitter/api.h>

#include <memory>
#include <string_view>
#include <vector>

namespace preview::hcl {

struct TreeDeleter {
  void operator()(TSTree* tree) const { ts_tree_delete(tree); }
};
using Tree = std::unique_ptr<TSTree, TreeDeleter>;

// Null when the parser needed more steps than any sensible text of that size (its error recovery
// can be quadratic). The bound is a count of steps, not a time: the same text always gives the same
// answer.
[[nodiscard]] Tree ParseTree(std::string_view text);

// The children of a node without comments, in linear time.
class Children {
 public:
  explicit Children(TSNode root) : cursor_(ts_tree_cursor_new(root)) {}
  Children(const Children&) = delete;
  Children& operator=(const Children&) = delete;
  ~Children() { ts_tree_cursor_delete(&cursor_); }

  [[nodiscard]] std::vector<TSNode> Of(TSNode node);

 private:
  TSTreeCursor cursor_;
};

[[nodiscard]] inline std::string_view TypeOf(TSNode node) { return ts_node_type(node); }
[[nodiscard]] inline bool IsBroken(TSNode node) {
  return ts_node_is_error(node) || ts_node_is_missing(node);
}

}  // namespace preview::hcl
