// Work spread over threads, results in the order of the input.
#pragma once

#include <cstddef>
#include <functional>

namespace preview::cli {

// Calls work(worker, i) once for every i in [0, count), on up to `jobs` threads; `worker` is in [0,
// jobs). With one job everything runs on the calling thread. `work` must not throw.
void ForEach(std::size_t count, std::size_t jobs,
             const std::function<void(std::size_t worker, std::size_t i)>& work);

}  // namespace preview::cli
