#include "preview/cli/parallel.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace preview::cli {

void ForEach(std::size_t count, std::size_t jobs,
             const std::function<void(std::size_t, std::size_t)>& work) {
  jobs = std::min(jobs, count);
  if (jobs <= 1) {
    for (std::size_t i = 0; i < count; ++i) work(0, i);
    return;
  }
  std::atomic<std::size_t> next = 0;
  const auto run = [&](std::size_t worker) {
    for (std::size_t i = next.fetch_add(1); i < count; i = next.fetch_add(1)) work(worker, i);
  };
  std::vector<std::jthread> threads;
  threads.reserve(jobs - 1);
  for (std::size_t worker = 1; worker < jobs; ++worker) threads.emplace_back(run, worker);
  run(0);
}

}  // namespace preview::cli
