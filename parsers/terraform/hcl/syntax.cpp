#include "parsers/terraform/hcl/syntax.h"

#include <algorithm>
#include <utility>

#include "model/symbol.h"
#include "parsers/terraform/hcl/build.h"
#include "parsers/terraform/hcl/prescan.h"
#include "parsers/terraform/hcl/tree.h"

namespace preview::hcl {

namespace {

Syntax Refused(Syntax syntax, std::string message, std::string help, std::size_t offset,
               model::Diagnostics& problems) {
  problems.push_back({.message = std::move(message),
                      .help = std::move(help),
                      .place = LineTable(syntax.text, syntax.file).At(offset)});
  syntax.blocks[0].broken = true;
  syntax.exprs.resize(1);
  return syntax;
}

std::string_view Clean(std::string_view text, std::string& storage) {
  static constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  if (!model::HasSymbol(text)) return text;
  storage = model::WithoutSymbolLetters(text);
  return storage;
}

// Parses `before` + text + `after`, and copies what `build` makes of it.
template <typename Build>
Syntax Parse(std::string_view text, std::uint32_t file, std::string_view before,
             std::string_view after, bool bare_template, model::Diagnostics& problems,
             Build build) {
  std::string storage;
  Syntax syntax;
  syntax.file = file;
  syntax.text = Clean(text, storage);
  if (syntax.text.size() > kMaxFileBytes) {
    syntax.text.clear();
    return Refused(std::move(syntax), "the file is larger than 4 MiB", "", 0, problems);
  }
  Prescan prescan = ScanHcl(syntax.text, bare_template);
  if (prescan.too_deep) {
    std::string what = prescan.too_deep->templates ? "templates are" : "brackets are";
    int limit = prescan.too_deep->templates ? kMaxTemplateNesting : kMaxBracketNesting;
    return Refused(std::move(syntax), what + " nested more than " + std::to_string(limit) + " deep",
                   "the file is not read", prescan.too_deep->offset, problems);
  }
  std::string parsed(before);
  parsed += syntax.text;
  for (std::size_t offset : prescan.element_ends) parsed[before.size() + offset] = ',';
  for (std::size_t offset : prescan.exponents) parsed[before.size() + offset] = '0';
  parsed += after;
  Tree tree = ParseTree(parsed);
  if (tree == nullptr) {
    return Refused(std::move(syntax), "the file does not parse within its budget of steps",
                   "the file is not read", 0, problems);
  }
  Builder builder(parsed, before.size(), ts_tree_root_node(tree.get()), syntax, problems);
  build(builder);
  return syntax;
}

}  // namespace

Syntax ParseHcl(std::string_view text, std::uint32_t file, model::Diagnostics& problems) {
  // The scanner wants a newline after the mark that ends a heredoc.
  return Parse(text, file, "", "\n", false, problems,
               [](Builder& builder) { builder.BuildFile(); });
}

// As a heredoc, whose literals are those of a template file.
Syntax ParseTemplate(std::string_view text, std::uint32_t file, model::Diagnostics& problems,
                     ExprId& root) {
  std::string marker = "TEMPLATE";
  while (text.find(marker) != std::string_view::npos) marker += '_';
  return Parse(text, file, "t = <<" + marker + "\n", "\n" + marker + "\n", true, problems,
               [&root](Builder& builder) {
                 builder.EndOuterHeredocAtText();
                 root = builder.BuildOnlyExpression();
               });
}

Syntax ParseExpression(std::string_view text, std::uint32_t file, model::Diagnostics& problems,
                       ExprId& root) {
  return Parse(text, file, "e =\n", "\n", false, problems,
               [&root](Builder& builder) { root = builder.BuildOnlyExpression(); });
}

}  // namespace preview::hcl
