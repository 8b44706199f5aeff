#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace everyway {

/// One action of a schedule, named without the types of its model: what kind it is, which processes
/// take part, and hashes that tell the rest apart. `action_key.hpp` says how an action gets its
/// name, `follow.hpp` which enabled action a name means.
struct ScheduledAction {
  std::uint8_t kind = 0;     ///< the number of its enumerator; modulo how many there are
  std::uint8_t first = 0;    ///< the first node that the action names, from 1; 0 for none
  std::uint8_t second = 0;   ///< the second one
  std::uint8_t variant = 0;  ///< hash of the plain fields: timer, crash point, side of a cut
  std::uint8_t content = 0;  ///< hash of the compound fields: the message, the request
  std::uint8_t rank = 0;     ///< position among the enabled actions with all of that in common

  friend auto operator<=>(const ScheduledAction&, const ScheduledAction&) = default;
};

/// What to do, one action after the other, in terms that survive changes: every schedule can be
/// followed in every model (each action means the nearest that is enabled where it comes up, and is
/// skipped if nothing of its kind is), so that a change at one point leaves the meaning of the rest
/// alone. It is what a fuzzer mutates, and how a run is carried over to other parameters.
struct Schedule {
  std::uint8_t initial = 0;  ///< the initial state, modulo how many there are
  std::vector<ScheduledAction> actions;

  friend bool operator==(const Schedule&, const Schedule&) = default;
};

/// Bytes of one action in the encoded form.
inline constexpr std::size_t scheduled_action_bytes = 6;

/// The encoded form of one action: its fields in their order.
[[nodiscard]] std::array<std::uint8_t, scheduled_action_bytes> encode(
    const ScheduledAction& action) noexcept;

/// The encoded form: one byte for the initial state, then six for each action.
[[nodiscard]] std::vector<std::uint8_t> encode(const Schedule& schedule);

/// The schedule that the bytes stand for: every string of bytes is one. Bytes at the end that are
/// too few for an action are left out. decode(encode(s)) == s.
[[nodiscard]] Schedule decode(std::span<const std::uint8_t> bytes);

}  // namespace everyway
