#pragma once

#include <boost/describe/enum.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace everyway {

/// The order in which discovered states are expanded.
enum class Strategy : std::uint8_t {
  bfs,  ///< level by level: the first counterexample is a shortest one
  dfs,  ///< newest first: less memory for the frontier, no promise about length
};
BOOST_DESCRIBE_ENUM(Strategy, bfs, dfs)

/// How the visited set tells states apart.
enum class Storage : std::uint8_t {
  fingerprints,  ///< 64 bits a state: two states may be taken for one, with the odds reported
  exact,         ///< whole states, as trees that share their nodes: no such odds, more time
  compact,       ///< 5 bytes a state in a table of fixed size: narrower fingerprints, odds reported
  bitstate,      ///< some bits a state: omits states, so that the search only finds violations
};
BOOST_DESCRIBE_ENUM(Storage, fingerprints, exact, compact, bitstate)

/// Whether the visited set has its size from the start, and keeps no parents.
[[nodiscard]] constexpr bool has_fixed_table(Storage storage) noexcept {
  return storage == Storage::compact || storage == Storage::bitstate;
}

/// The most that a state can have under bitstate storage.
inline constexpr unsigned most_bits_per_state = 7;

/// Which of the transitions that lead nowhere new are left out.
enum class Reduction : std::uint8_t {
  none,   ///< none: every transition is taken
  sleep,  ///< of independent actions that commute, one order, by sleep sets; breadth-first only
};
BOOST_DESCRIBE_ENUM(Reduction, none, sleep)

/// What to search and when to stop. 0 means "no limit" for every limit.
struct SearchOptions {
  Strategy strategy = Strategy::bfs;
  Storage storage = Storage::fingerprints;
  /// With `sleep`, the number of transitions taken may depend on which predecessor a worker met
  /// first; verdicts, lengths and all other counts do not. Goes with models that tell what commutes
  /// (`ModelWithIndependence`), and not with properties of steps: a step left out is not looked at.
  Reduction reduction = Reduction::none;
  /// Explore one state of each orbit only: states that differ in interchangeable names are one. For
  /// models that have such names (`interchangeable()`).
  bool symmetry = false;
  /// Threads; 0 takes all cores. Verdicts, counts and lengths are the same for any number.
  /// Depth-first search and bitstate storage have one. Of a swarm: how many members run at once.
  unsigned workers = 0;
  /// Ends the search as unknown once so many distinct states are found. Breadth-first search
  /// finishes the level in which that happens, so that the counts do not depend on the number of
  /// workers.
  std::uint64_t max_states = 0;
  /// States at this many actions from an initial state are not expanded. Not for depth-first
  /// search, which would miss what a longer path met first, unless under bitstate storage, which
  /// misses states anyway.
  std::uint32_t max_depth = 0;
  double max_seconds = 0;
  /// Bytes that the visited set and frontier may take; 0 takes four fifths of the memory available.
  std::size_t max_memory_bytes = 0;
  /// Bytes of the visited set of compact and bitstate storage, part of the above; the rest is for
  /// the frontier. 0 takes half of it, depth-first three quarters. Of a swarm: of each member.
  std::size_t table_bytes = 0;
  /// Selects the hash functions of compact and bitstate storage, and what the members of a swarm
  /// differ in.
  std::uint64_t seed = 0;
  /// Bits that bitstate storage sets for a state, 1 to 7; 0 takes 3.
  unsigned bits_per_state = 0;
  /// So many bitstate searches instead of one, each with hash functions and an order of its own,
  /// with memory for as many as run at once; 0 for none. Limits other than seconds are each
  /// member's.
  unsigned swarm = 0;
  /// Go on after a violation until every property is decided or the states are exhausted.
  bool keep_going = false;
  /// Whether an unexpected state without enabled actions is a violation.
  bool check_deadlock = true;
  /// Only these properties, by name; all of them if empty. "deadlock" names the deadlock check.
  std::vector<std::string> properties;
};

/// The name under which the deadlock check is reported and asked for.
inline constexpr std::string_view deadlock_property = "deadlock";

/// `workers`, or for 0 the number of cores. Throws `UsageError` if there are too many.
[[nodiscard]] unsigned completed_workers(unsigned workers);

/// The options with what was left open filled in: the number of workers, and the limit on memory.
/// Throws `UsageError` on options that do not go together, or cannot be met: none is ever ignored.
[[nodiscard]] SearchOptions completed(SearchOptions options);

}  // namespace everyway
