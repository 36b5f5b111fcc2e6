#include "preview/assemble/keys.h"

#include "preview/assemble/values.h"

namespace preview::assemble {

namespace {

using model::EncryptionKind;
using model::EncryptionSource;
using model::Resource;
using model::Value;

constexpr std::string_view kKeyType = "AWS::KMS::Key";
// An alias leads to a key; a chain of references through aliases is cut off here.
constexpr int kMaxAliases = 4;

// `alias/aws/ebs`, bare or at the end of an ARN: a key that AWS manages, which no policy opens to
// another account.
// https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#aws-managed-key
bool IsAwsAlias(std::string_view text) {
  const std::size_t alias = text.find("alias/aws/");
  return alias == 0 || (alias != std::string_view::npos && text[alias - 1] == ':');
}

bool IsAlias(const Resource& resource) {
  return resource.type == "aws_kms_alias" || resource.type == "AWS::KMS::Alias";
}

EncryptionSource Answer(EncryptionKind kind, std::string key, int configuration = -1) {
  EncryptionSource source;
  source.kind = kind;
  source.key = std::move(key);
  source.key_configuration = configuration;
  return source;
}

// The alias resource that `text` means; null pointer when it means none.
const Resource* AliasNamed(const Side& side, const Resource& from, const std::string& text) {
  return side.links().FindText(from, text, IsAlias).resource;
}

// A key that the input only reads: AWS's own when it says so, unknown when it does not say.
EncryptionKind KindOfData(const Resource& key) {
  const std::string manager = TextAt(key.attributes, "key_manager");
  if (manager == "AWS" || IsAwsAlias(TextAt(key.attributes, "key_id"))) {
    return EncryptionKind::kAwsManaged;
  }
  return manager == "CUSTOMER" ? EncryptionKind::kCustomerKey : EncryptionKind::kUnknownKey;
}

EncryptionSource KeyOfText(const Side& side, const Resource& from, const std::string& text) {
  if (IsAwsAlias(text)) return Answer(EncryptionKind::kAwsManaged, text);
  const rules::ResourceType* type = rules::FindResourceType(kKeyType);
  if (type == nullptr) return Answer(EncryptionKind::kUnknownKey, text);
  const Link link = side.links().FindText(
      from, text, [&](const Resource& resource) { return side.IsA(resource, kKeyType); });
  if (link.kind == Link::Kind::kAmbiguous) return Answer(EncryptionKind::kUnknownKey, text);
  if (link.kind == Link::Kind::kResource && !link.resource->from_data_source) {
    auto id = side.FindResource(*link.resource, kKeyType);
    return Answer(EncryptionKind::kCustomerKey, text, id ? static_cast<int>(*id) : -1);
  }
  std::string name = text;
  EncryptionKind kind = EncryptionKind::kCustomerKey;
  if (link.kind == Link::Kind::kResource) {
    kind = KindOfData(*link.resource);
    const std::string arn = TextAt(link.resource->attributes, "arn");
    if (!arn.empty()) name = arn;
  } else if (model::AsSingleSymbol(text)) {
    // A text that is decided elsewhere may be the alias of an AWS managed key.
    kind = EncryptionKind::kUnknownKey;
  }
  auto id = side.FindArn(kKeyType, rules::ArnFromName(*type, name, from.environment));
  if (id && kind == EncryptionKind::kUnknownKey) kind = EncryptionKind::kCustomerKey;
  return Answer(kind, text, id ? static_cast<int>(*id) : -1);
}

}  // namespace

EncryptionSource KeyNamed(const Side& side, const Resource& from, const Value* key,
                          EncryptionKind without) {
  if (key == nullptr || key->is_null()) return Answer(without, "");
  auto given = TextOf(key);
  if (!given) return Answer(EncryptionKind::kUnknownKey, "");
  if (given->empty()) return Answer(without, "");
  std::string text = *given;
  const Resource* at = &from;
  for (int i = 0; i < kMaxAliases && !IsAwsAlias(text); ++i) {
    const Resource* alias = AliasNamed(side, *at, text);
    if (alias == nullptr) break;
    const std::string name = side.links().AttributeText(
        *alias, side.language() == model::Language::kTerraform ? "name" : "AliasName");
    if (IsAwsAlias(name)) return Answer(EncryptionKind::kAwsManaged, *given);
    std::string target = TextAt(alias->attributes, "target_key_arn");
    if (target.empty()) target = TextAt(alias->attributes, "target_key_id,TargetKeyId");
    if (target.empty() || target == text) {
      // A read alias with a name of its own belongs to a customer's key.
      const bool read = alias->from_data_source && !model::HasSymbol(name);
      return Answer(read ? EncryptionKind::kCustomerKey : EncryptionKind::kUnknownKey, *given);
    }
    text = target;
    at = alias;
  }
  EncryptionSource source = KeyOfText(side, *at, text);
  source.key = *given;
  return source;
}

}  // namespace preview::assemble
