// `.tf` source: parsed with tree-sitter's HCL grammar, and evaluated with what the plan knows.
//
// Called by the plan reader (plan.h) for what the plan JSON lost: policies that are unknown because
// they name something known only after apply, source positions, suppression comments. Leaves out:
// providers, backends, provisioners, `terraform` settings; nothing is ever fetched or executed, and
// no file outside the given folder (and what .terraform/modules/modules.json names below it) is
// read.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/place.h"
#include "model/result.h"
#include "model/suppression.h"
#include "model/symbol.h"
#include "model/value.h"
#include "parsers/text/limits.h"

namespace preview::terraform {

// What an expression may refer to beyond the source itself. The plan reader implements it over the
// plan; for a folder without a plan `EvaluateFolder` (folder.h) implements it over the source
// alone.
class Scope {
 public:
  Scope() = default;
  Scope(const Scope&) = delete;
  Scope& operator=(const Scope&) = delete;
  virtual ~Scope() = default;

  // The value of a resource or data source as an expression sees it: `block` is the address without
  // instance key (`module.a["x"].aws_sqs_queue.q`, `data.aws_caller_identity.me`). An object for a
  // single instance, a list for `count`, an object by key for `for_each`. Attributes that are not
  // known are filled with what their type's form gives, else with symbols; nothing when the plan
  // has no such block.
  virtual std::optional<model::Value> Block(std::string_view block) = 0;
  // The effective value of a variable of the root module.
  virtual std::optional<model::Value> RootVariable(std::string_view name) = 0;
  // `terraform.workspace` and the like; nothing when not known.
  virtual std::optional<model::Value> Builtin(std::string_view name) = 0;

  // Different for every scope of the program: what a source keeps for one scope is not used for
  // another.
  [[nodiscard]] std::uint64_t serial() const { return serial_; }

 private:
  static inline std::atomic<std::uint64_t> next_serial_{0};
  std::uint64_t serial_ = ++next_serial_;
};

struct SourceOptions {
  text::Limits limits;
  std::size_t evaluation_steps =
      2'000'000;  // over all expressions; beyond it values are unknown, with that reason
  // Modules and files may also lie elsewhere below this folder (`../modules/queue`); empty: the
  // given one only.
  std::string within;
};

// The source of all modules of one configuration.
class Source {
 public:
  virtual ~Source() = default;

  // The value of attribute `attribute` (dotted for nested blocks) of the instance at `address`,
  // evaluated with `scope`. Parts that are not known are symbols; a whole that is not known is an
  // unknown value that says what it waits for. JSON made by `jsonencode` or a policy document is
  // the object itself, so that its parts keep their places and unknown parts stay apart. `place` of
  // the value and of all parts of objects and lists is where they stand in the source. Nothing when
  // the source does not set the attribute or has no such block.
  virtual std::optional<model::Value> Attribute(std::string_view address,
                                                std::string_view attribute, Scope& scope,
                                                model::SymbolTable& symbols) = 0;
  // Where the block of `address` begins, and where attribute `attribute` of it does.
  [[nodiscard]] virtual std::optional<model::Place> BlockPlace(std::string_view address) const = 0;
  [[nodiscard]] virtual std::optional<model::Place> AttributePlace(
      std::string_view address, std::string_view attribute) const = 0;
  // Where the statements of the policy in that attribute begin, in document order, as far as the
  // source shows them (object in jsonencode, `statement` block of a policy document, line of a
  // heredoc). May be shorter.
  [[nodiscard]] virtual std::vector<model::Place> StatementPlaces(
      std::string_view address, std::string_view attribute) const = 0;
  // The same with what a scope knows, which decides conditions and repetitions that the source
  // leaves open.
  [[nodiscard]] virtual std::vector<model::Place> StatementPlacesIn(std::string_view address,
                                                                    std::string_view attribute,
                                                                    Scope& scope,
                                                                    model::SymbolTable& symbols) {
    (void)scope;
    (void)symbols;
    return StatementPlaces(address, attribute);
  }
  // The comments of all files that accept something, and what each stands on.
  [[nodiscard]] virtual std::vector<model::Suppression> Suppressions() const { return {}; }
  [[nodiscard]] virtual const model::Diagnostics& problems() const = 0;
};

// Reads every module below `folder` (root module files and .terraform/modules/modules.json). Files
// that do not parse are problems, not errors. Error: the folder cannot be read or holds no .tf
// file.
[[nodiscard]] model::Result<std::unique_ptr<Source>> OpenSourceFolder(const std::string& folder,
                                                                      const SourceOptions& options,
                                                                      model::SourceFiles& files);
// The same out of a binary plan file (a zip that holds `tfconfig/`). Files that expressions read
// are not in it.
[[nodiscard]] model::Result<std::unique_ptr<Source>> OpenSourcePlanFile(
    const std::string& path, const SourceOptions& options, model::SourceFiles& files);

}  // namespace preview::terraform
