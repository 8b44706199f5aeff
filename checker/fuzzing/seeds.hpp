#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "checker/fuzzing/seed_files.hpp"
#include "checker/model/model_bound_error.hpp"
#include "checker/schedule/edited_walk.hpp"
#include "checker/schedule/follow.hpp"
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

/// Random walks, and where they first took each kind of action and first saw each witness that is
/// not among the seeds yet.
template <Model M>
class SeedWalks {
 public:
  SeedWalks(const M& model, std::uint64_t depth, std::vector<SeedSchedule>& seeds)
      : model_(model), seeds_(seeds), tester_(model, options(depth)) {
    std::set<std::string> known;
    for (const SeedSchedule& seed : seeds) known.insert(seed.name);
    for (auto& property : properties_of(model)) {
      const bool is_wanted = property.kind == PropertyKind::reachable;
      if (is_wanted && !known.contains(property.name)) wanted_.push_back(std::move(property));
    }
  }

  /// Takes `least` walks, and more until nothing is missing, but `most` at most. Of each kind of
  /// action and each witness, the shortest way to it that was walked becomes a seed.
  void take(std::uint64_t least, std::uint64_t most) {
    for (std::uint64_t walk = 1; walk <= most && (walk <= least || !complete()); ++walk) {
      SwarmScheduler<M> scheduler(model_, 1, walk);
      std::size_t states = 0;
      met_.clear();
      const auto& trace =
          tester_.run(scheduler, [&](const StateOf<M>& state) { look(state, states++); }).trace;
      for (std::size_t i = 0; i < trace.actions.size(); ++i) {
        met_.try_emplace(std::string(enum_name(trace.actions[i].kind)), i + 1);
      }
      for (const auto& [name, length] : met_) keep(name, trace, length);
    }
    for (const auto& [name, trace] : shortest_) {
      seeds_.push_back({name, schedule_of(model_, trace)});
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
    bool complete = true;
    for_each_enumerator<KindOf<M>>([&](KindOf<M> kind) {
      complete &= shortest_.contains(std::string(enum_name(kind))) || !is_offered(model_, kind);
    });
    for (const auto& property : wanted_) complete &= shortest_.contains(property.name);
    return complete;
  }
  void look(const StateOf<M>& state, std::size_t length) {
    for (const auto& property : wanted_) {
      if (met_.contains(property.name) || !property.witnessed_by(state)) continue;
      met_.emplace(property.name, length);
    }
  }
  void keep(const std::string& name, const Trace<M>& trace, std::size_t length) {
    const auto known = shortest_.find(name);
    if (known != shortest_.end() && known->second.actions.size() <= length) return;
    Trace<M> beginning = trace;
    beginning.actions.resize(length);
    shortest_.insert_or_assign(name, std::move(beginning));
  }

  const M& model_;
  std::vector<SeedSchedule>& seeds_;
  ScheduleTester<M> tester_;
  std::vector<Property<StateOf<M>, ActionOf<M>>> wanted_;
  std::map<std::string, Trace<M>> shortest_;
  std::map<std::string, std::size_t> met_;  ///< on this walk, and after how many actions
};

}  // namespace detail

/// Schedules to begin a corpus with: one for each kind of action that the model offers, and one for
/// each witness of its `reachable` properties. Witnesses come from the explorer, or, where it would
/// take too long, from random walks of at most `depth` actions; what neither finds is left out. The
/// same for every call. Throws what the model throws.
template <Model M>
[[nodiscard]] std::vector<SeedSchedule> seed_schedules(const M& model, std::uint64_t depth) {
  constexpr std::uint64_t least = 1'000;
  constexpr std::uint64_t most = 20'000;
  std::vector<SeedSchedule> seeds;
  detail::add_searched_witnesses(model, seeds);
  detail::SeedWalks<M>(model, depth, seeds).take(least, most);
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
  detail::EditedWalk<M> walk(model, depth);
  for (std::size_t at = 0; at < seeds.size(); ++at) {
    RandomChooser chooser(seed_of_chance, at);
    walk.prepare(seeds[at].schedule, {ScheduleEdit::append, 0, 1, true, true}, chooser);
    try {
      walker.walk(walk, depth, walk);
    } catch (const ModelBoundError&) {
      // What was taken before is a schedule, too.
    }
    seeds[at].schedule = walk.taken();
  }
}

}  // namespace everyway
