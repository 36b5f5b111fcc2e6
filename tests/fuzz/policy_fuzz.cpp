// Whatever a policy says, it is parsed and decided within small bounds; every exact finding's
// witness comes from outside and the twin lets it in; a policy compared with itself gives nothing
// new; what is left out as refused (PV020) or unknown is said.
//
// The first byte chooses the type of the resource and the zone of trust (`0` to `3` an account, `4`
// to `7` an organization), the rest is the policy.

#include <array>
#include <cstdint>
#include <string_view>

#include "model/check.h"
#include "parsers/policy/policy_parser.h"
#include "preview/access/access.h"
#include "tests/preview/access/cases.h"
#include "tests/preview/access/twin.h"

namespace preview::access {
namespace {

struct Kind {
  const char* type;
  const char* arn;
};

constexpr std::array<Kind, 4> kKinds = {{
    {"AWS::S3::Bucket", "arn:aws:s3:::data"},
    {"AWS::SQS::Queue", "arn:aws:sqs:us-east-1:111122223333:jobs"},
    {"AWS::IAM::Role", "arn:aws:iam::111122223333:role/app"},
    {"AWS::KMS::Key", "arn:aws:kms:us-east-1:111122223333:key/1234abcd"},
}};

void Check(std::uint8_t choice, std::string_view policy) {
  const Kind& kind = kKinds[choice % kKinds.size()];
  AccessOptions options;
  options.max_atoms = 200;
  options.max_steps = 5'000;
  options.zone.account = "111122223333";
  options.zone.own_arns.insert(kind.arn);
  if ((choice & 4U) != 0) options.zone.organization = "o-abcde12345";
  model::Configuration configuration =
      ConfigurationOf(kind.type, kind.arn, "111122223333", std::string(policy));
  Report report = Decide(configuration, options);
  for (const model::Finding& finding : report.findings) {
    PREVIEW_CHECK(finding.witness.has_value());
    twin::Request request = twin::RequestOf(*finding.witness, configuration, options.zone);
    PREVIEW_CHECK(twin::IsOutside(request, options.zone));
    if (finding.precision != model::Precision::kExact) continue;
    PREVIEW_CHECK(!twin::Impossible(request).has_value());
    PREVIEW_CHECK(twin::Allows(configuration, request));
  }
  if (configuration.policies.empty()) return;
  policy::ParsedPolicy parsed = policy::ParsePolicy(
      configuration.policies[0].document, {std::string_view(kind.type) == "AWS::IAM::Role"});
  PREVIEW_CHECK(report.undetermined.size() >= parsed.problems.size() + parsed.unknown.size());
  model::SymbolTable symbols;
  model::Assembly assembly;
  assembly.configurations.push_back(configuration);
  Report same = Compare(&configuration, assembly, &configuration, assembly, options, symbols);
  PREVIEW_CHECK(same.findings.size() == report.findings.size());
  for (const model::Finding& finding : same.findings) {
    PREVIEW_CHECK(finding.change == model::ChangeType::kUnchanged && finding.new_actions.empty());
  }
}

}  // namespace
}  // namespace preview::access

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  preview::access::Check(data[0], {reinterpret_cast<const char*>(data + 1), size - 1});
  return 0;
}
