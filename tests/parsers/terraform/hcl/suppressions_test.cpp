// Which element of the source a suppression comment stands on.
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/parsers/terraform/hcl/support.h"

namespace preview::hcl {
namespace {

std::vector<model::Suppression> Read(FileTexts texts) {
  const MemoryTree files(std::move(texts));
  const text::Limits limits;
  model::SourceFiles sources;
  auto tree = ModuleTree::Load(files, limits, sources);
  EXPECT_TRUE(tree.ok());
  return tree.ok() ? tree.value()->Suppressions() : std::vector<model::Suppression>();
}

// `line->first line-last line` for each suppression.
std::string Owners(std::string_view text) {
  std::string owners;
  for (const model::Suppression& found : Read({{"main.tf", std::string(text)}})) {
    owners += std::to_string(found.place.line) + "->";
    owners += found.begin.known()
                  ? std::to_string(found.begin.line) + "-" + std::to_string(found.end.line)
                  : "none";
    owners += " ";
  }
  return owners;
}

TEST(SourceSuppressions, StandOnBlocksAndStatements) {
  EXPECT_EQ(Owners(R"(# preview: ignore[PV001] on nothing

// preview: ignore[PV001] on the topic
/* a word in between */
resource "aws_sns_topic" "t" {
  # preview: ignore[PV001] on the topic
  name = "t" # preview: ignore[PV001] on the topic
} # preview: ignore[PV001] on the topic
resource "aws_sns_topic_policy" "p" {
  policy = jsonencode({
    # preview: ignore[PV001] on the first
    Statement = [{
      Effect = "Allow"
      Condition = { StringEquals = { "a" = "b" } } # preview: ignore[PV001] on the first
    }, {
      "effect" = "Allow"
      # preview: ignore[PV001] on the second
    }] # preview: ignore[PV001] on the second
  })
}
)"),
            "1->none 3->5-8 6->5-8 7->5-8 8->5-8 11->12-15 14->12-15 17->15-18 18->15-18 ");
}

TEST(SourceSuppressions, StandOnStatementsOfPolicyDocuments) {
  EXPECT_EQ(Owners(R"(# preview: ignore[PV001] on the document
data "aws_iam_policy_document" "d" {
  # preview: ignore[PV001] on the statement
  statement {
    actions = ["a"]
    principals {
      # preview: ignore[PV001] on the statement
      type = "AWS"
    }
  }
  dynamic "statement" {
    for_each = []
    content {
      actions = [] # preview: ignore[PV001] on the dynamic one
    }
  }
}
)"),
            "1->2-17 3->4-10 7->4-10 14->11-16 ");
}

TEST(SourceSuppressions, AreNotReadFromTexts) {
  EXPECT_EQ(Owners(R"(resource "aws_sqs_queue" "q" {
  name = "# preview: ignore[PV001] r"
  policy = <<-EOT
    # preview: ignore[PV001] r
    ${jsonencode("# preview: ignore[PV001] r")}
  EOT
}
)"),
            "");
}

TEST(SourceSuppressions, OnModuleCallsKnowAllTheirAddresses) {
  const auto found =
      Read({{"main.tf", R"(module "a" { source = "./m" }
module "b" { source = "./m" }
# preview: ignore[PV001] r
module "c" { source = "./n" }
)"},
            {"m/main.tf", R"(module "inner" {
  # preview: ignore[PV001] r
  source = "../n"
}
)"},
            {"n/main.tf", "# preview: ignore[PV001] r\nresource \"aws_sqs_queue\" \"q\" {}\n"}});
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].modules, std::vector<std::string>{"module.c"});
  EXPECT_EQ(found[1].modules,
            (std::vector<std::string>{"module.a.module.inner", "module.b.module.inner"}));
  EXPECT_TRUE(found[2].modules.empty());
}

TEST(SourceSuppressions, OfAFetchedModuleAreMarked) {
  const std::string queue = "# preview: ignore[PV001] r\nresource \"aws_sqs_queue\" \"q\" {}\n";
  // A binary plan keeps modules in folders of its own, local ones too.
  for (const std::string folder : {".terraform/modules/a", "m-a"}) {
    for (const std::string source : {"x/y/z", "./a"}) {
      const auto found = Read(
          {{"main.tf", "module \"a\" { source = \"" + source + "\" }\n"},
           {".terraform/modules/modules.json",
            R"({"Modules":[{"Key":"a","Source":")" + source + R"(","Dir":")" + folder + R"("}]})"},
           {folder + "/main.tf", queue}});
      ASSERT_EQ(found.size(), 1U);
      EXPECT_EQ(found[0].fetched, source == "x/y/z" || folder != "m-a") << folder << source;
    }
  }
}

TEST(SourceSuppressions, OfWhatAFetchedModuleCallsAreMarked) {
  const auto found = Read({{"main.tf", "module \"a\" { source = \"x/y/z\" }\n"},
                           {".terraform/modules/modules.json",
                            R"({"Modules":[{"Key":"a","Source":"x/y/z","Dir":"m-a"}]})"},
                           {"m-a/main.tf", "module \"b\" { source = \"./b\" }\n"},
                           {"m-a/b/main.tf", "# preview: ignore[PV001] r\nlocals {}\n"}});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_TRUE(found[0].fetched);
}

}  // namespace
}  // namespace preview::hcl
