#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "properties/histories/specification.hpp"

namespace everyway::histories {

/// A first-in first-out queue without bound: dequeue takes the value that has waited longest, and
/// answers nil if none waits.
class QueueSpecification {
 public:
  using State = std::vector<Value>;  ///< from the head to the tail

  /// What is still to come. If no value is enqueued or dequeued twice, it is known who must take
  /// each value: one that is enqueued too early shows at once.
  class Outlook {
   public:
    Outlook(const QueueSpecification&, const std::vector<Operation>& operations, Order order);

    void take(std::size_t i) { count(i, -1); }
    void give_back(std::size_t i) { count(i, 1); }
    [[nodiscard]] bool is_hopeless(const State& before, const State& after, std::size_t i) const;
    [[nodiscard]] bool is_useful(const State& state, std::size_t i) const;

   private:
    static constexpr std::size_t nobody = ~std::size_t{0};

    void count(std::size_t i, int step);
    void find_takers();
    [[nodiscard]] bool is_to_be_found_empty_before(std::size_t taker) const;
    [[nodiscard]] bool is_to_be_overtaken(std::size_t taker) const;

    const std::vector<Operation>& operations_;
    Order order_;
    bool values_are_unique_ = true;
    std::vector<std::size_t> taker_;  ///< by value: the dequeue that returned it, or `nobody`
    std::vector<int> to_be_taken_;    ///< by value: by so many dequeues that are still to come
    std::vector<std::size_t> enqueues_;
    std::vector<std::size_t> found_empty_;  ///< dequeues that found the queue empty
    std::vector<bool> is_to_come_;          ///< by operation
    int indeterminate_dequeues_ = 0;        ///< still to come
  };

  [[nodiscard]] State initial() const { return {}; }
  [[nodiscard]] bool apply(State& state, const Operation& operation) const;
  void append_words(const State& state, std::vector<std::uint32_t>& words) const {
    words.insert(words.end(), state.begin(), state.end());
  }
};

static_assert(Specification<QueueSpecification>);

}  // namespace everyway::histories
