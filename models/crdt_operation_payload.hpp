// The operation-based data types as one flat type, and their operations as one message.
#pragma once

#include <boost/describe.hpp>
#include <string>

#include "models/crdt_payload.hpp"
#include "models/crdt_types.hpp"
#include "models/mutants/crdt_operation.hpp"
#include "structures/clocks/vector_clock.hpp"
#include "structures/crdt/operation_based.hpp"

namespace everyway::crdt_operation {

using crdt::Answer;
using crdt::Item;
using crdt::Operation;
using Clock = clocks::VectorClock<crdt::most_replicas>;
using Set = crdt::OperationORSet<Item, crdt::most_updates>;
using Sequence = crdt::RGA<Item, crdt::most_updates>;

/// What is broadcast of an update: as much of it as its operation needs.
struct Message {
  NodeId sender;
  Clock clock;
  Operation operation{};
  Item key = 0;               ///< sets: the element
  Set::Tags tags;             ///< sets: the tag of an addition; what a removal has observed
  Sequence::Element element;  ///< sequences: what is inserted, or just the id of what is removed
};
BOOST_DESCRIBE_STRUCT(Message, (), (sender, clock, operation, key, tags, element))

/// The state of a replica; of the three, the one of its type is in use.
struct Payload {
  crdt::Type type{};  ///< pn_counter, or_set or rga
  crdt::OperationCounter counter;
  Set set;
  Sequence sequence;

  [[nodiscard]] Answer answer() const {
    if (type == crdt::Type::or_set) return crdt::answer_of(set);
    if (type == crdt::Type::rga) return crdt::answer_of(sequence);
    Answer answer;
    answer.push_back(counter.total);
    return answer;
  }
  [[nodiscard]] std::string text() const {
    if (type == crdt::Type::or_set) return text_of(set);
    if (type == crdt::Type::rga) return text_of(sequence);
    return text_of(counter);
  }
};
BOOST_DESCRIBE_STRUCT(Payload, (), (type, counter, set, sequence))

/// Calls visit(operation, key) for each update that may be made in that state.
template <class Visit>
void for_each_operation(const Payload& payload, Item keys, const Visit& visit) {
  if (payload.type == crdt::Type::rga)
    return crdt::for_each_operation(payload.sequence, keys, visit);
  if (payload.type == crdt::Type::pn_counter) {
    visit(Operation::increment, Item{0});
    return visit(Operation::decrement, Item{0});
  }
  for (Item key = 1; key <= keys; ++key) {
    visit(Operation::add, key);
    visit(Operation::remove, key);
  }
}

/// At the source: what the operation is to do everywhere. The clock of the message is set.
inline void prepare(const Payload& payload, const crdt::Request& request, Message& message) {
  message.operation = request.operation;
  if (payload.type == crdt::Type::or_set) {
    message.key = request.key;
    if (request.operation == Operation::remove) {
      message.tags = payload.set.observed(request.key);
    } else {
      message.tags.insert({request.self, message.clock.counts[request.self]});
    }
  }
  if (payload.type == crdt::Type::rga) {
    const clocks::Timestamp named = crdt::id_of(payload.sequence, request.key);
    message.element.id = named;
    if (request.operation == Operation::insert) {
      message.element = payload.sequence.insertion(request.self, named, request.value);
    }
  }
}

inline void apply_to_set(Set& set, const Message& message, Mutation mutation) {
  if (message.operation == Operation::add) return set.apply_add(message.key, message.tags[0]);
  const bool all = mutation == Mutation::remove_all_tags;
  set.apply_remove(message.key, all ? set.observed(message.key) : message.tags);
}
inline void apply_to_sequence(Sequence& sequence, const Message& message, Mutation mutation) {
  if (message.operation == Operation::remove) {
    (void)sequence.apply_remove(message.element.id);
  } else if (mutation == Mutation::insert_without_skipping) {
    crdt::insert_without_skipping(sequence, message.element);
  } else {
    (void)sequence.apply_insert(message.element);
  }
}

/// Downstream, at every replica.
inline void apply(Payload& payload, const Message& message, Mutation mutation) {
  if (payload.type == crdt::Type::or_set) return apply_to_set(payload.set, message, mutation);
  if (payload.type == crdt::Type::rga) {
    return apply_to_sequence(payload.sequence, message, mutation);
  }
  payload.counter.apply(message.operation == Operation::increment ? 1 : -1);
}

}  // namespace everyway::crdt_operation
