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

access::AccessOptions Minimal() {
  access::AccessOptions options = Options();
  options.minimal = true;
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

// The statement of a source, edited as `closing` says: one of the three forms that it can have.
std::vector<RandomStatement> Corrected(std::vector<RandomStatement> statements,
                                       const Finding& finding) {
  bool removes = finding.closing.starts_with("remove ");
  bool narrows = finding.closing.starts_with("add the condition ");
  EXPECT_TRUE(removes || narrows || finding.closing.starts_with("take `")) << finding.closing;
  std::set<std::size_t> gone;
  for (const model::FindingSource& source : finding.sources) {
    auto index = static_cast<std::size_t>(source.statement);
    RandomStatement& statement = statements[index];
    if (removes) {
      gone.insert(index);
    } else if (narrows) {
      statement.conditions.push_back(R"("stringequals":{"aws:PrincipalAccount":"111122223333"})");
    } else {
      std::erase_if(statement.principals, [&](const std::string& text) {
        std::string plain = text.substr(1, text.size() - 2);
        return plain == finding.principal.value ||
               plain == "arn:aws:iam::" + finding.principal.value + ":root";
      });
      if (statement.principals.empty()) gone.insert(index);
    }
  }
  std::vector<RandomStatement> kept;
  for (std::size_t i = 0; i < statements.size(); ++i) {
    if (!gone.contains(i)) kept.push_back(statements[i]);
  }
  return kept;
}

// Whoever does what `closing` says is rid of the finding, and of nobody new.
TEST(RandomPolicies, WhatClosesAFindingClosesIt) {
  std::size_t corrected = 0;
  std::size_t without = 0;
  for (std::uint64_t seed = 0; seed < kPolicies; ++seed) {
    Random random(seed);
    auto statements = random.Policy();
    SCOPED_TRACE(PolicyText(statements));
    access::AccessOptions options = Options();
    options.explain = true;
    Report report = access::Decide(Bucket(PolicyText(statements)), options);
    std::set<model::Principal> principals;
    for (const Finding& finding : report.findings) principals.insert(finding.principal);
    for (const Finding& finding : report.findings) {
      if (finding.closing.empty()) {
        ++without;
        continue;
      }
      ++corrected;
      SCOPED_TRACE(finding.closing);
      Report after = access::Decide(Bucket(PolicyText(Corrected(statements, finding))), Options());
      for (const Finding& other : after.findings) {
        EXPECT_NE(other.principal, finding.principal) << Spell(other);
        EXPECT_TRUE(principals.contains(other.principal)) << Spell(other);
      }
    }
    if (HasFailure()) return;
  }
  EXPECT_GT(corrected, 1000U);
  EXPECT_LT(without, corrected / 2);
}

// Whether the finding speaks of the request: its principal and its conditions, read as a statement.
bool SpeaksOf(const Finding& finding, const twin::Request& request) {
  model::Statement statement;
  statement.actions = finding.actions;
  if (finding.principal.value == "*") {
    statement.principals.push_back({model::PrincipalKind::kEveryone, "*"});
  } else {
    model::PrincipalKind kind =
        finding.principal.kind == "Federated"       ? model::PrincipalKind::kFederated
        : finding.principal.kind == "CanonicalUser" ? model::PrincipalKind::kCanonicalUser
                                                    : model::PrincipalKind::kAws;
    statement.principals.push_back({kind, finding.principal.value});
  }
  for (const auto& [key, value] : finding.conditions) {
    std::string op = "StringLike";
    if (key == "aws:SourceIp") op = "IpAddress";
    if (key == "aws:SourceArn" || key == "aws:PrincipalArn") op = "ArnLike";
    if (key == "aws:PrincipalOrgID") op = "StringEqualsIgnoreCase";
    statement.conditions.push_back({op, key, {value}});
  }
  return twin::Applies(statement, false, request);
}

// The fewest findings still speak of every request that all findings speak of: of the witnesses of
// all findings and of random requests that the twin lets in.
TEST(RandomPolicies, MinimalFindingsLoseNoAccess) {
  std::size_t asked = 0;
  std::size_t left_out = 0;
  for (std::uint64_t seed = 0; seed < kPolicies; ++seed) {
    Random random(seed);
    std::string policy = PolicyText(random.Policy());
    SCOPED_TRACE(policy);
    model::Configuration bucket = Bucket(policy);
    access::AccessOptions options = Minimal();
    Report all = access::Decide(bucket, Options());
    Report fewest = access::Decide(bucket, options);
    std::multiset<std::string> spelled = Spell(all);
    for (const Finding& finding : fewest.findings) {
      auto same = spelled.find(Spell(finding));
      ASSERT_NE(same, spelled.end()) << Spell(finding);
      spelled.erase(same);
    }
    left_out += spelled.size();
    auto expect_covered = [&](const twin::Request& request) {
      auto speaks = [&](const Finding& finding) { return SpeaksOf(finding, request); };
      if (!std::any_of(all.findings.begin(), all.findings.end(), speaks)) return;
      ++asked;
      EXPECT_TRUE(std::any_of(fewest.findings.begin(), fewest.findings.end(), speaks))
          << request.principal.value << " " << request.action;
    };
    for (const Finding& finding : all.findings)
      expect_covered(twin::RequestOf(*finding.witness, bucket, options.zone));
    for (int i = 0; i < 12; ++i) {
      twin::Request request = twin::RequestOf(random.Request(), bucket, options.zone);
      if (twin::Impossible(request) || !twin::IsOutside(request, options.zone)) continue;
      if (twin::Allows(bucket, request)) expect_covered(request);
    }
    if (HasFailure()) return;
  }
  EXPECT_GT(asked, 1000U);
  RecordProperty("left_out", static_cast<int>(left_out));
}

// The fewest of `count` findings that speak of every request, each given as the findings that do.
std::size_t FewestThatCover(std::size_t count, const std::set<std::size_t>& speaking) {
  std::size_t fewest = count;
  for (std::size_t chosen = 0; chosen < std::size_t{1} << count; ++chosen) {
    auto size = static_cast<std::size_t>(__builtin_popcountll(chosen));
    if (size >= fewest) continue;
    bool all = std::all_of(speaking.begin(), speaking.end(),
                           [&](std::size_t findings) { return (findings & chosen) != 0; });
    if (all) fewest = size;
  }
  return fewest;
}

// How far `--findings minimal` is from the smallest cover there is. The requests are samples, so
// that the smallest cover of them is a lower bound.
TEST(RandomPolicies, MinimalFindingsAreRarelyMoreThanTheFewest) {
  std::size_t compared = 0;
  std::size_t more = 0;
  for (std::uint64_t seed = 0; seed < kPolicies; ++seed) {
    Random random(seed);
    std::string policy = PolicyText(random.Policy());
    SCOPED_TRACE(policy);
    model::Configuration bucket = Bucket(policy);
    Report all = access::Decide(bucket, Options());
    if (all.findings.size() < 2 || all.findings.size() > 10) continue;
    std::set<std::size_t> speaking;
    auto add = [&](const twin::Request& request) {
      std::size_t findings = 0;
      for (std::size_t i = 0; i < all.findings.size(); ++i) {
        if (SpeaksOf(all.findings[i], request)) findings |= std::size_t{1} << i;
      }
      if (findings != 0) speaking.insert(findings);
    };
    for (const Finding& finding : all.findings)
      add(twin::RequestOf(*finding.witness, bucket, Options().zone));
    for (int i = 0; i < 300; ++i) {
      twin::Request request = twin::RequestOf(random.Request(), bucket, Options().zone);
      if (twin::Impossible(request) || !twin::IsOutside(request, Options().zone)) continue;
      if (twin::Allows(bucket, request)) add(request);
    }
    std::size_t fewest = FewestThatCover(all.findings.size(), speaking);
    std::size_t minimal = access::Decide(bucket, Minimal()).findings.size();
    EXPECT_GE(minimal, fewest);
    ++compared;
    more += minimal > fewest ? 1 : 0;
    if (HasFailure()) return;
  }
  EXPECT_GT(compared, 300U);
  EXPECT_LT(more * 5, compared) << more << " of " << compared;
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
