#pragma once

#include <array>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "checker/fuzzing/seed_files.hpp"
#include "checker/model/model_bound_error.hpp"
#include "checker/schedule/follow.hpp"
#include "checker/schedule/roam.hpp"
#include "checker/schedule/swarm.hpp"
#include "checker/schedule/tester.hpp"
#include "checker/search/search.hpp"
#include "checker/search/walk.hpp"

namespace everyway {

namespace detail {

/// Shortest witnesses of the model's `reachable` properties, as far as a search of the first
/// hundred thousand states finds them.
template <Model M>
void add_searched_witnesses(const M& model, std::vector<SeedSchedule>& seeds) {
  SearchOptions options;
  options.workers = 1;
  options.keep_going = true;
  options.max_states = 100'000;
  options.max_seconds = 10;
  for (const auto& property : properties_of(model)) {
    if (property.kind == PropertyKind::reachable) options.properties.push_back(property.name);
  }
  if (options.properties.empty()) return;
  for (const PropertyOutcome<M>& outcome : search(model, options).properties) {
    if (!outcome.trace || outcome.verdict != Verdict::holds) continue;
    seeds.push_back({outcome.name, schedule_of(model, *outcome.trace)});
  }
}

/// Walks until each kind of action was taken and each witness was seen that is not among the seeds
/// yet, or long enough.
template <Model M>
class SeedWalks {
 public:
  SeedWalks(const M& model, std::uint64_t depth, std::vector<SeedSchedule>& seeds)
      : model_(model), seeds_(seeds), tester_(model, options(depth)) {
    std::set<std::string> known;
    for (const SeedSchedule& seed : seeds) known.insert(seed.name);
    for (auto& property : properties_of(model)) {
      const bool is_wanted = property.kind == PropertyKind::reachable;
      if (is_wanted && !known.contains(property.name)) unseen_.push_back(std::move(property));
    }
  }

  void take(std::uint64_t walks) {
    for (std::uint64_t walk = 1; walk <= walks && !complete(); ++walk) {
      SwarmScheduler<M> scheduler(model_, 1, walk);
      std::size_t states = 0;
      met_.clear();
      const auto& trace =
          tester_.run(scheduler, [&](const StateOf<M>& state) { look(state, states++); }).trace;
      for (std::size_t i = 0; i < trace.actions.size(); ++i) add_kind(trace, i);
      for (const auto& [name, length] : met_) add(name, trace, length);
    }
  }

 private:
  static TestOptions options(std::uint64_t depth) {
    TestOptions options;
    options.depth = depth;
    options.check_deadlock = false;
    return options;
  }

  [[nodiscard]] bool complete() const {
    bool complete = unseen_.empty();
    for_each_enumerator<KindOf<M>>([&](KindOf<M> kind) {
      complete &= taken_[static_cast<std::size_t>(kind)] || !is_offered(model_, kind);
    });
    return complete;
  }
  void look(const StateOf<M>& state, std::size_t length) {
    std::erase_if(unseen_, [&](const auto& property) {
      if (!property.witnessed_by(state)) return false;
      met_.push_back({property.name, length});
      return true;
    });
  }
  void add_kind(const Trace<M>& trace, std::size_t at) {
    const auto kind = static_cast<std::size_t>(trace.actions[at].kind);
    if (taken_[kind]) return;
    taken_[kind] = true;
    add(std::string(enum_name(trace.actions[at].kind)), trace, at + 1);
  }
  void add(const std::string& name, const Trace<M>& trace, std::size_t length) {
    Trace<M> beginning = trace;
    beginning.actions.resize(length);
    seeds_.push_back({name, schedule_of(model_, beginning)});
  }

  const M& model_;
  std::vector<SeedSchedule>& seeds_;
  ScheduleTester<M> tester_;
  std::vector<Property<StateOf<M>, ActionOf<M>>> unseen_;
  std::array<bool, enum_count<KindOf<M>>()> taken_{};
  std::vector<std::pair<std::string, std::size_t>> met_;  ///< witnesses on this walk, and where
};

/// The scheduler and visitor of a walk that follows a schedule, goes on at random from its end, and
/// notes down what was taken. It checks nothing.
template <Model M>
class LengthenedWalk {
 public:
  /// For walks of about `depth` steps. All but the number must outlive the walk.
  LengthenedWalk(const M& model, std::uint64_t depth, const Schedule& schedule,
                 RandomChooser& chooser)
      : follower_(schedule), roaming_(model, depth, chooser) {}

  /// What was taken.
  [[nodiscard]] const Trace<M>& trace() const { return trace_.value(); }

  std::size_t choose_initial(std::size_t count) noexcept { return follower_.choose_initial(count); }
  std::size_t choose_action(const StateOf<M>& state, std::span<const ActionOf<M>> enabled) {
    const std::size_t followed = follower_.choose_action(state, enabled);
    return followed < enabled.size() ? followed : roaming_.choose_action(state, enabled);
  }

  bool begin(const StateOf<M>& state) {
    trace_ = Trace<M>{state, {}};
    return true;
  }
  bool enabled(const StateOf<M>&, std::uint64_t, std::uint64_t) noexcept { return true; }
  bool step(const StateOf<M>&, const ActionOf<M>& action, const StateOf<M>&, bool inside) {
    if (inside) trace_->actions.push_back(action);
    return true;
  }

 private:
  ScheduleFollower<M> follower_;
  RoamingScheduler<M> roaming_;
  std::optional<Trace<M>> trace_;
};

}  // namespace detail

/// Schedules to begin a corpus with: one for each kind of action that the model offers, and one for
/// each witness of its `reachable` properties. Witnesses come from the explorer, or, where it would
/// take too long, from random walks of at most `depth` actions; what neither finds is left out. The
/// same for every call. Throws what the model throws.
template <Model M>
[[nodiscard]] std::vector<SeedSchedule> seed_schedules(const M& model, std::uint64_t depth) {
  constexpr std::uint64_t walks = 20'000;
  std::vector<SeedSchedule> seeds;
  detail::add_searched_witnesses(model, seeds);
  detail::SeedWalks<M>(model, depth, seeds).take(walks);
  return seeds;
}

/// Lets each schedule go on from its end in a random walk, up to `depth` actions or as far as the
/// model has room: a fuzzer takes the seeds first, and may as well look for something behind them.
/// Equal seeds of chance make the same schedules.
template <Model M>
void lengthen(const M& model, std::uint64_t depth, std::uint64_t seed_of_chance,
              std::vector<SeedSchedule>& seeds) {
  const std::vector<StateOf<M>> initial = initial_states(model);
  Walker<M> walker(model, initial);
  for (std::size_t at = 0; at < seeds.size(); ++at) {
    RandomChooser chooser(seed_of_chance, at);
    detail::LengthenedWalk<M> walk(model, depth, seeds[at].schedule, chooser);
    try {
      walker.walk(walk, depth, walk);
    } catch (const ModelBoundError&) {
      // What was taken before is a schedule, too.
    }
    seeds[at].schedule = schedule_of(model, walk.trace());
  }
}

}  // namespace everyway
