#include "tests/preview/access/twin.h"

#include <algorithm>
#include <cctype>
#include <set>

#include "parsers/policy/policy_parser.h"

namespace preview::twin {

namespace {

using model::Configuration;
using model::Effect;
using model::PrincipalEntry;
using model::PrincipalKind;
using model::Statement;

std::string Lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

bool StartsWith(std::string_view text, std::string_view with) {
  return text.substr(0, with.size()) == with;
}

// Part `index` of an ARN, the sixth with all that follows.
std::string Part(const std::string& arn, int index) {
  std::size_t from = 0;
  for (int i = 0; i < index; ++i) {
    auto colon = arn.find(':', from);
    if (colon == std::string::npos) return "";
    from = colon + 1;
  }
  return index == 5 ? arn.substr(from) : arn.substr(from, arn.find(':', from) - from);
}

const std::string* Single(const Context& context, const std::string& key) {
  auto found = context.find(key);
  return found == context.end() || found->second.size() != 1 ? nullptr : &found->second.front();
}

// What follows from the caller's ARN.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
void AddCaller(Request& request) {
  auto set = [&](const std::string& key, const std::string& value) {
    request.context.try_emplace(key, std::vector<std::string>{value});
  };
  if (request.principal.kind == "Federated") return;
  if (request.principal.kind == "AWS" && request.principal.value == "*") {
    set("aws:principalaccount", "anonymous");
    set("aws:principaltype", "Anonymous");
    set("aws:userid", "anonymous");
    return;
  }
  std::string arn = request.principal.value;
  if (const std::string* given = Single(request.context, "aws:principalarn")) arn = *given;
  if (!StartsWith(arn, "arn:")) return;  // a canonical user: who it is cannot be told
  std::string account = Part(arn, 4);
  std::string resource = Part(arn, 5);
  // A session's aws:PrincipalArn is its role's.
  if (StartsWith(resource, "assumed-role/")) {
    std::string role = resource.substr(13, resource.find('/', 13) - 13);
    arn = "arn:" + Part(arn, 1) + ":iam::" + account + ":role/" + role;
    resource = "role/" + role;
  }
  set("aws:principalarn", arn);
  set("aws:principalaccount", account);
  set("kms:calleraccount", account);
  set("aws:principalisawsservice", "false");
  if (resource == "root") set("aws:principaltype", "Account");
  if (StartsWith(resource, "role/")) set("aws:principaltype", "AssumedRole");
  if (StartsWith(resource, "federated-user/")) set("aws:principaltype", "FederatedUser");
  if (StartsWith(resource, "user/")) {
    set("aws:principaltype", "User");
    set("aws:username", resource.substr(resource.rfind('/') + 1));
  }
}

// Whether a Principal entry means the caller.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
bool Means(const PrincipalEntry& entry, const Request& request) {
  const model::Principal& caller = request.principal;
  switch (entry.kind) {
    case PrincipalKind::kEveryone:
      return true;
    case PrincipalKind::kService:
      return false;
    case PrincipalKind::kFederated:
      return caller.kind == "Federated" && caller.value == entry.text;
    case PrincipalKind::kCanonicalUser:
      return caller.kind == "CanonicalUser" && caller.value == entry.text;
    case PrincipalKind::kAws:
      break;
  }
  if (caller.kind == "Federated") return false;
  if (entry.text == "*") return true;
  const std::string* account = Single(request.context, "aws:principalaccount");
  const std::string* arn = Single(request.context, "aws:principalarn");
  if (account == nullptr || arn == nullptr) return false;
  // An account is one whatever the partition that its root's ARN is written with.
  bool root = StartsWith(entry.text, "arn:") && Part(entry.text, 5) == "root";
  if (entry.text == *account || (root && Part(entry.text, 4) == *account)) return true;
  // A session is meant by its own ARN and by its role's, anybody else by his ARN.
  return entry.text == caller.value || entry.text == *arn;
}

bool ActionNamed(const Statement& statement, const std::string& action) {
  bool any =
      std::any_of(statement.actions.begin(), statement.actions.end(),
                  [&](const std::string& text) { return GlobMatches(Lower(text), Lower(action)); });
  return any != statement.not_action;
}

// A Resource with variables is compared as ArnLike does, `*` alone is everything, missing parts of
// an ARN are anything.
bool ResourceNamed(const Statement& statement, bool variables, const Request& request) {
  if (statement.resources.empty()) return true;
  bool any = false;
  for (std::string text : statement.resources) {
    if (text == "*") {
      any = true;
      continue;
    }
    while (std::count(text.begin(), text.end(), ':') < 5) text += ":*";
    Context context = request.context;
    context["twin:resource"] = {request.resource};
    any = any || ConditionHolds({"ArnLike", "twin:resource", {text}}, variables, context);
  }
  return any != statement.not_resource;
}

}  // namespace

bool Applies(const Statement& statement, bool variables, const Request& request) {
  bool meant = std::any_of(statement.principals.begin(), statement.principals.end(),
                           [&](const PrincipalEntry& entry) { return Means(entry, request); });
  if (meant == statement.not_principal) return false;
  if (!ActionNamed(statement, request.action)) return false;
  if (!ResourceNamed(statement, variables, request)) return false;
  return std::all_of(statement.conditions.begin(), statement.conditions.end(),
                     [&](const model::Condition& condition) {
                       return ConditionHolds(condition, variables, request.context);
                     });
}

namespace {

struct Answer {
  bool allowed = false;
  bool denied = false;
};

void Add(const model::PolicyDocument& document, const Request& request, Answer& answer) {
  for (const Statement& statement : document.statements) {
    if (!Applies(statement, document.version == "2012-10-17", request)) continue;
    (statement.effect == Effect::kAllow ? answer.allowed : answer.denied) = true;
  }
}

model::PolicyDocument Parse(const model::Value& document, const Configuration& configuration) {
  policy::PolicyOptions options;
  options.trust_policy = configuration.resource_type == "AWS::IAM::Role";
  model::PolicyDocument parsed = policy::ParsePolicy(document, options).document;
  if (options.trust_policy) {
    for (Statement& statement : parsed.statements) statement.resources.clear();
  }
  return parsed;
}

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html
bool AclAllows(const model::AclGrant& grant, const Request& request, bool ignore_public) {
  bool anonymous = request.principal.kind == "AWS" && request.principal.value == "*";
  bool everyone = grant.uri == "http://acs.amazonaws.com/groups/global/AllUsers";
  bool signed_in = grant.uri == "http://acs.amazonaws.com/groups/global/AuthenticatedUsers";
  if ((everyone || signed_in) && ignore_public) return false;
  bool named = !grant.id.empty() && request.principal.kind == "CanonicalUser" &&
               request.principal.value == grant.id;
  bool grantee =
      named || everyone || (signed_in && !anonymous && request.principal.kind != "Federated");
  if (!grantee) return false;
  static const std::map<std::string, std::set<std::string>> kActions = {
      {"READ", {"s3:ListBucket", "s3:ListBucketVersions", "s3:ListBucketMultipartUploads"}},
      {"WRITE", {"s3:PutObject"}},
      {"READ_ACP", {"s3:GetBucketAcl"}},
      {"WRITE_ACP", {"s3:PutBucketAcl"}}};
  for (const auto& [permission, actions] : kActions) {
    bool granted = grant.permission == permission || grant.permission == "FULL_CONTROL";
    if (granted && actions.count(request.action) != 0) return true;
  }
  return false;
}

bool GrantAllows(const model::KmsGrant& grant, const Request& request) {
  auto means = [&](const std::string& principal) {
    return !principal.empty() && Means({PrincipalKind::kAws, principal}, request);
  };
  if (request.action == "kms:RetireGrant" && means(grant.retiring_principal)) return true;
  return means(grant.grantee_principal) &&
         std::any_of(grant.operations.begin(), grant.operations.end(),
                     [&](const std::string& name) { return "kms:" + name == request.action; });
}

bool ShareAllows(const model::Sharing& share, const Request& request) {
  if (share.everyone) return true;
  return std::any_of(share.principals.begin(), share.principals.end(), [&](const auto& value) {
    return value.is_string() && Means({PrincipalKind::kAws, value.text}, request);
  });
}

void AddOwn(const Configuration& configuration, const Request& request, Answer& answer) {
  bool restricted =
      (configuration.bucket_block && configuration.bucket_block->restrict_public_buckets) ||
      (configuration.account_block && configuration.account_block->restrict_public_buckets);
  bool ignore_public =
      (configuration.bucket_block && configuration.bucket_block->ignore_public_acls) ||
      (configuration.account_block && configuration.account_block->ignore_public_acls);
  for (const model::PolicySource& source : configuration.policies) {
    model::PolicyDocument document = Parse(source.document, configuration);
    // Then only AWS services and the owner's own users are let in.
    if (restricted && PolicyIsPublic(document)) answer.denied = true;
    Add(document, request, answer);
  }
  for (const auto& grant : configuration.acl_grants)
    answer.allowed = answer.allowed || AclAllows(grant, request, ignore_public);
  for (const auto& grant : configuration.grants)
    answer.allowed = answer.allowed || GrantAllows(grant, request);
  for (const auto& share : configuration.shares)
    answer.allowed = answer.allowed || ShareAllows(share, request);
}

// The access point that the request goes through: the one whose ARN its resource begins with.
const model::AccessPoint* PointOf(const Configuration& configuration, const Request& request) {
  for (const model::AccessPoint& point : configuration.access_points) {
    if (request.resource == point.arn || StartsWith(request.resource, point.arn + "/"))
      return &point;
  }
  return nullptr;
}

bool AllowsThrough(const Configuration& configuration, const model::AccessPoint& point,
                   Request request) {
  std::string account = point.account.empty() ? configuration.environment.account : point.account;
  request.context["s3:dataaccesspointarn"] = {point.arn};
  request.context["s3:dataaccesspointaccount"] = {account};
  Answer at_point;
  if (point.policy) {
    model::PolicyDocument document = Parse(*point.policy, configuration);
    Add(document, request, at_point);
    if (point.block.restrict_public_buckets && PolicyIsPublic(document)) at_point.denied = true;
  }
  // `…accesspoint/name/object/key` is `bucket/key` to the bucket's policy.
  std::string key = request.resource.substr(point.arn.size());
  if (StartsWith(key, "/object/")) key = key.substr(7);
  request.resource = configuration.arn + key;
  Answer at_bucket;
  AddOwn(configuration, request, at_bucket);
  return at_point.allowed && !at_point.denied && at_bucket.allowed && !at_bucket.denied;
}

}  // namespace

Request RequestOf(const model::Witness& witness, const Configuration& configuration,
                  const model::ZoneOfTrust& zone) {
  Request request{witness.principal, witness.action, witness.resource, {}};
  for (const auto& [key, values] : witness.context) request.context[Lower(key)] = values;
  AddCaller(request);
  request.context["aws:resourceaccount"] = {configuration.environment.account};
  if (zone.IsOrganization()) request.context["aws:resourceorgid"] = {zone.organization};
  return request;
}

std::optional<std::string> Impossible(const Request& request) {
  const Context& context = request.context;
  bool anonymous = request.principal.kind == "AWS" && request.principal.value == "*";
  bool federated = request.principal.kind == "Federated";
  for (const auto& [key, values] : context) {
    if (values.empty()) return "`" + key + "` has no value";
    bool of_caller = StartsWith(key, "aws:principal") || key == "aws:username" ||
                     key == "aws:userid" || StartsWith(key, "aws:multifactorauth");
    bool said = key == "aws:principalaccount" || key == "aws:principaltype" || key == "aws:userid";
    if (of_caller && (federated || (anonymous && !(said && Lower(values[0]) == "anonymous"))))
      return "`" + key + "` of a caller without an AWS identity";
  }
  const std::string* arn = Single(context, "aws:principalarn");
  const std::string* username = Single(context, "aws:username");
  // Of a canonical user nothing but an ARN is known, and its other keys are taken as free.
  bool canonical = request.principal.kind == "CanonicalUser";
  if (username != nullptr && arn != nullptr && !canonical) {
    if (!StartsWith(Part(*arn, 5), "user/")) return "`aws:username` of " + *arn;
  }
  const std::string* account = Single(context, "aws:principalaccount");
  if (arn != nullptr && account != nullptr && Part(*arn, 4) != *account)
    return "`aws:PrincipalAccount` is not of " + *arn;
  for (const char* which : {"principal", "source"}) {
    std::string prefix = std::string("aws:") + which;
    const std::string* id = Single(context, prefix + "orgid");
    auto paths = context.find(prefix + "orgpaths");
    if (paths == context.end()) continue;
    for (const std::string& path : paths->second) {
      if (id != nullptr && !StartsWith(path, *id + "/")) return "path of another organization";
    }
  }
  const std::string* present = Single(context, "aws:multifactorauthpresent");
  if (context.count("aws:multifactorauthage") != 0 && present != nullptr && *present != "true")
    return "age of an authentication that there was not";
  auto later = [&](const char* a, const char* b) {
    const std::string* first = Single(context, a);
    const std::string* second = Single(context, b);
    return first != nullptr && second != nullptr &&
           ConditionHolds({"DateGreaterThan", a, {*second}}, false, context);
  };
  if (later("aws:tokenissuetime", "aws:currenttime")) return "a token issued in the future";
  return std::nullopt;
}

bool IsOutside(const Request& request, const model::ZoneOfTrust& zone) {
  const Context& context = request.context;
  auto inside = [&](const std::string& key) {
    const std::string* value = Single(context, key);
    return value != nullptr && zone.Contains(*value);
  };
  if (request.principal.kind == "CanonicalUser" && !zone.canonical_user.empty() &&
      request.principal.value == zone.canonical_user)
    return false;
  if (request.principal.kind != "Federated" && inside("aws:principalaccount")) return false;
  // On whose behalf a service calls.
  if (inside("aws:sourceaccount") || inside("aws:sourceowner")) return false;
  if (const std::string* arn = Single(context, "aws:sourcearn")) {
    if (zone.Contains(Part(*arn, 4)) || zone.own_arns.count(*arn) != 0) return false;
  }
  for (const char* key : {"aws:principalorgid", "aws:sourceorgid"}) {
    const std::string* id = Single(context, key);
    if (zone.IsOrganization() && id != nullptr && *id == zone.organization) return false;
  }
  for (const char* key : {"aws:principalorgpaths", "aws:sourceorgpaths"}) {
    auto paths = context.find(key);
    if (!zone.IsOrganization() || paths == context.end()) continue;
    for (const std::string& path : paths->second) {
      if (StartsWith(path, zone.organization + "/")) return false;
    }
  }
  return true;
}

bool Allows(const Configuration& configuration, const Request& request) {
  if (const model::AccessPoint* point = PointOf(configuration, request))
    return AllowsThrough(configuration, *point, request);
  Answer answer;
  AddOwn(configuration, request, answer);
  return answer.allowed && !answer.denied;
}

bool PolicyIsPublic(const model::PolicyDocument& document) {
  static const std::set<std::string> kFixing = {"aws:principalarn",
                                                "aws:principalaccount",
                                                "aws:principalorgid",
                                                "aws:principalorgpaths",
                                                "aws:sourceip",
                                                "aws:sourcearn",
                                                "aws:sourcevpc",
                                                "aws:sourcevpce",
                                                "aws:sourceowner",
                                                "aws:sourceaccount",
                                                "aws:userid",
                                                "s3:dataaccesspointarn",
                                                "s3:dataaccesspointaccount"};
  for (const Statement& statement : document.statements) {
    if (statement.effect != Effect::kAllow) continue;
    bool everybody = statement.not_principal;
    for (const PrincipalEntry& entry : statement.principals)
      everybody = everybody || (entry.text == "*" && entry.kind != PrincipalKind::kService);
    if (!everybody) continue;
    bool fixed = false;
    for (const model::Condition& condition : statement.conditions) {
      std::string op = Lower(condition.op);
      if (op.find("not") != std::string::npos || op.find("ifexists") != std::string::npos ||
          op.find("forallvalues:") == 0 || kFixing.count(Lower(condition.key)) == 0)
        continue;
      bool all = std::all_of(
          condition.values.begin(), condition.values.end(), [&](const std::string& value) {
            if (Lower(condition.key) == "aws:sourceip") {
              auto slash = value.find('/');
              return slash == std::string::npos ||
                     std::stoi(value.substr(slash + 1)) >=
                         (value.find(':') == std::string::npos ? 8 : 32);
            }
            std::string part = StartsWith(value, "arn:") ? Part(value, 4) : value;
            return part.find_first_of("*?$") == std::string::npos;
          });
      fixed = fixed || all;
    }
    if (!fixed) return true;
  }
  return false;
}

}  // namespace preview::twin
