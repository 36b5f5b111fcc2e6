#include "preview/assemble/links.h"

#include <gtest/gtest.h>

namespace preview::assemble {
namespace {

TEST(SplitInstance, FindsTheLastKey) {
  EXPECT_EQ(SplitInstance("aws_sqs_queue.q").key, "");
  EXPECT_EQ(SplitInstance("aws_sqs_queue.q[0]").key, "[0]");
  EXPECT_EQ(SplitInstance(R"(module.m["a.b"].aws_sqs_queue.q["x]y[z"])").key, R"(["x]y[z"])");
  EXPECT_EQ(SplitInstance(R"(module.m["a.b"].aws_sqs_queue.q["x]y[z"])").block,
            R"(module.m["a.b"].aws_sqs_queue.q)");
  EXPECT_EQ(SplitInstance(R"(aws_sqs_queue.q["a\"[b"])").key, R"(["a\"[b"])");
}

TEST(ModuleOf, IsWhatStandsBeforeTheBlock) {
  EXPECT_EQ(ModuleOf("aws_sqs_queue.q"), "");
  EXPECT_EQ(ModuleOf("data.aws_sqs_queue.q"), "");
  EXPECT_EQ(ModuleOf(R"(module.a["x.y"].module.b.aws_sqs_queue.q["k"])"),
            R"(module.a["x.y"].module.b)");
  EXPECT_EQ(ModuleOf("module.a.data.aws_sqs_queue.q"), "module.a");
}

}  // namespace
}  // namespace preview::assemble
