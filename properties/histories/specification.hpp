#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "properties/histories/history.hpp"

namespace everyway::histories {

/// Which operations must come before which others in an order that explains a history.
enum class Order : std::uint8_t {
  real_time,  ///< what responded before the other was invoked
  program     ///< what the same process did before
};

/// Whether `first` must come before `second`. Nothing need come after an indeterminate operation.
[[nodiscard]] constexpr bool must_precede(const Operation& first, const Operation& second,
                                          Order order) noexcept {
  return first.responded < second.invoked &&
         (order == Order::real_time || first.process == second.process);
}

/// What an object does when one operation follows the other: a sequential specification.
///
///   initial()              the state before the first operation
///   apply(state, op)       takes the operation; false if the object would not have answered so. An
///                          indeterminate operation that could not take effect changes nothing
///   append_words(s, ...)   what identifies a state; states of one history that differ append
///                          different words
///   Outlook                what is still to come, which lets a search turn back early. After
///                          take(i) and before give_back(i) operation i is not to come any more.
///     is_hopeless(before, after, i)   whether nothing that begins with operation i, which was
///                                     just taken, can be completed
///     is_useful(state, i)             whether the indeterminate operation i needs to be tried here
template <class S>
concept Specification = requires(const S specification, typename S::State state,
                                 const typename S::State fixed, const Operation& operation,
                                 std::vector<std::uint32_t>& words, typename S::Outlook outlook,
                                 std::size_t i) {
  { specification.initial() } -> std::same_as<typename S::State>;
  { specification.apply(state, operation) } -> std::same_as<bool>;
  specification.append_words(fixed, words);
  requires std::constructible_from < typename S::Outlook, const S&, const std::vector<Operation>
  &, Order > ;
  outlook.take(i);
  outlook.give_back(i);
  { outlook.is_hopeless(fixed, fixed, i) } -> std::same_as<bool>;
  { outlook.is_useful(fixed, i) } -> std::same_as<bool>;
};

}  // namespace everyway::histories
