// What the service refuses is a problem with its statement, and the other statements are kept; what
// the service takes is no problem.

#include "parsers/policy/policy_parser.h"

#include <gtest/gtest.h>

#include "model/symbol.h"
#include "parsers/text/json.h"

namespace preview::policy {
namespace {

using model::Effect;
using model::PrincipalKind;
using model::Value;

model::Place LineOne() { return {0, 1, 1}; }

Value Text(const std::string& text) {
  Value value = Value::String(text);
  value.place = LineOne();
  return value;
}

ParsedPolicy Parse(const std::string& text, bool trust_policy = false) {
  return ParsePolicy(Text(text), {trust_policy});
}

// The statement between a good first and a good third one.
std::string Between(const std::string& statement) {
  std::string good = R"({"Effect":"Allow","Principal":"*","Action":"sqs:*","Resource":"*"})";
  return R"({"Version":"2012-10-17","Statement":[)" + good + "," + statement + "," + good + "]}";
}

std::string Good(const std::string& more) {
  return R"({"Effect":"Allow","Action":"sqs:*","Resource":"*",)" + more + "}";
}

struct Refused {
  const char* name;
  std::string statement;
  const char* reason;
};

// Sources: the grammar and the reference of policy checks,
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
// https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
std::vector<Refused> RefusedStatements() {
  return {
      {"no Effect", R"({"Principal":"*","Action":"sqs:*","Resource":"*"})", "`Effect` is missing"},
      {"Effect in lower case",
       R"({"Effect":"allow","Principal":"*","Action":"sqs:*","Resource":"*"})",
       "`Effect` is neither `Allow` nor `Deny`"},
      {"Effect as an object", R"({"Effect":{},"Principal":"*","Action":"sqs:*","Resource":"*"})",
       "`Effect` is neither `Allow` nor `Deny`"},
      {"no Principal", R"({"Effect":"Allow","Action":"sqs:*","Resource":"*"})",
       "`Principal` is missing"},
      {"no Action", R"({"Effect":"Allow","Principal":"*","Resource":"*"})", "`Action` is missing"},
      {"Action and NotAction", Good(R"("Principal":"*","NotAction":"sqs:SendMessage")"),
       "both `Action` and `NotAction`"},
      {"Resource and NotResource", Good(R"("Principal":"*","NotResource":"*")"),
       "both `Resource` and `NotResource`"},
      {"Principal and NotPrincipal",
       Good(R"("Principal":"*","NotPrincipal":{"AWS":"111122223333"})"),
       "both `Principal` and `NotPrincipal`"},
      {"Action as an object", R"({"Effect":"Allow","Principal":"*","Action":{},"Resource":"*"})",
       "`Action` is neither a string nor a list of strings"},
      {"Action as a number", R"({"Effect":"Allow","Principal":"*","Action":1,"Resource":"*"})",
       "`Action` is neither a string nor a list of strings"},
      {"Resource with a null",
       R"({"Effect":"Allow","Principal":"*","Action":"*","Resource":[null]})",
       "`Resource` is neither a string nor a list of strings"},
      {"Principal as a text", Good(R"("Principal":"arn:aws:iam::444455556666:root")"),
       "`Principal` is a string other than `*`"},
      {"Principal as a list", Good(R"("Principal":["*"])"),
       "`Principal` is neither `*` nor an object"},
      {"an unknown kind of principal", Good(R"("Principal":{"Account":"444455556666"})"),
       "`Account` is no kind of principal"},
      {"a wildcard inside a principal",
       Good(R"("Principal":{"AWS":"arn:aws:iam::444455556666:role/*"})"),
       "principal `arn:aws:iam::444455556666:role/*` has a wildcard inside"},
      {"an account of eleven digits", Good(R"("Principal":{"AWS":["44445555666"]})"),
       "principal `44445555666` is no account id: it has not twelve digits"},
      {"an ARN with an account of eleven digits",
       Good(R"("Principal":{"AWS":"arn:aws:iam::44445555666:root"})"),
       "principal `arn:aws:iam::44445555666:root` has no account id of twelve digits"},
      {"a group", Good(R"("Principal":{"AWS":"arn:aws:iam::444455556666:group/all"})"),
       "principal `arn:aws:iam::444455556666:group/all` is no ARN of an account, a user, a role or "
       "a "
       "session"},
      {"a session with a Region",
       Good(R"("Principal":{"AWS":"arn:aws:sts:eu-west-1:444455556666:assumed-role/a/b"})"),
       "principal `arn:aws:sts:eu-west-1:444455556666:assumed-role/a/b` is no ARN of an account, a "
       "user, a role or a session"},
      {"a bucket as a principal", Good(R"("Principal":{"AWS":"arn:aws:s3:::b"})"),
       "principal `arn:aws:s3:::b` has no account id of twelve digits"},
      {"a name as a principal", Good(R"("Principal":{"AWS":"alice"})"),
       "principal `alice` is neither an account id nor an ARN"},
      {"an empty principal", Good(R"("Principal":{"AWS":""})"), "a principal is empty"},
      {"an unknown operator",
       Good(R"("Principal":"*","Condition":{"StringIs":{"aws:SourceVpc":"v"}})"),
       "`StringIs` is no condition operator"},
      {"Null with IfExists",
       Good(R"("Principal":"*","Condition":{"NullIfExists":{"aws:SourceVpc":"v"}})"),
       "`NullIfExists` is no condition operator"},
      {"an unknown set operator",
       Good(R"("Principal":"*","Condition":{"ForEachValue:StringLike":{"aws:SourceVpc":"v"}})"),
       "`ForEachValue:StringLike` is no condition operator"},
      {"an operator without keys", Good(R"("Principal":"*","Condition":{"StringLike":"v"})"),
       "the condition `StringLike` is not an object"},
      {"Condition as a text", Good(R"("Principal":"*","Condition":"v")"),
       "`Condition` is not an object"},
      {"an object as a value of a condition",
       Good(R"("Principal":"*","Condition":{"StringLike":{"aws:SourceVpc":{"a":"b"}}})"),
       "a value of condition `aws:SourceVpc` is no string, number or boolean"},
      {"an unknown element", Good(R"("Principal":"*","Conditions":{})"),
       "unknown element `Conditions`"},
      {"no object", R"("Allow")", "the statement is not an object"},
  };
}

TEST(PolicyParser, LeavesOutAStatementThatIsRefusedAndKeepsTheOthers) {
  for (const Refused& refused : RefusedStatements()) {
    ParsedPolicy parsed = Parse(Between(refused.statement));
    ASSERT_EQ(parsed.problems.size(), 1U) << refused.name;
    EXPECT_EQ(parsed.problems[0].statement, 1) << refused.name;
    EXPECT_EQ(parsed.problems[0].reason, refused.reason) << refused.name;
    ASSERT_EQ(parsed.document.statements.size(), 2U) << refused.name;
    EXPECT_EQ(parsed.document.statements[0].index, 0) << refused.name;
    EXPECT_EQ(parsed.document.statements[1].index, 2) << refused.name;
    EXPECT_TRUE(parsed.unknown.empty()) << refused.name;
  }
}

// What is meant is clear, so the statement is decided as well.
TEST(PolicyParser, KeepsAStatementWhoseMeaningIsClear) {
  const std::vector<Refused> kept = {
      {"an action without a service",
       R"({"Effect":"Allow","Principal":"*","Action":"SendMessage","Resource":"*"})",
       "action `SendMessage` names no service"},
      {"a condition key without a service",
       Good(R"("Principal":"*","Condition":{"StringLike":{"SourceVpc":"v"}})"),
       "condition key `SourceVpc` names no service"},
      {"a repeated key", Good(R"("Principal":"*","Sid":"a","Sid":"b")"), "repeated key `Sid`"},
      {"a repeated operator",
       Good(R"("Principal":"*","Condition":{"StringLike":{"a:b":"v"},"StringLike":{"a:c":"v"}})"),
       "repeated key `StringLike`"},
  };
  for (const Refused& refused : kept) {
    ParsedPolicy parsed = Parse(Between(refused.statement));
    ASSERT_EQ(parsed.problems.size(), 1U) << refused.name;
    EXPECT_EQ(parsed.problems[0].statement, 1) << refused.name;
    EXPECT_EQ(parsed.problems[0].reason, refused.reason) << refused.name;
    EXPECT_EQ(parsed.document.statements.size(), 3U) << refused.name;
  }
}

// IAM refuses it; S3 and others take it.
TEST(PolicyParser, AStatementIdIsUniqueInATrustPolicy) {
  std::string one = R"({"Sid":"S","Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"})";
  std::string text = R"({"Statement":[)" + one + "," + one + "]}";
  ParsedPolicy trust = Parse(text, true);
  ASSERT_EQ(trust.problems.size(), 1U);
  EXPECT_EQ(trust.problems[0].statement, 1);
  EXPECT_EQ(trust.problems[0].reason, "`Sid` `S` is that of an earlier statement");
  EXPECT_EQ(trust.document.statements.size(), 2U);
  ParsedPolicy other = Parse(text);
  EXPECT_TRUE(other.problems.empty());
  EXPECT_EQ(other.document.statements.size(), 2U);
}

TEST(PolicyParser, ATrustPolicyHasItsOwnRules) {
  std::string resource =
      R"({"Statement":{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Resource":"*"}})";
  EXPECT_TRUE(Parse(resource).problems.empty());
  ParsedPolicy trust = Parse(resource, true);
  ASSERT_EQ(trust.problems.size(), 1U);
  EXPECT_EQ(trust.problems[0].reason, "`Resource` is not allowed in a role trust policy");
  EXPECT_EQ(trust.document.statements.size(), 1U);
  ParsedPolicy other = Parse(
      R"({"Statement":{"Effect":"Allow","NotPrincipal":{"AWS":"444455556666"},"Action":"sts:AssumeRole"}})",
      true);
  ASSERT_EQ(other.problems.size(), 1U);
  EXPECT_EQ(other.problems[0].reason, "`NotPrincipal` is not allowed in a role trust policy");
  EXPECT_TRUE(other.document.statements.empty());
}

TEST(PolicyParser, RefusesADocumentWithoutAStatement) {
  const std::vector<std::pair<std::string, std::string>> documents = {
      {"[]", "the policy is not a JSON object"},
      {R"({"Version":"2012-10-17"})", "the policy has no `Statement`"},
      {R"({"Statement":[]})", "`Statement` is empty"},
      {R"({"Statement":"Allow"})", "`Statement` is neither a list nor an object"},
  };
  for (const auto& [text, reason] : documents) {
    ParsedPolicy parsed = Parse(text);
    ASSERT_EQ(parsed.problems.size(), 1U) << text;
    EXPECT_EQ(parsed.problems[0].statement, -1) << text;
    EXPECT_EQ(parsed.problems[0].reason, reason) << text;
    EXPECT_TRUE(parsed.document.statements.empty()) << text;
  }
}

TEST(PolicyParser, SaysWhatIsWrongWithTheDocumentAndReadsItsStatements) {
  std::string statement = R"("Statement":[{"Effect":"Deny","Principal":"*","Action":"*"}])";
  const std::vector<std::pair<std::string, std::string>> documents = {
      {R"({"Version":"2012-10-18",)" + statement + "}",
       "`Version` is neither `2012-10-17` nor `2008-10-17`"},
      {R"({"Version":20121017,)" + statement + "}",
       "`Version` is neither `2012-10-17` nor `2008-10-17`"},
      {R"({"Comment":"x",)" + statement + "}", "unknown element `Comment`"},
      {"{" + statement + R"(,"Id":"a","Id":"b"})", "repeated key `Id`"},
  };
  for (const auto& [text, reason] : documents) {
    ParsedPolicy parsed = Parse(text);
    ASSERT_EQ(parsed.problems.size(), 1U) << text;
    EXPECT_EQ(parsed.problems[0].statement, -1) << text;
    EXPECT_EQ(parsed.problems[0].reason, reason) << text;
    EXPECT_EQ(parsed.document.statements.size(), 1U) << text;
  }
}

TEST(PolicyParser, WhatIsNotJsonIsOneProblem) {
  for (const char* text : {"{", "not JSON", R"({"Statement":[}]})"}) {
    ParsedPolicy parsed = Parse(text);
    ASSERT_EQ(parsed.problems.size(), 1U) << text;
    EXPECT_TRUE(parsed.problems[0].reason.starts_with("the policy is not JSON")) << text;
    EXPECT_EQ(parsed.problems[0].place, LineOne()) << text;
  }
}

TEST(PolicyParser, NoTextIsNoPolicy) {
  for (const char* text : {"", " \n"}) {
    ParsedPolicy parsed = Parse(text);
    EXPECT_TRUE(parsed.problems.empty());
    EXPECT_TRUE(parsed.document.statements.empty());
  }
}

// Short forms that the service takes.
TEST(PolicyParser, TakesWhatTheServiceTakes) {
  const std::vector<std::string> principals = {
      R"("*")",
      R"({})",
      R"({"AWS":"*"})",
      R"({"AWS":[]})",
      R"({"AWS":"444455556666"})",
      R"({"AWS":["arn:aws:iam::444455556666:root","arn:aws-cn:iam::444455556666:user/a/b"]})",
      R"({"AWS":"arn:aws-us-gov:iam::444455556666:role/path/name"})",
      R"({"AWS":"arn:aws:sts::444455556666:assumed-role/name/session"})",
      R"({"AWS":"arn:aws:sts::444455556666:federated-user/name"})",
      R"({"AWS":"arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1"})",
      R"({"AWS":"AIDACKCEVSQ6C2EXAMPLE"})",
      R"({"Service":"sns.amazonaws.com","Federated":"accounts.google.com"})",
      R"({"CanonicalUser":"79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"})",
  };
  for (const std::string& principal : principals) {
    ParsedPolicy parsed = Parse(Between(Good(R"("Principal":)" + principal)));
    EXPECT_TRUE(parsed.problems.empty()) << principal;
    EXPECT_EQ(parsed.document.statements.size(), 3U) << principal;
  }
  const std::vector<std::string> others = {
      R"({"Effect":"Allow","Principal":"*","Action":[],"Resource":"*"})",
      R"({"Effect":"Allow","Principal":"*","Action":"*"})",
      R"({"Sid":"","Effect":"Allow","Principal":"*","NotAction":"sqs:*","NotResource":["a","b"]})",
      Good(R"("Principal":"*","Condition":{})"),
      Good(R"("Principal":"*","Condition":{"StringLike":{}})"),
      Good(R"("Principal":"*","Condition":{"bool":{"AWS:SECURETRANSPORT":true}})"),
      Good(
          R"("Principal":"*","Condition":{"ForAnyValue:StringLikeIfExists":{"aws:TagKeys":["a",1]}})"),
  };
  for (const std::string& statement : others) {
    ParsedPolicy parsed = Parse(Between(statement));
    EXPECT_TRUE(parsed.problems.empty()) << statement;
    EXPECT_EQ(parsed.document.statements.size(), 3U) << statement;
  }
}

TEST(PolicyParser, ReadsOneStatementAndSingleValues) {
  ParsedPolicy parsed = Parse(
      R"({"Id":"x","Statement":{"Sid":"One","Effect":"Deny","NotPrincipal":{"AWS":"444455556666"},)"
      R"("NotAction":"sqs:*","NotResource":"r","Condition":{"NumericLessThan":{"s3:max-keys":10},)"
      R"("Bool":{"aws:SecureTransport":[true,"false"]}}}})");
  EXPECT_TRUE(parsed.problems.empty());
  EXPECT_EQ(parsed.document.version, "2008-10-17");
  ASSERT_EQ(parsed.document.statements.size(), 1U);
  const model::Statement& statement = parsed.document.statements[0];
  EXPECT_EQ(statement.index, 0);
  EXPECT_EQ(statement.sid, "One");
  EXPECT_EQ(statement.effect, Effect::kDeny);
  EXPECT_TRUE(statement.not_principal && statement.not_action && statement.not_resource);
  ASSERT_EQ(statement.principals.size(), 1U);
  EXPECT_EQ(statement.principals[0].kind, PrincipalKind::kAws);
  EXPECT_EQ(statement.actions, (std::vector<std::string>{"sqs:*"}));
  ASSERT_EQ(statement.conditions.size(), 2U);
  EXPECT_EQ(statement.conditions[0].values, (std::vector<std::string>{"10"}));
  EXPECT_EQ(statement.conditions[1].values, (std::vector<std::string>{"true", "false"}));
  EXPECT_EQ(statement.place, LineOne());
}

// What is known only at deployment is neither right nor wrong.
TEST(PolicyParser, LeavesAPrincipalOpenThatIsDecidedAtDeployment) {
  model::SymbolTable symbols;
  model::Symbol symbol;
  symbol.resource = "aws_iam_role.a";
  symbol.attribute = "arn";
  std::string role = model::SymbolText(symbols.Intern(symbol).value());
  ParsedPolicy parsed = Parse(Between(Good(R"("Principal":{"AWS":")" + role + R"("})")));
  EXPECT_TRUE(parsed.problems.empty());
  ASSERT_EQ(parsed.document.statements.size(), 3U);
  EXPECT_EQ(parsed.document.statements[1].principals[0].text, role);
}

TEST(PolicyParser, PlacesAProblemWhereTheDocumentSaysIt) {
  text::JsonOptions options;
  auto value = text::ParseJson(
      "{\"Statement\": [\n {\"Effect\": \"Allow\", \"Principal\": \"*\",\n  \"Action\": 1}]}",
      options);
  ASSERT_TRUE(value.ok());
  ParsedPolicy parsed = ParsePolicy(value.value(), {});
  ASSERT_EQ(parsed.problems.size(), 1U);
  EXPECT_EQ(parsed.problems[0].statement, 0);
  EXPECT_EQ(parsed.problems[0].place.line, 3U);
  EXPECT_EQ(parsed.problems[0].place.column, 13U);
}

}  // namespace
}  // namespace preview::policy
