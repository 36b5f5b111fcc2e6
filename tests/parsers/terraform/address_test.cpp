#include "parsers/terraform/address.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace preview::terraform {
namespace {

TEST(Address, ReadsKeysThatHoldEverySpecialLetter) {
  struct Case {
    const char* name;
    const char* text;
    const char* block;
    InstanceKey key;
  };
  const std::vector<Case> cases = {
      {"root", "aws_sqs_queue.q", "aws_sqs_queue.q", {}},
      {"count", "aws_sqs_queue.q[12]", "aws_sqs_queue.q", {KeyKind::kNumber, "12"}},
      {"dots", R"(aws_sqs_queue.q["a.b"])", "aws_sqs_queue.q", {KeyKind::kString, "a.b"}},
      {"brackets",
       R"(aws_sqs_queue.q["c[\"d\"].e"])",
       "aws_sqs_queue.q",
       {KeyKind::kString, "c[\"d\"].e"}},
      {"template",
       R"(aws_sqs_queue.q["e$${f}%%{g}$"])",
       "aws_sqs_queue.q",
       {KeyKind::kString, "e${f}%{g}$"}},
      {"escapes",
       R"(aws_sqs_queue.q["\n\t\\\u00fc\U0001F600"])",
       "aws_sqs_queue.q",
       {KeyKind::kString, "\n\t\\ü😀"}},
      {"letters", "aws_sqs_queue.q[\"ü\\n\"]", "aws_sqs_queue.q", {KeyKind::kString, "ü\n"}},
      {"empty", R"(aws_sqs_queue.q[""])", "aws_sqs_queue.q", {KeyKind::kString, ""}},
      {"any", "aws_sqs_queue.q[*]", "aws_sqs_queue.q", {KeyKind::kAny, "*"}},
      {"data",
       "data.aws_iam_policy_document.d[0]",
       "data.aws_iam_policy_document.d",
       {KeyKind::kNumber, "0"}},
      {"modules",
       R"(module.a["x.y"].module.b[1].data.t.n)",
       R"(module.a["x.y"].module.b[1].data.t.n)",
       {}},
  };
  for (const Case& test : cases) {
    auto address = ParseAddress(test.text);
    ASSERT_TRUE(address) << test.name;
    EXPECT_EQ(BlockText(*address), test.block) << test.name;
    EXPECT_EQ(address->key.kind, test.key.kind) << test.name;
    EXPECT_EQ(address->key.text, test.key.text) << test.name;
  }
}

TEST(Address, RefusesWhatIsNoAddress) {
  for (const char* text :
       {"", "aws_sqs_queue", "aws_sqs_queue.q.arn", "module.a", "aws_sqs_queue.q[",
        "aws_sqs_queue.q[\"a]", "aws_sqs_queue.q[\"\\u12\"]", "aws_sqs_queue.q[]", ".a.b", "a..b",
        "[0].a.b", "a.b c", "aws_sqs_queue.q[\"\\UFFFFFFFF\"]"}) {
    EXPECT_FALSE(ParseAddress(text)) << text;
  }
}

TEST(Address, PrintsKeysAsTerraformDoes) {
  for (const char* text :
       {R"(["a.b"])", R"(["c[\"d\"]"])", R"(["e$${f}"])", R"(["\n"])", "[3]", "[*]", ""}) {
    auto address = ParseAddress("t.n" + std::string(text));
    ASSERT_TRUE(address) << text;
    EXPECT_EQ(KeyText(address->key), text);
  }
}

TEST(Reference, SaysWhatIsNamedAndWhichPartOfIt) {
  auto queue = ParseReference(R"(aws_sqs_queue.q["a.b"].tags["x"][0])");
  ASSERT_TRUE(queue);
  EXPECT_EQ(queue->kind, ReferenceKind::kResource);
  EXPECT_EQ(queue->type, "aws_sqs_queue");
  EXPECT_EQ(queue->key.text, "a.b");
  EXPECT_EQ(queue->path, (std::vector<PathStep>{{"tags", false}, {"x", true}, {"0", true}}));

  auto output = ParseReference(R"(module.m["x"].topic.arn)");
  ASSERT_TRUE(output);
  EXPECT_EQ(output->kind, ReferenceKind::kModule);
  EXPECT_EQ(output->output, "topic");
  EXPECT_EQ(output->key.text, "x");
  EXPECT_EQ(output->path, (std::vector<PathStep>{{"arn", false}}));

  EXPECT_EQ(ParseReference("var.topic.arn")->kind, ReferenceKind::kVariable);
  EXPECT_EQ(ParseReference("local.x")->kind, ReferenceKind::kLocal);
  EXPECT_EQ(ParseReference("each.key")->kind, ReferenceKind::kEachKey);
  EXPECT_EQ(ParseReference("each.value.arn")->kind, ReferenceKind::kEachValue);
  EXPECT_EQ(ParseReference("count.index")->kind, ReferenceKind::kCountIndex);
  EXPECT_EQ(ParseReference("path.module")->kind, ReferenceKind::kOther);
  EXPECT_EQ(ParseReference("data.aws_partition.p.partition")->data, true);
}

// The list as the plan has it: every use is followed by its own shorter forms.
TEST(Reference, CountsEachUseOnce) {
  std::vector<std::string> references = {
      "aws_s3_bucket.b[0].arn", "aws_s3_bucket.b[0]", "aws_s3_bucket.b", "aws_s3_bucket.b[0].arn",
      "aws_s3_bucket.b[0]",     "aws_s3_bucket.b",    "var.x",           "aws_s3_bucket.bb",
      "aws_s3_bucket.b"};
  std::vector<Reference> uses = UsesOf(references);
  ASSERT_EQ(uses.size(), 5U);
  EXPECT_EQ(uses[0].text, "aws_s3_bucket.b[0].arn");
  EXPECT_EQ(uses[1].text, "aws_s3_bucket.b[0].arn");
  EXPECT_EQ(uses[2].text, "var.x");
  EXPECT_EQ(uses[3].text, "aws_s3_bucket.bb");
  EXPECT_EQ(uses[4].text, "aws_s3_bucket.b");
}

}  // namespace
}  // namespace preview::terraform
