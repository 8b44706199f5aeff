// Runs one fixed search, for callgrind to count its instructions.
//
//   counted_search two_phase_tla    prints one JSON object: transitions and states
//
// `counted` is what to count: everything from the model's initial states to the result, and neither
// the program's start nor its output.
#include <fmt/format.h>

#include <cstdio>
#include <string_view>

#include "checker/search/search.hpp"
#include "models/raft.hpp"
#include "models/two_phase_tla.hpp"

namespace {

struct Counts {
  std::uint64_t states = 0;
  std::uint64_t transitions = 0;
};

/// One worker, so that nothing depends on who is first.
template <everyway::Model M>
[[nodiscard]] Counts searched(const M& model, std::uint64_t max_states) {
  everyway::SearchOptions options;
  options.workers = 1;
  options.max_states = max_states;
  options.max_memory_bytes = std::size_t{1} << 30U;
  const auto result = everyway::search(model, options);
  return {result.distinct, result.generated};
}

}  // namespace

/// Callgrind finds functions by name; this one must have one, and a frame of its own.
extern "C" [[gnu::noinline]] void counted(std::string_view name, Counts& counts) {
  using namespace everyway;
  if (name == "two_phase_tla") {
    two_phase_tla::Options options;
    options.managers = 6;
    two_phase_tla::Family::with_model(options, "",
                                      [&](const auto& model) { counts = searched(model, 0); });
  } else if (name == "raft") {
    raft::Options options;
    options.drops = 1;
    raft::Family::with_model(options, "",
                             [&](const auto& model) { counts = searched(model, 100'000); });
  }
}

int main(int count, char** values) {
  Counts counts;
  if (count == 2) counted(values[1], counts);
  if (counts.transitions == 0) {
    fmt::print(stderr, "usage: counted_search two_phase_tla|raft\n");
    return 2;
  }
  fmt::print("{{\"states\": {}, \"transitions\": {}}}\n", counts.states, counts.transitions);
}
