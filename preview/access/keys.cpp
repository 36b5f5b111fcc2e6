#include "preview/access/keys.h"

#include <algorithm>
#include <array>

#include "preview/access/pattern.h"
#include "preview/access/quantity.h"
#include "preview/access/user_ids.h"

namespace preview::access {

namespace {

constexpr std::array<std::string_view, 18> kTracked = {
    "aws:PrincipalArn",
    "aws:PrincipalOrgID",
    "aws:PrincipalOrgPaths",
    "aws:SourceAccount",
    "aws:SourceArn",
    "aws:SourceIp",
    "aws:SourceOwner",
    "aws:SourceVpc",
    "aws:SourceVpce",
    "aws:userid",
    "kms:CallerAccount",
    "lambda:EventSourceToken",
    "s3:DataAccessPointAccount",
    "s3:DataAccessPointArn",
    "s3:x-amz-server-side-encryption-aws-kms-key-id",
    "cognito-identity.amazonaws.com:aud",
    "accounts.google.com:aud",
    "graph.facebook.com:app_id",
};

constexpr std::array<std::string_view, 15> kBounding = {
    "aws:principalarn",     "aws:principalaccount",
    "aws:principalorgid",   "aws:principalorgpaths",
    "aws:sourceaccount",    "aws:sourcearn",
    "aws:sourceip",         "aws:sourceowner",
    "aws:sourcevpc",        "aws:sourcevpce",
    "aws:userid",           "kms:calleraccount",
    "aws:sourceorgid",      "s3:dataaccesspointaccount",
    "s3:dataaccesspointarn"};

bool IsAudienceKey(std::string_view key) {
  return (key.ends_with(":aud") || key.ends_with(":app_id")) && !key.starts_with("aws:");
}

bool HasWildcard(std::string_view text) {
  return text.find_first_of("*?") != std::string_view::npos;
}

// 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 (RFC 1918)
bool IsPrivate(const Network& network) {
  if (network.first.v6) return false;
  for (std::string_view range : {"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"}) {
    auto outer = ParseNetwork(range);
    if (outer && outer->Contains(network.first) && outer->Contains(network.last)) return true;
  }
  return false;
}

}  // namespace

std::optional<std::string_view> TrackedKey(std::string_view key) {
  for (std::string_view tracked : kTracked) {
    if (ToLower(tracked) == key) return tracked;
  }
  if (IsAudienceKey(key)) return key;
  return std::nullopt;
}

bool BoundsPublic(std::string_view key) {
  return std::find(kBounding.begin(), kBounding.end(), key) != kBounding.end() ||
         key == "aws:sourceorgpaths" || IsAudienceKey(key);
}

bool IsPrincipalKey(std::string_view key) {
  return key.starts_with("aws:principal") || key == "aws:userid" || key == "aws:username" ||
         key.starts_with("aws:multifactorauth") || key == "aws:tokenissuetime" ||
         key == "kms:calleraccount" || key == "aws:sourceidentity" ||
         key == "aws:ec2instancesourcevpc" || key == "aws:ec2instancesourceprivateipv4" ||
         key == "ec2:sourceinstancearn";
}

bool IsSourceOwnerKey(std::string_view key) {
  return key == "aws:sourceaccount" || key == "aws:sourceowner" || key == "aws:sourcearn" ||
         key == "aws:sourceorgid" || key == "aws:sourceorgpaths";
}

bool IsAlwaysPresent(std::string_view key) {
  return key == "aws:securetransport" || key == "aws:viaawsservice" ||
         key == "aws:requestedregion" || key == "aws:useragent" || key == "aws:currenttime" ||
         key == "aws:epochtime";
}

std::vector<Pattern> KeyUniverse(std::string_view key) {
  PatternOptions options;
  options.wildcards = true;
  std::vector<Pattern> out;
  auto add = [&](std::string_view text) { out.push_back(CompilePattern(text, options)); };
  // https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html
  if (key == "aws:principalorgid" || key == "aws:sourceorgid") add("o-?*");
  if (key == "aws:principalorgpaths" || key == "aws:sourceorgpaths") add("o-?*/*");
  // A user's id; a role's with its session's name; an account's root; a federated user.
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable
  if (key == "aws:userid") {
    options.arn = true;  // no `*` and no `?` goes over a colon
    for (const char* form : {"AIDA*", "AROA*:?*", "????????????", "????????????:?*"}) add(form);
  }
  return out;
}

bool IsPossibleValue(std::string_view key, std::string_view text) {
  if (key == "aws:principalorgid" || key == "aws:sourceorgid") {
    for (char c : text) {
      auto byte = static_cast<unsigned char>(c);
      bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
      if (!plain && byte < 0x80) return false;
    }
    return true;
  }
  return key != "aws:userid" || UserIdOwner(text).has_value();
}

bool IsFixedValue(std::string_view key, std::string_view text, bool wildcards, bool has_variable) {
  if (has_variable) return false;
  if (key == "aws:sourceip") {
    auto network = ParseNetwork(text);
    if (!network) return false;
    int narrowest = network->first.v6 ? 32 : 8;
    return network->prefix >= narrowest || IsPrivate(*network);
  }
  bool arn = key == "aws:principalarn" || key == "aws:sourcearn" || key == "s3:dataaccesspointarn";
  if (!wildcards || !HasWildcard(text)) return true;
  if (arn) {
    std::string_view account = AccountOfArn(text);
    return !account.empty() && !HasWildcard(account);
  }
  // The organization of a path is fixed when everything before its first `/` is.
  if (key == "aws:principalorgpaths" || key == "aws:sourceorgpaths") {
    auto slash = text.find('/');
    return slash != std::string_view::npos && !HasWildcard(text.substr(0, slash));
  }
  if (key == "aws:userid") {
    // `AROAEXAMPLEID:*` names everyone who may assume that role: not fixed (S3's rule).
    return false;
  }
  return false;
}

std::string_view AccountOfArn(std::string_view arn) {
  for (int i = 0; i < 4; ++i) {
    auto colon = arn.find(':');
    if (colon == std::string_view::npos) return {};
    arn.remove_prefix(colon + 1);
  }
  auto end = arn.find(':');
  return end == std::string_view::npos ? std::string_view() : arn.substr(0, end);
}

}  // namespace preview::access
