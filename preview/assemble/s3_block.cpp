// Block Public Access of buckets and accounts.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
#include "preview/assemble/s3_block.h"

#include <map>

#include "preview/assemble/passes.h"

namespace preview::assemble {

namespace {

using model::PublicAccessBlock;
using model::Resource;
using model::Value;

constexpr std::string_view kBucket = "AWS::S3::Bucket";

bool ReadSetting(const Value& at, std::string_view paths, bool when_absent) {
  switch (SettingAt(at, paths)) {
    case Setting::kOn:
      return true;
    case Setting::kAbsent:
      return when_absent;
    case Setting::kOff:
    case Setting::kUnknown:
      return false;
  }
  return false;
}

// Both blocks hold as one: a setting counts only where the two agree.
void Narrow(std::optional<PublicAccessBlock>& block, const PublicAccessBlock& other) {
  if (!block) {
    block = other;
    return;
  }
  block->block_public_acls = block->block_public_acls && other.block_public_acls;
  block->block_public_policy = block->block_public_policy && other.block_public_policy;
  block->ignore_public_acls = block->ignore_public_acls && other.ignore_public_acls;
  block->restrict_public_buckets = block->restrict_public_buckets && other.restrict_public_buckets;
}

void AddBucketBlocks(Side& side, const rules::ResourceType& type) {
  for (const Resource* block : side.OfType("aws_s3_bucket_public_access_block")) {
    Link link;
    auto id = side.FindTarget(*block, FirstAt(block->attributes, "bucket"), type, link);
    if (id) {
      Narrow(side.draft(*id).configuration.bucket_block,
             ReadPublicAccessBlock(block->attributes, false));
    } else if (link.kind == Link::Kind::kUnknown || link.kind == Link::Kind::kAmbiguous) {
      side.AddNote(*block,
                   "it is not clear which bucket this public access block is for, so it is "
                   "taken to block nothing",
                   true);
    }
  }
  for (const Resource* bucket : side.OfType(kBucket)) {
    const Value* block = FirstAt(bucket->attributes, "PublicAccessBlockConfiguration");
    auto id = side.FindResource(*bucket, kBucket);
    if (block == nullptr || !id) continue;
    side.draft(*id).configuration.bucket_block = ReadPublicAccessBlock(*block, false);
  }
}

// Account blocks by the account's text.
using AccountBlocks = std::map<std::string, std::optional<PublicAccessBlock>>;

AccountBlocks ReadAccountBlocks(Side& side) {
  AccountBlocks blocks;
  for (const Resource* block : side.OfType("aws_s3_account_public_access_block")) {
    std::string account = block->environment.account;
    const Value* given = FirstAt(block->attributes, "account_id");
    if (IsGiven(given)) {
      auto text = TextOf(given);
      if (!text) {
        side.AddNote(*block,
                     "it is not clear which account this public access block is for, so it "
                     "is taken to block nothing",
                     true);
        continue;
      }
      auto symbol = model::AsSingleSymbol(*text);
      const bool own = symbol && side.symbols().Get(*symbol).form == model::SymbolForm::kOwnAccount;
      if (!own) account = *text;
    }
    Narrow(blocks[account], ReadPublicAccessBlock(block->attributes, false));
  }
  return blocks;
}

bool HoldsAnything(const Draft& draft) {
  const model::Configuration& configuration = draft.configuration;
  return !draft.own.empty() || !draft.attached.empty() || !draft.statements.empty() ||
         !configuration.acl_grants.empty() || !configuration.access_points.empty();
}

bool IsNew(const Side& side, const Draft& draft) {
  return draft.resource != nullptr && side.before() != nullptr &&
         side.before()->FindIdentity(draft.configuration.identity,
                                     draft.configuration.resource_type) == nullptr;
}

// Access previews take a bucket without settings as open.
// https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_S3BucketConfiguration.html
void AddAssumption(const Side& side, Draft& draft) {
  model::Configuration& configuration = draft.configuration;
  const auto& account = configuration.account_block;
  const bool account_on =
      account && account->ignore_public_acls && account->restrict_public_buckets;
  if (configuration.bucket_block || account_on || !HoldsAnything(draft)) return;
  AddOnce(configuration.assumptions,
          IsNew(side, draft)
              ? "the new bucket has no public access block in the input: taken as off, as access "
                "previews take it; S3 refuses a public policy or ACL while the default block is on"
              : "the bucket's public access block is not in the input: taken as off");
}

}  // namespace

PublicAccessBlock ReadPublicAccessBlock(const Value& at, bool when_absent) {
  PublicAccessBlock block;
  block.block_public_acls = ReadSetting(at, "block_public_acls,BlockPublicAcls", when_absent);
  block.block_public_policy = ReadSetting(at, "block_public_policy,BlockPublicPolicy", when_absent);
  block.ignore_public_acls = ReadSetting(at, "ignore_public_acls,IgnorePublicAcls", when_absent);
  block.restrict_public_buckets =
      ReadSetting(at, "restrict_public_buckets,RestrictPublicBuckets", when_absent);
  return block;
}

void AddPublicAccessBlocks(Side& side) {
  const rules::ResourceType* type = rules::FindResourceType(kBucket);
  if (type == nullptr) return;
  AddBucketBlocks(side, *type);
  const AccountBlocks accounts = ReadAccountBlocks(side);
  for (Draft& draft : side.drafts()) {
    model::Configuration& configuration = draft.configuration;
    if (configuration.resource_type != kBucket) continue;
    auto account = accounts.find(configuration.environment.account);
    if (account != accounts.end()) {
      configuration.account_block = account->second;
    } else if (side.options().account_public_access_block) {
      configuration.account_block = PublicAccessBlock{true, true, true, true};
    }
    AddAssumption(side, draft);
  }
}

}  // namespace preview::assemble
