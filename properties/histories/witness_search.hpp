// The search for an order of operations that explains a history: Jeannette Wing and Chun Gong,
// "Testing and Verifying Concurrent Objects" (1993), section 4, with the memory of what was tried
// of Gavin Lowe, "Testing for linearizability" (2017), section 3.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <tuple>
#include <utility>
#include <vector>

#include "checker/model/verdict.hpp"
#include "properties/histories/configuration_set.hpp"
#include "properties/histories/limits.hpp"
#include "properties/histories/specification.hpp"

namespace everyway::histories {

/// Looks for an order of all `ok` operations, and of as many indeterminate ones as help, that the
/// specification allows and that keeps `order`. Complete, unless the budget is spent first.
///
/// Operations lie in chains, each in the order that it must keep, so that a configuration is how
/// far every chain is, which indeterminate operations took effect, and the state. Three rules cut
/// the search without losing an order, since every order can be brought into the form they ask for:
///  - what changes no state and can be taken, is taken at once;
///  - an indeterminate operation waits until just before the operation that needs it, so no write
///    comes right after it, and it is not tried where nothing that is left could need it;
///  - of indeterminate operations that are equal, the first that can be taken stands for all.
template <Specification Spec>
class WitnessSearch {
 public:
  /// `operations` are `relevant`, in the order of their invocations.
  WitnessSearch(const Spec& specification, std::vector<Operation> operations, Order order,
                Budget& budget)
      : specification_(specification),
        operations_(std::move(operations)),
        order_(order),
        budget_(budget),
        outlook_(specification_, operations_, order),
        state_(specification_.initial()) {
    lay_out_chains();
    lay_out_optional();
  }
  WitnessSearch(const WitnessSearch&) = delete;
  WitnessSearch& operator=(const WitnessSearch&) = delete;

  /// `holds`, `violated`, or `unknown` if the budget was spent.
  [[nodiscard]] Verdict run() {
    if (left_ == 0) return Verdict::holds;
    enter();
    while (true) {
      if (budget_.is_spent(visited_.bytes())) return Verdict::unknown;
      if (!choices_.empty() && choices_.size() > first_choice_) {
        const std::uint32_t chosen = choices_.back();
        choices_.pop_back();
        if (!take(chosen)) continue;
        if (left_ == 0) return Verdict::holds;
        enter();
      } else if (path_.empty()) {
        return Verdict::violated;
      } else {
        give_back();
      }
    }
  }

  /// After `holds`: positions in `operations`, in the order that was found.
  [[nodiscard]] std::vector<std::size_t> witness() const {
    std::vector<std::size_t> order;
    for (const Step& step : path_) order.push_back(step.operation);
    return order;
  }
  [[nodiscard]] std::uint64_t configurations() const noexcept { return visited_.size(); }

 private:
  struct Chain {
    std::vector<std::uint32_t> operations;
    std::uint32_t taken = 0;
  };
  /// An indeterminate operation, with how far which chain must be before it.
  struct Optional {
    std::uint32_t operation;
    std::size_t chain;
    std::uint32_t after;
  };
  struct Step {
    std::uint32_t operation;
    bool was_optional;         ///< the step before
    std::size_t first_choice;  ///< of the configuration before
    typename Spec::State before;
  };
  static constexpr std::size_t no_chain = ~std::size_t{0};

  void lay_out_chains();
  void lay_out_optional();
  void enter();
  void gather();
  [[nodiscard]] bool take_pure(Position bound);
  [[nodiscard]] bool take(std::uint32_t operation);
  void give_back();
  [[nodiscard]] bool is_new();

  /// An operation can be taken unless another that is left responded before its invocation.
  [[nodiscard]] Position earliest_response() const {
    Position earliest = never;
    if (order_ == Order::program) return earliest;
    for (const Chain& chain : chains_) {
      if (chain.taken == chain.operations.size()) continue;
      earliest = std::min(earliest, operations_[chain.operations[chain.taken]].responded);
    }
    return earliest;
  }
  [[nodiscard]] bool can_be_taken(const Optional& optional, Position bound) const {
    if (order_ == Order::real_time) return operations_[optional.operation].invoked < bound;
    return optional.chain == no_chain || chains_[optional.chain].taken >= optional.after;
  }

  Spec specification_;
  std::vector<Operation> operations_;
  Order order_;
  Budget& budget_;
  typename Spec::Outlook outlook_;
  typename Spec::State state_;
  std::vector<Chain> chains_;
  std::vector<std::size_t> chain_of_;            ///< by operation; `no_chain` if indeterminate
  std::vector<std::vector<Optional>> optional_;  ///< those that are equal side by side
  std::vector<bool> is_taken_;                   ///< by operation
  std::size_t left_ = 0;                         ///< so many `ok` operations are not taken
  bool was_optional_ = false;
  std::vector<Step> path_;
  std::vector<std::uint32_t> choices_;  ///< of all configurations on the path; the best is last
  std::size_t first_choice_ = 0;        ///< of the present configuration
  ConfigurationSet visited_;
  std::vector<std::uint32_t> words_;
};

template <Specification Spec>
void WitnessSearch<Spec>::lay_out_chains() {
  chain_of_.assign(operations_.size(), no_chain);
  is_taken_.assign(operations_.size(), false);
  for (std::uint32_t i = 0; i < operations_.size(); ++i) {
    if (operations_[i].outcome != Outcome::ok) continue;
    // In real time any operation will do that ended before: as few chains as can be.
    const auto fits = [&](const Chain& chain) {
      return must_precede(operations_[chain.operations.back()], operations_[i], order_);
    };
    auto chain = std::find_if(chains_.begin(), chains_.end(), fits);
    if (chain == chains_.end()) chain = chains_.emplace(chains_.end());
    chain->operations.push_back(i);
    chain_of_[i] = static_cast<std::size_t>(chain - chains_.begin());
    ++left_;
  }
}

template <Specification Spec>
void WitnessSearch<Spec>::lay_out_optional() {
  std::map<std::tuple<Function, std::uint32_t, Value, Value>, std::size_t> classes;
  for (std::uint32_t i = 0; i < operations_.size(); ++i) {
    const Operation& operation = operations_[i];
    if (operation.outcome != Outcome::info) continue;
    Optional optional{i, no_chain, 0};
    for (std::size_t c = 0; order_ == Order::program && c < chains_.size(); ++c) {
      for (const std::uint32_t earlier : chains_[c].operations) {
        if (!must_precede(operations_[earlier], operation, order_)) break;
        optional.chain = c;
        ++optional.after;
      }
    }
    const auto kind = classes.try_emplace(
        {operation.function, operation.key, operation.argument, operation.expected},
        optional_.size());
    if (kind.second) optional_.emplace_back();
    optional_[kind.first->second].push_back(optional);
  }
}

/// Finds out what can come next in the present configuration.
template <Specification Spec>
void WitnessSearch<Spec>::enter() {
  first_choice_ = choices_.size();
  const Position bound = earliest_response();
  if (take_pure(bound) || !is_new()) return;
  gather();
}

/// If an operation that changes nothing can be taken, it is the only choice.
template <Specification Spec>
bool WitnessSearch<Spec>::take_pure(Position bound) {
  for (const Chain& chain : chains_) {
    if (chain.taken == chain.operations.size()) continue;
    const std::uint32_t next = chain.operations[chain.taken];
    if (!is_pure(operations_[next]) || operations_[next].invoked >= bound) continue;
    if (!specification_.apply(state_, operations_[next])) continue;
    choices_.push_back(next);
    return true;
  }
  return false;
}

template <Specification Spec>
void WitnessSearch<Spec>::gather() {
  const Position bound = earliest_response();
  for (const auto& equal : optional_) {
    for (const Optional& optional : equal) {
      if (is_taken_[optional.operation] || !can_be_taken(optional, bound)) continue;
      const bool is_write = operations_[optional.operation].function == Function::write;
      if (!(was_optional_ && is_write) && outlook_.is_useful(state_, optional.operation)) {
        choices_.push_back(optional.operation);
      }
      break;
    }
  }
  const std::size_t first = choices_.size();
  for (const Chain& chain : chains_) {
    if (chain.taken == chain.operations.size()) continue;
    const std::uint32_t next = chain.operations[chain.taken];
    if (operations_[next].invoked >= bound || is_pure(operations_[next])) continue;
    if (was_optional_ && operations_[next].function == Function::write) continue;
    choices_.push_back(next);
  }
  // What ended first is tried first, and indeterminate operations last.
  std::sort(choices_.begin() + static_cast<std::ptrdiff_t>(first), choices_.end(),
            [&](std::uint32_t left, std::uint32_t right) {
              return operations_[left].responded > operations_[right].responded;
            });
}

/// Whether this configuration was not met before.
template <Specification Spec>
bool WitnessSearch<Spec>::is_new() {
  words_.clear();
  for (const Chain& chain : chains_) words_.push_back(chain.taken);
  std::uint32_t bits = was_optional_ ? 1 : 0;
  unsigned used = 1;
  for (const auto& equal : optional_) {
    for (const Optional& optional : equal) {
      if (used == 32) {
        words_.push_back(std::exchange(bits, 0));
        used = 0;
      }
      bits |= (is_taken_[optional.operation] ? 1U : 0U) << used++;
    }
  }
  words_.push_back(bits);
  specification_.append_words(state_, words_);
  return visited_.insert(words_);
}

/// Takes an operation, unless it is not allowed here or leads nowhere.
template <Specification Spec>
bool WitnessSearch<Spec>::take(std::uint32_t operation) {
  const std::size_t chain = chain_of_[operation];
  const bool is_optional = chain == no_chain;
  Step step{operation, was_optional_, first_choice_, state_};
  const bool is_allowed = specification_.apply(state_, operations_[operation]);
  if (!is_allowed || (is_optional && state_ == step.before)) {
    state_ = std::move(step.before);
    return false;
  }
  outlook_.take(operation);
  is_taken_[operation] = true;
  was_optional_ = is_optional;
  if (!is_optional) {
    ++chains_[chain].taken;
    --left_;
  }
  const bool is_hopeless = outlook_.is_hopeless(step.before, state_, operation);
  path_.push_back(std::move(step));
  first_choice_ = choices_.size();
  if (is_hopeless) give_back();
  return !is_hopeless;
}

template <Specification Spec>
void WitnessSearch<Spec>::give_back() {
  Step& step = path_.back();
  outlook_.give_back(step.operation);
  is_taken_[step.operation] = false;
  if (chain_of_[step.operation] != no_chain) {
    --chains_[chain_of_[step.operation]].taken;
    ++left_;
  }
  was_optional_ = step.was_optional;
  first_choice_ = step.first_choice;
  state_ = std::move(step.before);
  path_.pop_back();
}

}  // namespace everyway::histories
