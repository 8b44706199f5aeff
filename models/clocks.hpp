// Logical clocks: processes do something, send messages and receive them, and each event gets the
// time of a Lamport clock, of a vector clock and of a hybrid logical clock. Every execution of a
// small system is explored. What the clocks must tell is held against the history of events, which
// knows no clock.
//
// Messages come in any order, or not at all. Physical clocks, which the hybrid ones read, go at any
// pace and differ by no more than `--skew`.
//
// Source: Leslie Lamport, "Time, Clocks, and the Ordering of Events in a Distributed System"
// (1978); Colin J. Fidge (1988); Friedemann Mattern (1989); Sandeep Kulkarni et al., "Logical
// Physical Clocks" (2014).
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "checker/catalogue/family.hpp"
#include "checker/model/difference.hpp"
#include "checker/model/text.hpp"
#include "models/mutants/clocks.hpp"
#include "models/mutants/mutation_named.hpp"
#include "properties/clocks.hpp"
#include "structures/clocks/hybrid_logical_clock.hpp"
#include "structures/clocks/lamport_clock.hpp"
#include "structures/clocks/vector_clock.hpp"

namespace everyway::clocks_model {

struct Options {
  int processes = 3;
  int events = 4;
  int max_time = 2;
  int skew = 1;
  bool converse = false;
};
BOOST_DESCRIBE_STRUCT(Options, (), (processes, events, max_time, skew, converse))

inline constexpr std::size_t most_processes = 3;
inline constexpr std::size_t most_events = 8;

/// All the clocks of a process, or those of an event.
struct Clocks {
  clocks::LamportClock<> lamport;
  clocks::VectorClock<most_processes> vector;
  clocks::HybridLogicalClock<> hybrid;
  std::uint8_t physical = 0;  ///< from 1
};
BOOST_DESCRIBE_STRUCT(Clocks, (), (lamport, vector, hybrid, physical))

enum class Kind : std::uint8_t { local, send, receive, advance };
BOOST_DESCRIBE_ENUM(Kind, local, send, receive, advance)

/// What a process does: an event, or its physical clock goes on.
struct Action {
  Kind kind{};
  NodeId process;
  NodeId peer;               ///< sendings: the receiver
  std::uint8_t message = 0;  ///< receipts: the event of the sending, from 1

  [[nodiscard]] std::string text() const {
    const std::string name = text_of(process);
    if (kind == Kind::local) return name + " does something";
    if (kind == Kind::send) return fmt::format("{} sends to {}", name, text_of(peer));
    if (kind == Kind::receive) return fmt::format("{} receives what event {} sent", name, message);
    return fmt::format("the physical clock of {} ticks", name);
  }
};
BOOST_DESCRIBE_STRUCT(Action, (), (kind, process, peer, message))

struct Event {
  Action what;
  Clocks clocks;
  bool received = false;  ///< sendings: the message has come
};
BOOST_DESCRIBE_STRUCT(Event, (), (what, clocks, received))

struct State {
  PerNode<Clocks, most_processes> processes;
  InlineVector<Event, most_events> history;
};
BOOST_DESCRIBE_STRUCT(State, (), (processes, history))

/// Which event of a history happened before which.
template <class History>
[[nodiscard]] clocks::HappensBefore happens_before(const History& history) {
  return clocks::HappensBefore(
      history.size(), [&](std::size_t i) { return history[i].what.process; },
      [&](std::size_t i) {
        const Action& what = history[i].what;
        return what.kind == Kind::receive ? what.message - std::size_t{1} : i;
      });
}

class System {
 public:
  using Options = clocks_model::Options;
  using State = clocks_model::State;
  using Action = clocks_model::Action;
  using property = PropertyOf<State, Action>;
  static constexpr std::string_view name = "clocks";
  static constexpr std::string_view summary =
      "Lamport, vector and hybrid logical clocks, held against what happened before what";
  static constexpr std::string_view source =
      "Lamport, Time, Clocks, and the Ordering of Events in a Distributed System (1978); Fidge "
      "(1988); Mattern (1989); Kulkarni et al., Logical Physical Clocks (2014)";

  static Parameters<Options> parameters() {
    return {
        ranged(&Options::processes, 1, static_cast<int>(most_processes), "processes"),
        ranged(&Options::events, 1, static_cast<int>(most_events), "events in all"),
        ranged(&Options::max_time, 1, 9, "physical clocks go from 1 up to this time"),
        ranged(&Options::skew, 0, 9, "physical clocks differ by at most so much"),
        toggle(&Options::converse,
               "claim, too, that a lesser Lamport time tells what happened before: it does not"),
    };
  }
  static Mutants mutants() { return clocks_model::mutants(); }

  System(const Options& options, std::string_view mutant)
      : options_(options), mutation_(mutation_named<Mutation>(mutant)) {}

  template <class Emit>
  void init(Emit&& emit) const {
    State state;
    for (std::size_t index = 0; index < size(); ++index) state.processes[index].physical = 1;
    emit(state);
  }

  template <class Step>
  void next(const State& s, Step&& step) const {
    const auto take = [&](const Action& action) {
      step(action, [this, action](State& t) { happen(t, action); });
    };
    for (std::size_t index = 0; index < size(); ++index) {
      const NodeId process = NodeId::at(index);
      if (may_advance(s, process)) {
        step(Action{Kind::advance, process, {}, 0},
             [process](State& t) { ++t.processes[process].physical; });
      }
      if (s.history.size() >= static_cast<std::size_t>(options_.events)) continue;
      take({Kind::local, process, {}, 0});
      for (std::size_t peer = 0; peer < size(); ++peer) {
        if (peer != index) take({Kind::send, process, NodeId::at(peer), 0});
      }
      for (std::size_t sent = 0; sent < s.history.size(); ++sent) {
        const Event& event = s.history[sent];
        if (event.what.kind != Kind::send || event.what.peer != process || event.received) continue;
        take({Kind::receive, process, {}, static_cast<std::uint8_t>(sent + 1)});
      }
    }
  }

  /// A run ends when all events have happened.
  [[nodiscard]] bool may_end(const State& state) const {
    return state.history.size() == static_cast<std::size_t>(options_.events);
  }
  [[nodiscard]] std::string explain(const State&, const Action& action, const State& after) const {
    if (action.kind == Kind::advance) return action.text();
    return fmt::format("event {}: {}", after.history.size(), action.text());
  }
  /// What became of the clocks: the history is the story itself.
  [[nodiscard]] std::vector<Change> changes(const State& before, const State& after) const {
    std::vector<Change> all;
    for (std::size_t index = 0; index < size(); ++index) {
      const auto tell = [&](const std::string& what, const auto& was, const auto& now) {
        if (same_bytes(was, now)) return;
        all.push_back({text_of(NodeId::at(index)) + "." + what, text_of(was), text_of(now)});
      };
      const Clocks& was = before.processes[index];
      const Clocks& now = after.processes[index];
      tell("physical", was.physical, now.physical);
      tell("Lamport", was.lamport.time, now.lamport.time);
      tell("vector", was.vector.counts, now.vector.counts);
      tell("hybrid", was.hybrid, now.hybrid);
    }
    return all;
  }

  /// No process differs from another but by its name.
  [[nodiscard]] Interchangeable interchangeable() const {
    return {NodeSet<64>::first(size()), size()};
  }
  /// Without messages or with clocks that stand still, some kinds of action never come.
  [[nodiscard]] bool offers(Kind kind) const {
    if (kind == Kind::advance) return options_.max_time > 1 && (options_.skew > 0 || size() == 1);
    return kind == Kind::local || (size() > 1 && (kind == Kind::send || options_.events > 1));
  }

  [[nodiscard]] Properties<State, Action> properties() const;

 private:
  [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(options_.processes); }
  [[nodiscard]] bool has(Mutation mistake) const noexcept { return mutation_ == mistake; }

  [[nodiscard]] bool may_advance(const State& state, NodeId process) const {
    const int after = state.processes[process].physical + 1;
    if (after > options_.max_time) return false;
    for (std::size_t other = 0; other < size(); ++other) {
      if (NodeId::at(other) != process && after - state.processes[other].physical > options_.skew) {
        return false;
      }
    }
    return true;
  }

  void happen(State& state, const Action& action) const {
    Clocks& now = state.processes[action.process];
    if (action.kind == Kind::receive) {
      Event& sending = state.history[action.message - std::size_t{1}];
      sending.received = true;
      receive(now, action.process, sending);
    } else {
      if (action.kind != Kind::send || !has(Mutation::forget_tick_on_send)) {
        now.vector.tick(action.process);
      }
      now.lamport.tick();
      tick_hybrid(now);
    }
    state.history.push_back({action, now, false});
  }
  void receive(Clocks& now, NodeId self, const Event& sending) const {
    const Clocks& sent = sending.clocks;
    if (!has(Mutation::forget_max_on_receive)) now.vector.merge(sent.vector);
    if (!has(Mutation::forget_tick_on_receive)) now.vector.tick(self);
    if (has(Mutation::tick_sender_too)) now.vector.tick(sending.what.process);
    now.lamport.receive(has(Mutation::lamport_forgets_max) ? now.lamport : sent.lamport);
    if (has(Mutation::hybrid_forgets_message)) return tick_hybrid(now);
    if (has(Mutation::hybrid_counts_in_time)) {
      now.hybrid.logical = std::max(now.hybrid.logical, sent.hybrid.logical);
      return tick_hybrid(now);
    }
    const auto before = now.hybrid;
    now.hybrid.receive(sent.hybrid, now.physical);
    keep_counter(now, std::max(before.counter, sent.hybrid.counter));
  }
  void tick_hybrid(Clocks& now) const {
    if (has(Mutation::hybrid_counts_in_time)) {
      clocks::count_up(now.hybrid.logical);
      now.hybrid.logical = std::max(now.hybrid.logical, now.physical);
      return;
    }
    const auto before = now.hybrid;
    now.hybrid.tick(now.physical);
    keep_counter(now, before.counter);
  }
  void keep_counter(Clocks& now, std::uint8_t counter) const {
    if (has(Mutation::hybrid_keeps_counter) && now.hybrid.counter == 0) {
      now.hybrid.counter = counter;
    }
  }

  Options options_;
  Mutation mutation_;
};

/// The clocks of the events of a history, and what happened before what.
struct Timeline {
  explicit Timeline(const State& state)
      : history(state.history), before(happens_before(state.history)) {}

  [[nodiscard]] const Clocks& at(std::size_t event) const { return history[event].clocks; }

  const InlineVector<Event, most_events>& history;
  clocks::HappensBefore before;
};

/// A claim about the clocks of two events: `holds(left, right, whether left happened before)`. In
/// the words of a refutation, `told(clocks)` is the time of an event.
template <class Holds, class Told>
[[nodiscard]] auto of_all_pairs(const Holds& holds, const Told& told) {
  return [holds, told](const State& state) {
    const Timeline line(state);
    return clocks::refuted_pair(
        line.before,
        [&](std::size_t left, std::size_t right, bool is_before) {
          return holds(line.at(left), line.at(right), is_before);
        },
        [&](std::size_t left, std::size_t right) {
          return fmt::format("and the times are {} and {}", text_of(told(line.at(left))),
                             text_of(told(line.at(right))));
        });
  };
}

/// An event of which `bound(timeline, event)` is false.
template <class Bound>
[[nodiscard]] auto of_all_events(const Bound& bound) {
  return [bound](const State& state) -> Refutation {
    const Timeline line(state);
    for (std::size_t event = 0; event < state.history.size(); ++event) {
      if (bound(line, event)) continue;
      return because([&] {
        return fmt::format("event {} at physical time {} has the hybrid time {}", event + 1,
                           line.at(event).physical, text_of(line.at(event).hybrid));
      });
    }
    return std::nullopt;
  };
}

/// Whether no more than so many events that happened before have the same logical time.
[[nodiscard]] inline bool counter_is_bounded(const Timeline& line, std::size_t event) {
  std::size_t same = 0;
  for (std::size_t other = 0; other < event; ++other) {
    const bool counts = line.at(other).hybrid.logical == line.at(event).hybrid.logical;
    same += counts && line.before(other, event) ? 1U : 0U;
  }
  return line.at(event).hybrid.counter <= same;
}

/// Whether some Lamport time is less than that of a concurrent event.
[[nodiscard]] inline bool has_lesser_time_without_cause(const State& state) {
  const Timeline line(state);
  for (std::size_t left = 0; left < state.history.size(); ++left) {
    for (std::size_t right = 0; right < state.history.size(); ++right) {
      if (line.before.concurrent(left, right) && line.at(left).lamport < line.at(right).lamport) {
        return true;
      }
    }
  }
  return false;
}

inline Properties<State, Action> System::properties() const {
  const auto lamport = [](const Clocks& clocks) { return clocks.lamport; };
  const auto vector = [](const Clocks& clocks) { return clocks.vector; };
  const auto hybrid = [](const Clocks& clocks) { return clocks.hybrid; };
  Properties<State, Action> all{
      property::always(
          "Strong Clock Condition",
          "an event happened before another exactly if its vector is less (Fidge 1988; Mattern "
          "1989)",
          of_all_pairs(
              [](const Clocks& left, const Clocks& right, bool before) {
                return left.vector.happens_before(right.vector) == before;
              },
              vector)),
      property::always(
          "Clock Condition", "what happened before has the lesser Lamport time (Lamport 1978)",
          of_all_pairs([](const Clocks& left, const Clocks& right,
                          bool before) { return !before || left.lamport < right.lamport; },
                       lamport)),
      property::always(
          "Hybrid Clock Condition",
          "what happened before has the lesser hybrid time (Kulkarni et al. 2014, "
          "Theorem 1)",
          of_all_pairs([](const Clocks& left, const Clocks& right,
                          bool before) { return !before || left.hybrid < right.hybrid; },
                       hybrid)),
      property::always("Hybrid Drift Bound",
                       "the logical time is at least the physical time, and ahead of it by at most "
                       "what clocks differ (Kulkarni et al. 2014, Theorem 2 and Corollary 1)",
                       of_all_events([skew = options_.skew](const Timeline& line, std::size_t i) {
                         const int ahead = line.at(i).hybrid.logical - line.at(i).physical;
                         return ahead >= 0 && ahead <= skew;
                       })),
      property::always("Hybrid Counter Bound",
                       "the counter is at most the number of events that happened before at the "
                       "same logical time (Kulkarni et al. 2014, Corollary 2)",
                       of_all_events(counter_is_bounded)),
  };
  if (options_.converse) {
    all.push_back(property::always(
        "Converse of the Clock Condition",
        "a lesser Lamport time tells what happened before: refuted "
        "where events are concurrent",
        of_all_pairs([](const Clocks& left, const Clocks& right,
                        bool before) { return before || !(left.lamport < right.lamport); },
                     lamport)));
  }
  if (size() < 2 || options_.events < 3) return all;
  all.push_back(property::reachable("Lesser without cause",
                                    "an event has a lesser Lamport time than a concurrent one",
                                    has_lesser_time_without_cause));
  all.push_back(property::reachable(
      "Cause by messages", "an event happened before one of another process", [](const State& s) {
        return std::any_of(s.history.begin(), s.history.end(),
                           [](const Event& event) { return event.what.kind == Kind::receive; });
      }));
  return all;
}

/// `everyway check clocks`.
using Family = FamilyOf<System>;

}  // namespace everyway::clocks_model
