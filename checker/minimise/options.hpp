#pragma once

#include <boost/describe/enum.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

namespace everyway {

/// How far to go in making a run shorter. That nothing in it can go is always seen to; the limits
/// are those of the searches for a run that is shorter altogether.
struct MinimiseOptions {
  /// Search until it is known which length is the shortest, whatever it takes: with no limit on
  /// seconds but `max_seconds` if that was given.
  bool optimal = false;
  /// Leave the parameters of the model as they are.
  bool keep_parameters = false;
  /// Seconds after which no search goes on or begins, counted from the start. 0: `usual_seconds`;
  /// no limit if `optimal`.
  double max_seconds = 0;
  /// Distinct states of one search; 0 sets no limit. For results that do not depend on the clock.
  std::uint64_t max_states = 0;
  /// Bytes of one search; 0 takes what a search takes by itself, if `optimal`, and 2 GiB of it at
  /// most otherwise.
  std::size_t max_memory_bytes = 0;
  /// Threads of a search; 0 takes all cores.
  unsigned workers = 0;
};

/// How long searches may go on that nobody limited.
inline constexpr double usual_seconds = 4;

/// What is known about shorter runs with the same violation.
enum class Optimality : std::uint8_t {
  proved,     ///< no run is shorter: a search looked at all of them
  found,      ///< a search found this run, and no run is shorter
  not_proved  ///< there may be a shorter run: the search was cut short, or was not made
};
BOOST_DESCRIBE_ENUM(Optimality, proved, found, not_proved)

/// What a minimiser is doing.
enum class MinimisePhase : std::uint8_t {
  removing,     ///< leaving out actions
  reordering,   ///< towards few changes of who acts
  renaming,     ///< towards low names
  searching,    ///< for a run that is shorter altogether
  simplifying,  ///< trying lower parameters
};
BOOST_DESCRIBE_ENUM(MinimisePhase, removing, reordering, renaming, searching, simplifying)

/// Where a minimiser stands.
struct MinimiseProgress {
  MinimisePhase phase = MinimisePhase::removing;
  std::size_t length = 0;        ///< actions of the best run so far
  std::uint64_t candidates = 0;  ///< runs that were tried
  std::uint64_t states = 0;      ///< distinct states of the search that is going on
  double seconds = 0;
};

/// Called several times a second at most; from a thread of its own while a search goes on.
using MinimiseObserver = std::function<void(const MinimiseProgress&)>;

}  // namespace everyway
