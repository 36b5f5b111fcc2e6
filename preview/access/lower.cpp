// From a configuration to rules. Every fact about how a type's parts work together is here or in
// rules/data.

#include <algorithm>
#include <array>
#include <map>

#include "parsers/policy/policy_parser.h"
#include "preview/access/rule.h"

namespace preview::access {

namespace {

using model::Configuration;
using model::Effect;
using model::PrincipalKind;
using model::SourceType;

// What an ACL permission on a bucket allows.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html
const std::map<std::string_view, std::vector<std::string>>& AclActions() {
  static const std::map<std::string_view, std::vector<std::string>> kActions = {
      {"READ", {"s3:ListBucket", "s3:ListBucketVersions", "s3:ListBucketMultipartUploads"}},
      {"WRITE", {"s3:PutObject"}},
      {"READ_ACP", {"s3:GetBucketAcl"}},
      {"WRITE_ACP", {"s3:PutBucketAcl"}},
      {"FULL_CONTROL",
       {"s3:ListBucket", "s3:ListBucketVersions", "s3:ListBucketMultipartUploads", "s3:PutObject",
        "s3:GetBucketAcl", "s3:PutBucketAcl"}},
  };
  return kActions;
}

constexpr std::string_view kAllUsers = "http://acs.amazonaws.com/groups/global/AllUsers";
constexpr std::string_view kAuthenticatedUsers =
    "http://acs.amazonaws.com/groups/global/AuthenticatedUsers";

Rule AllowRule(PrincipalKind kind, std::string principal, std::vector<std::string> actions,
               SourceType source, const std::string& carrier, model::Place place) {
  Rule rule;
  rule.statement.effect = Effect::kAllow;
  rule.statement.index = -1;
  rule.statement.principals.push_back({kind, std::move(principal)});
  rule.statement.actions = std::move(actions);
  rule.statement.place = place;
  rule.source.type = source;
  rule.source.carrier = carrier;
  rule.source.place = place;
  return rule;
}

class Lowering {
 public:
  Lowering(const Configuration& configuration, const rules::ResourceType& type,
           const model::SymbolTable* symbols)
      : configuration_(configuration), type_(type), symbols_(symbols) {}

  Lowered Run() {
    out_.notes = configuration_.notes;
    out_.undetermined = configuration_.undetermined;
    Layer own = OwnLayer();
    for (const model::AccessPoint& point : configuration_.access_points) AddAccessPoint(point, own);
    Channel channel;
    channel.restricted =
        Restricts(configuration_.bucket_block) || Restricts(configuration_.account_block);
    channel.layers.push_back(std::move(own));
    out_.channels.insert(out_.channels.begin(), std::move(channel));
    return std::move(out_);
  }

 private:
  static bool Restricts(const std::optional<model::PublicAccessBlock>& block) {
    return block && block->restrict_public_buckets;
  }
  static bool IgnoresAcls(const std::optional<model::PublicAccessBlock>& block) {
    return block && block->ignore_public_acls;
  }

  Layer OwnLayer() {
    Layer layer;
    layer.arn = configuration_.arn;
    layer.takes_resource = configuration_.resource_type != "AWS::IAM::Role";
    for (const model::PolicySource& source : configuration_.policies) AddPolicy(source, layer);
    AddAcl(layer);
    for (const model::KmsGrant& grant : configuration_.grants) AddGrant(grant, layer);
    for (const model::Sharing& share : configuration_.shares) AddShare(share, layer);
    return layer;
  }

  void AddPolicy(const model::PolicySource& source, Layer& layer) {
    policy::PolicyOptions options;
    options.trust_policy = configuration_.resource_type == "AWS::IAM::Role";
    options.symbols = symbols_;
    policy::ParsedPolicy parsed = policy::ParsePolicy(source.document, options);
    out_.sensitive = out_.sensitive || parsed.sensitive;
    for (model::PolicyProblem& problem : parsed.problems) {
      model::Undetermined entry = About(source, model::Code::kPV020);
      entry.reason = std::move(problem.reason);
      if (problem.statement >= 0) entry.origin = "statement " + std::to_string(problem.statement);
      entry.hint = "the service rejects such a policy; correct the statement";
      if (problem.place.known()) entry.place = problem.place;
      out_.undetermined.push_back(std::move(entry));
    }
    for (policy::UnknownPart& part : parsed.unknown) {
      if (ConcernsServicesOnly(parsed.document, part)) continue;
      model::Undetermined entry = About(source, model::Code::kPV010);
      entry.reason = part.statement < 0
                         ? "the policy is not known before the deployment"
                         : "`" + part.element + "` of statement " + std::to_string(part.statement) +
                               " is not known before the deployment";
      entry.origin = std::move(part.waits_for);
      entry.hint = "write the ARN or name out, or give the configuration's source with --source";
      if (part.place.known()) entry.place = part.place;
      out_.undetermined.push_back(std::move(entry));
    }
    for (model::Statement& statement : parsed.document.statements) {
      Rule rule;
      rule.variables = parsed.document.version == "2012-10-17";
      rule.source.type = source.type;
      rule.source.detail = source.detail;
      rule.source.carrier = source.carrier;
      rule.source.statement = statement.index;
      rule.source.sid = statement.sid;
      rule.source.place = statement.place;
      rule.statement = std::move(statement);
      if (!layer.takes_resource) rule.statement.resources.clear();
      if (OnlyServices(rule.statement)) continue;
      layer.rules.push_back(std::move(rule));
    }
  }

  // AWS services are never a finding, and denying them takes nothing from anybody else.
  static bool OnlyServices(const model::Statement& statement) {
    const auto& principals = statement.principals;
    return !statement.not_principal && !principals.empty() &&
           std::all_of(principals.begin(), principals.end(),
                       [](const model::PrincipalEntry& entry) {
                         return entry.kind == PrincipalKind::kService;
                       });
  }

  // What a statement for services leaves open decides nothing.
  static bool ConcernsServicesOnly(const model::PolicyDocument& document,
                                   const policy::UnknownPart& part) {
    if (part.statement < 0 || part.element == "Principal") return false;
    return std::any_of(document.statements.begin(), document.statements.end(),
                       [&](const model::Statement& statement) {
                         return statement.index == part.statement && OnlyServices(statement);
                       });
  }

  [[nodiscard]] model::Undetermined About(const model::PolicySource& source,
                                          model::Code code) const {
    model::Undetermined entry;
    entry.code = code;
    entry.input = configuration_.input;
    entry.resource_address = configuration_.address;
    entry.resource_type = configuration_.resource_type;
    entry.attribute = source.attribute;
    entry.place = source.document.place.known() ? source.document.place : configuration_.place;
    return entry;
  }

  void AddAcl(Layer& layer) {
    bool ignore_public =
        IgnoresAcls(configuration_.bucket_block) || IgnoresAcls(configuration_.account_block);
    for (const model::AclGrant& grant : configuration_.acl_grants) {
      auto actions = AclActions().find(grant.permission);
      if (actions == AclActions().end()) continue;
      bool everyone = grant.uri == kAllUsers;
      bool authenticated = grant.uri == kAuthenticatedUsers;
      if ((everyone || authenticated) && ignore_public) continue;
      if (!everyone && !authenticated && grant.id.empty()) continue;  // LogDelivery: S3's own
      Rule rule =
          AllowRule(grant.id.empty() ? PrincipalKind::kEveryone : PrincipalKind::kCanonicalUser,
                    grant.id.empty() ? "*" : grant.id, actions->second, SourceType::kBucketAcl,
                    grant.carrier, grant.place);
      rule.signed_only = authenticated;
      layer.rules.push_back(std::move(rule));
    }
  }

  void AddGrant(const model::KmsGrant& grant, Layer& layer) {
    std::vector<std::string> actions;
    for (const std::string& operation : grant.operations) actions.push_back("kms:" + operation);
    if (!grant.grantee_principal.empty() && !actions.empty()) {
      layer.rules.push_back(AllowRule(PrincipalKind::kAws, grant.grantee_principal, actions,
                                      SourceType::kKmsGrant, grant.carrier, grant.place));
    }
    if (!grant.retiring_principal.empty()) {
      layer.rules.push_back(AllowRule(PrincipalKind::kAws, grant.retiring_principal,
                                      {"kms:RetireGrant"}, SourceType::kKmsGrant, grant.carrier,
                                      grant.place));
    }
  }

  // What a share is of; all actions where one that it lists is none of the type's.
  [[nodiscard]] std::vector<std::string> SharedActions(const model::Sharing& share) const {
    const bool known =
        std::all_of(share.actions.begin(), share.actions.end(), [&](const std::string& action) {
          return std::any_of(type_.actions.begin(), type_.actions.end(),
                             [&](const rules::Action& one) { return one.name == action; });
        });
    return known && !share.actions.empty() ? share.actions : std::vector<std::string>{"*"};
  }

  void AddShare(const model::Sharing& share, Layer& layer) {
    auto add = [&](PrincipalKind kind, std::string principal) -> Rule& {
      layer.rules.push_back(AllowRule(kind, std::move(principal), SharedActions(share),
                                      SourceType::kSharing, share.carrier, share.place));
      return layer.rules.back();
    };
    if (share.everyone) add(PrincipalKind::kEveryone, "*");
    for (const model::Value& principal : share.principals) {
      if (principal.is_unknown() || principal.is_null()) {
        Unknown(share, principal);
      } else {
        add(PrincipalKind::kAws, principal.text);
      }
    }
    for (const model::Value& organization : share.organizations) {
      if (organization.is_unknown() || organization.is_null()) {
        Unknown(share, organization);
        continue;
      }
      AddOrganization(organization.text, add(PrincipalKind::kEveryone, "*"));
    }
  }

  // arn:aws:organizations::ACCOUNT:organization/o-ID, …:ou/o-ID/ou-ID, or the bare id.
  static void AddOrganization(const std::string& text, Rule& rule) {
    rule.shown_principal = text;
    auto kind = text.find(":ou/");
    if (kind != std::string::npos) {
      std::string path = text.substr(kind + 4);
      auto slash = path.find('/');
      std::string id = path.substr(0, slash);
      std::string unit = slash == std::string::npos ? "" : path.substr(slash + 1);
      rule.statement.conditions.push_back(
          {"ForAnyValue:StringLike", "aws:PrincipalOrgPaths", {id + "/*" + unit + "/*"}});
      return;
    }
    auto slash = text.rfind('/');
    std::string id = slash == std::string::npos ? text : text.substr(slash + 1);
    rule.statement.conditions.push_back({"StringEquals", "aws:PrincipalOrgID", {id}});
  }

  void Unknown(const model::Sharing& share, const model::Value& value) {
    model::Undetermined entry;
    entry.input = configuration_.input;
    entry.resource_address = configuration_.address;
    entry.resource_type = configuration_.resource_type;
    entry.attribute = "sharing";
    entry.reason = "who it is shared with is not known before the deployment";
    entry.origin = value.text;
    entry.hint = "write the account id out";
    entry.place = share.place.known() ? share.place : configuration_.place;
    out_.undetermined.push_back(std::move(entry));
  }

  // A request through an access point needs the access point's policy and the bucket's, and is
  // denied by either.
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html
  void AddAccessPoint(const model::AccessPoint& point, const Layer& bucket) {
    Channel channel;
    channel.source = SourceType::kS3AccessPoint;
    channel.detail = point.arn;
    channel.never_public = point.vpc_only;
    channel.restricted = point.block.restrict_public_buckets ||
                         Restricts(configuration_.bucket_block) ||
                         Restricts(configuration_.account_block);
    std::string account =
        point.account.empty() ? configuration_.environment.account : point.account;
    channel.context = {{"s3:dataaccesspointarn", point.arn},
                       {"s3:dataaccesspointaccount", account}};
    Layer layer;
    layer.arn = point.arn;
    layer.form_suffixes = {"", "/object/*"};
    if (point.policy) {
      model::PolicySource source;
      source.document = *point.policy;
      source.carrier = point.carrier;
      source.attribute = "policy";
      source.type = SourceType::kS3AccessPoint;
      source.detail = point.arn;
      AddPolicy(source, layer);
    }
    Layer through = bucket;
    channel.layers.push_back(std::move(layer));
    channel.layers.push_back(std::move(through));
    out_.channels.push_back(std::move(channel));
  }

  const Configuration& configuration_;
  const rules::ResourceType& type_;
  const model::SymbolTable* symbols_;
  Lowered out_;
};

}  // namespace

Lowered Lower(const Configuration& configuration, const rules::ResourceType& type,
              const model::SymbolTable* symbols) {
  return Lowering(configuration, type, symbols).Run();
}

}  // namespace preview::access
