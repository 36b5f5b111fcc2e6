// Random policies: engine against twin, and what must hold between a policy and another made of it.

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/exhaustive/random_policies.h"
#include "tests/preview/access/cases.h"
#include "tests/preview/access/twin.h"

namespace preview::exhaustive {
namespace {

using access::Report;
using model::ChangeType;
using model::Finding;
using model::Status;

constexpr std::uint64_t kPolicies = 1500;

model::Configuration Bucket(const std::string& policy) {
  return access::ConfigurationOf("AWS::S3::Bucket", "arn:aws:s3:::data", "111122223333", policy);
}

access::AccessOptions Options() {
  access::AccessOptions options;
  options.zone.account = "111122223333";
  options.zone.own_arns = {"arn:aws:s3:::data"};
  return options;
}

Report Change(const std::string& before, const std::string& after) {
  model::SymbolTable symbols;
  model::Assembly assembly_before;
  model::Assembly assembly_after;
  model::Configuration old_bucket = Bucket(before);
  model::Configuration new_bucket = Bucket(after);
  return access::Compare(&old_bucket, assembly_before, &new_bucket, assembly_after, Options(),
                         symbols);
}

// A finding without what names a place in the policy.
std::string Spell(const Finding& finding) {
  std::string out = finding.principal.kind + " " + finding.principal.value + " {";
  for (const auto& [key, value] : finding.conditions) out += key + "=" + value + " ";
  out += "} ";
  for (const std::string& action : finding.actions) out += action + " ";
  return out + (finding.is_public ? "public" : "");
}

std::string KeyOf(const Finding& finding) {
  std::string out = finding.principal.kind + " " + finding.principal.value;
  for (const auto& [key, value] : finding.conditions) out += " " + key + "=" + value;
  return out;
}

std::multiset<std::string> Spell(const Report& report) {
  std::multiset<std::string> out;
  for (const Finding& finding : report.findings) out.insert(Spell(finding));
  return out;
}

TEST(RandomPolicies, EngineAndTwinAgree) {
  std::size_t allowed = 0;
  std::size_t witnesses = 0;
  for (std::uint64_t seed = 0; seed < kPolicies; ++seed) {
    Random random(seed);
    std::string policy = PolicyText(random.Policy());
    SCOPED_TRACE(policy);
    model::Configuration bucket = Bucket(policy);
    access::AccessOptions options = Options();
    Report report = access::Decide(bucket, options);
    std::set<std::string> actions;
    for (const Finding& finding : report.findings) {
      actions.insert(finding.actions.begin(), finding.actions.end());
      twin::Request request = twin::RequestOf(*finding.witness, bucket, options.zone);
      ++witnesses;
      EXPECT_EQ(finding.precision, model::Precision::kExact);
      EXPECT_EQ(twin::Impossible(request).value_or(""), "");
      EXPECT_TRUE(twin::IsOutside(request, options.zone));
      EXPECT_TRUE(twin::Allows(bucket, request)) << request.principal.value;
    }
    for (int i = 0; i < 12; ++i) {
      twin::Request request = twin::RequestOf(random.Request(), bucket, options.zone);
      if (twin::Impossible(request) || !twin::IsOutside(request, options.zone)) continue;
      if (!twin::Allows(bucket, request)) continue;
      ++allowed;
      EXPECT_TRUE(actions.contains(request.action)) << request.action;
    }
    if (HasFailure()) return;
  }
  EXPECT_GT(allowed, 500U);
  EXPECT_GT(witnesses, 1000U);
}

TEST(RandomPolicies, OrderAndSidsNeverMatter) {
  for (std::uint64_t seed = 0; seed < kPolicies; ++seed) {
    Random random(seed);
    auto statements = random.Policy();
    std::string policy = PolicyText(statements);
    std::string reordered = ReorderedText(statements, random);
    SCOPED_TRACE(policy + "\n" + reordered);
    EXPECT_EQ(Spell(access::Decide(Bucket(policy), Options())),
              Spell(access::Decide(Bucket(reordered), Options())));
    for (const Finding& finding : Change(policy, reordered).findings) {
      EXPECT_EQ(finding.change, ChangeType::kUnchanged) << Spell(finding);
      EXPECT_TRUE(finding.new_actions.empty()) << Spell(finding);
    }
    if (HasFailure()) return;
  }
}

TEST(RandomPolicies, ItselfIsUnchanged) {
  for (std::uint64_t seed = 0; seed < kPolicies; ++seed) {
    Random random(seed);
    std::string policy = PolicyText(random.Policy());
    SCOPED_TRACE(policy);
    Report report = Change(policy, policy);
    EXPECT_EQ(Spell(report), Spell(access::Decide(Bucket(policy), Options())));
    for (const Finding& finding : report.findings) {
      EXPECT_EQ(finding.change, ChangeType::kUnchanged) << Spell(finding);
      EXPECT_EQ(finding.status, Status::kActive);
      EXPECT_TRUE(finding.new_actions.empty()) << Spell(finding);
    }
    if (HasFailure()) return;
  }
}

TEST(RandomPolicies, AnAllowRemovesNothing) {
  for (std::uint64_t seed = 0; seed < kPolicies; ++seed) {
    Random random(seed);
    auto statements = random.Policy();
    std::string policy = PolicyText(statements);
    statements.insert(
        statements.begin() + static_cast<std::ptrdiff_t>(random.Below(statements.size() + 1)),
        random.Statement(true));
    std::string more = PolicyText(statements);
    SCOPED_TRACE(policy + "\n" + more);
    for (const Finding& finding : Change(policy, more).findings)
      EXPECT_EQ(finding.status, Status::kActive) << Spell(finding);
    // The other way round nothing is new.
    for (const Finding& finding : Change(more, policy).findings)
      EXPECT_TRUE(finding.new_actions.empty()) << Spell(finding);
    if (HasFailure()) return;
  }
}

TEST(RandomPolicies, ADenyAddsNothing) {
  for (std::uint64_t seed = 0; seed < kPolicies; ++seed) {
    Random random(seed);
    auto statements = random.Policy();
    std::string policy = PolicyText(statements);
    statements.insert(
        statements.begin() + static_cast<std::ptrdiff_t>(random.Below(statements.size() + 1)),
        random.Statement(false));
    std::string less = PolicyText(statements);
    SCOPED_TRACE(policy + "\n" + less);
    for (const Finding& finding : Change(policy, less).findings) {
      EXPECT_TRUE(finding.new_actions.empty()) << Spell(finding);
      EXPECT_NE(finding.change, ChangeType::kNew) << Spell(finding);
    }
    for (const Finding& finding : Change(less, policy).findings)
      EXPECT_EQ(finding.status, Status::kActive) << Spell(finding);
    if (HasFailure()) return;
  }
}

// One statement of several actions and principals is as many statements of one each. Not… lists are
// left as they are: split, they mean something else.
TEST(RandomPolicies, SplittingAStatementChangesNothing) {
  for (std::uint64_t seed = 0; seed < kPolicies; ++seed) {
    Random random(seed);
    auto statements = random.Policy();
    std::vector<RandomStatement> split;
    for (const RandomStatement& statement : statements) {
      std::vector<RandomStatement> parts{statement};
      auto divide = [&](auto member, bool negated) {
        if (negated) return;
        std::vector<RandomStatement> next;
        for (const RandomStatement& part : parts) {
          for (const std::string& text : part.*member) {
            next.push_back(part);
            next.back().*member = {text};
          }
        }
        parts = std::move(next);
      };
      divide(&RandomStatement::principals, statement.not_principal);
      divide(&RandomStatement::actions, statement.not_action);
      divide(&RandomStatement::resources, false);
      split.insert(split.end(), parts.begin(), parts.end());
    }
    std::string one = PolicyText(statements);
    std::string many = PolicyText(split);
    SCOPED_TRACE(one + "\n" + many);
    EXPECT_EQ(Spell(access::Decide(Bucket(one), Options())),
              Spell(access::Decide(Bucket(many), Options())));
    for (const auto& [before, after] : {std::pair(one, many), std::pair(many, one)}) {
      for (const Finding& finding : Change(before, after).findings) {
        EXPECT_EQ(finding.change, ChangeType::kUnchanged) << Spell(finding);
        EXPECT_TRUE(finding.new_actions.empty()) << Spell(finding);
      }
    }
    if (HasFailure()) return;
  }
}

// What goes away in one direction is new in the other.
TEST(RandomPolicies, TurningRoundSwapsNewAndResolved) {
  std::size_t resolved = 0;
  for (std::uint64_t seed = 0; seed < kPolicies; ++seed) {
    Random random(seed);
    std::string one = PolicyText(random.Policy());
    std::string two = PolicyText(random.Policy());
    SCOPED_TRACE(one + "\n" + two);
    Report there = Change(one, two);
    Report back = Change(two, one);
    for (const Finding& finding : there.findings) {
      if (finding.status != Status::kResolved) continue;
      ++resolved;
      auto same = std::find_if(back.findings.begin(), back.findings.end(), [&](const Finding& f) {
        return KeyOf(f) == KeyOf(finding) && f.status == Status::kActive;
      });
      ASSERT_NE(same, back.findings.end()) << Spell(finding);
      EXPECT_FALSE(same->new_actions.empty()) << Spell(finding);
      EXPECT_NE(same->change, ChangeType::kUnchanged) << Spell(finding);
    }
    if (HasFailure()) return;
  }
  EXPECT_GT(resolved, 300U);
}

// Nothing before: all is new, with all its actions.
TEST(RandomPolicies, OfANewResourceAllIsNew) {
  for (std::uint64_t seed = 0; seed < kPolicies; ++seed) {
    Random random(seed);
    std::string policy = PolicyText(random.Policy());
    SCOPED_TRACE(policy);
    for (const Finding& finding : access::Decide(Bucket(policy), Options()).findings) {
      EXPECT_EQ(finding.change, ChangeType::kNew);
      EXPECT_EQ(finding.new_actions, finding.actions);
    }
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace preview::exhaustive
