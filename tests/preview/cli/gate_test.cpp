#include "preview/cli/gate.h"

#include <gtest/gtest.h>

namespace preview::cli {
namespace {

model::Finding FindingOf(model::ChangeType change, bool adds, bool is_public,
                         model::Status status = model::Status::kActive) {
  model::Finding finding;
  finding.change = change;
  finding.is_public = is_public;
  finding.status = status;
  if (adds) finding.new_actions = {"sqs:SendMessage"};
  return finding;
}

TEST(Gate, NamesFindings) {
  using model::ChangeType;
  struct Case {
    std::string_view name;
    model::Finding finding;
    bool fails_new, fails_public, fails_any;
  };
  const Case cases[] = {
      {"new", FindingOf(ChangeType::kNew, true, false), true, false, true},
      {"new and public", FindingOf(ChangeType::kNew, true, true), true, true, true},
      {"widened", FindingOf(ChangeType::kChanged, true, false), true, false, true},
      {"narrowed", FindingOf(ChangeType::kChanged, false, false), false, false, true},
      {"unchanged and public", FindingOf(ChangeType::kUnchanged, false, true), false, true, true},
      {"resolved", FindingOf(ChangeType::kChanged, false, true, model::Status::kResolved), false,
       false, false},
      {"archived", FindingOf(ChangeType::kNew, true, true, model::Status::kArchived), false, false,
       false},
  };
  for (const Case& one : cases) {
    EXPECT_EQ(Fails(one.finding, {FailOn::kNew}), one.fails_new) << one.name;
    EXPECT_EQ(Fails(one.finding, {FailOn::kPublic}), one.fails_public) << one.name;
    EXPECT_EQ(Fails(one.finding, {FailOn::kAny}), one.fails_any) << one.name;
    EXPECT_FALSE(Fails(one.finding, {})) << one.name;
  }
}

TEST(Gate, PutsErrorsBeforeFindingsBeforeUndetermined) {
  Options options;
  EXPECT_EQ(ExitStatus({false, false, false}, options), 0);
  EXPECT_EQ(ExitStatus({true, true, true}, options), 2);
  EXPECT_EQ(ExitStatus({false, true, true}, options), 1);
  EXPECT_EQ(ExitStatus({false, false, true}, options), 3);
  options.undetermined_fails = false;
  EXPECT_EQ(ExitStatus({false, false, true}, options), 0);
  options.undetermined_fails = true;
  options.exit_zero = true;
  EXPECT_EQ(ExitStatus({false, true, true}, options), 0);
  EXPECT_EQ(ExitStatus({true, false, false}, options), 2);
}

}  // namespace
}  // namespace preview::cli
