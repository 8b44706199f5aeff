#pragma once

#include <boost/describe/enum.hpp>
#include <cstdint>

#include "properties/histories/judgement.hpp"
#include "properties/histories/limits.hpp"
#include "properties/histories/object.hpp"

namespace everyway::histories {

/// What a history can be judged by. Each is defined where it is decided.
enum class Consistency : std::uint8_t {
  linearizable,         ///< linearizability.hpp
  sequential,           ///< sequential.hpp
  causal,               ///< causal.hpp: CC
  causal_memory,        ///< causal.hpp: CM
  causal_convergence,   ///< causal.hpp: CCv
  read_your_writes,     ///< sessions.hpp
  monotonic_reads,      ///< sessions.hpp
  monotonic_writes,     ///< sessions.hpp, as far as monotonic reads can show it
  writes_follow_reads,  ///< sessions.hpp, as far as monotonic reads can show it
  sessions,             ///< sessions.hpp: all four
  convergent            ///< convergence.hpp
};
BOOST_DESCRIBE_ENUM(Consistency, linearizable, sequential, causal, causal_memory,
                    causal_convergence, read_your_writes, monotonic_reads, monotonic_writes,
                    writes_follow_reads, sessions, convergent)

/// What the level asks of a history, as the rest of a sentence.
[[nodiscard]] const char* meaning_of(Consistency consistency);

/// Whether the level is defined for queues; all are for registers.
[[nodiscard]] constexpr bool is_for_queues(Consistency consistency) noexcept {
  return consistency == Consistency::linearizable || consistency == Consistency::sequential;
}

/// Judges a history. Which writes of a process others see in which order, can be told only by
/// readers that do not go back: where even monotonic reads are violated, `monotonic_writes` and
/// `writes_follow_reads` are `unknown`, unless they can be refuted without.
[[nodiscard]] Judgement judge(const History& history, const Object& object, Consistency consistency,
                              const Limits& limits = {});

}  // namespace everyway::histories
