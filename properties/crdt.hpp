// What replicated data types must answer, from the history of their updates alone: which updates a
// replica has delivered, and what each of them had seen. As plain as can be: here is no clock, no
// merging and no tombstone, whatever the implementation has.
//
// Source: Marc Shapiro, Nuno Preguica, Carlos Baquero and Marek Zawirski, "A comprehensive study of
// Convergent and Commutative Replicated Data Types" (INRIA RR-7506, 2011); the form is that of
// Sebastian Burckhardt, Alexey Gotsman, Hongseok Yang and Marek Zawirski, "Replicated Data Types:
// Specification, Verification, Optimality" (2014), section 3.
#pragma once

#include <algorithm>
#include <boost/describe.hpp>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "checker/model/fields.hpp"

namespace everyway::crdt {

enum class Type : std::uint8_t {
  g_counter,
  pn_counter,
  g_set,
  two_phase_set,
  or_set,
  lww_register,
  mv_register,
  lww_map,
  rga,
};
BOOST_DESCRIBE_ENUM(Type, g_counter, pn_counter, g_set, two_phase_set, or_set, lww_register,
                    mv_register, lww_map, rga)

enum class Operation : std::uint8_t {
  increment,
  decrement,
  add,
  remove,
  assign,
  put,
  erase,
  insert
};
BOOST_DESCRIBE_ENUM(Operation, increment, decrement, add, remove, assign, put, erase, insert)

/// A set of updates: bit i stands for the update at position i of the history.
using UpdateSet = std::uint8_t;

[[nodiscard]] constexpr bool contains(UpdateSet set, std::size_t position) noexcept {
  return (set >> position & 1) != 0;
}
[[nodiscard]] constexpr UpdateSet just(std::size_t position) noexcept {
  return static_cast<UpdateSet>(1U << position);
}

/// One update. What it assigns, puts or inserts is its own number in the history, from 1.
struct Update {
  Operation operation{};
  /// The element of a set or the key of a map; of a sequence, the number of the update that
  /// inserted what is removed, or what is inserted behind (0 for the head).
  std::uint8_t key = 0;
  NodeId replica;
  UpdateSet sees = 0;  ///< what the replica had delivered before
};
BOOST_DESCRIBE_STRUCT(Update, (), (operation, key, replica, sees))

/// The answer of a replica: a counter's value; the members of a set, in order; the values of a
/// register, in order; keys and values of a map, in turn; the elements of a sequence.
using Answer = InlineVector<std::int8_t, 8>;

namespace detail {

/// What a replica that has delivered some updates must answer.
template <class History>
class Specification {
 public:
  Specification(const History& history, UpdateSet delivered)
      : history_(history), delivered_(delivered) {}

  [[nodiscard]] Answer answer(Type type) const {
    switch (type) {
      case Type::g_counter:
      case Type::pn_counter:
        return counter();
      case Type::g_set:
      case Type::two_phase_set:
        return set([this](std::size_t addition) { return !removed_ever(addition); });
      case Type::or_set:
        return set([this](std::size_t addition) { return !removed_after(addition); });
      case Type::lww_register:
        return latest([](const Update&) { return true; });
      case Type::mv_register:
        return newest();
      case Type::lww_map:
        return map();
      case Type::rga:
        return sequence();
    }
    return {};
  }

 private:
  [[nodiscard]] static std::int8_t number(std::size_t position) noexcept {
    return static_cast<std::int8_t>(position + 1);
  }
  [[nodiscard]] std::size_t highest_key() const {
    std::size_t highest = 0;
    for (const Update& update : history_) highest = std::max<std::size_t>(highest, update.key);
    return highest;
  }
  /// Whether some delivered update satisfies `condition(position)`.
  template <class Condition>
  [[nodiscard]] bool some(const Condition& condition) const {
    for (std::size_t i = 0; i < history_.size(); ++i) {
      if (contains(delivered_, i) && condition(i)) return true;
    }
    return false;
  }

  [[nodiscard]] Answer counter() const {
    int value = 0;
    for (std::size_t i = 0; i < history_.size(); ++i) {
      if (!contains(delivered_, i)) continue;
      value += history_[i].operation == Operation::increment ? 1 : -1;
    }
    Answer answer;
    answer.push_back(static_cast<std::int8_t>(value));
    return answer;
  }

  [[nodiscard]] bool removed_ever(std::size_t addition) const {
    return some([&](std::size_t i) {
      return history_[i].operation == Operation::remove &&
             history_[i].key == history_[addition].key;
    });
  }
  [[nodiscard]] bool removed_after(std::size_t addition) const {
    return some([&](std::size_t i) {
      return history_[i].operation == Operation::remove &&
             history_[i].key == history_[addition].key && contains(history_[i].sees, addition);
    });
  }
  template <class Stays>
  [[nodiscard]] Answer set(const Stays& stays) const {
    Answer answer;
    for (std::size_t key = 1; key <= highest_key(); ++key) {
      const bool is_in = some([&](std::size_t i) {
        return history_[i].operation == Operation::add && history_[i].key == key && stays(i);
      });
      if (is_in) answer.push_back(static_cast<std::int8_t>(key));
    }
    return answer;
  }

  /// Lamport's time of an update: one more than that of anything it has seen.
  [[nodiscard]] std::pair<int, NodeId> timestamp(std::size_t position) const {
    int time = 0;
    for (std::size_t i = 0; i < position; ++i) {
      if (!contains(history_[position].sees, i)) continue;
      const bool has_time = history_[i].operation != Operation::remove;
      if (has_time) time = std::max(time, timestamp(i).first);
    }
    return {time + 1, history_[position].replica};
  }
  /// Of the delivered updates that are wanted, the one with the greatest timestamp.
  template <class Wanted>
  [[nodiscard]] Answer latest(const Wanted& wanted) const {
    Answer answer;
    std::pair<int, NodeId> greatest{0, NodeId::none()};
    for (std::size_t i = 0; i < history_.size(); ++i) {
      if (!contains(delivered_, i) || !wanted(history_[i]) || timestamp(i) < greatest) continue;
      greatest = timestamp(i);
      answer.clear();
      answer.push_back(number(i));
    }
    return answer;
  }
  /// The values of the updates that no other has seen.
  [[nodiscard]] Answer newest() const {
    Answer answer;
    for (std::size_t i = 0; i < history_.size(); ++i) {
      if (!contains(delivered_, i)) continue;
      if (!some([&](std::size_t other) { return contains(history_[other].sees, i); })) {
        answer.push_back(number(i));
      }
    }
    return answer;
  }
  [[nodiscard]] Answer map() const {
    Answer answer;
    for (std::size_t key = 1; key <= highest_key(); ++key) {
      const Answer last = latest([&](const Update& update) { return update.key == key; });
      if (last.empty()) continue;
      if (history_[static_cast<std::size_t>(last[0]) - 1].operation == Operation::erase) continue;
      answer.push_back(static_cast<std::int8_t>(key));
      answer.push_back(last[0]);
    }
    return answer;
  }
  /// The tree of insertions, depth first: of those behind the same element, the latest first.
  [[nodiscard]] Answer sequence() const {
    Answer answer;
    append_behind(0, answer);
    return answer;
  }
  void append_behind(std::size_t parent, Answer& answer) const {
    std::vector<std::size_t> children;
    for (std::size_t i = 0; i < history_.size(); ++i) {
      const bool is_child = history_[i].operation == Operation::insert && history_[i].key == parent;
      if (is_child && contains(delivered_, i)) children.push_back(i);
    }
    std::sort(children.begin(), children.end(), [this](std::size_t left, std::size_t right) {
      return timestamp(left) > timestamp(right);
    });
    for (const std::size_t child : children) {
      const bool is_removed = some([&](std::size_t i) {
        return history_[i].operation == Operation::remove && history_[i].key == child + 1;
      });
      if (!is_removed) answer.push_back(number(child));
      append_behind(child + 1, answer);
    }
  }

  const History& history_;
  UpdateSet delivered_;
};

}  // namespace detail

/// What a replica that has delivered these updates of the history must answer. Exponential in the
/// length of the history, which has a handful of updates.
template <class History>
[[nodiscard]] Answer specified(Type type, const History& history, UpdateSet delivered) {
  return detail::Specification<History>(history, delivered).answer(type);
}

}  // namespace everyway::crdt
