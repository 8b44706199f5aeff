// The visited set alone: what a search would take if naming, making and checking states, and
// queueing them, were free. As many states as a search found, and as many lookups as it generated
// states, in a table of the size that the search ended with.
//
//   everyway_ceiling --states 10340352 --lookups 123558402 --bytes 191102976 --workers 1
//
// prints one JSON object. bench/compare calls it for each configuration. Repeated lookups are of
// states drawn evenly from all those inserted before. A search repeats mostly what it met lately,
// and answers those from its own cache, so it may stay below this ceiling.
#include <fmt/format.h>
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "bench/lookups.hpp"
#include "checker/search/fingerprint_set.hpp"

namespace everyway::bench {
namespace {

struct Size {
  std::uint64_t states = 0;
  std::uint64_t lookups = 0;
  std::uint64_t bytes = 0;  // of the table, at least
  std::uint64_t workers = 1;
};

[[nodiscard]] std::uint64_t number_of(std::string_view option, const std::string& text) {
  std::size_t read = 0;
  std::uint64_t number = 0;
  const bool is_number = !text.empty() && text.find_first_not_of("0123456789") == text.npos;
  if (is_number && text.size() < 20) number = std::stoull(text, &read);
  if (read == 0) {
    throw std::invalid_argument(fmt::format("{} '{}': give a whole number", option, text));
  }
  return number;
}

[[nodiscard]] Size size_of(const std::vector<std::string>& arguments) {
  Size size;
  for (std::size_t i = 0; i < arguments.size(); i += 2) {
    const std::string& option = arguments[i];
    std::uint64_t* wanted = option == "--states"    ? &size.states
                            : option == "--lookups" ? &size.lookups
                            : option == "--bytes"   ? &size.bytes
                            : option == "--workers" ? &size.workers
                                                    : nullptr;
    if (wanted == nullptr) {
      throw std::invalid_argument(fmt::format(
          "unknown option '{}'; one of: --states, --lookups, --bytes, --workers", option));
    }
    *wanted = number_of(option, i + 1 < arguments.size() ? arguments[i + 1] : "");
  }
  if (size.workers < 1 || size.workers > 1024) {
    throw std::invalid_argument("--workers: give a whole number from 1 to 1024");
  }
  if (size.states < size.workers || size.lookups < size.states) {
    throw std::invalid_argument("give --states, at least one a worker, and --lookups, no fewer");
  }
  return size;
}

/// Calls look_up(numbers) for batches of numbers that begin at `first`: `states` different ones, in
/// order and spread evenly over `lookups`; in between, numbers drawn from those that went before.
template <class LookUp>
void draw(std::uint64_t first, std::uint64_t states, std::uint64_t lookups, const LookUp& look_up) {
  Xorshift random(first + 7);
  std::array<std::uint64_t, most_in_batch> batch;
  std::size_t batched = 0;
  std::uint64_t inserted = 0;
  std::uint64_t owed = lookups - states;  // so that the first lookup is of a new state
  for (std::uint64_t done = 0; done < lookups; ++done) {
    owed += states;
    const bool is_new = owed >= lookups;
    if (is_new) owed -= lookups;
    batch[batched++] = first + (is_new ? inserted++ : random.below(inserted));
    if (batched == batch.size() || done + 1 == lookups) {
      look_up(std::span<const std::uint64_t>(batch.data(), batched));
      batched = 0;
    }
  }
}

/// One number's share of `total` for each worker; the shares add up.
[[nodiscard]] std::uint64_t share(std::uint64_t total, std::uint64_t worker,
                                  std::uint64_t workers) {
  return total / workers + (worker < total % workers ? 1 : 0);
}

/// Runs job(worker) on so many threads.
template <class Job>
void on_threads(std::uint64_t workers, const Job& job) {
  std::vector<std::thread> threads;
  for (std::uint64_t worker = 1; worker < workers; ++worker) threads.emplace_back(job, worker);
  job(0);
  for (std::thread& thread : threads) thread.join();
}

struct Seconds {
  double wall;
  double processor;
};

/// What `work` took, all threads together.
template <class Work>
[[nodiscard]] Seconds timed(const Work& work) {
  const auto processor = [] {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
      return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
  };
  const auto start = std::chrono::steady_clock::now();
  const double used = processor();
  work();
  return {std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(),
          processor() - used};
}

void run(const Size& size) {
  MemoryBudget budget(available_memory());
  FingerprintSet set(budget);
  while (set.bytes() < size.bytes || set.room() < size.states) {
    if (!set.grow()) throw std::runtime_error("there is not enough memory for so many states");
  }
  std::vector<std::uint64_t> fresh(size.workers);
  // Workers insert different states, each from its own range of numbers.
  const auto drawn = [&](std::uint64_t worker, const auto& look_up) {
    draw(worker << 40U, share(size.states, worker, size.workers),
         share(size.lookups, worker, size.workers), look_up);
  };
  const Seconds all = timed([&] {
    on_threads(size.workers, [&](std::uint64_t worker) {
      FingerprintSet::Writer writer(set);
      std::uint64_t found = 0;
      drawn(worker, [&](auto numbers) { found += insert_batch(set, writer, numbers); });
      fresh[worker] = found;
    });
  });
  const std::uint64_t found = std::accumulate(fresh.begin(), fresh.end(), std::uint64_t{0});
  if (found != size.states) {
    throw std::runtime_error(
        fmt::format("the set took {} of {} different states for new", found, size.states));
  }
  std::vector<std::uint64_t> sums(size.workers);
  const Seconds drawing = timed([&] {
    on_threads(size.workers, [&](std::uint64_t worker) {
      std::uint64_t sum = 0;
      drawn(worker, [&](auto numbers) {
        for (const std::uint64_t number : numbers) sum ^= random_fingerprint(number);
      });
      sums[worker] = sum;
    });
  });
  const auto lookups = static_cast<double>(size.lookups);
  fmt::print(
      "{{\"states\": {}, \"lookups\": {}, \"workers\": {}, \"bytes\": {}, \"seconds\": {:.6f}, "
      "\"processor_seconds\": {:.6f}, \"ns_per_lookup\": {:.3f}, \"drawing_ns_per_lookup\": "
      "{:.3f}, "
      "\"checksum\": {}}}\n",
      size.states, size.lookups, size.workers, set.bytes(), all.wall, all.processor,
      all.processor * 1e9 / lookups, drawing.processor * 1e9 / lookups,
      std::accumulate(sums.begin(), sums.end(), std::uint64_t{0}) % 1'000'000);
}

}  // namespace
}  // namespace everyway::bench

int main(int count, char** values) {
  try {
    everyway::bench::run(everyway::bench::size_of({values + 1, values + count}));
    return EXIT_SUCCESS;
  } catch (const std::exception& error) {
    fmt::print(stderr, "everyway_ceiling: {}\n", error.what());
    return 2;
  }
}
