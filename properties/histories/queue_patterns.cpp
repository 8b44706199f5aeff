#include "properties/histories/queue_patterns.hpp"

#include <algorithm>
#include <map>

#include "properties/histories/specification.hpp"

namespace everyway::histories {

namespace {

constexpr std::size_t nobody = ~std::size_t{0};

/// Who enqueued and who dequeued a value.
struct Passage {
  std::size_t in = nobody;
  std::size_t out = nobody;
};

class Patterns {
 public:
  explicit Patterns(const History& history) : operations_(history.operations) {}

  std::optional<QueuePattern> find() {
    if (!values_are_unique()) return std::nullopt;
    if (auto pattern = fresh_or_repeated()) return pattern;
    if (auto pattern = out_of_order()) return pattern;
    return never_empty();
  }

 private:
  bool values_are_unique() {
    for (std::size_t i = 0; i < operations_.size(); ++i) {
      const Operation& operation = operations_[i];
      if (operation.function == Function::enqueue) {
        Passage& passage = passages_[operation.argument];
        if (passage.in != nobody) return false;
        passage.in = i;
      } else if (operation.function == Function::dequeue && operation.outcome == Outcome::info) {
        has_indeterminate_dequeue_ = true;
      }
    }
    return true;
  }

  std::optional<QueuePattern> fresh_or_repeated() {
    for (std::size_t i = 0; i < operations_.size(); ++i) {
      const Operation& operation = operations_[i];
      if (operation.function != Function::dequeue || !observes_value(operation)) continue;
      Passage& passage = passages_[operation.result];
      if (passage.in == nobody) {
        return QueuePattern{"a value is dequeued that is never enqueued", {i}};
      }
      if (operation.responded < operations_[passage.in].invoked) {
        return QueuePattern{"a value is dequeued before it is enqueued", {i, passage.in}};
      }
      if (passage.out != nobody) {
        return QueuePattern{"a value is dequeued twice", {passage.in, passage.out, i}};
      }
      passage.out = i;
    }
    return std::nullopt;
  }

  [[nodiscard]] bool precedes(std::size_t first, std::size_t second) const {
    return must_precede(operations_[first], operations_[second], Order::real_time);
  }

  [[nodiscard]] std::optional<QueuePattern> out_of_order() const {
    for (const auto& first : passages_) {
      for (const auto& second : passages_) {
        const Passage& early = first.second;
        const Passage& late = second.second;
        if (late.out == nobody || !precedes(early.in, late.in)) continue;
        if (early.out != nobody && precedes(late.out, early.out)) {
          return QueuePattern{"a value is dequeued before one that was enqueued earlier",
                              {early.in, late.in, late.out, early.out}};
        }
        if (early.out == nobody && !has_indeterminate_dequeue_) {
          return QueuePattern{"a value is dequeued, and one that was enqueued earlier never is",
                              {early.in, late.in, late.out}};
        }
      }
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<QueuePattern> never_empty() const {
    for (std::size_t i = 0; i < operations_.size(); ++i) {
      const Operation& operation = operations_[i];
      if (operation.function != Function::dequeue || operation.outcome != Outcome::ok ||
          operation.result != nil) {
        continue;
      }
      QueuePattern pattern{"the queue is found empty, although a value waits all the time", {i}};
      if (is_covered(operation, pattern.operations)) return pattern;
    }
    return std::nullopt;
  }

  /// Whether values that surely wait, each from the response of its enqueue to the invocation of
  /// its dequeue, follow each other without a gap from the beginning of `operation` to its end.
  bool is_covered(const Operation& operation, std::vector<std::size_t>& cover) const {
    Position covered = operation.invoked;
    while (covered < operation.responded) {
      const Passage* best = nullptr;
      Position furthest = covered;
      for (const auto& entry : passages_) {
        const Passage& passage = entry.second;
        if (operations_[passage.in].responded > covered) continue;
        // An indeterminate dequeue may have taken what nobody else took.
        if (passage.out == nobody && has_indeterminate_dequeue_) continue;
        const Position until = passage.out == nobody ? never : operations_[passage.out].invoked;
        if (until <= furthest) continue;
        furthest = until;
        best = &passage;
      }
      if (best == nullptr) return false;
      cover.push_back(best->in);
      if (best->out != nobody) cover.push_back(best->out);
      covered = furthest;
    }
    return true;
  }

  const std::vector<Operation>& operations_;
  std::map<Value, Passage> passages_;
  bool has_indeterminate_dequeue_ = false;
};

}  // namespace

std::optional<QueuePattern> find_queue_pattern(const History& history) {
  return Patterns(history).find();
}

}  // namespace everyway::histories
