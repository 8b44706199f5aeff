#pragma once

#include <array>
#include <stdexcept>
#include <string>
#include <vector>

#include "checker/cluster/cluster.hpp"
#include "checker/cluster/fifo_links.hpp"
#include "checker/cluster/unordered_bag.hpp"
#include "checker/cluster/unordered_set.hpp"
#include "checker/search/search.hpp"

namespace everyway::testing {

using cluster::ActionKind;
using cluster::ClientRequest;
using cluster::Cluster;
using cluster::Context;
using cluster::Envelope;
using cluster::Faults;
using cluster::FifoLinks;
using cluster::Nothing;
using cluster::UnorderedBag;
using cluster::UnorderedSet;
using cluster::View;

/// A message that is no more than a number.
struct Note {
  std::uint8_t number = 0;

  [[nodiscard]] std::string text() const { return "note " + std::to_string(number); }
};
BOOST_DESCRIBE_STRUCT(Note, (), (number))

/// Notes 1 to `notes` go from n1 to n2 whenever n1 boots. Who receives note i sets bit i in memory
/// and on disk: to receive it again changes nothing.
struct Postbox {
  static constexpr std::size_t capacity = 3;
  struct Durable {
    std::uint8_t received = 0;
    BOOST_DESCRIBE_CLASS(Durable, (), (received), (), ())
  };
  using Volatile = Nothing;
  using Message = Note;

  std::uint8_t notes = 1;

  void start(Context<Postbox>& context) const {
    if (context.self() != NodeId::at(0)) return;
    for (std::uint8_t number = 1; number <= notes; ++number) context.send(NodeId::at(1), {number});
  }
  void receive(Context<Postbox>& context, NodeId, const Note& note) const {
    std::uint8_t& received = context.durable().received;
    received = static_cast<std::uint8_t>(received | (1U << note.number));
    context.persist();
  }
};

/// A process that does nothing, ever.
struct Idler {
  static constexpr std::size_t capacity = 8;
  using Durable = Nothing;
  using Volatile = Nothing;
  using Message = Note;
  void start(Context<Idler>&) const {}
  void receive(Context<Idler>&, NodeId, const Note&) const {}
};

enum class Alarm : std::uint8_t { ring };
BOOST_DESCRIBE_ENUM(Alarm, ring)

/// On a client request: counts it in memory, persists, counts again (which is not persisted), and
/// sends its value to the others. When its alarm rings: tells the others how often it was asked.
struct Counter {
  static constexpr std::size_t capacity = 3;
  struct Durable {
    std::uint8_t asked = 0;
    BOOST_DESCRIBE_CLASS(Durable, (), (asked), (), ())
  };
  struct Volatile {
    std::uint8_t last = 0;
    std::uint8_t starts = 0;
    BOOST_DESCRIBE_CLASS(Volatile, (), (last, starts), (), ())
  };
  using Message = Note;
  using Timer = Alarm;

  void start(Context<Counter>& context) const { ++context.memory().starts; }
  void receive(Context<Counter>& context, NodeId, const Note& note) const {
    context.memory().last = note.number;
  }
  [[nodiscard]] bool may_request(const View<Counter>& view) const {
    return view.self() == NodeId::at(0);
  }
  void request(Context<Counter>& context, ClientRequest request) const {
    context.memory().last = request.value;
    ++context.durable().asked;
    context.persist();
    ++context.durable().asked;
    context.send_to_others({request.value});
  }
  [[nodiscard]] bool may_time_out(const View<Counter>& view, Alarm) const {
    return view.durable().asked != 0;
  }
  void timeout(Context<Counter>& context, Alarm) const {
    context.send_to_others({context.durable().asked});
  }
};

template <class M>
[[nodiscard]] typename M::State initial(const M& model) {
  typename M::State state;
  model.init([&](const typename M::State& first) { state = first; });
  return state;
}

template <class M>
[[nodiscard]] std::vector<typename M::Action> enabled(const M& model,
                                                      const typename M::State& state) {
  std::vector<typename M::Action> actions;
  model.next(state, [&](const typename M::Action& action, auto&&) { actions.push_back(action); });
  return actions;
}

template <class M>
[[nodiscard]] std::vector<typename M::Action> enabled(const M& model,
                                                      const typename M::State& state,
                                                      ActionKind kind) {
  std::vector<typename M::Action> actions;
  for (const auto& action : enabled(model, state)) {
    if (action.kind == kind) actions.push_back(action);
  }
  return actions;
}

/// The enabled action of that kind, of which only the first `effects` effects happen before a
/// crash, and of the run of sends that follows none, unless `effects` is negative. Throws
/// `std::logic_error` unless there is exactly one.
template <class M>
[[nodiscard]] typename M::Action only(const M& model, const typename M::State& state,
                                      ActionKind kind, int effects = -1) {
  std::vector<typename M::Action> found;
  for (const auto& action : enabled(model, state, kind)) {
    if (action.crash_after == effects + 1 && action.sent.empty()) found.push_back(action);
  }
  if (found.size() != 1) {
    throw std::logic_error(std::to_string(found.size()) + " such actions are enabled");
  }
  return found.front();
}

template <class M>
[[nodiscard]] typename M::State after(const M& model, typename M::State state,
                                      const typename M::Action& wanted) {
  typename M::State successor = state;
  bool found = false;
  model.next(state, [&](const typename M::Action& action, auto&& effect) {
    if (!same_bytes(action, wanted)) return;
    found = true;
    effect(successor);
  });
  if (!found) throw std::logic_error("the action is not enabled");
  return successor;
}

/// The search of everything reachable, on one worker; a state without actions is fine.
template <class M>
[[nodiscard]] SearchResult<M> searched(const M& model) {
  SearchOptions options;
  options.workers = 1;
  options.check_deadlock = false;
  return search(model, options);
}

}  // namespace everyway::testing
