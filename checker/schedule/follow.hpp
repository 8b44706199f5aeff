#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "checker/schedule/action_key.hpp"
#include "checker/search/walk.hpp"
#include "checker/trace/replay.hpp"

namespace everyway {

/// The scheduler that follows a schedule: each of its actions means the nearest that is enabled
/// where it comes up, or nothing if none of its kind is. The walk ends where the schedule does.
template <Model M>
class ScheduleFollower {
 public:
  /// `schedule` must outlive the follower.
  explicit ScheduleFollower(const Schedule& schedule) noexcept : schedule_(schedule) {}

  std::size_t choose_initial(std::size_t count) noexcept { return schedule_.initial % count; }

  std::size_t choose_action(const StateOf<M>&, std::span<const ActionOf<M>> enabled) noexcept {
    while (next_ < schedule_.actions.size()) {
      const std::size_t chosen = nearest(enabled, schedule_.actions[next_++]);
      if (chosen < enabled.size()) return chosen;
    }
    return enabled.size();
  }

  /// How many actions of the schedule were taken or skipped.
  [[nodiscard]] std::size_t used() const noexcept { return next_; }

 private:
  const Schedule& schedule_;
  std::size_t next_ = 0;
};

/// The schedule that makes a walk take exactly this run: following it takes the same actions
/// through the same states. Throws `ReplayError` if the model cannot take the run.
template <Model M>
[[nodiscard]] Schedule schedule_of(const M& model, const Trace<M>& trace) {
  Schedule schedule;
  std::size_t position = 0;
  model.init([&](const StateOf<M>& initial) {
    if (same_bytes(initial, trace.initial)) {
      schedule.initial = static_cast<std::uint8_t>(position);
    }
    ++position;
  });
  std::vector<ActionOf<M>> enabled;
  replay(model, trace,
         [&](std::size_t, const StateOf<M>& before, const ActionOf<M>& action, const StateOf<M>&) {
           enabled.clear();
           std::size_t at = 0;
           model.next(before, [&](const ActionOf<M>& named, auto&&) {
             if (same_bytes(named, action)) at = enabled.size();
             enabled.push_back(named);
           });
           schedule.actions.push_back(name_among(std::span<const ActionOf<M>>(enabled), at));
         });
  return schedule;
}

}  // namespace everyway
