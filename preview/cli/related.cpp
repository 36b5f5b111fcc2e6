// What stands beside a proposed configuration in a request: the configuration now deployed, and
// other resources'.
#include <fmt/format.h>

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "preview/cli/request.h"

namespace preview::cli {
namespace {

using model::Configuration;
using model::Error;
using model::Value;

bool KeyIs(std::string_view key, std::string_view arn) {
  if (key == arn) return true;
  if (key.empty() || arn.size() <= key.size() || !arn.ends_with(key)) return false;
  const char before = arn[arn.size() - key.size() - 1];
  return before == '/' || before == ':';
}

std::optional<Error> ReadAccountBlock(const Value& value, Configuration& bucket) {
  const auto flag = [&value](std::string_view key) {
    const Value* found = value.Find(key);
    return found != nullptr && found->is_bool() && found->boolean;
  };
  for (const std::string& key : value.keys) {
    if (key != "ignorePublicAcls" && key != "restrictPublicBuckets") {
      return Error{fmt::format("unknown member `{}` of `accountPublicAccessBlock`", key), "",
                   value.place};
    }
    if (!value.Find(key)->is_bool())
      return Error{fmt::format("`{}` must be true or false", key), "", value.place};
  }
  model::PublicAccessBlock& block = bucket.account_block.emplace();
  block.ignore_public_acls = flag("ignorePublicAcls");
  block.restrict_public_buckets = flag("restrictPublicBuckets");
  return std::nullopt;
}

}  // namespace

void JoinKeys(model::Assembly& assembly) {
  std::vector<int> keys;
  for (std::size_t i = 0; i < assembly.configurations.size(); ++i) {
    if (assembly.configurations[i].resource_type == "AWS::KMS::Key")
      keys.push_back(static_cast<int>(i));
  }
  for (Configuration& configuration : assembly.configurations) {
    std::optional<model::EncryptionSource>& encryption = configuration.encryption;
    if (!encryption.has_value() || encryption->kind != model::EncryptionKind::kCustomerKey)
      continue;
    for (const int key : keys) {
      const Configuration& candidate = assembly.configurations[static_cast<std::size_t>(key)];
      if (KeyIs(encryption->key, candidate.arn)) encryption->key_configuration = key;
    }
    const bool alias = encryption->key.find("alias/") != std::string::npos;
    if (encryption->key_configuration < 0 && alias && keys.size() == 1) {
      encryption->key_configuration = keys.front();
    }
  }
}

// Two levels deep: the union's member, then its own members. An access point that is named again
// keeps what it does not say; the list of access points and of grants is replaced as a whole, as
// the API does.
Value Overlay(const Value& existing, const Value& proposed) {
  if (!existing.is_object() || !proposed.is_object()) return proposed;
  Value merged = proposed;
  for (std::size_t i = 0; i < existing.keys.size(); ++i) {
    const Value& old_member = existing.items[i];
    Value* new_member = merged.Find(existing.keys[i]);
    if (new_member == nullptr) {
      merged.Set(existing.keys[i], old_member);
      continue;
    }
    if (!old_member.is_object() || !new_member->is_object()) continue;
    for (std::size_t j = 0; j < old_member.keys.size(); ++j) {
      const std::string& key = old_member.keys[j];
      const Value& old_field = old_member.items[j];
      Value* new_field = new_member->Find(key);
      const bool keeps_key = key == "kmsKeyId" && existing.keys[i] != "secretsManagerSecret";
      if (new_field == nullptr || new_field->is_null() ||
          (keeps_key && new_field->is_string() && new_field->text.empty())) {
        new_member->Set(key, old_field);
      } else if (key == "accessPoints" && old_field.is_object() && new_field->is_object()) {
        for (std::size_t k = 0; k < new_field->keys.size(); ++k) {
          const Value* old_point = old_field.Find(new_field->keys[k]);
          Value& new_point = new_field->items[k];
          if (old_point == nullptr || !old_point->is_object() || !new_point.is_object()) continue;
          for (std::size_t m = 0; m < old_point->keys.size(); ++m) {
            if (new_point.Find(old_point->keys[m]) == nullptr)
              new_point.Set(old_point->keys[m], old_point->items[m]);
          }
        }
      }
    }
  }
  return merged;
}

std::optional<Error> AddRelated(const Value& related, model::Assembly& assembly,
                                model::SymbolTable& symbols) {
  if (related.is_null()) return std::nullopt;
  if (!related.is_object()) return Error{"`related` must be an object", "", related.place};
  for (std::size_t i = 0; i < related.keys.size(); ++i) {
    const Value& value = related.items[i];
    const Value* block = value.Find("accountPublicAccessBlock");
    if (block != nullptr && block->is_object()) {
      if (auto error = ReadAccountBlock(*block, assembly.configurations.front()); error.has_value())
        return error;
      continue;
    }
    Subject subject;
    subject.arn = related.keys[i];
    subject.is_new = false;
    model::Result<Configuration> other = ReadConfiguration(value, subject, symbols);
    if (!other.ok()) {
      Error error = other.error();
      error.message = fmt::format("`related`, `{}`: {}", related.keys[i], error.message);
      return error;
    }
    assembly.configurations.push_back(std::move(other).value());
  }
  JoinKeys(assembly);
  return std::nullopt;
}

}  // namespace preview::cli
