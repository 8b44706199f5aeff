// What the search does with the bytes of one state: hashing, packing and unpacking it.
#include <benchmark/benchmark.h>

#include "bench/sample_states.hpp"
#include "checker/search/packed.hpp"
#include "models/raft.hpp"
#include "models/two_phase_tla.hpp"

namespace everyway::bench {
namespace {

constexpr std::size_t sampled = 1024;  // states: they stay in the second cache

template <std::size_t Size>
struct Bytes {
  std::array<std::uint8_t, Size> bytes;
};

/// No byte is zero, so that all of them are hashed.
template <std::size_t Size>
void hash(benchmark::State& bench) {
  std::vector<Bytes<Size>> states(sampled);
  Xorshift random(7);
  for (auto& state : states) {
    for (auto& byte : state.bytes) byte = static_cast<std::uint8_t>(1 + random.below(255));
  }
  for (auto _ : bench) {
    for (const auto& state : states) benchmark::DoNotOptimize(fingerprint(state));
  }
  bench.SetItemsProcessed(bench.iterations() * static_cast<std::int64_t>(sampled));
}
BENCHMARK_TEMPLATE(hash, 16);
BENCHMARK_TEMPLATE(hash, 64);
BENCHMARK_TEMPLATE(hash, 274);

/// Calls visit(states) with states that the family's model reaches under its default options.
template <class Family, class Visit>
void with_states(const Visit& visit) {
  Family::with_model({}, "", [&](const auto& model) { visit(sample_states(model, sampled)); });
}

template <class Family>
void hash_states(benchmark::State& bench) {
  with_states<Family>([&](const auto& states) {
    for (auto _ : bench) {
      for (const auto& state : states) benchmark::DoNotOptimize(fingerprint(state));
    }
  });
  bench.SetItemsProcessed(bench.iterations() * static_cast<std::int64_t>(sampled));
}
BENCHMARK_TEMPLATE(hash_states, two_phase_tla::Family);
BENCHMARK_TEMPLATE(hash_states, raft::Family);

template <class Family>
void pack(benchmark::State& bench) {
  with_states<Family>([&]<class State>(const std::vector<State>& states) {
    std::array<std::uint64_t, Packed<State>::max_words> packed;
    std::size_t words = 0;
    for (auto _ : bench) {
      words = 0;
      for (const State& state : states) {
        words += Packed<State>::pack(state, packed.data());
        benchmark::DoNotOptimize(packed.data());
        benchmark::ClobberMemory();
      }
    }
    bench.counters["words_a_state"] = static_cast<double>(words) / sampled;
  });
  bench.SetItemsProcessed(bench.iterations() * static_cast<std::int64_t>(sampled));
}
BENCHMARK_TEMPLATE(pack, two_phase_tla::Family);
BENCHMARK_TEMPLATE(pack, raft::Family);

template <class Family>
void unpack(benchmark::State& bench) {
  with_states<Family>([&]<class State>(const std::vector<State>& states) {
    std::vector<std::uint64_t> packed(sampled * Packed<State>::max_words);
    std::size_t end = 0;
    for (const State& state : states) end += Packed<State>::pack(state, packed.data() + end);
    State state;
    for (auto _ : bench) {
      for (std::size_t at = 0; at < end;) {
        at += Packed<State>::unpack(packed.data() + at, state);
        benchmark::DoNotOptimize(&state);
        benchmark::ClobberMemory();
      }
    }
  });
  bench.SetItemsProcessed(bench.iterations() * static_cast<std::int64_t>(sampled));
}
BENCHMARK_TEMPLATE(unpack, two_phase_tla::Family);
BENCHMARK_TEMPLATE(unpack, raft::Family);

}  // namespace
}  // namespace everyway::bench
