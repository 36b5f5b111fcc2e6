#include "parsers/terraform/hcl/declare.h"

#include <algorithm>
#include <utility>

namespace preview::hcl {

namespace {

Declaration Read(const Syntax& syntax, const Block& block) {
  Declaration declaration;
  declaration.place = block.place;
  declaration.broken = block.broken;
  for (const Attribute& attribute : block.attributes) {
    declaration.attributes.push_back({attribute.name, {&syntax, attribute.value}, attribute.place});
  }
  for (BlockId id : block.blocks) declaration.blocks.push_back({&syntax, id});
  return declaration;
}

// An attribute replaces the one of the same name; blocks of a type replace all blocks of that type.
void Merge(Declaration& into, Declaration from) {
  into.broken = into.broken || from.broken;
  for (AttributeRef& attribute : from.attributes) {
    auto same = std::find_if(into.attributes.begin(), into.attributes.end(),
                             [&](const AttributeRef& a) { return a.name == attribute.name; });
    if (same != into.attributes.end()) {
      *same = std::move(attribute);
    } else {
      into.attributes.push_back(std::move(attribute));
    }
  }
  auto kind = [](const BlockRef& ref) {
    const Block& block = ref.block();
    return block.type == "dynamic" && !block.labels.empty() ? block.labels[0] : block.type;
  };
  auto replaced = [&](const BlockRef& old) {
    return std::any_of(from.blocks.begin(), from.blocks.end(),
                       [&](const BlockRef& block) { return kind(block) == kind(old); });
  };
  std::erase_if(into.blocks, replaced);
  into.blocks.insert(into.blocks.end(), from.blocks.begin(), from.blocks.end());
}

class Declarer {
 public:
  Declarer(const Syntax& syntax, bool is_override, Module& module, model::Diagnostics& problems)
      : syntax_(syntax), is_override_(is_override), module_(module), problems_(problems) {}

  void Run() {
    for (BlockId id : syntax_.blocks[0].blocks) DeclareBlock(syntax_.blocks[id]);
  }

 private:
  void DeclareBlock(const Block& block) {
    std::size_t labels = block.labels.size();
    if (block.type == "locals") {
      DeclareLocals(block);
    } else if (block.type == "variable" && labels == 1) {
      Add(module_.variables, block.labels[0], block);
    } else if (block.type == "output" && labels == 1) {
      Add(module_.outputs, block.labels[0], block);
    } else if (block.type == "module" && labels == 1) {
      Add(module_.calls, block.labels[0], block);
    } else if (block.type == "resource" && labels == 2) {
      Add(module_.resources, block.labels[0] + "." + block.labels[1], block);
    } else if ((block.type == "data" || block.type == "ephemeral") && labels == 2) {
      Add(module_.resources, block.type + "." + block.labels[0] + "." + block.labels[1], block);
    } else if (block.type == "provider" && labels == 1) {
      DeclareProvider(block);
    }
  }

  void Add(Declarations& declarations, const std::string& name, const Block& block) {
    auto [entry, is_new] = declarations.try_emplace(name);
    if (is_new) {
      entry->second = Read(syntax_, block);
    } else if (is_override_) {
      Merge(entry->second, Read(syntax_, block));
    } else {
      problems_.push_back({.message = block.type + " `" + name + "` is declared twice",
                           .help = "the first declaration is used",
                           .place = block.place});
    }
  }

  void DeclareLocals(const Block& block) {
    for (const Attribute& attribute : block.attributes) {
      AttributeRef local{attribute.name, {&syntax_, attribute.value}, attribute.place};
      auto [entry, is_new] = module_.locals.try_emplace(attribute.name, local);
      if (is_new) continue;
      if (is_override_) {
        entry->second = local;
      } else {
        problems_.push_back({.message = "local `" + attribute.name + "` is declared twice",
                             .help = "the first declaration is used",
                             .place = attribute.place});
      }
    }
  }

  void DeclareProvider(const Block& block) {
    std::string name = block.labels[0];
    for (const Attribute& attribute : block.attributes) {
      const Expr& alias = syntax_.At(attribute.value);
      if (attribute.name == "alias" && alias.kind == ExprKind::kString) name += "." + alias.text;
    }
    Add(module_.providers, name, block);
  }

  const Syntax& syntax_;
  bool is_override_;
  Module& module_;
  model::Diagnostics& problems_;
};

}  // namespace

void Declare(const Syntax& syntax, bool is_override, Module& module, model::Diagnostics& problems) {
  Declarer(syntax, is_override, module, problems).Run();
}

}  // namespace preview::hcl
