// Which resource does an attribute of another one name?
//
// Every resource is known by the texts of its identifying attributes (the catalogue's forms: `id`,
// `arn`, `bucket`, URL, …), so that all of them lead to it, and by its address, to which symbols in
// a text lead. A text that leads through another resource (`aws_s3_bucket_versioning.v.bucket`) is
// followed. What stays ambiguous is said to be.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/deployment.h"
#include "model/symbol.h"

namespace preview::assemble {

struct Link {
  enum class Kind {
    kResource,   // `resource` it is; it may be a data source
    kName,       // not in the input: `text` names it
    kAmbiguous,  // several resources could be meant: `candidates`
    kUnknown,    // the attribute is unknown or absent
  };
  Kind kind = Kind::kUnknown;
  const model::Resource* resource = nullptr;
  std::string text;
  std::vector<const model::Resource*> candidates;
};

// Both hold until the inventory or the symbol table goes away.
class LinkIndex {
 public:
  using Wanted = std::function<bool(const model::Resource&)>;

  LinkIndex(const model::Inventory& inventory, model::Language language,
            model::SymbolTable& symbols);

  // What `target`, an attribute of `from`, names among the resources that are wanted.
  [[nodiscard]] Link Find(const model::Resource& from, const model::Value* target,
                          const Wanted& wanted) const;
  [[nodiscard]] Link FindText(const model::Resource& from, std::string_view text,
                              const Wanted& wanted) const;

  // The text of an attribute: as given, else from its form, else its symbol. Never empty for an
  // attribute that has neither value nor default.
  [[nodiscard]] std::string AttributeText(const model::Resource& resource,
                                          std::string_view attribute) const;

 private:
  using Resources = std::vector<const model::Resource*>;

  void Add(const model::Resource& resource);
  [[nodiscard]] std::string BaseText(const model::Resource& resource,
                                     std::string_view attribute) const;
  [[nodiscard]] Resources ByText(std::string_view text, const Wanted& wanted) const;
  [[nodiscard]] Resources BySymbols(std::string_view text, const Wanted& wanted,
                                    std::vector<std::string>& further) const;
  [[nodiscard]] Resources Narrowed(const model::Resource& from, Resources candidates) const;
  [[nodiscard]] Resources SameInstanceKey(const model::Resource& from,
                                          const Resources& candidates) const;

  model::Language language_;
  model::SymbolTable& symbols_;
  std::unordered_map<std::string, Resources> by_text_;
  std::unordered_map<std::string, Resources> by_address_;
  std::unordered_map<std::string, Resources> by_block_;  // address without the last instance key
};

// `aws_sqs_queue.q["a"]` as its block `aws_sqs_queue.q` and its key `["a"]` (empty: none).
struct InstanceAddress {
  std::string_view block;
  std::string_view key;
};
[[nodiscard]] InstanceAddress SplitInstance(std::string_view address);

// `module.a["x"].aws_sqs_queue.q` gives `module.a["x"]`; empty for the root module.
[[nodiscard]] std::string_view ModuleOf(std::string_view address);

}  // namespace preview::assemble
