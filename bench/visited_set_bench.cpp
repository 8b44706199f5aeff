// The visited set alone: the ceiling for the search. Random keys of which one in four is new,
// looked up in batches of 64 with prefetch, as the search does.
#include <benchmark/benchmark.h>

#include <array>
#include <random>

#include "checker/search/fingerprint_set.hpp"

namespace everyway {
namespace {

struct NoState {};

// A fixed number of states; the table grows to them before the time is taken.
void insert_in_batches(benchmark::State& bench) {
  const auto target = static_cast<std::uint64_t>(bench.range(0));
  MemoryBudget budget(std::size_t{8} << 30U);
  FingerprintSet set(budget);
  FingerprintSet::Writer writer(set);
  std::mt19937_64 random(7);
  // Known keys are drawn again by restarting the generator that made them.
  std::uint64_t inserted = 0;
  const auto key = [](std::uint64_t n) {
    const std::uint64_t mixed = XXH3_64bits(&n, sizeof(n));
    return mixed | (std::uint64_t{1} << 33U);
  };
  const auto insert = [&](std::uint64_t n) {
    return set.insert(writer, NoState{}, key(n), no_parent).fresh;
  };
  while (inserted < target) {
    if (inserted >= set.room() && !set.grow()) return bench.SkipWithError("no memory");
    inserted += insert(inserted) ? 1 : 0;
  }
  std::array<std::uint64_t, 64> batch{};
  std::uint64_t operations = 0;
  for (auto _ : bench) {
    if (inserted + batch.size() >= set.room()) {
      bench.PauseTiming();
      if (!set.grow()) return bench.SkipWithError("no memory");
      bench.ResumeTiming();
    }
    for (std::size_t i = 0; i < batch.size(); ++i) {
      batch[i] = key(i % 4 == 0 ? inserted + i / 4 : random() % inserted);
      set.prefetch(batch[i]);
    }
    for (const std::uint64_t print : batch) {
      inserted += set.insert(writer, NoState{}, print, no_parent).fresh ? 1 : 0;
    }
    operations += batch.size();
  }
  bench.SetItemsProcessed(static_cast<std::int64_t>(operations));
  bench.counters["bytes_per_state"] =
      static_cast<double>(set.bytes()) / static_cast<double>(inserted);
}
BENCHMARK(insert_in_batches)->Arg(1'000'000)->Arg(10'000'000)->Arg(50'000'000);

}  // namespace
}  // namespace everyway
