// Addresses and references as Terraform prints them: `module.a["x.y"].aws_sqs_queue.q[0]`,
// `data.aws_iam_policy_document.d["k"].json`, `var.topic.arn`.
//
// Keys may hold dots, quotes, brackets and escapes, so a real tokenizer reads them.
// https://developer.hashicorp.com/terraform/cli/state/resource-addressing
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace preview::terraform {

enum class KeyKind {
  kNone,    // a single instance
  kNumber,  // `[0]`, of count
  kString,  // `["k"]`, of for_each
  kAny,     // `[*]`: instances that the plan does not know yet, or a splat
};

struct InstanceKey {
  KeyKind kind = KeyKind::kNone;
  std::string text;  // the number as written, or the key without its quotes and escapes
  friend bool operator==(const InstanceKey&, const InstanceKey&) = default;
};

struct ModuleStep {
  std::string name;
  InstanceKey key;
  friend bool operator==(const ModuleStep&, const ModuleStep&) = default;
};

struct ResourceAddress {
  std::vector<ModuleStep> modules;
  bool data = false;
  std::string type;
  std::string name;
  InstanceKey key;
};

// Nothing when `text` is no address of a resource.
[[nodiscard]] std::optional<ResourceAddress> ParseAddress(std::string_view text);

// `["k"]` or `[0]`, escaped as Terraform does; empty without a key.
[[nodiscard]] std::string KeyText(const InstanceKey& key);
// `module.a["x"].module.b`; empty for the root module.
[[nodiscard]] std::string ModuleText(std::span<const ModuleStep> modules);
// The block in its module instance, without instance key: `module.a["x"].data.t.n`.
[[nodiscard]] std::string BlockText(std::string_view module, bool data, std::string_view type,
                                    std::string_view name);
[[nodiscard]] std::string BlockText(const ResourceAddress& address);

enum class ReferenceKind {
  kResource,
  kVariable,
  kLocal,
  kModule,  // a module call, with `output` when one is named
  kEachKey,
  kEachValue,
  kCountIndex,
  kOther,  // `path.module`, `self`, `terraform.workspace`
};

// One step behind what a reference names: `.arn`, `[0]`, `["k"]`.
struct PathStep {
  std::string name;
  bool index = false;
  friend bool operator==(const PathStep&, const PathStep&) = default;
};

struct Reference {
  ReferenceKind kind = ReferenceKind::kOther;
  bool data = false;
  std::string type;
  std::string name;    // of the resource, variable, local or module call
  InstanceKey key;     // of the resource or module call
  std::string output;  // of a module call
  std::vector<PathStep> path;
  std::string text;  // as printed
};

[[nodiscard]] std::optional<Reference> ParseReference(std::string_view text);

// The uses that a `references` list of the plan's configuration stands for: the list repeats every
// use step by step
// (`a.b.arn`, `a.b`), longest first; one Reference per use is given, in order.
[[nodiscard]] std::vector<Reference> UsesOf(std::span<const std::string> references);

}  // namespace preview::terraform
