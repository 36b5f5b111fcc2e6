#include "tests/bench/lines.h"

#include <fmt/format.h>

#include <functional>

namespace preview::bench {

namespace {

constexpr const char* kOwn = "111122223333";

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed * 2 + 1) {}
  // https://prng.di.unimi.it/splitmix64.c
  std::size_t Below(std::size_t n) {
    state_ += 0x9E3779B97F4A7C15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return static_cast<std::size_t>((z ^ (z >> 31)) % n);
  }
  template <typename T, std::size_t N>
  const T& Pick(const T (&from)[N]) {
    return from[Below(N)];
  }

 private:
  std::uint64_t state_;
};

std::string Quoted(const std::string& text) {
  std::string out = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

// A list of `n` texts, as JSON.
std::string List(std::size_t n, const std::function<std::string(std::size_t)>& text) {
  std::string out = "[";
  for (std::size_t i = 0; i < n; ++i) out += (i == 0 ? "" : ",") + Quoted(text(i));
  return out + "]";
}

std::string Statement(const std::string& effect, const std::string& principal,
                      const std::string& condition,
                      const std::string& resource = R"("Resource":"arn:aws:s3:::b/*")") {
  return fmt::format(
      R"({{"Effect":"{}","Principal":{},"Action":"s3:GetObject",{},"Condition":{{{}}}}})", effect,
      principal, resource, condition);
}

std::string Allow(const std::string& condition) { return Statement("Allow", R"("*")", condition); }
std::string Deny(const std::string& condition) { return Statement("Deny", R"("*")", condition); }

std::string Test(const std::string& op, const std::string& members) {
  return fmt::format(R"("{}":{{{}}})", op, members);
}

std::string Policy(const std::vector<std::string>& statements) {
  return fmt::format(R"({{"Version":"2012-10-17","Statement":[{}]}})", fmt::join(statements, ","));
}

std::string Line(const std::string& type, const std::string& arn, const std::string& account,
                 const std::string& configuration, const std::string& more = "") {
  return fmt::format(
      R"({{"id":"x","resourceType":"{}","resource":"{}","account":"{}","configuration":{}{}}})",
      type, arn, account, configuration, more);
}

std::string BucketLine(const std::vector<std::string>& statements, const std::string& more = "") {
  return Line("AWS::S3::Bucket", "arn:aws:s3:::b", kOwn,
              R"({"s3Bucket":{"bucketPolicy":)" + Quoted(Policy(statements)) + "}}", more);
}

std::string Name(Random& random) {
  static const char* const kWords[] = {"app",   "data",   "ingest", "etl",   "deploy", "reader",
                                       "batch", "web",    "worker", "audit", "backup", "platform",
                                       "infra", "search", "report", "train", "edge",   "core"};
  return fmt::format("{}-{}-{}", random.Pick(kWords), random.Pick(kWords), random.Below(100));
}

std::string Account(std::size_t i) { return fmt::format("{:012}", 100'000'000'000 + 7919 * i); }

struct Type {
  const char* name;
  const char* arn;
  const char* resources;  // of a statement
  const char* member;
  std::vector<const char*> actions;
};

const std::vector<Type>& Types() {
  static const std::vector<Type> kTypes = {
      {"AWS::S3::Bucket",
       "arn:aws:s3:::b",
       R"(["arn:aws:s3:::b","arn:aws:s3:::b/*"])",
       R"({{"s3Bucket":{{"bucketPolicy":{}}}}})",
       {"s3:GetObject", "s3:PutObject", "s3:ListBucket", "s3:DeleteObject",
        "s3:GetBucketLocation"}},
      {"AWS::SQS::Queue",
       "arn:aws:sqs:us-east-1:111122223333:q",
       R"("arn:aws:sqs:us-east-1:111122223333:q")",
       R"({{"sqsQueue":{{"queuePolicy":{}}}}})",
       {"sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"}},
      {"AWS::SNS::Topic",
       "arn:aws:sns:us-east-1:111122223333:t",
       R"("arn:aws:sns:us-east-1:111122223333:t")",
       R"({{"snsTopic":{{"topicPolicy":{}}}}})",
       {"sns:Publish", "sns:Subscribe", "sns:GetTopicAttributes"}},
      {"AWS::KMS::Key",
       "arn:aws:kms:us-east-1:111122223333:key/k",
       R"("*")",
       R"({{"kmsKey":{{"keyPolicies":{{"default":{}}}}}}})",
       {"kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey*", "kms:DescribeKey",
        "kms:CreateGrant"}},
      {"AWS::IAM::Role",
       "arn:aws:iam::111122223333:role/r",
       "",
       R"({{"iamRole":{{"trustPolicy":{}}}}})",
       {"sts:AssumeRole"}},
      {"AWS::ECR::Repository",
       "arn:aws:ecr:us-east-1:111122223333:repository/r",
       "",
       R"({{"ecrRepository":{{"repositoryPolicy":{}}}}})",
       {"ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:PutImage"}},
  };
  return kTypes;
}

// The principal and the condition of a statement.
struct Who {
  std::string principal;
  std::string condition;
};

Who Inside(Random& random) {
  static const char* const kServices[] = {"events.amazonaws.com", "lambda.amazonaws.com",
                                          "cloudtrail.amazonaws.com", "logs.amazonaws.com"};
  switch (random.Below(4)) {
    case 0:
      return {fmt::format(R"({{"Service":"{}"}})", random.Pick(kServices)),
              Test("StringEquals", fmt::format(R"("aws:SourceAccount":"{}")", kOwn)) + "," +
                  Test("ArnLike",
                       fmt::format(R"("aws:SourceArn":"arn:aws:events:us-east-1:{}:rule/{}")", kOwn,
                                   Name(random)))};
    case 1:
      return {R"("*")", Test("StringEquals", fmt::format(R"("aws:PrincipalAccount":"{}")", kOwn))};
    case 2:
      return {fmt::format(R"({{"AWS":"arn:aws:iam::{}:root"}})", kOwn), ""};
    default:
      return {R"({"AWS":)" +
                  List(1 + random.Below(4),
                       [&](std::size_t) {
                         return fmt::format("arn:aws:iam::{}:role/{}", kOwn, Name(random));
                       }) +
                  "}",
              ""};
  }
}

Who Outside(Random& random) {
  std::string account = Account(random.Below(1'000'000));
  switch (random.Below(4)) {
    case 0:
      return {fmt::format(R"({{"AWS":"{}"}})", account), ""};
    case 1:
      return {R"({"AWS":"*"})", Test("StringEquals", fmt::format(R"("aws:PrincipalOrgID":"o-{}")",
                                                                 random.Below(1'000'000)))};
    case 2:
      return {R"("*")", ""};
    default:
      return {fmt::format(R"({{"AWS":"arn:aws:iam::{}:role/{}"}})", account, Name(random)), ""};
  }
}

}  // namespace

std::string LiteratureLine(std::size_t n, bool networks) {
  std::string alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  std::string text;
  for (std::size_t i = 0; i < n + 5; ++i) text += alphabet[i % alphabet.size()];
  std::vector<std::string> statements;
  for (std::size_t i = 0; i < n; ++i) {
    std::string user = text.substr(0, i) + "*" + text.substr(i + 1);
    std::string condition =
        Test("StringLike",
             fmt::format(R"("aws:PrincipalArn":"arn:aws:iam::123456789012:user/{}")", user)) +
        "," +
        Test("ArnLike",
             fmt::format(R"("aws:SourceArn":"arn:aws:sns:ap-northeast-1:123456789012:{}{}")", text,
                         i + 1));
    if (networks) {
      condition +=
          "," + Test("IpAddress", fmt::format(R"("aws:SourceIp":"200.10.0.0/{}")", 16 + i % 17));
    }
    statements.push_back(Statement("Allow", R"({"AWS":"*"})", condition));
  }
  return BucketLine(statements);
}

std::string RealisticLine(std::uint64_t seed) {
  Random random(seed);
  const Type& type = Types()[random.Below(Types().size())];
  std::vector<std::string> statements;
  auto add = [&](const std::string& effect, const Who& who, const std::string& action) {
    std::string statement = fmt::format(R"({{"Sid":"S{}","Effect":"{}","Principal":{},"Action":{})",
                                        statements.size(), effect, who.principal, action);
    if (*type.resources != '\0') statement += fmt::format(R"(,"Resource":{})", type.resources);
    if (!who.condition.empty()) statement += fmt::format(R"(,"Condition":{{{}}})", who.condition);
    statements.push_back(statement + "}");
  };
  auto actions = [&] {
    std::size_t from = random.Below(type.actions.size());
    return List(type.actions.size() - from,
                [&](std::size_t i) { return std::string(type.actions[from + i]); });
  };
  for (std::size_t i = 2 + random.Below(4); i > 0; --i) add("Allow", Inside(random), actions());
  if (random.Below(3) == 0) add("Allow", Outside(random), actions());
  if (*type.resources != '\0' && random.Below(2) == 0)
    add("Deny", {R"("*")", Test("Bool", R"("aws:SecureTransport":"false")")}, R"("*")");
  return Line(type.name, type.arn, kOwn,
              fmt::format(fmt::runtime(type.member), Quoted(Policy(statements))));
}

namespace {

std::string Tag(std::size_t i) { return fmt::format("aws:PrincipalTag/x{}", i); }

std::vector<std::string> Satisfiability(std::size_t n) {
  Random random(n);
  std::string all;
  for (std::size_t i = 0; i < n; ++i)
    all += fmt::format(R"({}"{}":["t","f"])", i == 0 ? "" : ",", Tag(i));
  std::vector<std::string> out{Allow(Test("StringEquals", all))};
  for (std::size_t clause = 0; clause < n * 43 / 10; ++clause) {
    std::size_t first = random.Below(n);
    std::string members;
    for (std::size_t k = 0; k < 3; ++k) {
      members += fmt::format(R"({}"{}":"{}")", k == 0 ? "" : ",",
                             Tag((first + k * (1 + random.Below(n / 3))) % n),
                             random.Below(2) == 0 ? "t" : "f");
    }
    out.push_back(Deny(Test("StringEquals", members)));
  }
  return out;
}

std::vector<std::string> Pigeonholes(std::size_t n) {
  auto hole = [](std::size_t j) { return fmt::format("h{}", j); };
  std::string all;
  for (std::size_t i = 0; i <= n; ++i)
    all += fmt::format(R"({}"{}":{})", i == 0 ? "" : ",", Tag(i), List(n, hole));
  std::vector<std::string> out{Allow(Test("StringEquals", all))};
  for (std::size_t i = 0; i <= n; ++i) {
    for (std::size_t k = 0; k < i; ++k) {
      for (std::size_t j = 0; j < n; ++j)
        out.push_back(Deny(
            Test("StringEquals", fmt::format(R"("{}":"h{}","{}":"h{}")", Tag(i), j, Tag(k), j))));
    }
  }
  return out;
}

std::vector<std::string> Boxes(std::size_t n) {
  Random random(n);
  auto box = [&](std::size_t values) {
    std::string members;
    for (std::size_t d = 0; d < 5; ++d) {
      std::size_t from = random.Below(8);
      members += fmt::format(
          R"({}"{}":{})", d == 0 ? "" : ",", Tag(d),
          List(values, [&](std::size_t v) { return fmt::format("v{}", (from + v) % 8); }));
    }
    return Test("StringEquals", members);
  };
  std::vector<std::string> out{Allow(box(8))};
  for (std::size_t i = 0; i < n; ++i) out.push_back(Deny(box(6)));
  return out;
}

std::vector<std::string> Globs(std::size_t count, const char* key,
                               const std::function<std::string(std::size_t)>& glob) {
  std::vector<std::string> out{Allow("")};
  for (std::size_t i = 0; i < count; ++i)
    out.push_back(Deny(Test("StringLike", fmt::format(R"("{}":"{}")", key, glob(i)))));
  return out;
}

char Letter(std::size_t i) {
  constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  return kLetters[i % kLetters.size()];
}

std::string Contains(std::size_t i) { return fmt::format("*{}*", Letter(i)); }

std::string StarGlob(std::size_t seed, std::size_t stars) {
  Random random(seed);
  std::string out = "*";
  for (std::size_t i = 0; i < stars; ++i) out += fmt::format("{}*", Letter(random.Below(3)));
  return out;
}

std::vector<std::string> AnyValues(std::size_t n) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < n; ++i) {
    out.push_back(
        Allow(Test("ForAnyValue:StringLike", fmt::format(R"("aws:TagKeys":"{}")", Contains(i)))));
    out.push_back(Deny(Test("ForAllValues:StringEquals",
                            fmt::format(R"("aws:TagKeys":["a{}","b{}"])", i, i + 1))));
  }
  return out;
}

std::vector<std::string> SixKeys(std::size_t n) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < n; ++i) {
    std::string members;
    for (const char* key : {"aws:SourceVpc", "aws:SourceVpce", "aws:PrincipalArn", "aws:SourceArn",
                            "aws:userid", "aws:PrincipalOrgID"})
      members += fmt::format(R"({}"{}":"{}")", members.empty() ? "" : ",", key, Contains(i));
    out.push_back(Allow(Test("StringLike", members)));
  }
  return out;
}

std::string Network(std::size_t i) {
  return fmt::format("{}.{}.{}.0/24", 11 + i / 65536, i / 256 % 256, i % 256);
}

std::vector<std::string> Statements(std::size_t n) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < n; ++i) {
    out.push_back(
        Allow(Test("StringLike", fmt::format(R"("aws:PrincipalArn":"arn:aws:iam::{}:role/*-{}")",
                                             Account(i), i)) +
              "," + Test("StringEquals", fmt::format(R"("aws:SourceVpc":"vpc-{}")", i))));
  }
  return out;
}

}  // namespace

std::string AdversarialLine(Family family, std::size_t n) {
  auto questions = [](std::size_t count) { return std::string(count, '?'); };
  switch (family) {
    case Family::kSatisfiability:
      return BucketLine(Satisfiability(n));
    case Family::kPigeonholes:
      return BucketLine(Pigeonholes(n));
    case Family::kBoxes:
      return BucketLine(Boxes(n));
    case Family::kStars:
      return BucketLine(Globs(20, "aws:SourceVpc", [&](std::size_t i) { return StarGlob(i, n); }));
    case Family::kTails:
      return BucketLine(Globs(4, "aws:PrincipalArn", [&](std::size_t i) {
        return fmt::format("*{}{}", Letter(i), questions(n));
      }));
    case Family::kLetters:
      return BucketLine(Globs(n, "aws:PrincipalArn", Contains));
    case Family::kLadder:
      return BucketLine({Allow(""), Statement("Deny", R"("*")", "",
                                              R"("NotResource":)" + List(n, [&](std::size_t i) {
                                                return "arn:aws:s3:::b/" + questions(i + 1);
                                              }))});
    case Family::kAnyValues:
      return BucketLine(AnyValues(n));
    case Family::kProducts: {
      auto vpc = [](std::size_t i) { return fmt::format("vpc-{}", i); };
      return BucketLine(
          {Allow(Test("StringEquals", fmt::format(R"("aws:SourceVpc":{},"aws:SourceVpce":{})",
                                                  List(n, vpc), List(n, vpc))))});
    }
    case Family::kSixKeys:
      return BucketLine(SixKeys(n));
    case Family::kAccounts:
      return BucketLine({Statement("Allow", R"({"AWS":)" + List(n, Account) + "}", "")});
    case Family::kOrganization:
      return BucketLine(
          {Allow(Test("StringLike", R"("aws:PrincipalArn":"arn:aws:iam::*:role/x*")"))},
          R"(,"organization":{"id":"o-abc","accounts":)" + List(n, Account) + "}");
    case Family::kNetworks:
      return BucketLine(
          {Allow(Test("IpAddress", R"("aws:SourceIp":)" + List(n, Network))),
           Deny(Test("IpAddress", R"("aws:SourceIp":)" +
                                      List(n / 2, [](std::size_t i) { return Network(i * 2); })))});
    case Family::kStatements:
      return BucketLine(Statements(n));
  }
  return {};
}

}  // namespace preview::bench
