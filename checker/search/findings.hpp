#pragma once

#include <algorithm>
#include <atomic>
#include <bit>
#include <deque>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "checker/model/model.hpp"
#include "checker/search/fingerprint_set.hpp"

namespace everyway {

/// Where a property was decided: in a state of the visited set, or one action behind it.
template <Model M>
struct Finding {
  StateId state;
  /// The state's fingerprint: an order among findings that does not depend on who found them first.
  std::uint64_t rank;
  std::uint32_t depth;  ///< actions from an initial state to `state`
  std::optional<ActionOf<M>> last_action;
  /// Instead of all that: an initial state outside the model's bound, which no visited set holds.
  std::optional<StateOf<M>> outside_initial = std::nullopt;

  [[nodiscard]] std::uint32_t length() const { return depth + (last_action ? 1 : 0); }

  /// Shorter first; equals in an order that is the same for any number of workers.
  [[nodiscard]] bool comes_before(const Finding& other) const {
    if (length() != other.length()) return length() < other.length();
    if (rank != other.rank) return rank < other.rank;
    if (!last_action || !other.last_action) return other.last_action.has_value();
    return bytes_less(*last_action, *other.last_action);
  }
};

/// One property under search, and the best finding about it so far, by the order of `F`.
template <Model M, class F = Finding<M>>
class WatchedProperty {
 public:
  explicit WatchedProperty(Property<StateOf<M>, ActionOf<M>> property)
      : property_(std::move(property)) {}

  [[nodiscard]] const Property<StateOf<M>, ActionOf<M>>& property() const { return property_; }
  /// Whether an earlier round decided it, so that nothing about it needs checking any more. During
  /// the round that decides it, all workers go on: the best finding wins, not the first.
  [[nodiscard]] bool settled() const { return settled_; }
  [[nodiscard]] const std::optional<F>& finding() const { return finding_; }

  /// From any worker.
  void report(const F& finding) {
    const std::lock_guard lock(mutex_);
    if (!finding_ || finding.comes_before(*finding_)) finding_ = finding;
  }
  /// Between rounds: what was found so far decides. Returns whether anything did.
  bool settle() {
    settled_ = finding_.has_value();
    return settled_;
  }

 private:
  Property<StateOf<M>, ActionOf<M>> property_;
  std::mutex mutex_;
  std::optional<F> finding_;
  bool settled_ = false;
};

/// Of the properties that a model lists together, those that need checking at the same time: one
/// call checks all of them.
template <Model M, class F>
class WatchedList {
 public:
  using Watched = WatchedProperty<M, F>;
  using Quick = QuickChecks<StateOf<M>, ActionOf<M>>;

  explicit WatchedList(const Quick& quick) : quick_(&quick) {}

  [[nodiscard]] const Quick& quick() const { return *quick_; }
  void add(Watched& watched) {
    const unsigned position = watched.property().position;
    if (position >= by_position_.size()) by_position_.resize(position + std::size_t{1});
    by_position_[position] = &watched;
    watched_ |= PropertyBits{1} << position;
  }
  void drop(PropertyBits positions) { watched_ &= ~positions; }
  [[nodiscard]] bool all_dropped() const { return watched_ == 0; }

  /// Those of `positions` that are watched.
  [[nodiscard]] PropertyBits watched(PropertyBits positions) const { return positions & watched_; }
  template <class Visit>
  void for_each(PropertyBits positions, const Visit& visit) const {
    for (PropertyBits rest = watched(positions); rest != 0; rest &= rest - 1) {
      visit(*by_position_[static_cast<std::size_t>(std::countr_zero(rest))]);
    }
  }

 private:
  const Quick* quick_;
  PropertyBits watched_ = 0;
  std::vector<Watched*> by_position_;
};

/// All properties of a search, sorted by when they need checking.
template <Model M, class F = Finding<M>>
class Watch {
 public:
  using Watched = WatchedProperty<M, F>;
  using Lists = std::vector<WatchedList<M, F>>;

  void add(Property<StateOf<M>, ActionOf<M>> property) { all_.emplace_back(std::move(property)); }

  /// Between rounds: what is decided is not checked any more. Cheap when nothing new was found.
  /// Returns whether anything was.
  bool settle_news() {
    const bool news = std::any_of(all_.begin(), all_.end(), [](const Watched& watched) {
      return watched.finding().has_value() != watched.settled();
    });
    if (news) settle();
    return news;
  }
  /// Sorts the properties by when they need checking; those decided need none.
  void settle() {
    for (auto* group : {&states_, &steps_, &witnesses_}) group->clear();
    deadlock_ = nullptr;
    for (Watched& watched : all_) {
      if (watched.settle()) continue;
      switch (watched.property().kind) {
        case PropertyKind::always:
          states_.add(watched);
          break;
        case PropertyKind::always_step:
          steps_.add(watched);
          break;
        case PropertyKind::reachable:
          witnesses_.add(watched);
          break;
        case PropertyKind::deadlock:
          deadlock_ = &watched;
          break;
      }
    }
  }
  [[nodiscard]] bool violated() const {
    return std::any_of(all_.begin(), all_.end(), [](const Watched& watched) {
      return watched.settled() && watched.property().kind != PropertyKind::reachable;
    });
  }
  /// Whether every property is decided; false if there are none, so that a search without
  /// properties still explores.
  [[nodiscard]] bool all_settled() const {
    return !all_.empty() && std::all_of(all_.begin(), all_.end(),
                                        [](const Watched& watched) { return watched.settled(); });
  }

  [[nodiscard]] const std::vector<Watched*>& states() const { return states_.each; }
  [[nodiscard]] const std::vector<Watched*>& steps() const { return steps_.each; }
  [[nodiscard]] const Lists& witnesses() const { return witnesses_.lists; }
  [[nodiscard]] Watched* deadlock() const { return deadlock_; }
  [[nodiscard]] const std::deque<Watched>& all() const { return all_; }

  /// Calls found(watched property) for each `always` property that the state refutes.
  template <class Found>
  void check_state(const StateOf<M>& state, const Found& found) const {
    for (const auto& list : states_.lists) {
      list.for_each(list.quick().refuted_by_state(state), found);
    }
  }
  /// The same for `always_step` properties and a step.
  template <class Found>
  void check_step(const StateOf<M>& before, const ActionOf<M>& action, const StateOf<M>& after,
                  const Found& found) const {
    for (const auto& list : steps_.lists) {
      list.for_each(list.quick().refuted_by_step(before, action, after), found);
    }
  }
  /// Calls found(watched property) for each `reachable` property of which the state is a witness.
  template <class Found>
  void check_witness(const StateOf<M>& state, const Found& found) const {
    for (const auto& list : witnesses_.lists) {
      list.for_each(list.quick().witnessed_by(state), found);
    }
  }

 private:
  /// What needs checking at the same time: one by one, and by the lists of the model.
  struct Group {
    std::vector<Watched*> each;
    Lists lists;

    void clear() {
      each.clear();
      lists.clear();
    }
    void add(Watched& watched) {
      each.push_back(&watched);
      if (!watched.property().quick) {
        throw std::logic_error(watched.property().name + " was not made by `PropertyOf`");
      }
      const auto& quick = *watched.property().quick;
      auto list = std::find_if(lists.begin(), lists.end(),
                               [&](const auto& other) { return &other.quick() == &quick; });
      if (list == lists.end()) list = lists.emplace(lists.end(), quick);
      list->add(watched);
    }
  };

  std::deque<Watched> all_;  // a deque: a watched property holds a mutex and cannot move
  Group states_;
  Group steps_;
  Group witnesses_;
  Watched* deadlock_ = nullptr;
};

}  // namespace everyway
