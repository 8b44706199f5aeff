// Visited sets alone, by the bytes they hold: random states looked up in batches, as the search
// does.
#include <benchmark/benchmark.h>

#include "bench/lookups.hpp"
#include "checker/search/exact_set.hpp"
#include "checker/search/fingerprint_set.hpp"

namespace everyway::bench {
namespace {

/// A set that is filled until it holds so many bytes.
template <class VisitedSet>
class Filled {
 public:
  explicit Filled(std::uint64_t bytes) {
    while (set_.bytes() < bytes && enlarge()) insert_new_only();
  }

  [[nodiscard]] bool has_memory() const { return has_memory_; }
  [[nodiscard]] double bytes_per_state() const {
    return static_cast<double>(set_.bytes()) / static_cast<double>(inserted_);
  }

  /// One batch, of which one state in `one_in` is new; none, if that is 0. There is room.
  void look_up(std::uint64_t one_in) {
    std::uint64_t next = inserted_;
    for (std::size_t i = 0; i < batch_.size(); ++i) {
      const bool is_new = one_in != 0 && i % one_in == 0;
      batch_[i] = is_new ? next++ : random_.below(inserted_);
    }
    inserted_ += insert_batch(set_, writer_, batch_);
  }
  [[nodiscard]] bool has_room() const { return inserted_ + batch_.size() <= set_.room(); }
  /// False if there is no memory for it.
  bool enlarge() { return has_room() || (has_memory_ = set_.grow()); }

 private:
  void insert_new_only() {
    for (std::uint64_t& number : batch_) number = inserted_++;
    static_cast<void>(insert_batch(set_, writer_, batch_));
  }

  MemoryBudget budget_{available_memory()};
  VisitedSet set_{budget_};
  typename VisitedSet::Writer writer_{set_};
  std::array<std::uint64_t, most_in_batch> batch_{};
  Xorshift random_{7};
  std::uint64_t inserted_ = 0;
  bool has_memory_ = true;
};

/// Arguments: MiB that the set holds, and how many lookups there are for each new state (0: all
/// states are known).
template <class VisitedSet>
void look_up(benchmark::State& bench) {
  Filled<VisitedSet> filled(static_cast<std::uint64_t>(bench.range(0)) << 20U);
  const auto one_in = static_cast<std::uint64_t>(bench.range(1));
  for (auto _ : bench) {
    if (!filled.has_room()) {
      bench.PauseTiming();
      filled.enlarge();
      bench.ResumeTiming();
    }
    if (!filled.has_memory()) return bench.SkipWithError("there is not enough memory");
    filled.look_up(one_in);
  }
  bench.SetItemsProcessed(bench.iterations() * static_cast<std::int64_t>(most_in_batch));
  bench.counters["bytes_per_state"] = filled.bytes_per_state();
}

// So many iterations that filling the set, which is not timed, is done once.
void sizes(benchmark::internal::Benchmark* bench) {
  bench->ArgNames({"MiB", "one_new_in"})
      ->ArgsProduct({{16, 256, 2048}, {0, 4}})
      ->Iterations(40'000)
      ->Unit(benchmark::kMicrosecond);
}
BENCHMARK_TEMPLATE(look_up, FingerprintSet)->Apply(sizes);
BENCHMARK_TEMPLATE(look_up, ExactSet)->Apply(sizes);

}  // namespace
}  // namespace everyway::bench
