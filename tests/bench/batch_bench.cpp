// `preview batch` over policies as people write them: policies a second, against their number and
// the number of threads.

#include <benchmark/benchmark.h>

#include <cstdio>
#include <memory>

#include "preview/cli/batch.h"
#include "tests/bench/lines.h"

namespace preview::bench {
namespace {

// What a solver over strings and regular expressions makes of random policies: the Z3 oracle that
// the engine was held against, policies a second. docs/engine.md
constexpr double kSolverRate = 0.66;

// An unnamed file with that many lines.
class Input {
 public:
  explicit Input(std::size_t lines) : file_(std::tmpfile(), std::fclose) {
    for (std::size_t i = 0; i < lines; ++i) {
      const std::string line = RealisticLine(i) + "\n";
      bytes_ += line.size();
      if (std::fwrite(line.data(), 1, line.size(), file_.get()) != line.size()) std::abort();
    }
    std::fflush(file_.get());
  }
  [[nodiscard]] int Rewound() const {
    std::rewind(file_.get());
    return fileno(file_.get());
  }
  [[nodiscard]] std::size_t bytes() const { return bytes_; }

 private:
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
  std::size_t bytes_ = 0;
};

void Batch(benchmark::State& state) {
  const auto lines = static_cast<std::size_t>(state.range(0));
  const Input input(lines);
  cli::Options options;
  options.jobs = static_cast<std::size_t>(state.range(1));
  for (auto _ : state) {
    std::size_t answered = 0;
    cli::RunBatch(input.Rewound(), options, {}, [&](std::string_view out) {
      answered += out.size();
      return true;
    });
    benchmark::DoNotOptimize(answered);
  }
  const double policies = static_cast<double>(lines) * static_cast<double>(state.iterations());
  state.counters["policies"] = benchmark::Counter(policies, benchmark::Counter::kIsRate);
  state.counters["times_solver"] =
      benchmark::Counter(policies / kSolverRate, benchmark::Counter::kIsRate);
  state.counters["bytes_a_policy"] =
      static_cast<double>(input.bytes()) / static_cast<double>(lines);
  state.SetComplexityN(state.range(0));
}
// One job in processor time, so that a busy machine does not show.
BENCHMARK(Batch)
    ->ArgsProduct({{1000, 2000, 4000, 8000, 16000}, {1}})
    ->Unit(benchmark::kMillisecond)
    ->Complexity(benchmark::oN);
// Several in elapsed time: meaningful on an idle machine only.
BENCHMARK(Batch)
    ->Name("BatchElapsed")
    ->ArgsProduct({{16000}, {1, 2}})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

}  // namespace
}  // namespace preview::bench
