// The policies of the literature: n statements, n × n findings.

#include <benchmark/benchmark.h>

#include "preview/cli/batch.h"
#include "tests/bench/lines.h"

namespace preview::bench {
namespace {

void Literature(benchmark::State& state, bool networks) {
  const std::string line = LiteratureLine(static_cast<std::size_t>(state.range(0)), networks);
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
  state.counters["findings"] = count("\"changeType\"");
  state.counters["approximate"] = count("\"approximate\"");
}
BENCHMARK_CAPTURE(Literature, five_keys, false)
    ->ArgsProduct({{1, 5, 11, 15, 30, 60, 100}})
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(Literature, six_keys, true)
    ->ArgsProduct({{1, 5, 9, 15, 30, 60}})
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace preview::bench
