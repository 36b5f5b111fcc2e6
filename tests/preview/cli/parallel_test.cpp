#include "preview/cli/parallel.h"

#include <gtest/gtest.h>

#include <vector>

namespace preview::cli {
namespace {

TEST(ForEach, CallsEveryIndexOnceWithAWorkerBelowJobs) {
  for (const std::size_t jobs : {1U, 2U, 5U}) {
    std::vector<int> calls(1000, 0);
    std::vector<std::size_t> workers(1000, 99);
    ForEach(calls.size(), jobs, [&](std::size_t worker, std::size_t i) {
      ++calls[i];
      workers[i] = worker;
    });
    EXPECT_EQ(calls, std::vector<int>(1000, 1));
    for (const std::size_t worker : workers) EXPECT_LT(worker, jobs);
  }
}

TEST(ForEach, DoesNothingForNothing) {
  ForEach(0, 4, [](std::size_t, std::size_t) { FAIL(); });
}

}  // namespace
}  // namespace preview::cli
