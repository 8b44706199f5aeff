#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "checker/model/model.hpp"
#include "checker/search/fingerprint.hpp"
#include "checker/search/signature.hpp"

namespace everyway {

/// A model that says what is alike about its states: the feedback of a fuzzer, which keeps a
/// schedule because it came to a state that is new. To be of use, new must mean a new situation:
/// if every state is new, all schedules are kept and none leads the way.
///
///   abstraction(state)  a flat, fully described value: what a person would tell of the state - who
///                       has which role, whose term is older, how logs relate, how far a quorum is
///                       - with ranks for numbers that only grow, and without names: renaming
///                       interchangeable nodes and values leaves it the same, so that what belongs
///                       to a node is sorted.
template <class M>
concept ModelThatAbstracts = Model<M> && requires(const M model, const StateOf<M> state) {
  requires FullyDescribed<std::remove_cvref_t<decltype(model.abstraction(state))>>;
};

/// Sorts the first `count` parts of an abstraction, one for each node, by their bytes: afterwards
/// they do not tell which node is which. For the few nodes of a model, in place.
template <Flat Part, std::size_t Capacity>
void sort_parts(std::array<Part, Capacity>& parts, std::size_t count) noexcept {
  for (std::size_t end = 1; end < count && end < Capacity; ++end) {
    const Part part = parts[end];
    std::size_t at = end;
    for (; at > 0 && bytes_less(part, parts[at - 1]); --at) parts[at] = parts[at - 1];
    parts[at] = part;
  }
}

/// 64 bits that stand for the abstraction of `state`: equal abstractions have equal hashes, in
/// every run.
///
/// For a model that does not abstract, they stand for the state with all names of nodes and values
/// taken out of it: for the multisets of what stands beside the names, which never tells two states
/// apart that differ in names only. It is as fine as the state itself otherwise, so that counters
/// and clocks in it make every state new.
template <Model M>
[[nodiscard]] std::uint64_t abstract_hash([[maybe_unused]] const M& model,
                                          const StateOf<M>& state) {
  if constexpr (ModelThatAbstracts<M>) {
    return fingerprint(model.abstraction(state));
  } else {
    return mixed(detail::digest(state, NodeId::none()));
  }
}

}  // namespace everyway
