#pragma once

#include <boost/describe/enum.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "checker/model/property.hpp"
#include "checker/model/verdict.hpp"
#include "checker/search/coverage.hpp"
#include "checker/trace/trace.hpp"

namespace everyway {

/// Why a search ended. All but `exhausted` leave states unexplored, so nothing that it did not
/// refute or witness is known.
enum class Stop : std::uint8_t {
  exhausted,  ///< every reachable state was expanded
  violation,  ///< a property was violated, and the search was not told to keep going
  decided,    ///< every property that was asked for is decided
  max_states,
  max_depth,
  max_seconds,
  max_memory,
  interrupted,  ///< by the user
  model_bound,  ///< the model had no room for a state; `stop_detail` says for what
  max_walks,    ///< of a simulation: so many walks were asked for
  max_steps,    ///< of a simulation: so many steps were asked for
  omissions,    ///< all states that were found were expanded, but bitstate storage omits some
};
BOOST_DESCRIBE_ENUM(Stop, exhausted, violation, decided, max_states, max_depth, max_seconds,
                    max_memory, interrupted, model_bound, max_walks, max_steps, omissions)

/// What became of one property.
template <Model M>
struct PropertyOutcome {
  std::string name;
  std::string meaning;
  PropertyKind kind;
  Verdict verdict = Verdict::unknown;
  /// For a violation: why it fails in the last state or step of the trace.
  std::string why;
  /// The counterexample of a violation, or the witness of a reachable property. A reachable
  /// property that an exhausted search never saw is violated without a trace.
  std::optional<Trace<M>> trace;
  /// Of a simulation: the number of the walk that decided it; 0 if none did.
  std::uint64_t walk = 0;
};

/// How often a kind of action was taken; never, for a kind that no state enabled.
struct ActionCount {
  std::string name;
  std::uint64_t taken = 0;
  bool offered = true;  ///< whether the configuration has such actions at all
};

/// What a search says besides its properties.
struct SearchFigures {
  Verdict verdict = Verdict::unknown;
  Stop stop = Stop::exhausted;
  std::string stop_detail;      ///< one sentence for people; empty when exhausted
  std::uint64_t distinct = 0;   ///< distinct states within the bound, as TLC counts them
  std::uint64_t generated = 0;  ///< initial states and every successor computed, as TLC counts
  std::uint64_t skipped = 0;    ///< transitions that the reduction left out
  std::uint32_t depth = 0;      ///< states on the longest of the shortest paths (bfs); under dfs
                                ///< the longest path searched
  double seconds = 0;           ///< wall clock
  unsigned workers = 1;
  std::size_t visited_bytes = 0;      ///< visited set and parents, at the end
  std::size_t peak_memory_bytes = 0;  ///< of the process, as the system counts it
  /// Width of the fingerprints that the visited set tells apart; 0 for exact and bitstate storage.
  double fingerprint_bits = 0;
  /// The chance that two states shared a fingerprint, so that one was never explored: distinct *
  /// (generated - distinct) / 2^fingerprint_bits, TLC's "calculated (optimistic)" estimate; 0 for
  /// exact storage, and meaningless for bitstate storage, which has `coverage` instead.
  /// With a reduction, at least distinct^2 / 2^(fingerprint_bits + 1).
  double collision_probability = 0;
  std::optional<BitstateCoverage> coverage;  ///< for bitstate storage, without a swarm
  std::vector<SwarmMember> swarm;            ///< those that ran, by their numbers
  std::vector<ActionCount> actions;
};

template <Model M>
struct SearchResult : SearchFigures {
  std::vector<PropertyOutcome<M>> properties;
};

}  // namespace everyway
