#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "checker/minimise/likeness.hpp"
#include "checker/search/fingerprint.hpp"

namespace everyway {

/// Stands for the event before all others.
inline constexpr std::int32_t from_the_beginning = -1;
/// Of an action whose origin is not known.
inline constexpr std::int32_t unknown_origin = -2;

/// An action of a run, with what it owes to the others: so that it can be told what it stands for
/// in a changed run, where names and numbers differ.
template <ModelAction Action>
struct Event {
  Action action;
  std::int32_t id = unknown_origin;  ///< its position in the run that it comes from
  /// The event since which it was possible: of a delivery, the sending.
  std::int32_t origin = unknown_origin;
};

/// Keeps, along a run, since which event each enabled action has been possible.
template <ModelAction Action>
class Origins {
 public:
  /// `enabled` is what is enabled now, after the event `latest`: what was not possible before owes
  /// it to that. Linear, as long as actions come in about the same order as before.
  void update(std::span<const Action> enabled, std::int32_t latest) {
    before_.swap(now_);
    now_.clear();
    std::size_t guess = 0;
    for (const Action& action : enabled) {
      const std::uint64_t mark = fingerprint(action);
      const std::size_t at = position_before(mark, guess);
      const bool is_new = at == before_.size();
      if (!is_new) guess = at + 1;
      now_.push_back({mark, is_new ? latest : before_[at].origin});
    }
  }
  /// Of the action that was at position `at` of what is enabled.
  [[nodiscard]] std::int32_t operator[](std::size_t at) const noexcept { return now_[at].origin; }

 private:
  struct Entry {
    std::uint64_t mark;
    std::int32_t origin;
  };

  [[nodiscard]] std::size_t position_before(std::uint64_t mark, std::size_t guess) const noexcept {
    const std::size_t count = before_.size();
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t at = guess + i < count ? guess + i : guess + i - count;
      if (before_[at].mark == mark) return at;
    }
    return count;
  }

  std::vector<Entry> now_;
  std::vector<Entry> before_;
};

/// The position of the action that `wanted` stands for where a run was changed before it: of those
/// that are possible since the same event, the one that does most what it does; if there is none,
/// itself; if that is not enabled, the one most like it. `enabled.size()` if there is none of
/// these.
template <ModelAction Action>
[[nodiscard]] std::size_t position_of_counterpart(std::span<const Action> enabled,
                                                  const Origins<Action>& origins,
                                                  const Event<Action>& wanted) noexcept {
  std::size_t best = enabled.size();
  int most = -1;
  const bool is_known = wanted.origin != unknown_origin;
  for (std::size_t at = 0; is_known && at < enabled.size(); ++at) {
    if (origins[at] != wanted.origin || enabled[at].kind != wanted.action.kind) continue;
    const int here = likeness(enabled[at], wanted.action);
    if (here <= most) continue;
    most = here;
    best = at;
  }
  return best < enabled.size() ? best : position_of_most_alike(enabled, wanted.action);
}

}  // namespace everyway
