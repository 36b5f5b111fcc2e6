// The modules of a configuration: which blocks each declares, over all its files.
//
// Files are merged as Terraform does: all `.tf` and `.tf.json` files of a folder are one module,
// and those named `override` or `*_override` are merged into it block by block afterwards.
// https://developer.hashicorp.com/terraform/language/files/override
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "model/place.h"
#include "model/result.h"
#include "model/suppression.h"
#include "parsers/terraform/hcl/files.h"
#include "parsers/terraform/hcl/syntax.h"
#include "parsers/text/limits.h"

namespace preview::hcl {

// An expression in its file; none when `syntax` is null.
struct ExprRef {
  const Syntax* syntax = nullptr;
  ExprId id = 0;
  [[nodiscard]] explicit operator bool() const { return syntax != nullptr; }
  [[nodiscard]] const Expr& expr() const { return syntax->At(id); }
};

struct AttributeRef {
  std::string name;
  ExprRef value;
  model::Place place;
};

struct BlockRef {
  const Syntax* syntax = nullptr;
  BlockId id = 0;
  [[nodiscard]] const Block& block() const { return syntax->blocks[id]; }
};

// A block with what override files put into it.
struct Declaration {
  std::vector<AttributeRef> attributes;
  std::vector<BlockRef> blocks;
  model::Place place;
  bool broken = false;

  [[nodiscard]] const AttributeRef* Find(std::string_view name) const;
  [[nodiscard]] ExprRef Value(std::string_view name) const;
};

using Declarations = std::map<std::string, Declaration, std::less<>>;

// One folder.
struct Module {
  std::string folder;
  Declarations variables;
  Declarations outputs;
  Declarations calls;
  Declarations resources;  // `aws_sqs_queue.q`, `data.aws_region.r`, `ephemeral.t.n`
  std::map<std::string, AttributeRef, std::less<>> locals;
  Declarations providers;  // `aws`, `aws.west`
  std::vector<std::unique_ptr<Syntax>> files;
};

// A module at its place in the tree of calls.
struct ModuleNode {
  std::string path;  // names of the calls that lead here: `a.b`; empty for the root
  const Module* module = nullptr;
  std::map<std::string, std::unique_ptr<ModuleNode>, std::less<>> children;
  std::map<std::string, std::string, std::less<>> missing;  // call to why its source is not at hand
};

class ModuleTree {
 public:
  // Error: the root folder holds no configuration.
  [[nodiscard]] static model::Result<std::unique_ptr<ModuleTree>> Load(const FileTree& files,
                                                                       const text::Limits& limits,
                                                                       model::SourceFiles& sources);

  [[nodiscard]] const ModuleNode& root() const { return root_; }
  [[nodiscard]] const model::Diagnostics& problems() const { return problems_; }
  // Of all files, folder by folder in order of their names.
  [[nodiscard]] std::vector<model::Suppression> Suppressions() const;

 private:
  ModuleTree() = default;
  const Module* LoadFolder(const std::string& folder);
  void LoadChildren();
  void ReadManifest();
  void ReadFile(Module& module, const std::string& path, bool is_override);

  struct Manifest {
    std::string folder;
    std::string source;
  };
  const FileTree* files_ = nullptr;
  const text::Limits* limits_ = nullptr;
  model::SourceFiles* sources_ = nullptr;
  std::map<std::string, Manifest, std::less<>> manifest_;   // by path of calls
  std::map<std::string, std::unique_ptr<Module>> folders_;  // null: it has no configuration
  ModuleNode root_;
  model::Diagnostics problems_;
  std::size_t bytes_ = 0;
};

}  // namespace preview::hcl
