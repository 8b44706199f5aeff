// The data types of structures/crdt as the models of replication handle them: which updates there
// are, what applying one means, and what a replica answers. One overload of each for each type; but
// counters answer alike, and so do sets.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "properties/crdt.hpp"
#include "structures/crdt/g_set.hpp"
#include "structures/crdt/lww_map.hpp"
#include "structures/crdt/lww_register.hpp"
#include "structures/crdt/mv_register.hpp"
#include "structures/crdt/or_set.hpp"
#include "structures/crdt/pn_counter.hpp"
#include "structures/crdt/rga.hpp"
#include "structures/crdt/two_phase_set.hpp"

namespace everyway::crdt {

/// What updates bring: elements of sets, keys, and values.
using Item = std::uint8_t;

/// An update of a replica, before it has a place in the history.
struct Request {
  Operation operation{};
  Item key = 0;    ///< as in `Update`
  Item value = 0;  ///< the number of the update
  NodeId self;
};

/// The position of what an update of the sequence names; its timestamp is in `elements`.
template <std::size_t C>
[[nodiscard]] Timestamp id_of(const RGA<Item, C>& sequence, Item value) noexcept {
  for (const auto& element : sequence.elements) {
    if (element.value == value) return element.id;
  }
  return {};
}

/// Calls visit(operation, key) for each update that may be made in that state; keys are 1 to
/// `keys`.
template <std::size_t R, class Visit>
void for_each_operation(const GCounter<R>&, Item, const Visit& visit) {
  visit(Operation::increment, Item{0});
}
template <std::size_t R, class Visit>
void for_each_operation(const PNCounter<R>&, Item, const Visit& visit) {
  visit(Operation::increment, Item{0});
  visit(Operation::decrement, Item{0});
}
template <std::size_t C, class Visit>
void for_each_operation(const GSet<Item, C>&, Item keys, const Visit& visit) {
  for (Item key = 1; key <= keys; ++key) visit(Operation::add, key);
}
template <std::size_t C, class Visit>
void for_each_operation(const TwoPhaseSet<Item, C>& set, Item keys, const Visit& visit) {
  for (Item key = 1; key <= keys; ++key) {
    visit(Operation::add, key);
    if (set.contains(key)) visit(Operation::remove, key);
  }
}
template <std::size_t C, class Visit>
void for_each_operation(const ORSet<Item, C>&, Item keys, const Visit& visit) {
  for (Item key = 1; key <= keys; ++key) {
    visit(Operation::add, key);
    visit(Operation::remove, key);
  }
}
template <class Visit>
void for_each_operation(const LWWRegister<Item>&, Item, const Visit& visit) {
  visit(Operation::assign, Item{0});
}
template <std::size_t R, class Visit>
void for_each_operation(const MVRegister<Item, R>&, Item, const Visit& visit) {
  visit(Operation::assign, Item{0});
}
template <std::size_t C, class Visit>
void for_each_operation(const LWWMap<Item, Item, C>&, Item keys, const Visit& visit) {
  for (Item key = 1; key <= keys; ++key) {
    visit(Operation::put, key);
    visit(Operation::erase, key);
  }
}
template <std::size_t C, class Visit>
void for_each_operation(const RGA<Item, C>& sequence, Item, const Visit& visit) {
  visit(Operation::insert, Item{0});
  for (const auto& element : sequence.elements) {
    if (element.removed) continue;
    visit(Operation::insert, element.value);
    visit(Operation::remove, element.value);
  }
}

template <std::size_t R>
void apply(GCounter<R>& counter, const Request& request) {
  counter.increment(request.self);
}
template <std::size_t R>
void apply(PNCounter<R>& counter, const Request& request) {
  if (request.operation == Operation::increment) return counter.increment(request.self);
  counter.decrement(request.self);
}
template <std::size_t C>
void apply(GSet<Item, C>& set, const Request& request) {
  set.add(request.key);
}
template <std::size_t C>
void apply(TwoPhaseSet<Item, C>& set, const Request& request) {
  if (request.operation == Operation::add) return set.add(request.key);
  set.remove(request.key);
}
template <std::size_t C>
void apply(ORSet<Item, C>& set, const Request& request) {
  if (request.operation == Operation::add) return set.add(request.self, request.key);
  set.remove(request.key);
}
inline void apply(LWWRegister<Item>& cell, const Request& request) {
  cell.assign(request.self, request.value);
}
template <std::size_t R>
void apply(MVRegister<Item, R>& cell, const Request& request) {
  cell.assign(request.self, request.value);
}
template <std::size_t C>
void apply(LWWMap<Item, Item, C>& map, const Request& request) {
  if (request.operation == Operation::put) {
    return map.put(request.self, request.key, request.value);
  }
  map.erase(request.self, request.key);
}
template <std::size_t C>
void apply(RGA<Item, C>& sequence, const Request& request) {
  const Timestamp id = id_of(sequence, request.key);
  if (request.operation == Operation::insert) {
    return sequence.insert(request.self, id, request.value);
  }
  (void)sequence.apply_remove(id);
}

/// A mistake of both models: the element goes right behind the one it names.
template <std::size_t C>
void insert_without_skipping(RGA<Item, C>& sequence,
                             const typename RGA<Item, C>::Element& element) {
  const bool at_head = element.behind == Timestamp{};
  sequence.elements.insert_at(at_head ? 0 : sequence.position_of(element.behind) + 1, element);
}

/// What an update would change, for types that can tell it by itself; nothing for the others, which
/// send their whole state.
template <class State>
[[nodiscard]] std::optional<State> delta_of(const State&, const Request&) {
  return std::nullopt;
}
template <std::size_t R>
[[nodiscard]] std::optional<GCounter<R>> delta_of(const GCounter<R>& counter,
                                                  const Request& request) {
  return counter.increment_delta(request.self);
}
template <std::size_t R>
[[nodiscard]] std::optional<PNCounter<R>> delta_of(const PNCounter<R>& counter,
                                                   const Request& request) {
  if (request.operation == Operation::increment) return counter.increment_delta(request.self);
  return counter.decrement_delta(request.self);
}
template <std::size_t C>
[[nodiscard]] std::optional<GSet<Item, C>> delta_of(const GSet<Item, C>& set,
                                                    const Request& request) {
  return set.add_delta(request.key);
}
template <std::size_t C>
[[nodiscard]] std::optional<TwoPhaseSet<Item, C>> delta_of(const TwoPhaseSet<Item, C>& set,
                                                           const Request& request) {
  if (request.operation == Operation::add) return set.add_delta(request.key);
  return set.remove_delta(request.key);
}
template <std::size_t C>
[[nodiscard]] std::optional<ORSet<Item, C>> delta_of(const ORSet<Item, C>& set,
                                                     const Request& request) {
  if (request.operation == Operation::add) return set.add_delta(request.self, request.key);
  return set.remove_delta(request.key);
}
template <std::size_t C>
[[nodiscard]] std::optional<LWWMap<Item, Item, C>> delta_of(const LWWMap<Item, Item, C>& map,
                                                            const Request& request) {
  if (request.operation == Operation::put) {
    return map.put_delta(request.self, request.key, request.value);
  }
  return map.erase_delta(request.self, request.key);
}

template <class Counter>
requires requires(const Counter& counter) { counter.value(); }
[[nodiscard]] Answer answer_of(const Counter& counter) {
  Answer answer;
  answer.push_back(static_cast<std::int8_t>(counter.value()));
  return answer;
}
/// Keys 1 to 7, those that are in the set.
template <class Set>
requires requires(const Set& set) { set.contains(Item{}); }
[[nodiscard]] Answer answer_of(const Set& set) {
  Answer answer;
  for (Item key = 1; key < 8; ++key) {
    if (set.contains(key)) answer.push_back(static_cast<std::int8_t>(key));
  }
  return answer;
}
[[nodiscard]] inline Answer answer_of(const LWWRegister<Item>& cell) {
  Answer answer;
  if (cell.at.time != 0) answer.push_back(static_cast<std::int8_t>(cell.value));
  return answer;
}
template <std::size_t R>
[[nodiscard]] Answer answer_of(const MVRegister<Item, R>& cell) {
  Answer answer;  // versions are in the order of their values, which are their first bytes
  for (const auto& version : cell.versions) {
    answer.push_back(static_cast<std::int8_t>(version.value));
  }
  return answer;
}
template <std::size_t C>
[[nodiscard]] Answer answer_of(const LWWMap<Item, Item, C>& map) {
  Answer answer;
  for (Item key = 1; key < 8; ++key) {
    const auto value = map.get(key);
    if (!value) continue;
    answer.push_back(static_cast<std::int8_t>(key));
    answer.push_back(static_cast<std::int8_t>(*value));
  }
  return answer;
}
template <std::size_t C>
[[nodiscard]] Answer answer_of(const RGA<Item, C>& sequence) {
  Answer answer;
  for (const auto& element : sequence.elements) {
    if (!element.removed) answer.push_back(static_cast<std::int8_t>(element.value));
  }
  return answer;
}

}  // namespace everyway::crdt
