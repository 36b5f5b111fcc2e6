#include "tests/exhaustive/universe.h"

namespace preview::exhaustive {

namespace {

using Values = std::vector<std::vector<std::string>>;

constexpr const char* kOwn = "111122223333";

const char* const kEverybody = R"("Principal":"*")";
const char* const kAnyAws = R"("Principal":{"AWS":"*"})";
const char* const kAccount = R"("Principal":{"AWS":"444455556666"})";
const char* const kOwnAccount = R"("Principal":{"AWS":"arn:aws:iam::111122223333:root"})";
const char* const kNotAccount = R"("NotPrincipal":{"AWS":"444455556666"})";
const char* const kSend = R"("Action":"sqs:SendMessage","Resource":"*")";

Universe Base(std::string name) {
  Universe out;
  out.name = std::move(name);
  out.zone.account = kOwn;
  out.principals = {kEverybody, kAccount};
  out.targets = {kSend};
  out.callers = {{"AWS", "arn:aws:iam::111122223333:role/own"},
                 {"AWS", "arn:aws:iam::444455556666:role/app"},
                 {"AWS", "arn:aws:iam::777788889999:role/app"},
                 {"AWS", "*"}};
  out.asked = {{"sqs:SendMessage", out.arn}};
  return out;
}

Universe Texts() {
  Universe out = Base("texts");
  out.principals = {kEverybody, kAccount, kOwnAccount, kNotAccount};
  out.conditions = {"",
                    R"("StringEquals":{"aws:SourceVpc":"vpc-1"})",
                    R"("StringEquals":{"aws:SourceVpc":["vpc-1","vpc-2"]})",
                    R"("StringNotEquals":{"aws:SourceVpc":"vpc-1"})",
                    R"("StringEqualsIfExists":{"aws:SourceVpc":"vpc-2"})",
                    R"("StringNotEqualsIfExists":{"aws:SourceVpc":"vpc-2"})",
                    R"("StringEqualsIgnoreCase":{"aws:SourceVpc":"VPC-1"})",
                    R"("StringLike":{"aws:SourceVpc":"vpc-?"})",
                    R"("StringNotLike":{"aws:SourceVpc":"vpc-1*"})",
                    R"("StringLike":{"aws:SourceVpc":["*-12","vpc-2"]})",
                    R"("Null":{"aws:SourceVpc":"true"})",
                    R"("Null":{"aws:SourceVpc":"false"})",
                    R"("ForAllValues:StringEquals":{"aws:SourceVpc":"vpc-1"})",
                    R"("ForAnyValue:StringNotEquals":{"aws:SourceVpc":"vpc-1"})",
                    R"("StringEquals":{"aws:SourceVpc":[]})"};
  out.keys = {
      {"aws:SourceVpc",
       Values{{}, {"vpc-1"}, {"vpc-2"}, {"vpc-3"}, {"vpc-12"}, {"VPC-1"}, {"x-12"}, {"x"}}}};
  return out;
}

Universe Callers() {
  Universe out = Base("callers");
  out.principals = {kEverybody,
                    kAnyAws,
                    kAccount,
                    R"("Principal":{"AWS":"arn:aws:iam::444455556666:role/app"})",
                    R"("Principal":{"AWS":"arn:aws:iam::444455556666:user/alice"})",
                    R"("Principal":{"AWS":"arn:aws:sts::444455556666:assumed-role/app/build"})",
                    R"("Principal":{"AWS":"arn:aws:sts::444455556666:federated-user/alice"})",
                    R"("Principal":{"Service":"events.amazonaws.com"})",
                    R"("NotPrincipal":{"AWS":"arn:aws:iam::444455556666:role/app"})",
                    R"("NotPrincipal":{"AWS":["444455556666","111122223333"]})",
                    R"("Principal":{"AWS":"AIDAEXAMPLEOFDELETED1"})"};
  out.conditions = {"",
                    R"("ArnLike":{"aws:PrincipalArn":"arn:aws:iam::444455556666:role/*"})",
                    R"("ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/app"})",
                    R"("StringEquals":{"aws:PrincipalAccount":"444455556666"})",
                    R"("StringNotLike":{"aws:PrincipalAccount":["1111*","4*"]})",
                    R"("StringEquals":{"aws:PrincipalType":"User"})",
                    R"("Bool":{"aws:PrincipalIsAWSService":"false"})",
                    R"("Null":{"aws:PrincipalArn":"true"})"};
  out.callers = {{"AWS", "arn:aws:iam::111122223333:role/own"},
                 {"AWS", "arn:aws:iam::444455556666:root"},
                 {"AWS", "arn:aws:iam::444455556666:role/app"},
                 {"AWS", "arn:aws:iam::444455556666:role/other"},
                 {"AWS", "arn:aws:sts::444455556666:assumed-role/app/build"},
                 {"AWS", "arn:aws:sts::444455556666:assumed-role/other/build"},
                 {"AWS", "arn:aws:iam::444455556666:user/alice"},
                 {"AWS", "arn:aws:iam::444455556666:user/bob"},
                 {"AWS", "arn:aws:sts::444455556666:federated-user/alice"},
                 {"AWS", "arn:aws:iam::777788889999:root"},
                 {"AWS", "arn:aws:iam::777788889999:role/app"},
                 {"AWS", "arn:aws:iam::777788889999:role/other"},
                 {"AWS", "arn:aws:iam::777788889999:user/alice"},
                 {"AWS", "arn:aws:iam::477788889999:role/app"},
                 {"AWS", "arn:aws:iam::477788889999:role/other"},
                 {"AWS", "arn:aws:iam::477788889999:user/alice"},
                 {"AWS", "*"}};
  return out;
}

// Callers of an identity provider; the engine knows those that a policy names.
Universe Providers() {
  Universe out = Base("providers");
  out.principals = {kEverybody,
                    kNotAccount,
                    kAccount,
                    R"("Principal":{"Federated":"graph.facebook.com"})",
                    R"("Principal":{"Federated":["graph.facebook.com","accounts.google.com"]})",
                    R"("NotPrincipal":{"Federated":"accounts.google.com"})"};
  out.conditions = {"",
                    R"("StringEquals":{"graph.facebook.com:app_id":"1"})",
                    R"("StringNotEquals":{"graph.facebook.com:app_id":"1"})",
                    R"("StringLike":{"aws:PrincipalArn":"arn:*"})",
                    R"("StringNotLike":{"aws:PrincipalArn":"arn:*"})",
                    R"("StringEquals":{"aws:userid":"AIDAX"})",
                    R"("Null":{"aws:PrincipalAccount":"true"})"};
  out.callers = {{"AWS", "arn:aws:iam::444455556666:role/app"},
                 {"AWS", "arn:aws:iam::777788889999:role/app"},
                 {"AWS", "*"},
                 {"Federated", "graph.facebook.com"},
                 {"Federated", "accounts.google.com"}};
  out.keys = {{"graph.facebook.com:app_id", Values{{}, {"1"}, {"2"}}},
              {"aws:userid", Values{{}, {"AIDAX"}, {"AIDAY"}}}};
  return out;
}

Universe SetsOfValues() {
  Universe out = Base("sets_of_values");
  out.conditions = {"",
                    R"("ForAnyValue:StringEquals":{"aws:TagKeys":"a"})",
                    R"("ForAnyValue:StringEquals":{"aws:TagKeys":["a","b"]})",
                    R"("ForAllValues:StringEquals":{"aws:TagKeys":["a","b"]})",
                    R"("ForAllValues:StringEquals":{"aws:TagKeys":"b"})",
                    R"("ForAnyValue:StringNotEquals":{"aws:TagKeys":"a"})",
                    R"("ForAllValues:StringNotEquals":{"aws:TagKeys":"a"})",
                    R"("ForAnyValue:StringLikeIfExists":{"aws:TagKeys":"?"})",
                    R"("ForAllValues:StringNotLike":{"aws:TagKeys":"b*"})",
                    R"("Null":{"aws:TagKeys":"false"})",
                    R"("StringEquals":{"aws:TagKeys":"a"})",
                    R"("StringNotEquals":{"aws:TagKeys":"a"})",
                    R"("ForAnyValue:StringEquals":{"aws:TagKeys":"a"},)"
                    R"("ForAnyValue:StringLike":{"aws:TagKeys":"b*"})"};
  out.keys = {{"aws:TagKeys", Values{{},
                                     {"a"},
                                     {"b"},
                                     {"c"},
                                     {"bb"},
                                     {"xx"},
                                     {"a", "b"},
                                     {"a", "c"},
                                     {"b", "c"},
                                     {"a", "bb"},
                                     {"bb", "b"},
                                     {"a", "xx"},
                                     {"bb", "c"},
                                     {"b", "xx"},
                                     {"bb", "xx"},
                                     {"c", "xx"},
                                     {"a", "b", "c"},
                                     {"a", "bb", "xx"},
                                     {"a", "b", "xx"}}}};
  out.callers = {{"AWS", "arn:aws:iam::444455556666:role/app"}, {"AWS", "*"}};
  out.statements = 2;
  return out;
}

// A key that nobody described, under bare and under set operators. No two values of one request are
// told apart by nothing in the policy: such pairs the engine does not look at.
Universe UnknownKeys() {
  Universe out = Base("unknown_keys");
  out.principals = {kEverybody};
  out.conditions = {"",
                    R"("StringEquals":{"made:up":"a"})",
                    R"("StringNotEquals":{"made:up":"a"})",
                    R"("StringLike":{"made:up":"?"})",
                    R"("ForAnyValue:StringEquals":{"made:up":"a"})",
                    R"("ForAllValues:StringEquals":{"made:up":"a"})",
                    R"("ForAllValues:StringNotEquals":{"made:up":"a"})",
                    R"("ForAnyValue:StringLike":{"made:up":"b*"})",
                    R"("Null":{"made:up":"true"})"};
  out.keys = {
      {"made:up", Values{{}, {"a"}, {"b"}, {"c"}, {"bb"}, {"xx"}, {"a", "bb"}, {"a", "xx"}}}};
  out.callers = {{"AWS", "arn:aws:iam::444455556666:role/app"}};
  return out;
}

Universe Quantities() {
  Universe out = Base("quantities");
  out.principals = {kEverybody};
  out.conditions = {"",
                    R"("IpAddress":{"aws:SourceIp":"203.0.113.0/24"})",
                    R"("NotIpAddress":{"aws:SourceIp":"203.0.113.128/25"})",
                    R"("IpAddress":{"aws:SourceIp":["0.0.0.0/0"]})",
                    R"("NotIpAddress":{"aws:SourceIp":["0.0.0.0/0","::/0"]})",
                    R"("IpAddressIfExists":{"aws:SourceIp":"2001:db8::/32"})",
                    R"("NumericLessThan":{"made:number":"-1"})",
                    R"("NumericLessThanEquals":{"made:number":"2"})",
                    R"("NumericGreaterThan":{"made:number":"2"})",
                    R"("NumericNotEquals":{"made:number":["0","3"]})",
                    R"("NumericGreaterThanEqualsIfExists":{"made:number":"3"})",
                    R"("Null":{"made:number":"false"})"};
  out.keys = {
      {"aws:SourceIp",
       Values{
           {}, {"203.0.113.1"}, {"203.0.113.200"}, {"198.51.100.1"}, {"2001:db8::1"}, {"ff::1"}}},
      {"made:number", Values{{}, {"-2"}, {"-1"}, {"0"}, {"1"}, {"2"}, {"3"}, {"4"}}}};
  out.callers = {{"AWS", "arn:aws:iam::444455556666:role/app"}};
  return out;
}

Universe Times() {
  Universe out = Base("times");
  out.principals = {kEverybody};
  out.conditions = {"",
                    R"("DateLessThan":{"aws:CurrentTime":"2030-01-01T00:00:00Z"})",
                    R"("DateGreaterThan":{"aws:CurrentTime":"2030-01-01T00:00:00Z"})",
                    R"("NumericGreaterThanEquals":{"aws:EpochTime":"1893456000"})",
                    R"("DateGreaterThan":{"aws:TokenIssueTime":"2030-01-01T00:00:00Z"})",
                    R"("DateLessThanEquals":{"aws:TokenIssueTime":"2029-01-01T00:00:00Z"})",
                    R"("Null":{"aws:TokenIssueTime":"true"})",
                    R"("Bool":{"aws:MultiFactorAuthPresent":"false"})",
                    R"("BoolIfExists":{"aws:MultiFactorAuthPresent":"true"})",
                    R"("NumericLessThan":{"aws:MultiFactorAuthAge":"300"})",
                    R"("NumericGreaterThanIfExists":{"aws:MultiFactorAuthAge":"100"})"};
  Values stamps{{},
                {"2028-06-01T00:00:00Z"},
                {"2029-01-01T00:00:00Z"},
                {"2029-06-01T00:00:00Z"},
                {"2030-01-01T00:00:00Z"},
                {"2031-06-01T00:00:00Z"}};
  out.keys = {{"aws:CurrentTime", {stamps.begin() + 1, stamps.end()}},
              {"aws:TokenIssueTime", stamps},
              {"aws:MultiFactorAuthPresent", Values{{}, {"true"}, {"false"}}},
              {"aws:MultiFactorAuthAge", Values{{}, {"50"}, {"200"}, {"400"}}}};
  out.callers = {{"AWS", "arn:aws:iam::444455556666:role/app"}, {"AWS", "*"}};
  return out;
}

Universe Trust() {
  Universe out = Base("trust");
  out.zone.organization = "o-own";
  out.zone.accounts = {"222233334444"};
  out.zone.own_arns = {"arn:aws:s3:::ours"};
  out.principals = {kEverybody, R"("Principal":{"AWS":["222233334444","444455556666"]})"};
  out.conditions = {"",
                    R"("StringEquals":{"aws:SourceAccount":"111122223333"})",
                    R"("StringNotEquals":{"aws:SourceAccount":"444455556666"})",
                    R"("StringLike":{"aws:SourceAccount":"????22223333"})",
                    R"("ArnLike":{"aws:SourceArn":"arn:aws:s3:::ours*"})",
                    R"("ArnEquals":{"aws:SourceArn":"arn:aws:s3:::ours"})",
                    R"("ArnNotLike":{"aws:SourceArn":"arn:aws:sns:*:*:t"})",
                    R"("ArnLike":{"aws:SourceArn":"arn:aws:sns:*:222233334444:*"})",
                    R"("StringEquals":{"aws:PrincipalOrgID":"o-own"})",
                    R"("StringNotEquals":{"aws:PrincipalOrgID":"o-own"})",
                    R"("StringEquals":{"aws:PrincipalOrgID":["o-own","o-two"]})",
                    R"("ForAnyValue:StringLike":{"aws:PrincipalOrgPaths":"o-two/r-1/*"})",
                    R"("ForAllValues:StringLike":{"aws:PrincipalOrgPaths":"o-own/*"})"};
  out.keys = {{"aws:SourceAccount",
               Values{{}, {"111122223333"}, {"444455556666"}, {"999922223333"}, {"777788889999"}}},
              {"aws:SourceArn", Values{{},
                                       {"arn:aws:s3:::ours"},
                                       {"arn:aws:s3:::ours2"},
                                       {"arn:aws:sns:us-east-1:222233334444:t"},
                                       {"arn:aws:sns:us-east-1:777788889999:t"},
                                       {"arn:aws:sns:us-east-1:777788889999:u"}}},
              {"aws:PrincipalOrgID", Values{{}, {"o-own"}, {"o-two"}, {"o-three"}}},
              {"aws:PrincipalOrgPaths", Values{{},
                                               {"o-own/r-1/ou-1/"},
                                               {"o-two/r-1/ou-1/"},
                                               {"o-two/r-2/"},
                                               {"o-three/r-1/"},
                                               {"o-two/r-1/ou-1/", "o-two/r-2/"}}}};
  out.callers = {{"AWS", "arn:aws:iam::222233334444:role/app"},
                 {"AWS", "arn:aws:iam::444455556666:role/app"},
                 {"AWS", "arn:aws:iam::777788889999:role/app"},
                 {"AWS", "*"}};
  return out;
}

Universe Targets() {
  Universe out = Base("targets");
  out.resource_type = "AWS::S3::Bucket";
  out.arn = "arn:aws:s3:::data";
  out.principals = {kEverybody, kAccount};
  out.targets.clear();
  for (const char* action :
       {R"("Action":"s3:GetObject")", R"("Action":["s3:List*","s3:PutObject"])",
        R"("NotAction":"s3:Get*")", R"("Action":"S3:*")", R"("NotAction":["s3:*Object"])"}) {
    for (const char* resource :
         {R"("Resource":"*")", R"("Resource":"arn:aws:s3:::data")",
          R"("Resource":"arn:aws:s3:::data/*")", R"("Resource":"arn:aws:s3:::data/a*")",
          R"("NotResource":"arn:aws:s3:::data/?")", R"("Resource":"arn:aws:s3:::dat*")",
          R"("NotResource":["arn:aws:s3:::data","arn:aws:s3:::data/a*b"])",
          R"("Resource":"arn:aws:s3:::other/*")"}) {
      out.targets.push_back(std::string(action) + "," + resource);
    }
  }
  out.conditions = {""};
  out.callers = {{"AWS", "arn:aws:iam::444455556666:role/app"}, {"AWS", "*"}};
  out.asked = {{"s3:ListBucket", out.arn}, {"s3:GetBucketAcl", out.arn}};
  for (const char* action : {"s3:GetObject", "s3:PutObject", "s3:DeleteObject"}) {
    for (const char* key : {"/a", "/b", "/ab", "/axb", "/axbc", "/xyz"})
      out.asked.emplace_back(action, out.arn + key);
  }
  return out;
}

// Three statements over two keys: a Deny may have to be escaped in either.
Universe Triples() {
  Universe out = Base("triples");
  out.principals = {kEverybody};
  out.conditions.clear();
  for (const char* vpc :
       {"", R"("StringEquals":{"aws:SourceVpc":"a"})", R"("StringNotEquals":{"aws:SourceVpc":"a"})",
        R"("StringLike":{"aws:SourceVpc":["a*","b"]})"}) {
    for (const char* tls : {"", R"("Bool":{"aws:SecureTransport":"false"})",
                            R"("Bool":{"aws:SecureTransport":"true"})"}) {
      std::string condition = vpc;
      if (!condition.empty() && *tls != 0) condition += ",";
      out.conditions.push_back(condition + tls);
    }
  }
  out.keys = {{"aws:SourceVpc", Values{{}, {"a"}, {"ab"}, {"b"}, {"x"}}},
              {"aws:SecureTransport", Values{{"true"}, {"false"}}}};
  out.callers = {{"AWS", "arn:aws:iam::444455556666:role/app"}};
  out.statements = 3;
  return out;
}

Universe Variables() {
  Universe out = Base("variables");
  out.principals = {kEverybody};
  out.conditions = {"",
                    R"("StringEquals":{"aws:PrincipalAccount":"${aws:ResourceAccount}"})",
                    R"("StringNotEquals":{"aws:PrincipalAccount":"${aws:ResourceAccount}"})",
                    R"("StringEquals":{"aws:ResourceAccount":"${aws:PrincipalAccount}"})",
                    R"("StringEquals":{"aws:SourceVpc":"${aws:PrincipalTag/vpc}"})",
                    R"("StringNotEquals":{"aws:SourceVpc":"${aws:PrincipalTag/vpc}"})",
                    R"("StringLike":{"aws:SourceVpc":"vpc-${$}*"})",
                    R"("StringLike":{"aws:SourceVpc":["x","${aws:PrincipalTag/vpc, 'd'}"]})",
                    R"("StringEquals":{"aws:SourceVpc":"${*}"})"};
  out.keys = {{"aws:SourceVpc", Values{{}, {"x"}, {"d"}, {"*"}, {"vpc-$1"}, {"y"}}},
              {"aws:PrincipalTag/vpc", Values{{}, {"x"}, {"y"}}}};
  return out;
}

}  // namespace

std::vector<Universe> Universes() {
  return {Texts(), Callers(), Providers(), SetsOfValues(), UnknownKeys(), Quantities(),
          Times(), Trust(),   Targets(),   Triples(),      Variables()};
}

}  // namespace preview::exhaustive
