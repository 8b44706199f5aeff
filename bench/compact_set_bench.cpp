// Visited sets of fixed size alone, at the load at which they are declared full: random states that
// are known, looked up in batches of 64 with prefetch, as the search does.
#include <benchmark/benchmark.h>

#include <array>

#include "checker/search/bitstate_set.hpp"
#include "checker/search/compact_set.hpp"

namespace everyway {
namespace {

struct NoState {};

/// The number'th of a sequence of random fingerprints.
[[nodiscard]] std::uint64_t key(std::uint64_t number) {
  return mixed(number + 0x9e3779b97f4a7c15U) | (std::uint64_t{1} << 32U);
}

/// Inserts key(numbers(i)) for 64 values of i; returns how many were fresh.
template <class Set, class Numbers>
std::uint64_t insert_batch(Set& set, Numbers numbers) {
  typename Set::Writer writer(set);
  std::array<std::uint64_t, 64> batch{};
  for (std::size_t i = 0; i < batch.size(); ++i) {
    batch[i] = key(numbers(i));
    set.prefetch(batch[i]);
  }
  std::uint64_t fresh = 0;
  for (const std::uint64_t print : batch) {
    fresh += set.insert(writer, NoState{}, print, no_parent).fresh ? 1 : 0;
  }
  return fresh;
}

/// `states` random states in a table of `bytes`, then hits only.
template <class Set>
void look_up_known(benchmark::State& bench, std::size_t bytes, std::uint64_t states) {
  MemoryBudget budget(bytes);
  Set set(budget, {bytes, 0, 3});
  std::uint64_t distinct = 0;
  for (std::uint64_t n = 0; n + 64 <= states; n += 64) {
    distinct += insert_batch(set, [n](std::size_t i) { return n + i; });
  }
  std::uint64_t random = 0;
  for (auto _ : bench) {
    benchmark::DoNotOptimize(insert_batch(
        set, [&](std::size_t) { return scaled_to(mixed(++random), states / 64 * 64); }));
  }
  bench.SetItemsProcessed(static_cast<std::int64_t>(random));
  bench.counters["bytes_per_state"] =
      static_cast<double>(set.bytes()) / static_cast<double>(distinct);
}

void compact_set(benchmark::State& bench) {
  const auto bytes = static_cast<std::size_t>(bench.range(0)) << 20U;
  look_up_known<CompactSet>(bench, bytes,
                            bytes / 64 * 12 * static_cast<std::uint64_t>(bench.range(1)) / 100);
}
BENCHMARK(compact_set)
    ->ArgNames({"MiB", "percent_full"})
    ->Args({64, 89})
    ->Args({1024, 50})
    ->Args({1024, 75})
    ->Args({1024, 89});

void bitstate_set(benchmark::State& bench) {
  const auto bytes = static_cast<std::size_t>(bench.range(0)) << 20U;
  look_up_known<BitstateSet>(bench, bytes, bytes * 8 / 16);  // 16 bits a state
}
BENCHMARK(bitstate_set)->ArgName("MiB")->Arg(64)->Arg(1024);

}  // namespace
}  // namespace everyway
