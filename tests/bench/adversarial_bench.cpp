// Policies made to be hard: size against time. `approximate` counts the findings that are marked
// so; one family alone (--benchmark_filter) shows in `rss_MB` the most memory that the process has
// had.

#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include "preview/cli/batch.h"
#include "tests/bench/lines.h"

namespace preview::bench {
namespace {

void Adversarial(benchmark::State& state, Family family) {
  const std::string line = AdversarialLine(family, static_cast<std::size_t>(state.range(0)));
  const cli::Options options;
  cli::BatchWorker worker(options, {});
  std::string out;
  for (auto _ : state) {
    out.clear();
    benchmark::DoNotOptimize(worker.Answer(line, out));
  }
  auto count = [&](std::string_view text) {
    std::size_t n = 0;
    for (auto at = out.find(text); at != std::string::npos; at = out.find(text, at + 1)) ++n;
    return static_cast<double>(n);
  };
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  state.counters["KB"] = static_cast<double>(line.size()) / 1024;
  state.counters["findings"] = count("\"changeType\"");
  state.counters["approximate"] = count("\"approximate\"");
  state.counters["rss_MB"] = static_cast<double>(usage.ru_maxrss) / 1024;
}

#define PREVIEW_ADVERSARIAL(family, ...)                 \
  BENCHMARK_CAPTURE(Adversarial, family, Family::family) \
      ->ArgsProduct({__VA_ARGS__})                       \
      ->Unit(benchmark::kMillisecond)

PREVIEW_ADVERSARIAL(kSatisfiability, {10, 20, 40, 60});
PREVIEW_ADVERSARIAL(kPigeonholes, {4, 6, 8, 10});
PREVIEW_ADVERSARIAL(kBoxes, {10, 100, 300, 1000});
PREVIEW_ADVERSARIAL(kStars, {4, 8, 16, 64});
PREVIEW_ADVERSARIAL(kTails, {4, 8, 16, 64});
PREVIEW_ADVERSARIAL(kLetters, {4, 8, 14, 26, 50});
PREVIEW_ADVERSARIAL(kLadder, {8, 16, 32, 64});
PREVIEW_ADVERSARIAL(kAnyValues, {4, 8, 16, 64});
PREVIEW_ADVERSARIAL(kProducts, {10, 30, 100, 300, 1000});
PREVIEW_ADVERSARIAL(kSixKeys, {4, 8, 14, 26});
PREVIEW_ADVERSARIAL(kAccounts, {50, 500, 5000});
PREVIEW_ADVERSARIAL(kOrganization, {50, 500, 5000});
PREVIEW_ADVERSARIAL(kNetworks, {50, 500, 5000});
PREVIEW_ADVERSARIAL(kStatements, {10, 50, 200, 400});

}  // namespace
}  // namespace preview::bench
