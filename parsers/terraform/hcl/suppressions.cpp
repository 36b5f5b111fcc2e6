// Suppression comments of `.tf` files: what each stands on. A file of JSON syntax has no comments.
#include <algorithm>
#include <cctype>
#include <utility>

#include "parsers/suppression/attach.h"
#include "parsers/suppression/directive.h"
#include "parsers/terraform/hcl/module.h"

namespace preview::hcl {
namespace {

// Where `terraform init` puts what it fetches.
// https://developer.hashicorp.com/terraform/cli/init#working-directory-contents
constexpr std::string_view kFetched = ".terraform/";
constexpr std::size_t kMostAddresses = 100'000;  // of module calls, over all suppressions

struct FileElement {
  suppression::Element span;
  std::string call;  // name of a module call; empty: another element
};

bool IsEffect(const Expr& key) {
  constexpr std::string_view kEffect = "effect";
  return key.kind == ExprKind::kString &&
         std::equal(key.text.begin(), key.text.end(), kEffect.begin(), kEffect.end(),
                    [](char letter, char lower) {
                      return std::tolower(static_cast<unsigned char>(letter)) == lower;
                    });
}

// An object that is a statement, as `jsonencode` takes it.
bool IsStatement(const Syntax& syntax, const Expr& expr) {
  if (expr.kind != ExprKind::kObject) return false;
  const auto children = syntax.Children(expr);
  for (std::size_t i = 0; i < children.size(); i += 2) {
    if (IsEffect(syntax.At(children[i]))) return true;
  }
  return false;
}

// A block that grants on its own: a statement of a policy document, a grant of an ACL.
bool IsGrant(const Block& block) {
  const bool dynamic = block.type == "dynamic" && !block.labels.empty();
  const std::string& type = dynamic ? block.labels.front() : block.type;
  return type == "statement" || type == "grant";
}

std::vector<FileElement> ElementsOf(const Syntax& syntax) {
  std::vector<FileElement> elements;
  const auto add = [&elements](std::size_t begin, std::size_t end, std::string call) {
    elements.push_back({{begin, end, end, suppression::kNone}, std::move(call)});
  };
  std::vector<bool> top(syntax.blocks.size(), false);
  for (const BlockId id : syntax.blocks[0].blocks) top[id] = true;
  for (std::size_t i = 1; i < syntax.blocks.size(); ++i) {
    const Block& block = syntax.blocks[i];
    const bool call = top[i] && block.type == "module" && !block.labels.empty();
    if (top[i] || IsGrant(block)) add(block.begin, block.end, call ? block.labels.front() : "");
  }
  for (const Expr& expr : syntax.exprs) {
    if (IsStatement(syntax, expr)) add(expr.begin, expr.end, "");
  }
  std::sort(elements.begin(), elements.end(), [](const FileElement& a, const FileElement& b) {
    return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end > b.span.end;
  });
  return elements;
}

// `module.a.module.b` of the path `a.b`.
std::string AddressOf(const std::string& path, const std::string& call) {
  std::string address;
  std::size_t begin = 0;
  while (begin < path.size()) {
    const std::size_t end = std::min(path.find('.', begin), path.size());
    address += "module." + path.substr(begin, end - begin) + ".";
    begin = end + 1;
  }
  return address + "module." + call;
}

// Whether the source of a call names a folder of the same repository; a binary plan shows it only
// so. https://developer.hashicorp.com/terraform/language/modules/sources#local-paths
bool IsLocal(const Module& module, const std::string& call) {
  const auto declared = module.calls.find(call);
  if (declared == module.calls.end()) return true;
  const ExprRef source = declared->second.Value("source");
  if (!source || source.expr().kind != ExprKind::kString) return true;
  return source.expr().text.starts_with("./") || source.expr().text.starts_with("../");
}

// How a folder of the configuration is called.
struct Calls {
  std::vector<std::string> paths;
  bool fetched = true;  // never but from a module that came from elsewhere
};

std::map<const Module*, Calls> CallsOf(const ModuleNode& root) {
  std::map<const Module*, Calls> calls;
  std::vector<std::pair<const ModuleNode*, bool>> open{{&root, false}};
  while (!open.empty()) {
    const auto [node, fetched] = open.back();
    open.pop_back();
    Calls& known = calls[node->module];
    known.paths.push_back(node->path);
    known.fetched = known.fetched && fetched;
    for (const auto& [name, child] : node->children)
      open.emplace_back(child.get(), fetched || !IsLocal(*node->module, name));
  }
  return calls;
}

std::vector<model::Suppression> OfFile(const Syntax& syntax, const std::vector<std::string>& paths,
                                       std::size_t& addresses_left) {
  if (syntax.comments.empty() || !suppression::MayHold(syntax.text)) return {};
  const std::vector<FileElement> elements = ElementsOf(syntax);
  std::vector<suppression::Element> spans;
  for (const FileElement& element : elements) spans.push_back(element.span);
  std::vector<suppression::TextComment> comments;
  for (const Comment& comment : syntax.comments) {
    std::size_t end = comment.end;
    while (end > comment.begin && (syntax.text[end - 1] == '\n' || syntax.text[end - 1] == '\r'))
      --end;
    comments.push_back({comment.begin, end});
  }
  std::vector<std::size_t> on;
  auto suppressions =
      suppression::Suppressions(syntax.text, syntax.file, std::move(spans), comments, &on);
  for (std::size_t i = 0; i < suppressions.size(); ++i) {
    if (on[i] == suppression::kNone || elements[on[i]].call.empty()) continue;
    if (paths.size() > addresses_left) {
      suppressions[i].problem = "there are too many on module calls";
      continue;
    }
    addresses_left -= paths.size();
    for (const std::string& path : paths)
      suppressions[i].modules.push_back(AddressOf(path, elements[on[i]].call));
    std::sort(suppressions[i].modules.begin(), suppressions[i].modules.end());
  }
  return suppressions;
}

}  // namespace

std::vector<model::Suppression> ModuleTree::Suppressions() const {
  std::vector<model::Suppression> suppressions;
  const auto calls = CallsOf(root_);
  std::size_t addresses_left = kMostAddresses;
  for (const auto& [folder, module] : folders_) {
    const auto called = calls.find(module.get());
    if (module == nullptr || called == calls.end()) continue;
    for (const auto& file : module->files) {
      for (model::Suppression& found : OfFile(*file, called->second.paths, addresses_left)) {
        found.fetched = called->second.fetched || folder.starts_with(kFetched);
        suppressions.push_back(std::move(found));
      }
    }
  }
  return suppressions;
}

}  // namespace preview::hcl
