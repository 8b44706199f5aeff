// Causal consistency and the session guarantees again, by their definitions: every causal order,
// every order in which writes may win, every set of writes that a read may see is tried.
#pragma once

#include <array>
#include <set>

#include "properties/histories/causal.hpp"
#include "properties/histories/sessions.hpp"
#include "tests/properties/histories/twin.hpp"

namespace everyway::histories::testing {

/// A relation between up to six operations: bit 8 * a + b is set if a comes before b.
using Small = std::uint64_t;
[[nodiscard]] inline bool before(Small order, std::size_t a, std::size_t b) {
  return (order >> (8 * a + b) & 1) != 0;
}

/// Every strict partial order of `size` things: 1, 1, 3, 19, 219, 4231 of them.
[[nodiscard]] inline const std::set<Small>& partial_orders(std::size_t size) {
  static std::map<std::size_t, std::set<Small>> known;
  std::set<Small>& orders = known[size];
  if (!orders.empty()) return orders;
  std::vector<std::size_t> name(size);
  std::iota(name.begin(), name.end(), std::size_t{0});
  do {
    for (std::size_t chosen = 0; chosen >> (size * (size - 1) / 2) == 0; ++chosen) {
      Small order = 0;
      std::size_t pair = 0;
      for (std::size_t a = 0; a < size; ++a) {
        for (std::size_t b = a + 1; b < size; ++b, ++pair) {
          if ((chosen >> pair & 1) != 0) order |= Small{1} << (8 * name[a] + name[b]);
        }
      }
      bool is_transitive = true;
      for (std::size_t a = 0; a < size; ++a) {
        for (std::size_t b = 0; b < size; ++b) {
          for (std::size_t c = 0; c < size; ++c) {
            const bool leads = before(order, a, b) && before(order, b, c);
            if (leads && !before(order, a, c)) is_transitive = false;
          }
        }
      }
      if (is_transitive) orders.insert(order);
    }
  } while (std::next_permutation(name.begin(), name.end()));
  return orders;
}

/// What the definitions speak of: operations that took effect, and the program order.
class CausalTwin {
 public:
  CausalTwin(std::vector<Operation> operations, Value initial)
      : operations_(std::move(operations)), initial_(initial), size_(operations_.size()) {
    for (std::size_t a = 0; a < size_; ++a) {
      for (std::size_t b = 0; b < size_; ++b) {
        if (must_precede(operations_[a], operations_[b], Order::program)) {
          program_ |= Small{1} << (8 * a + b);
        }
      }
    }
  }

  [[nodiscard]] bool is_consistent(Causal level) const {
    for (const Small causal : partial_orders(size_)) {
      if ((causal & program_) != program_) continue;
      const bool explains =
          level == Causal::convergence ? some_arbitration(causal) : all_explained(causal, level);
      if (explains) return true;
    }
    return false;
  }

 private:
  [[nodiscard]] std::vector<std::size_t> past(Small causal, std::size_t of) const {
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i < size_; ++i) {
      if (i == of || before(causal, i, of)) all.push_back(i);
    }
    return all;
  }

  /// Whether the operations in this order return what they did, as far as that is looked at.
  template <class IsLookedAt>
  [[nodiscard]] bool is_explained(const std::vector<std::size_t>& order,
                                  IsLookedAt is_looked_at) const {
    std::map<std::uint32_t, Value> held;
    for (const std::size_t i : order) {
      const Operation& operation = operations_[i];
      Value& value = held.try_emplace(operation.key, initial_).first->second;
      if (operation.function == Function::write) value = operation.argument;
      const bool is_read = operation.function == Function::read;
      if (is_read && is_looked_at(i) && value != operation.result) return false;
    }
    return true;
  }

  [[nodiscard]] bool agrees(const std::vector<std::size_t>& order, Small causal) const {
    for (std::size_t a = 0; a < order.size(); ++a) {
      for (std::size_t b = a + 1; b < order.size(); ++b) {
        if (before(causal, order[b], order[a])) return false;
      }
    }
    return true;
  }

  [[nodiscard]] bool all_explained(Small causal, Causal level) const {
    for (std::size_t i = 0; i < size_; ++i) {
      const auto is_looked_at = [&](std::size_t other) {
        return other == i || (level == Causal::memory && before(program_, other, i));
      };
      std::vector<std::size_t> order = past(causal, i);
      bool is_found = false;
      do {
        is_found = agrees(order, causal) && is_explained(order, is_looked_at);
      } while (!is_found && std::next_permutation(order.begin(), order.end()));
      if (!is_found) return false;
    }
    return true;
  }

  [[nodiscard]] bool some_arbitration(Small causal) const {
    std::vector<std::size_t> arbitration(size_);
    std::iota(arbitration.begin(), arbitration.end(), std::size_t{0});
    do {
      if (!agrees(arbitration, causal)) continue;
      bool explains = true;
      for (std::size_t i = 0; i < size_ && explains; ++i) {
        std::vector<std::size_t> order;
        for (const std::size_t other : arbitration) {
          if (other == i || before(causal, other, i)) order.push_back(other);
        }
        explains = is_explained(order, [&](std::size_t other) { return other == i; });
      }
      if (explains) return true;
    } while (std::next_permutation(arbitration.begin(), arbitration.end()));
    return false;
  }

  std::vector<Operation> operations_;
  Value initial_;
  std::size_t size_;
  Small program_ = 0;
};

/// The guarantees, by what each read sees.
class SessionTwin {
 public:
  SessionTwin(std::vector<Operation> operations, Value initial, Guarantees guarantees)
      : operations_(std::move(operations)), initial_(initial), guarantees_(guarantees) {
    for (std::size_t i = 0; i < operations_.size(); ++i) {
      (operations_[i].function == Function::write ? writes_ : reads_).push_back(i);
    }
  }

  [[nodiscard]] bool is_explained() {
    std::sort(writes_.begin(), writes_.end());
    do {
      std::map<std::size_t, std::size_t> place;
      for (std::size_t i = 0; i < writes_.size(); ++i) place[writes_[i]] = i;
      for (std::size_t seen = 0; seen >> (writes_.size() * reads_.size()) == 0; ++seen) {
        if (explains(place, seen)) return true;
      }
    } while (std::next_permutation(writes_.begin(), writes_.end()));
    return false;
  }

 private:
  using Places = std::map<std::size_t, std::size_t>;

  /// Whether read number r sees the write at place w.
  [[nodiscard]] bool sees(std::size_t seen, std::size_t r, std::size_t w) const {
    return (seen >> (r * writes_.size() + w) & 1) != 0;
  }
  [[nodiscard]] bool in_session(std::size_t first, std::size_t second) const {
    return must_precede(operations_[first], operations_[second], Order::program);
  }

  [[nodiscard]] bool explains(const Places& place, std::size_t seen) const {
    for (std::size_t r = 0; r < reads_.size(); ++r) {
      const Operation& read = operations_[reads_[r]];
      Value value = initial_;
      for (std::size_t w = 0; w < writes_.size(); ++w) {
        const Operation& write = operations_[writes_[w]];
        if (write.key == read.key && sees(seen, r, w)) value = write.argument;
        const bool is_own = in_session(writes_[w], reads_[r]);
        if (guarantees_.read_your_writes && is_own && !sees(seen, r, w)) return false;
      }
      if (value != read.result) return false;
      if (guarantees_.monotonic_writes && !sees_all_before(place, seen, r)) return false;
      for (std::size_t later = 0; later < reads_.size(); ++later) {
        const bool is_lost = guarantees_.monotonic_reads && in_session(reads_[r], reads_[later]) &&
                             !sees_as_much(seen, r, later);
        if (is_lost) return false;
      }
      if (guarantees_.writes_follow_reads && !writes_follow(seen, r)) return false;
    }
    return !guarantees_.monotonic_writes || sessions_in_order(place);
  }

  [[nodiscard]] bool sees_as_much(std::size_t seen, std::size_t r, std::size_t later) const {
    for (std::size_t w = 0; w < writes_.size(); ++w) {
      if (sees(seen, r, w) && !sees(seen, later, w)) return false;
    }
    return true;
  }
  [[nodiscard]] bool sees_all_before(const Places& place, std::size_t seen, std::size_t r) const {
    for (const std::size_t first : writes_) {
      for (const std::size_t second : writes_) {
        if (in_session(first, second) && sees(seen, r, place.at(second)) &&
            !sees(seen, r, place.at(first))) {
          return false;
        }
      }
    }
    return true;
  }
  [[nodiscard]] bool sessions_in_order(const Places& place) const {
    for (const std::size_t first : writes_) {
      for (const std::size_t second : writes_) {
        if (in_session(first, second) && place.at(first) > place.at(second)) return false;
      }
    }
    return true;
  }
  [[nodiscard]] bool writes_follow(std::size_t seen, std::size_t r) const {
    for (std::size_t w = 0; w < writes_.size(); ++w) {
      if (!in_session(reads_[r], writes_[w])) continue;
      for (std::size_t other = w; other < writes_.size(); ++other) {
        if (sees(seen, r, other)) return false;
      }
      for (std::size_t reader = 0; reader < reads_.size(); ++reader) {
        if (sees(seen, reader, w) && !sees_as_much(seen, r, reader)) return false;
      }
    }
    return true;
  }

  std::vector<Operation> operations_;
  Value initial_;
  Guarantees guarantees_;
  std::vector<std::size_t> writes_;
  std::vector<std::size_t> reads_;
};

}  // namespace everyway::histories::testing
