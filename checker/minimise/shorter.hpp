#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "checker/minimise/focused_model.hpp"
#include "checker/minimise/reducer.hpp"
#include "checker/search/fingerprint_set.hpp"
#include "checker/search/search_loop.hpp"

namespace everyway {

/// What a search for a shorter run came to.
struct Proof {
  Optimality optimality = Optimality::not_proved;
  /// One sentence: what is known, on what odds; or why nothing is.
  std::string text;
};

namespace detail {

/// What a search of all shorter runs says of the shortest length; whether it found one.
[[nodiscard]] Proof proof_from(const SearchFigures& figures, bool found, bool symmetry);
[[nodiscard]] Proof no_proof(const std::string& why);
/// What a search of this session may take.
[[nodiscard]] SearchOptions search_options(const MinimiseSession& session, std::uint32_t depth);

template <Model M>
using FocusedSearch = Search<FocusedModel<M>, FingerprintSet>;

/// Whether names may be left out of account: the model says so, and a sample of states agrees.
template <Model M>
[[nodiscard]] bool has_symmetry(const FocusedModel<M>& model) {
  if constexpr (SymmetricModel<M>) {
    return !asymmetry(model);
  } else {
    return false;
  }
}

}  // namespace detail

/// Looks at all runs that are shorter, breadth-first: proves that there is none with the violation,
/// or goes on with the shortest. What it may take is up to the session.
template <Model M>
[[nodiscard]] Proof search_shorter(const M& model, const Violation<M>& violation, Reducer<M>& run,
                                   MinimiseSession& session) {
  if (run.length() == 0) return {Optimality::proved, "the initial state shows it"};
  if (session.out_of_time()) {
    return detail::no_proof("no time was left to search for it");
  }
  session.enter(MinimisePhase::searching, run.length());
  const FocusedModel<M> focused(model, violation);
  const auto depth = static_cast<std::uint32_t>(run.length() - 1);
  SearchOptions options = detail::search_options(session, depth);
  if (depth == 0) return {Optimality::proved, "no initial state shows it"};
  options.symmetry = detail::has_symmetry(focused);
  const auto observer = session.search_observer();
  const auto result = detail::FocusedSearch<M>(focused, options, observer).run();
  const auto& found = result.properties.front().trace;
  if (!found) return detail::proof_from(result, false, options.symmetry);
  if (run.accept_whole(found->initial, found->actions)) {
    return detail::proof_from(result, true, options.symmetry);
  }
  return detail::no_proof("what a search found does not show it");
}

}  // namespace everyway
