#pragma once

#include <algorithm>
#include <boost/describe/enum.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "checker/schedule/action_key.hpp"
#include "checker/schedule/roam.hpp"

namespace everyway {

/// The ways in which a mutator changes a schedule.
enum class ScheduleEdit : std::uint8_t {
  insert,   ///< one more action, of those enabled there
  replace,  ///< another action that is enabled there, instead
  remove,   ///< some actions in a row are left out
  hurry,    ///< an action comes before an earlier one that it races with
  delay,    ///< an action comes some steps later
  repeat,   ///< an action is taken again, at once or some steps later
  fault,    ///< one more fault; most often, one that strikes the action that comes there
  tail,     ///< the rest gives way to a random walk
  append,   ///< a random walk goes on from the end
  anew,     ///< a random walk from the start, instead of all of it
};
BOOST_DESCRIBE_ENUM(ScheduleEdit, insert, replace, remove, hurry, delay, repeat, fault, tail,
                    append, anew)

namespace detail {

/// What to change about a schedule, and where.
struct EditPlan {
  ScheduleEdit edit{};
  std::size_t at = 0;    ///< position in the schedule, or the first one behind it where it can be
  std::size_t span = 1;  ///< for remove: how many; for delay and repeat: how many steps later
  bool fills = false;    ///< whether a random walk goes on from the end
  bool curious = false;  ///< whether random walks may look for situations that are new
};

/// The scheduler and visitor of a walk that follows a schedule, changes it at one point, and notes
/// down what was taken.
template <Model M>
class EditedWalk {
  using State = StateOf<M>;
  using Action = ActionOf<M>;

 public:
  /// `model` must outlive the walk, and so must `under_way`, which is told of each run.
  EditedWalk(const M& model, std::uint64_t depth, RunUnderWay* under_way = nullptr)
      : model_(model), depth_(depth), under_way_(under_way) {}

  /// Before each walk. Both arguments must outlive it.
  void prepare(const Schedule& source, const EditPlan& plan, RandomChooser& chooser) {
    source_ = &source;
    plan_ = plan;
    chooser_ = &chooser;
    next_ = 0;
    roams_ = plan.edit == ScheduleEdit::anew;
    done_ = roams_ || plan.edit == ScheduleEdit::append;
    held_.reset();
    skipped_ = source.actions.size();
    taken_ = {source.initial, {}};
    roaming_.reset();
  }

  /// What was taken.
  [[nodiscard]] Schedule& taken() noexcept { return taken_; }
  /// Whether a place for the edit was found.
  [[nodiscard]] bool done() const noexcept { return done_; }

  std::size_t choose_initial(std::size_t count) noexcept {
    constexpr std::size_t most = 256;  // that a schedule can name
    const std::size_t initial =
        roams_ ? chooser_->choose(std::min(count, most)) : source_->initial % count;
    taken_.initial = static_cast<std::uint8_t>(initial);
    if (under_way_ != nullptr) under_way_->begin(taken_.initial);
    return initial;
  }
  std::size_t choose_action(const State& state, std::span<const Action> enabled) {
    const std::size_t chosen = choose(state, enabled);
    if (chosen < enabled.size()) name(enabled, chosen);
    return chosen;
  }

  bool begin(const State&) noexcept { return true; }
  bool enabled(const State&, std::uint64_t, std::uint64_t) noexcept {
    all_.clear();
    return true;
  }
  bool step(const State&, const Action&, const State&, bool inside) {
    if (!inside) {
      if (all_.empty()) all_.assign(enabled_.begin(), enabled_.end());
      return true;
    }
    taken_.actions.push_back(named_);
    if (under_way_ != nullptr) under_way_->take_tried();
    return true;
  }

 private:
  using Enabled = std::span<const Action>;

  std::size_t choose(const State& state, Enabled enabled) {
    for (;;) {
      if (roams_) return roam(state, enabled);
      const std::optional<std::size_t> chosen = follow(state, enabled);
      if (!chosen) return enabled.size();
      if (*chosen < enabled.size()) return *chosen;
    }
  }

  /// Names the action that is about to be taken, among all that are enabled here: those that the
  /// walk turned back from, too.
  void name(Enabled enabled, std::size_t chosen) {
    enabled_ = enabled;
    std::size_t at = chosen;
    if (!all_.empty()) {
      at = 0;
      while (!same_bytes(all_[at], enabled[chosen])) ++at;
    }
    named_ = name_among(all_.empty() ? enabled : Enabled(all_), at);
    if (under_way_ != nullptr) under_way_->try_action(named_);
  }

  std::size_t roam(const State& state, Enabled enabled) {
    if (!roaming_) {
      const std::uint64_t taken = taken_.actions.size();
      roaming_.emplace(model_, depth_ > taken ? depth_ - taken : 1, *chooser_,
                       plan_.curious ? &situations_ : nullptr, under_way_);
    }
    return roaming_->choose_action(state, enabled);
  }

  /// What to take here, which may be nothing (`enabled.size()`); no value at the end.
  std::optional<std::size_t> follow(const State& state, Enabled enabled) {
    if (held_ && next_ >= due_) {
      const ScheduledAction held = *held_;
      held_.reset();
      return nearest(enabled, held);
    }
    if (next_ >= source_->actions.size()) {
      if (held_) {
        due_ = next_;
        return enabled.size();
      }
      roams_ = plan_.fills || (!done_ && plan_.edit == ScheduleEdit::tail);
      if (!roams_) return std::nullopt;
      done_ = done_ || plan_.edit == ScheduleEdit::tail;
      return enabled.size();
    }
    if (next_ == skipped_) {
      ++next_;
      return enabled.size();
    }
    if (!done_ && next_ >= plan_.at) {
      if (const auto chosen = edit(state, enabled)) return chosen;
    }
    return nearest(enabled, source_->actions[next_++]);
  }

  /// What the edit takes here; no value if it finds no place, or leaves this one to the schedule.
  std::optional<std::size_t> edit(const State& state, Enabled enabled) {
    switch (plan_.edit) {
      case ScheduleEdit::insert:
        done_ = true;
        return chooser_->choose(enabled.size());
      case ScheduleEdit::replace:
        done_ = true;
        ++next_;
        return chooser_->choose(enabled.size());
      case ScheduleEdit::remove:
        done_ = true;
        next_ += plan_.span;
        return enabled.size();
      case ScheduleEdit::hurry:
        return hurry(state, enabled);
      case ScheduleEdit::delay:
        hold(next_, next_ + 1 + plan_.span);
        ++next_;
        return enabled.size();
      case ScheduleEdit::repeat:
        hold(next_, next_ + plan_.span);
        return std::nullopt;
      case ScheduleEdit::fault:
        return fault(enabled);
      case ScheduleEdit::tail:
        done_ = true;
        roams_ = true;
        return enabled.size();
      case ScheduleEdit::append:
      case ScheduleEdit::anew:
        break;
    }
    return std::nullopt;
  }

  void hold(std::size_t position, std::size_t due) {
    done_ = true;
    held_ = source_->actions[position];
    due_ = due;
  }

  /// Of the next few actions of the schedule, the first that is enabled already and races with the
  /// one whose turn it is.
  std::optional<std::size_t> hurry(const State& state, Enabled enabled) {
    constexpr std::size_t window = 12;
    const std::vector<ScheduledAction>& actions = source_->actions;
    const std::size_t due = nearest(enabled, actions[next_]);
    if (due == enabled.size()) return std::nullopt;
    for (std::size_t at = next_ + 1; at < actions.size() && at <= next_ + window; ++at) {
      const std::size_t early = nearest(enabled, actions[at]);
      if (early == enabled.size() || early == due) continue;
      if (!has_key(enabled[early], actions[at])) continue;
      if (!race(model_, state, enabled[due], enabled[early])) continue;
      done_ = true;
      skipped_ = at;
      return early;
    }
    return std::nullopt;
  }

  /// Most often, a fault of the same two nodes and the same content as the action whose turn it is.
  std::optional<std::size_t> fault(Enabled enabled) {
    const ScheduledAction& due = source_->actions[next_];
    std::optional<std::size_t> any;
    std::optional<std::size_t> near;
    std::uint64_t faults = 0;
    std::uint64_t faults_near = 0;
    for (std::size_t at = 0; at < enabled.size(); ++at) {
      if (!is_fault(model_, enabled[at])) continue;
      if (chooser_->choose(++faults) == 0) any = at;
      const NamedNodes nodes = named_nodes(enabled[at]);
      if (nodes.second != due.second || nodes.first != due.first) continue;
      if (chooser_->choose(++faults_near) == 0) near = at;
    }
    if (!any) return std::nullopt;
    done_ = true;
    return near && chooser_->choose(2) == 0 ? near : any;
  }

  const M& model_;
  std::uint64_t depth_;
  RunUnderWay* under_way_;
  const Schedule* source_ = nullptr;
  RandomChooser* chooser_ = nullptr;
  EditPlan plan_;
  std::size_t next_ = 0;     ///< position in the schedule
  std::size_t skipped_ = 0;  ///< the position of an action that was taken early
  bool done_ = false;
  bool roams_ = false;                   ///< whether the rest is a random walk
  std::optional<ScheduledAction> held_;  ///< to be taken at position `due_`
  std::size_t due_ = 0;
  std::optional<RoamingScheduler<M>> roaming_;
  SituationCounts situations_;  ///< what curious walks came to
  Enabled enabled_;             ///< what the last choice was among
  std::vector<Action> all_;     ///< what is enabled here, once the walk turned back; else empty
  ScheduledAction named_;       ///< the last choice
  Schedule taken_;
};

}  // namespace detail

}  // namespace everyway
