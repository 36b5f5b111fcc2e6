// Who is meant by a Principal element; among them what other tools were found to get wrong.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html

#include "preview/access/principals.h"

#include <gtest/gtest.h>

#include "tests/preview/access/findings.h"

namespace preview::access {
namespace {

Caller Signed(CallerKind kind, const std::string& arn, const std::string& session = "") {
  Caller caller;
  caller.kind = kind;
  caller.arn = arn;
  caller.account = arn.substr(13, 12);
  caller.session = session;
  return caller;
}

const Caller kRole = Signed(CallerKind::kRole, "arn:aws:iam::444455556666:role/path/app");
const Caller kSession =
    Signed(CallerKind::kRole, "arn:aws:iam::444455556666:role/path/app", "build");
const Caller kUser = Signed(CallerKind::kUser, "arn:aws:iam::444455556666:user/alice");
const Caller kFederatedUser =
    Signed(CallerKind::kFederatedUser, "arn:aws:sts::444455556666:federated-user/alice");
const Caller kRoot = Signed(CallerKind::kRoot, "arn:aws:iam::444455556666:root");

Caller Anonymous() {
  Caller caller;
  caller.kind = CallerKind::kAnonymous;
  return caller;
}

Caller Federated() {
  Caller caller;
  caller.kind = CallerKind::kFederated;
  caller.arn = "graph.facebook.com";
  return caller;
}

bool Means(const std::string& text, const Caller& caller,
           model::PrincipalKind kind = model::PrincipalKind::kAws) {
  return MatcherOf({kind, text}).Matches(caller);
}

TEST(Principals, AnAccountIsAllItsIdentities) {
  for (const char* text : {"444455556666", "arn:aws:iam::444455556666:root"}) {
    for (const Caller& caller : {kRole, kSession, kUser, kFederatedUser, kRoot})
      EXPECT_TRUE(Means(text, caller)) << text << " " << caller.arn;
    EXPECT_FALSE(Means(text, Anonymous()));
    EXPECT_FALSE(Means(text, Federated()));
  }
  EXPECT_FALSE(Means("444455556667", kRole));
}

TEST(Principals, ARoleIsItsSessions) {
  EXPECT_TRUE(Means("arn:aws:iam::444455556666:role/path/app", kRole));
  EXPECT_TRUE(Means("arn:aws:iam::444455556666:role/path/app", kSession));
  EXPECT_FALSE(Means("arn:aws:iam::444455556666:role/app", kRole));  // another role
  EXPECT_TRUE(Means("arn:aws:sts::444455556666:assumed-role/app/build", kSession));
  EXPECT_FALSE(Means("arn:aws:sts::444455556666:assumed-role/app/build", kRole));
  EXPECT_FALSE(Means("arn:aws:sts::444455556666:assumed-role/app/other", kSession));
}

TEST(Principals, ArnsHaveCase) {
  EXPECT_FALSE(Means("arn:aws:iam::444455556666:role/path/App", kRole));
  EXPECT_FALSE(Means("arn:aws:iam::444455556666:user/Alice", kUser));
}

TEST(Principals, AUserIsNoFederatedUserOfThatName) {
  EXPECT_TRUE(Means("arn:aws:iam::444455556666:user/alice", kUser));
  EXPECT_FALSE(Means("arn:aws:iam::444455556666:user/alice", kFederatedUser));
  EXPECT_FALSE(Means("arn:aws:sts::444455556666:federated-user/alice", kUser));
}

TEST(Principals, EverybodyIsAlsoWithoutCredentials) {
  EXPECT_TRUE(Means("*", Anonymous()));
  EXPECT_TRUE(Means("*", kRole));
  EXPECT_FALSE(Means("*", Federated()));
  EXPECT_TRUE(Means("*", Federated(), model::PrincipalKind::kEveryone));
}

TEST(Principals, ServicesAndDeletedIdentitiesAreNobody) {
  for (const Caller& caller : {kRole, Anonymous(), Federated()}) {
    EXPECT_FALSE(Means("events.amazonaws.com", caller, model::PrincipalKind::kService));
    EXPECT_FALSE(Means("AIDACKCEVSQ6C2EXAMPLE", caller));
    EXPECT_FALSE(Means("AROACKCEVSQ6C2EXAMPLE", caller));
  }
}

TEST(Principals, ACanonicalUserIsComparedWithTheCanonicalId) {
  Caller caller = kUser;
  caller.canonical = "0123abcd";
  EXPECT_TRUE(Means("0123abcd", caller, model::PrincipalKind::kCanonicalUser));
  EXPECT_FALSE(Means(kUser.arn, caller, model::PrincipalKind::kCanonicalUser));
  EXPECT_FALSE(Means("0123abcd", kUser, model::PrincipalKind::kCanonicalUser));
  // What CloudFormation and Terraform give as the canonical id of an identity of CloudFront.
  caller.canonical = "CloudFront Origin Access Identity E2QWRUHAPOMQZL";
  EXPECT_FALSE(Means(caller.canonical, caller, model::PrincipalKind::kCanonicalUser));
}

TEST(Principals, KeysSpeakOfTheCaller) {
  EXPECT_EQ(CallerView("aws:principalarn", kSession), ContextValue({{kRole.arn}}));
  EXPECT_EQ(CallerView("aws:principalaccount", kUser), ContextValue({{"444455556666"}}));
  EXPECT_EQ(CallerView("kms:calleraccount", kUser), ContextValue({{"444455556666"}}));
  EXPECT_EQ(CallerView("aws:principaltype", kRoot), ContextValue({{"Account"}}));
  EXPECT_EQ(CallerView("aws:principaltype", kSession), ContextValue({{"AssumedRole"}}));
  EXPECT_EQ(CallerView("aws:principalisawsservice", kUser), ContextValue({{"false"}}));
  EXPECT_EQ(CallerView("aws:principalarn", Anonymous()), std::nullopt);
  EXPECT_EQ(CallerView("aws:principalisawsservice", Anonymous()), std::nullopt);
  EXPECT_EQ(CallerView("aws:principalaccount", Federated()), std::nullopt);
}

std::string List(const std::string& effect, const std::string& principal,
                 const std::string& condition = "") {
  std::string out =
      R"({"Effect":")" + effect + "\"," + principal + R"(,"Action":"s3:ListBucket","Resource":"*")";
  if (!condition.empty()) out += R"(,"Condition":{)" + condition + "}";
  return out + "}";
}

TEST(Principals, AnAccountIsShownByItsId) {
  EXPECT_EQ(FindingsOf(List("Allow", R"("Principal":{"AWS":"arn:aws:iam::444455556666:root"})") +
                       "," + List("Allow", R"("Principal":{"AWS":"444455556666"})")),
            (Lines{"AWS 444455556666 {} [s3:ListBucket]"}));
}

TEST(Principals, AnAccountCoversItsRoles) {
  EXPECT_EQ(
      FindingsOf(List(
          "Allow", R"("Principal":{"AWS":["444455556666","arn:aws:iam::444455556666:role/app"]})")),
      (Lines{"AWS 444455556666 {} [s3:ListBucket]"}));
}

// A canonical user may be anybody outside, and so somebody that an Allow names; a Deny alone makes
// him no finding.
TEST(Principals, ACanonicalUserWhoIsOnlyDeniedIsNoFinding) {
  std::string allow =
      R"({"Effect":"Allow","Principal":{"AWS":"444455556666"},"Action":"s3:GetObject","Resource":"*"})";
  std::string deny = R"("CanonicalUser":"79a5"},"Action":"s3:*","Resource":"*"})";
  EXPECT_EQ(FindingsOf(allow + R"(,{"Effect":"Deny","Principal":{)" + deny),
            (Lines{"AWS 444455556666 {} [s3:GetObject]"}));
  EXPECT_EQ(FindingsOf(allow + R"(,{"Effect":"Deny","NotPrincipal":{)" + deny),
            (Lines{"CanonicalUser 79a5 {} [s3:GetObject]"}));
}

TEST(Principals, ACallersArnBeginsAsOne) {
  auto findings = [](const char* arn) {
    return FindingsOf(
        std::string(R"({"Effect":"Allow","Principal":{"AWS":"*"},"Action":"s3:GetObject",)") +
        R"("Resource":"*","Condition":{"StringEquals":{"aws:PrincipalArn":")" + arn + R"("}}})");
  };
  EXPECT_EQ(findings("aro:aws:sts::444455556666:federated-user/a"), Lines{});
  EXPECT_EQ(findings("arn:aws:sts::444455556666:federated-user/a").size(), 1U);
}

TEST(Principals, EveryAccountHasTwelveDigits) {
  auto findings = [](const char* pattern) {
    return FindingsOf(
        std::string(R"({"Effect":"Allow","Principal":{"AWS":"*"},"Action":"s3:GetObject",)") +
        R"("Resource":"*","Condition":{"StringNotLike":{"aws:PrincipalAccount":["anonymous",")" +
        pattern + R"("]}}})");
  };
  EXPECT_EQ(findings("????????????"), Lines{});
  EXPECT_EQ(findings("?????????????"), (Lines{"AWS * {} [s3:GetObject] public"}));
  EXPECT_EQ(findings("4444????????"), (Lines{"AWS * {} [s3:GetObject] public"}));
}

TEST(Principals, UserIdsAreThoseOfTheCallersKind) {
  auto findings = [](const char* principal, const char* id) {
    return FindingsOf(std::string(R"({"Effect":"Allow","Principal":{"AWS":")") + principal +
                      R"("},"Action":"s3:GetObject","Resource":"*","Condition":)" +
                      R"({"StringLike":{"aws:userid":")" + id + R"("}}})");
  };
  const char* user = "arn:aws:iam::444455556666:user/a";
  const char* role = "arn:aws:iam::444455556666:role/a";
  EXPECT_EQ(findings(user, "AIDA*").size(), 1U);
  EXPECT_EQ(findings(user, "AROA*").size(), 0U);
  EXPECT_EQ(findings(user, "*:*").size(), 0U);
  EXPECT_EQ(findings(role, "*:session").size(), 1U);
  EXPECT_EQ(findings(role, "AIDA*").size(), 0U);
  EXPECT_EQ(findings("*", "444455556666:*").size(), 1U);
  EXPECT_EQ(findings("*", "111122223333:*").size(), 0U);
  EXPECT_EQ(findings("*", "????????????").size(), 1U);
  EXPECT_EQ(findings("*", "bob").size(), 0U);
}

TEST(Principals, TheOwnAccountAndServicesAreSilent) {
  for (const char* principal :
       {R"("Principal":{"AWS":"111122223333"})",
        R"("Principal":{"AWS":"arn:aws:iam::111122223333:role/r"})",
        R"("Principal":{"Service":"events.amazonaws.com"})", R"("Principal":{})"})
    EXPECT_EQ(FindingsOf(List("Allow", principal)), Lines{}) << principal;
  for (const char* condition :
       {R"("StringEquals":{"aws:PrincipalAccount":"111122223333"})",
        R"("ArnLike":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/*"})",
        R"("StringEquals":{"aws:SourceAccount":"111122223333"})",
        R"("StringEquals":{"AWS:SourceOwner":"111122223333"})",
        R"("ArnLike":{"aws:SourceArn":"arn:aws:sns:*:111122223333:*"})",
        R"("ArnEquals":{"aws:SourceArn":"arn:aws:s3:::data"})"})
    EXPECT_EQ(FindingsOf(List("Allow", R"("Principal":"*")", condition)), Lines{}) << condition;
}

TEST(Principals, NotPrincipalIsEverybodyElse) {
  EXPECT_EQ(FindingsOf(List("Allow", R"("NotPrincipal":{"AWS":"444455556666"})")),
            (Lines{"AWS * {} [s3:ListBucket] public"}));
  // A Deny spares the named ones only.
  EXPECT_EQ(FindingsOf(List("Allow", R"("Principal":"*")") + "," +
                       List("Deny", R"("NotPrincipal":{"AWS":"444455556666"})")),
            (Lines{"AWS 444455556666 {} [s3:ListBucket]"}));
}

TEST(Principals, AMissingKeyPassesNegatedOperators) {
  // Nobody without an organization is kept out by StringNotEquals.
  EXPECT_EQ(FindingsOf(List("Allow", R"("Principal":"*")") + "," +
                       List("Deny", R"("Principal":"*")",
                            R"("StringNotEquals":{"aws:PrincipalOrgID":"o-1"})")),
            (Lines{"AWS * {aws:PrincipalOrgID=o-1} [s3:ListBucket]"}));
  EXPECT_EQ(FindingsOf(List("Allow", R"("Principal":"*")",
                            R"("StringNotEquals":{"aws:PrincipalOrgID":"o-1"})")),
            (Lines{"AWS * {} [s3:ListBucket] public"}));
}

TEST(Principals, ARoleWithAPatternBesideAKindIsStillFound) {
  EXPECT_EQ(FindingsOf(List("Allow", R"("Principal":"*")",
                            R"("StringEquals":{"aws:PrincipalType":"User"})") +
                       "," +
                       List("Deny", R"("Principal":"*")",
                            R"("ArnLike":{"aws:PrincipalArn":"arn:aws:iam::444455556666:role/*"})"))
                .size(),
            1U);
}

}  // namespace
}  // namespace preview::access
