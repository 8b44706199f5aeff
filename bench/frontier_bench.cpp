// Putting states into the frontier and taking them again, a level at a time.
#include <benchmark/benchmark.h>

#include "checker/search/frontier.hpp"

namespace everyway::bench {
namespace {

/// Arguments: words of an entry, with its header, and entries of a level.
void put_and_take(benchmark::State& bench) {
  const auto words = static_cast<std::size_t>(bench.range(0));
  const auto entries = static_cast<std::size_t>(bench.range(1));
  MemoryBudget budget(available_memory());
  LevelFrontier frontier(budget, 1, words);
  std::uint64_t sum = 0;
  std::uint32_t depth = 0;
  for (auto _ : bench) {
    for (std::size_t entry = 0; entry < entries; ++entry) {
      std::uint64_t* room = frontier.room_for(0, words);
      for (std::size_t word = 0; word < words; ++word) room[word] = entry + word;
      frontier.put(0, words, depth);
    }
    if (!frontier.begin_round()) return bench.SkipWithError("the level is lost");
    for (auto taken = frontier.take(0); !taken.words.empty(); taken = frontier.take(0)) {
      for (const std::uint64_t word : taken.words) sum += word;
    }
    benchmark::DoNotOptimize(sum);
    ++depth;
  }
  bench.SetItemsProcessed(bench.iterations() * bench.range(1));
  bench.SetBytesProcessed(bench.iterations() * bench.range(0) * bench.range(1) * 8);
}
BENCHMARK(put_and_take)
    ->ArgNames({"words", "entries"})
    ->ArgsProduct({{3, 16}, {1'000, 1'000'000}})
    ->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace everyway::bench
