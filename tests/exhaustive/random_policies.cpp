#include "tests/exhaustive/random_policies.h"

#include <set>

namespace preview::exhaustive {

namespace {

using Texts = std::vector<std::string>;

const Texts kPrincipals = {R"("111122223333")",
                           R"("444455556666")",
                           R"("arn:aws:iam::444455556666:root")",
                           R"("777788889999")",
                           R"("arn:aws:iam::444455556666:role/app")",
                           R"("arn:aws:iam::444455556666:user/alice")",
                           R"("arn:aws:sts::444455556666:assumed-role/app/build")",
                           R"("arn:aws:iam::111122223333:role/own")"};
const Texts kActions = {R"("s3:GetObject")", R"("s3:PutObject")", R"("s3:ListBucket")",
                        R"("s3:Get*")",      R"("s3:*Object")",   R"("s3:*")"};
const Texts kResources = {R"("*")",
                          R"("arn:aws:s3:::data")",
                          R"("arn:aws:s3:::data/*")",
                          R"("arn:aws:s3:::data/a*")",
                          R"("arn:aws:s3:::data/?b")",
                          R"("arn:aws:s3:::d*")"};
// Operators are different in each, so that any choice of them makes one Condition element.
const Texts kConditions = {
    R"("StringEquals":{"aws:SourceVpc":["vpc-1","vpc-2"]})",
    R"("StringNotEquals":{"aws:SourceVpc":"vpc-1"})",
    R"("StringLike":{"aws:SourceVpc":"vpc-*","aws:PrincipalArn":"arn:aws:iam::*:role/a*"})",
    R"("StringNotLike":{"aws:PrincipalArn":"arn:aws:iam::444455556666:*"})",
    R"("StringEqualsIfExists":{"aws:SourceVpc":"vpc-2"})",
    R"("StringNotEqualsIfExists":{"aws:PrincipalOrgID":"o-one"})",
    R"("IpAddress":{"aws:SourceIp":["203.0.113.0/24","2001:db8::/32"]})",
    R"("NotIpAddress":{"aws:SourceIp":"203.0.113.128/25"})",
    R"("Bool":{"aws:SecureTransport":"false"})",
    R"("BoolIfExists":{"aws:SecureTransport":"true"})",
    R"("ArnLike":{"aws:SourceArn":"arn:aws:sns:*:444455556666:*"})",
    R"("ArnNotEquals":{"aws:SourceArn":"arn:aws:sns:us-east-1:444455556666:t"})",
    R"("Null":{"aws:SourceVpc":"true"})",
    R"("NumericLessThan":{"s3:max-keys":"10"})",
    R"("NumericGreaterThanEqualsIfExists":{"s3:max-keys":"5"})",
    R"("ForAnyValue:StringEquals":{"aws:TagKeys":["a","b"]})",
    R"("ForAllValues:StringLike":{"aws:TagKeys":"a*"})",
    R"("ForAllValues:StringNotEquals":{"aws:TagKeys":"b"})",
    R"("StringEqualsIgnoreCase":{"aws:PrincipalOrgID":["O-ONE","o-two"]})"};

struct KeyValues {
  const char* key;
  std::vector<Texts> values;
};

const std::vector<KeyValues>& Keys() {
  static const std::vector<KeyValues> kKeys = {
      {"aws:SourceVpc", {{}, {"vpc-1"}, {"vpc-2"}, {"vpc-3"}, {"x"}}},
      {"aws:PrincipalOrgID", {{}, {"o-one"}, {"o-two"}, {"o-three"}}},
      {"aws:SourceIp", {{}, {"203.0.113.1"}, {"203.0.113.200"}, {"8.8.8.8"}, {"2001:db8::1"}}},
      {"aws:SecureTransport", {{"true"}, {"false"}}},
      {"aws:SourceArn",
       {{},
        {"arn:aws:sns:us-east-1:444455556666:t"},
        {"arn:aws:sns:us-east-1:444455556666:u"},
        {"arn:aws:sns:us-east-1:777788889999:t"}}},
      {"s3:max-keys", {{}, {"1"}, {"7"}, {"20"}}},
      {"aws:TagKeys", {{}, {"a"}, {"b"}, {"aa"}, {"a", "b"}, {"aa", "c"}}}};
  return kKeys;
}

std::string List(const Texts& texts) {
  std::string out = "[";
  for (const std::string& text : texts) out += text + ",";
  out.back() = ']';
  return out;
}

// The members of a statement but its Sid.
Texts Members(const RandomStatement& statement) {
  Texts out;
  out.push_back(std::string(R"("Effect":")") + (statement.allow ? "Allow\"" : "Deny\""));
  bool everybody = statement.principals == Texts{"\"*\""};
  out.push_back(std::string(statement.not_principal ? "\"Not" : "\"") + "Principal\":" +
                (everybody ? "\"*\"" : "{\"AWS\":" + List(statement.principals) + "}"));
  out.push_back(std::string(statement.not_action ? "\"Not" : "\"") +
                "Action\":" + List(statement.actions));
  out.push_back("\"Resource\":" + List(statement.resources));
  if (!statement.conditions.empty()) {
    std::string condition = "\"Condition\":{";
    for (const std::string& text : statement.conditions) condition += text + ",";
    condition.back() = '}';
    out.push_back(condition);
  }
  return out;
}

std::string Joined(const Texts& texts, char open, char close) {
  std::string out(1, open);
  for (const std::string& text : texts) out += text + ",";
  out.back() = close;
  return out;
}

std::string Document(const Texts& statements) {
  return R"({"Version":"2012-10-17","Statement":)" + Joined(statements, '[', ']') + "}";
}

}  // namespace

std::size_t Random::Below(std::size_t n) {
  // https://prng.di.unimi.it/splitmix64.c
  state_ += 0x9E3779B97F4A7C15ULL;
  std::uint64_t z = state_;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  return static_cast<std::size_t>((z ^ (z >> 31)) % n);
}

RandomStatement Random::Statement(bool allow) {
  auto some = [&](const Texts& from, std::size_t most) {
    std::set<std::string> chosen;
    std::size_t n = 1 + Below(most);
    while (chosen.size() < n) chosen.insert(Pick(from));
    return Texts(chosen.begin(), chosen.end());
  };
  RandomStatement out;
  out.allow = allow;
  if (Chance(50)) {
    out.principals = {"\"*\""};
  } else {
    out.principals = some(kPrincipals, 3);
    out.not_principal = Chance(15);
  }
  out.actions = some(kActions, 2);
  out.not_action = Chance(15);
  out.resources = some(kResources, 2);
  if (Chance(75)) out.conditions = some(kConditions, 3);
  return out;
}

std::vector<RandomStatement> Random::Policy() {
  std::vector<RandomStatement> out;
  std::size_t n = 1 + Below(5);
  for (std::size_t i = 0; i < n; ++i) out.push_back(Statement(Chance(60)));
  return out;
}

model::Witness Random::Request() {
  static const Texts kCallers = {
      "arn:aws:iam::444455556666:role/app",   "arn:aws:iam::444455556666:role/other",
      "arn:aws:iam::444455556666:user/alice", "arn:aws:sts::444455556666:assumed-role/app/build",
      "arn:aws:iam::777788889999:role/app",   "arn:aws:iam::777788889999:root",
      "arn:aws:iam::222233334444:role/z",     "*"};
  static const std::vector<Texts> kAsked = {{"s3:GetObject", "/a"},  {"s3:GetObject", "/xb"},
                                            {"s3:PutObject", "/ab"}, {"s3:PutObject", "/zz"},
                                            {"s3:ListBucket", ""},   {"s3:GetBucketAcl", ""}};
  model::Witness out;
  out.principal = {"AWS", Pick(kCallers)};
  const Texts& asked = Pick(kAsked);
  out.action = asked[0];
  out.resource = "arn:aws:s3:::data" + asked[1];
  for (const KeyValues& key : Keys()) {
    const Texts& values = Pick(key.values);
    if (!values.empty()) out.context.emplace_back(key.key, values);
  }
  return out;
}

std::string PolicyText(const std::vector<RandomStatement>& statements) {
  Texts out;
  for (const RandomStatement& statement : statements)
    out.push_back(Joined(Members(statement), '{', '}'));
  return Document(out);
}

std::string ReorderedText(const std::vector<RandomStatement>& statements, Random& random) {
  Texts out;
  for (RandomStatement statement : statements) {
    random.Shuffle(statement.principals);
    random.Shuffle(statement.actions);
    random.Shuffle(statement.resources);
    random.Shuffle(statement.conditions);
    Texts members = Members(statement);
    members.push_back("\"Sid\":\"S" + std::to_string(random.Below(1000)) + "\"");
    random.Shuffle(members);
    out.push_back(Joined(members, '{', '}'));
  }
  random.Shuffle(out);
  return Document(out);
}

}  // namespace preview::exhaustive
