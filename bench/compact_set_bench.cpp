// Visited sets of fixed size alone, at the load at which they are declared full: random states that
// are known, looked up in batches, as the search does.
#include <benchmark/benchmark.h>

#include "bench/lookups.hpp"
#include "checker/search/bitstate_set.hpp"
#include "checker/search/compact_set.hpp"

namespace everyway::bench {
namespace {

/// `states` random states in a table of `bytes`, then hits only.
template <class Set>
void look_up_known(benchmark::State& bench, std::size_t bytes, std::uint64_t states) {
  MemoryBudget budget(bytes);
  Set set(budget, {bytes, 0, 3});
  typename Set::Writer writer(set);
  std::array<std::uint64_t, most_in_batch> batch{};
  std::uint64_t inserted = 0;
  std::uint64_t distinct = 0;
  while (inserted + batch.size() <= states) {
    for (std::uint64_t& number : batch) number = inserted++;
    distinct += insert_batch(set, writer, batch);
  }
  Xorshift random(7);
  for (auto _ : bench) {
    for (std::uint64_t& number : batch) number = random.below(inserted);
    benchmark::DoNotOptimize(insert_batch(set, writer, batch));
  }
  bench.SetItemsProcessed(bench.iterations() * static_cast<std::int64_t>(most_in_batch));
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
}  // namespace everyway::bench
